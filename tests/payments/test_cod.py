"""Cash: due until the shop has it in hand, refused at the door, offered where and up to what the shop says."""

from collections.abc import Callable

import pytest
from flask import Flask
from flask_migrate import downgrade, upgrade
from sqlalchemy import select, text

from marketplace.db import db
from marketplace.orders.models import Order, State
from marketplace.payments import ledger
from marketplace.payments.books import Account
from marketplace.payments.models import Payment, PaymentEvent, PaymentState
from tests.browser import Browser, Page
from tests.factories import Market
from tests.orders.flows import fill_cart, give_address, numbers_of, order, place
from tests.races.test_stock import breaches

SignIn = Callable[[str], Browser]
EVERYWHERE = dict.fromkeys(("kelurahan", "kecamatan", "city", "outside", "courier", "takes_cash_at_pickup"), "y")


def payment_of(app: Flask) -> Payment:
    with app.app_context():
        return db.session.scalars(select(Payment)).one()


def send(shop: Browser, number: str, *steps: str) -> None:
    for step in steps:
        shop.post(f"/jualan/pesanan/{number}/{step}", {"alasan": "Pembeli tidak di rumah"}, follow=True)


def pays(page: Page) -> list[str]:
    return [e.get("value", "") for e in page.all("input", type="radio") if e.get("name", "").startswith("bayar-")]


@pytest.fixture
def number(app: Flask, client: Browser, market: Market) -> str:
    """One order of two boxes, Rp50.000, brought by Bu Ani in her own kelurahan."""
    return numbers_of(order(client, market, onde=2))[0]


def test_an_order_owes_its_cash(app: Flask, number: str, client: Browser) -> None:
    payment = payment_of(app)
    assert (payment.state, payment.way, payment.due) == (PaymentState.DUE, "cod", 50_000)
    assert payment.reference == f"{number}-1"
    with app.app_context():
        assert ledger.balances() == {}
    assert breaches(app) == []


def test_the_shop_hands_over_and_has_the_cash(app: Flask, number: str, market: Market, signed_in: SignIn) -> None:
    ani, shop = signed_in("bu_ani"), market.shops["bu_ani"]
    send(ani, number, "terima", "kirim")
    assert "uang tunai Rp50.000 sudah Anda terima" in ani.get(f"/jualan/pesanan/{number}").text
    send(ani, number, "sampai", "sampai")
    assert payment_of(app).state == PaymentState.COLLECTED
    with app.app_context():
        assert ledger.balances() == {(Account.COD_RECEIVABLE, shop): 50_000, (Account.SHOP_PAYABLE, shop): -50_000}
    assert "Sudah dibayar tunai" in ani.get(f"/jualan/pesanan/{number}").text
    assert breaches(app) == []


def test_when_the_buyer_says_it_first_the_shop_still_counts_the_cash(
    app: Flask, number: str, client: Browser, signed_in: SignIn
) -> None:
    ani = signed_in("bu_ani")
    send(ani, number, "tunai")
    assert payment_of(app).state == PaymentState.DUE, "nothing has been handed over yet"
    send(ani, number, "terima", "kirim")
    with app.app_context():
        token = db.session.scalars(select(Order)).one().group.token
    page = client.get(f"/lacak/{token}")
    assert "Siapkan uang tunai Rp50.000" in page.text and "Belum dibayar" in page.text
    client.submit(page, f"/lacak/{token}/{number}/sampai")
    assert payment_of(app).state == PaymentState.DUE
    assert breaches(app) == []
    desk = ani.get(f"/jualan/pesanan/{number}")
    ani.submit(desk, f"/jualan/pesanan/{number}/tunai")
    assert payment_of(app).state == PaymentState.COLLECTED
    assert "Sudah dibayar tunai" in client.get(f"/lacak/{token}").text
    assert breaches(app) == []


def test_refused_at_the_door_is_recorded(app: Flask, number: str, signed_in: SignIn) -> None:
    ani = signed_in("bu_ani")
    send(ani, number, "terima", "kirim")
    assert "Pembeli menolak barang" in ani.get(f"/jualan/pesanan/{number}").text
    send(ani, number, "tolak")
    assert payment_of(app).state == PaymentState.REFUSED
    with app.app_context():
        last = db.session.scalars(select(PaymentEvent).order_by(PaymentEvent.id.desc())).first()
        assert last is not None and (last.actor, last.note) == ("seller", "Pembeli tidak di rumah")
        assert ledger.balances() == {}
    assert breaches(app) == []


def test_a_cancelled_order_is_not_to_be_paid(app: Flask, number: str, signed_in: SignIn) -> None:
    send(signed_in("bu_ani"), number, "tolak")
    assert payment_of(app).state == PaymentState.EXPIRED
    assert breaches(app) == []


def test_a_stranger_counts_nobodys_cash(app: Flask, number: str, signed_in: SignIn) -> None:
    send(signed_in("bu_ani"), number, "terima", "kirim", "sampai")
    assert signed_in("pak_budi").post(f"/jualan/pesanan/{number}/tunai").status == 404


