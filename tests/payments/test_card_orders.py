"""Orders paid by card: one page for all of a checkout's, placed when paid, cancelled when nobody can pay any more."""

from collections.abc import Callable
from datetime import timedelta

import time_machine
from stripe.checkout import Session

from marketplace.clock import now
from marketplace.orders.models import Order, State
from marketplace.payments.card_pages import HELD_FOR
from marketplace.payments.models import Payment, PaymentPart, PaymentState
from tests.browser import Browser
from tests.factories import Market
from tests.orders.flows import fill_cart, give_address
from tests.payments.card_orders import CARD, buy, held, session_of, states, token
from tests.payments.cards import Till

Jobs = Callable[[], int]


def test_one_page_for_all_card_orders_of_a_checkout(
    till: Till, client: Browser, market: Market, shop_ids: list[int]
) -> None:
    session = till.fake.bank.items[session_of(buy(client, market, *shop_ids))]
    orders = till.rows(Order)
    assert session["amount_total"] == sum(order.total for order in orders) * 100
    assert states(till) == [State.AWAITING_PAYMENT] * 2
    assert [part.amount for part in till.rows(PaymentPart)] == [order.total for order in orders]
    assert len(till.rows(Payment)) == 1
    assert till.breaches() == []


def test_paid_orders_are_placed_when_the_buyer_comes_back(
    till: Till, client: Browser, market: Market, shop_ids: list[int], run_jobs: Jobs, mails: Callable[[], list[str]]
) -> None:
    till.fake.pay(session_of(buy(client, market, *shop_ids)))
    page = client.get(f"/lacak/{token(till)}/kartu", follow=True)
    assert "Sudah dibayar" in page.text
    assert states(till) == [State.PLACED] * 2
    client.get(f"/lacak/{token(till)}/kartu", follow=True)
    run_jobs()
    assert sum("sudah kami teruskan" in mail for mail in mails()) == 2  # one letter an order, however often one looks
    assert till.breaches() == []


def test_one_checkout_mixes_ways_to_pay(till: Till, client: Browser, market: Market, shop_ids: list[int]) -> None:
    session = till.fake.bank.items[session_of(buy(client, market, shop_ids[0]))]
    ani, budi = till.rows(Order)
    assert (ani.state, budi.state) == (State.AWAITING_PAYMENT, State.PLACED)
    assert session["amount_total"] == ani.total * 100
    assert till.breaches() == []


def test_cash_needs_no_page(till: Till, client: Browser, market: Market) -> None:
    assert f"/lacak/{token}" not in str(buy(client, market).response.location)
    assert states(till) == [State.PLACED] * 2
    assert client.get(f"/lacak/{token(till)}/kartu").status == 404


def test_the_button_leads_to_the_same_page(till: Till, client: Browser, market: Market, shop_ids: list[int]) -> None:
    session = session_of(buy(client, market, *shop_ids))
    receipt = client.get(f"/lacak/{token(till)}")
    answer = client.submit(receipt, "/kartu", follow=False)
    assert session_of(answer) == session
    assert len(till.fake.bank.all(Session)) == 1


def test_when_stripe_is_down_the_order_stands_and_can_be_paid_later(
    till: Till, client: Browser, market: Market, shop_ids: list[int]
) -> None:
    till.fake.fault("error_500")
    answer = buy(client, market, *shop_ids)
    assert "/lacak/" in str(answer.response.location)
    receipt = client.get(str(answer.response.location))
    assert "sedang tidak bisa dibuka" in receipt.text
    assert session_of(client.submit(receipt, "/kartu", follow=False)).startswith("cs_test_")


def test_nobody_pays_and_the_goods_are_free_again(
    till: Till, client: Browser, market: Market, shop_ids: list[int], run_jobs: Jobs
) -> None:
    buy(client, market, *shop_ids)
    assert held(till) == 3
    with time_machine.travel(now() + HELD_FOR + timedelta(seconds=1)):
        run_jobs()
    assert states(till) == [State.CANCELLED] * 2
    assert held(till) == 0
    assert till.breaches() == []