def test_pickup_is_paid_at_the_counter(app: Flask, client: Browser, market: Market) -> None:
    fill_cart(client, market, onde=1)
    summary = give_address(client)
    assert pays(summary) == ["cod"]
    shop = market.shops["bu_ani"]
    page = client.post("/checkout/ringkasan", {f"cara-{shop}": "pickup", f"bayar-{shop}": "cod"}, follow=True)
    assert pays(page) == ["at_pickup"]
    assert "Bayar saat mengambil di toko" in place(client, page).text
    assert payment_of(app).way == "at_pickup"
    assert breaches(app) == []


def test_changing_to_pickup_in_the_last_moment_is_still_cash(app: Flask, client: Browser, market: Market) -> None:
    """Without script the page still says "COD": cash is cash."""
    fill_cart(client, market, onde=1)
    receipt = place(client, give_address(client), **{f"cara-{market.shops['bu_ani']}": "pickup"})
    assert receipt.status == 200 and payment_of(app).way == "at_pickup"


@pytest.mark.parametrize(
    ("limits", "quantity", "ways"),
    [
        ({"cod_limit": "Rp50.000"}, 2, ["cod"]),
        ({"cod_limit": "49.999"}, 2, []),
        ({"kelurahan": ""}, 1, []),
        ({"city": "", "courier": ""}, 1, ["cod"]),
    ],
)
def test_cash_has_its_limits_at_the_door(
    market: Market, client: Browser, signed_in: SignIn, limits: dict[str, str], quantity: int, ways: list[str]
) -> None:
    form = {name: value for name, value in {**EVERYWHERE, **limits}.items() if value}
    assert signed_in("bu_ani").post("/jualan/toko/pembayaran", form, follow=True).status == 200
    fill_cart(client, market, onde=quantity)
    summary = give_address(client)
    assert pays(summary) == ways
    if not ways:
        assert "belum menerima pembayaran untuk pesanan ini" in summary.text
        assert place(client, summary).status == 409


def test_cash_has_its_limit_at_the_counter(market: Market, client: Browser, signed_in: SignIn) -> None:
    ani = signed_in("bu_ani")
    fill_cart(client, market, onde=1)
    give_address(client)
    choice = {f"cara-{market.shops['bu_ani']}": "pickup"}
    for form, ways in (({"pickup_limit": "24999"}, []), ({"pickup_limit": "25000"}, ["at_pickup"])):
        ani.post("/jualan/toko/pembayaran", {**EVERYWHERE, **form})
        assert pays(client.post("/checkout/ringkasan", choice, follow=True)) == ways
    ani.post("/jualan/toko/pembayaran", {"kelurahan": "y"})
    assert pays(client.post("/checkout/ringkasan", choice, follow=True)) == []


def test_what_the_shop_takes_no_more_is_not_ordered(
    app: Flask, market: Market, client: Browser, signed_in: SignIn
) -> None:
    fill_cart(client, market, onde=1)
    summary = give_address(client)
    signed_in("bu_ani").post("/jualan/toko/pembayaran", {"takes_cash_at_pickup": "y"})
    page = place(client, summary)
    assert page.status == 409 and "Pilih cara bayar lain" in page.text
    with app.app_context():
        assert db.session.scalar(select(Order.id)) is None


def test_the_form_remembers_what_the_shop_said(market: Market, signed_in: SignIn) -> None:
    ani = signed_in("bu_ani")
    first = ani.get("/jualan/toko/pembayaran")
    assert len([e for e in first.all("input", type="checkbox") if e.get("checked") is not None]) == 6
    ani.submit(first, "/jualan/toko/pembayaran", city=None, cod_limit="150rb")
    page = ani.get("/jualan/toko/pembayaran")
    ticked = {e.get("name") for e in page.all("input", type="checkbox") if e.get("checked") is not None}
    assert ticked == {"kelurahan", "kecamatan", "outside", "courier", "takes_cash_at_pickup"}
    assert page.all("input", name="cod_limit")[0].get("value") == "Rp150.000"
    assert ani.post("/jualan/toko/pembayaran", {"cod_limit": "0"}).status == 422
    assert len(pays_of(signed_in("pak_budi").get("/jualan/toko/pembayaran"))) == 6, "another shop's is its own"


def pays_of(page: Page) -> list[str]:
    return [e.get("name", "") for e in page.all("input", type="checkbox") if e.get("checked") is not None]


@pytest.mark.parametrize("state", [State.PLACED, State.CANCELLED])
def test_orders_of_before_get_their_payment(app: Flask, number: str, signed_in: SignIn, state: State) -> None:
    if state == State.CANCELLED:
        send(signed_in("bu_ani"), number, "tolak")
    with app.app_context():
        downgrade(revision="0005")
        for table in ("payment_event", "payment_part", "payment"):
            db.session.execute(text(f"DELETE FROM {table}"))
        db.session.commit()
        db.engine.dispose()
        upgrade()
    assert payment_of(app).state == (PaymentState.DUE if state == State.PLACED else PaymentState.EXPIRED)
    assert breaches(app) == []