def test_who_never_saw_the_page_is_given_up_in_time_too(
    till: Till, client: Browser, market: Market, shop_ids: list[int], run_jobs: Jobs
) -> None:
    till.fake.fault("unheard", times=9)
    buy(client, market, *shop_ids)
    till.fake.clear_faults()
    till.fake.advance(600)
    with time_machine.travel(now() + HELD_FOR + timedelta(seconds=1)):
        run_jobs()
    assert states(till) == [State.CANCELLED] * 2
    assert till.breaches() == []


def test_an_order_that_drops_out_leaves_the_others_to_be_paid(
    till: Till, client: Browser, market: Market, shop_ids: list[int], run_jobs: Jobs
) -> None:
    first = session_of(buy(client, market, *shop_ids))
    ani, budi = till.rows(Order)
    client.post(f"/lacak/{token(till)}/{ani.number}/batal")
    assert till.breaches() == []
    run_jobs()
    assert till.fake.bank.items[first]["status"] == "expired"
    assert states(till) == [State.CANCELLED, State.AWAITING_PAYMENT]
    second = session_of(client.post(f"/lacak/{token(till)}/kartu"))
    assert till.fake.bank.items[second]["amount_total"] == budi.total * 100
    till.fake.pay(second)
    client.get(f"/lacak/{token(till)}/kartu")
    assert states(till) == [State.CANCELLED, State.PLACED]
    assert till.breaches() == []


def test_another_way_closes_the_page_first(
    till: Till, client: Browser, market: Market, shop_ids: list[int], run_jobs: Jobs
) -> None:
    first = session_of(buy(client, market, *shop_ids))
    ani, budi = till.rows(Order)
    client.post(f"/lacak/{token(till)}/{ani.number}/bayar", {"cara": "cod"})
    assert till.fake.bank.items[first]["status"] == "expired"
    assert states(till) == [State.PLACED, State.AWAITING_PAYMENT]
    run_jobs()
    assert states(till) == [State.PLACED, State.AWAITING_PAYMENT]
    second = session_of(client.post(f"/lacak/{token(till)}/kartu"))
    assert till.fake.bank.items[second]["amount_total"] == budi.total * 100
    assert till.breaches() == []


def test_who_has_paid_cannot_choose_another_way(
    till: Till, client: Browser, market: Market, shop_ids: list[int]
) -> None:
    till.fake.pay(session_of(buy(client, market, *shop_ids)))
    ani = till.rows(Order)[0]
    assert client.post(f"/lacak/{token(till)}/{ani.number}/bayar", {"cara": "cod"}).status in {303, 409, 422}
    assert states(till) == [State.PLACED] * 2
    assert till.state(till.rows(Payment)[0].id) == PaymentState.CAPTURED
    assert till.breaches() == []


def test_a_card_is_offered_with_keys_and_above_the_minimum(
    till: Till, client: Browser, market: Market, change_settings: Callable[..., None]
) -> None:
    fill_cart(client, market, onde=1)
    assert f'value="{CARD}"' in give_address(client).html
    change_settings(card_minimum=10_000_000)
    assert f'value="{CARD}"' not in client.get("/checkout/ringkasan").html
    change_settings(card_minimum=0, stripe_secret_key="")
    assert f'value="{CARD}"' not in client.get("/checkout/ringkasan").html


def test_the_policy_lets_forms_end_at_stripe_only_with_keys(app: Till, client: Browser) -> None:
    assert "form-action 'self';" in client.get("/keranjang").response.headers["Content-Security-Policy"]


def test_back_while_stripe_is_silent_is_no_error(till: Till, client: Browser, market: Market) -> None:
    till.fake.pay(session_of(buy(client, market, market.shops["bu_ani"])))
    till.fake.fault("error_500")
    page = client.get(f"/lacak/{token(till)}/kartu", follow=True)
    assert page.status == 200 and "Pembayaran Anda sedang diperiksa" in page.text
    client.get(f"/lacak/{token(till)}/kartu")
    assert State.PLACED in states(till)
