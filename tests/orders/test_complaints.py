"""A complaint: opened in time, answered, decided; until then nobody completes the order, then the money follows."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy import func, select

from marketplace.clock import now
from marketplace.config import settings
from marketplace.db import db
from marketplace.jobs import Job
from marketplace.orders import complaining, fulfilment
from marketplace.orders.complaining import Decision, Opening
from marketplace.orders.complaint_models import ComplaintPhoto, ComplaintReason
from marketplace.orders.models import State
from marketplace.orders.refunding import Wish
from marketplace.payments import ledger
from marketplace.payments.books import Account
from marketplace.payments.models import PaymentState
from marketplace.refusal import GoneAway
from tests.browser import Browser
from tests.factories import Market
from tests.orders.complaints import SIDE, STORY, VERDICT, answer, complain, complaint, decide, delivered, door
from tests.payments.money import give_letterbox, picture
from tests.payments.shopping import Purchase, buy
from tests.payments.test_giving_back import shelf
from tests.races.test_stock import breaches


@pytest.fixture
def purchase(app: Flask, client: Browser, market: Market, ani: Browser) -> Purchase:
    """It can be complained of."""
    return delivered(app, client, market, ani)


def test_the_whole_way_to_a_part_of_the_money(
    app: Flask,
    market: Market,
    purchase: Purchase,
    ani: Browser,
    rina: Browser,
    run_jobs: Callable[[], int],
    mails: Callable[[], list[str]],
) -> None:
    """Everybody hears of every step, the order waits, and in the end one box's price goes back."""
    with app.app_context():
        give_letterbox(market, "bu_ani")
        give_letterbox(market, "bu_rina")
    photos = [(picture("red"), "a.jpg"), (picture("blue"), "b.jpg"), (picture("red"), "lagi.jpg")]
    page = complain(purchase, foto=photos)
    assert "Komplain Anda sudah dikirim" in page.text and STORY in page.text
    assert purchase.order.state == State.DISPUTED
    run_jobs()
    opened = mails()
    for who in ("siti@", "bu_ani@", "bu_rina@"):
        assert any(who in letter and "komplain" in letter for letter in opened), who
    with app.app_context():
        fulfilment.complete(purchase.order.id)
        ids = list(db.session.scalars(select(ComplaintPhoto.id)))
    assert purchase.order.state == State.DISPUTED, "completion waits"
    assert len(ids) == 2, "the same picture is one"
    for browser, where in ((purchase.buyer, door(purchase)), (ani, "jualan"), (rina, "kantor")):
        path = where if where.startswith("/") else f"/{where}/pesanan/{purchase.number}/komplain"
        assert browser.get(f"{path}/foto/{ids[0]}").response.mimetype == "image/jpeg"
    assert STORY not in ani.get("/jualan?tab=diproses").text and purchase.number in ani.get("/jualan?tab=komplain").text
    assert purchase.number in rina.get("/kantor/komplain").text
    assert "1" in rina.get("/kantor").text
    answer(purchase, ani)
    assert SIDE in purchase.page().text and "Menunggu keputusan petugas" in rina.get("/kantor/komplain").text
    page = decide(purchase, rina, boxes=1, penanggung="shop")
    assert "Keputusan disimpan" in page.text
    run_jobs()
    told = [letter for letter in mails() if VERDICT in letter]
    assert len(told) >= 2 and all("Rp25.000" in letter for letter in told[:2])
    assert purchase.states == (State.COMPLETED, PaymentState.CAPTURED)
    assert [(refund.amount, refund.borne_by) for refund in purchase.refunds] == [(25_000, "shop")]
    assert VERDICT in purchase.page().text
    assert VERDICT in ani.get(f"/jualan/pesanan/{purchase.number}/komplain").text
    assert purchase.number not in rina.get("/kantor/komplain").text
    assert breaches(app) == []


@pytest.mark.parametrize("bearer", ["shop", "platform"])
@pytest.mark.parametrize("are_back", [True, False])
def test_all_of_the_money(
    app: Flask, purchase: Purchase, ani: Browser, rina: Browser, bearer: str, are_back: bool
) -> None:
    """Called off: everything goes back; what the platform bears of it the shop earns nevertheless."""
    complain(purchase)
    decide(purchase, rina, "cancelled", penanggung=bearer, **({"kembali": "y"} if are_back else {}))
    due, shop = purchase.payment.due, purchase.order.shop_id
    assert purchase.order.state == State.CANCELLED and [refund.amount for refund in purchase.refunds] == [due]
    assert shelf(app) == ((30, 0, 0) if are_back else (28, 0, 2))
    with app.app_context():
        booked = ledger.balances()
    assert booked[Account.SHOP_PAYABLE, shop] == (0 if bearer == "shop" else -due)
    assert booked.get((Account.SUBSIDY, None), 0) == (0 if bearer == "shop" else due)
    assert VERDICT in purchase.page().text
    assert breaches(app) == []


def test_no_money_at_all(
    app: Flask,
    purchase: Purchase,
    rina: Browser,
    run_jobs: Callable[[], int],
    mails: Callable[[], list[str]],
) -> None:
    complain(purchase)
    decide(purchase, rina)
    run_jobs()
    (told,) = [letter for letter in mails() if VERDICT in letter]
    assert "Pesanan selesai" in told and "Dikembalikan" not in told
    assert purchase.states == (State.COMPLETED, PaymentState.CAPTURED) and purchase.refunds == []
    assert complaint(app).outcome == State.COMPLETED
    assert breaches(app) == []


def test_what_has_not_come_can_be_complained_of_a_day_after_it_was_promised(
    app: Flask, client: Browser, market: Market, ani: Browser, rina: Browser
) -> None:
    purchase = buy(app, client, market, "cod")
    assert client.get(door(purchase)).status == 409
    purchase.desk(ani, "terima")
    assert "Dijanjikan sampai paling lambat" in purchase.page().text
    purchase.desk(ani, "kirim")
    with app.app_context():
        known = settings()
    window = timedelta(days=1, hours=known.complaint_hours)
    with time_machine.travel(now() + window - timedelta(minutes=5)):
        assert client.get(door(purchase)).status == 409
        assert "Ajukan komplain" not in purchase.page().text
    with time_machine.travel(now() + window + timedelta(minutes=5)):
        assert "Ajukan komplain" in purchase.page().text
        complain(purchase, sebab="not_there")
        assert purchase.order.state == State.DISPUTED
        assert "Belum ada uang yang dibayar" in rina.get(f"/kantor/pesanan/{purchase.number}/komplain").text
        decide(purchase, rina, "cancelled", kembali="y")
    assert purchase.states == (State.CANCELLED, PaymentState.EXPIRED)
    assert shelf(app) == (30, 0, 0)
    assert breaches(app) == []


@pytest.mark.parametrize(("hasil", "left"), [("completed", (28, 0, 2)), ("cancelled", (30, 0, 0))])
def test_goods_at_the_counter_are_sold_or_free_again(
    app: Flask, client: Browser, market: Market, ani: Browser, rina: Browser, hasil: str, left: tuple[int, int, int]
) -> None:
    from tests.orders.flows import fill_cart, give_address, numbers_of, place

    fill_cart(client, market, onde=2)
    receipt = place(client, give_address(client, cara="ambil"))
    purchase = Purchase(app, client, numbers_of(receipt)[0], receipt.response.request.path.rsplit("/", 1)[1])
    purchase.desk(ani, "terima")
    purchase.desk(ani, "siap")
    with time_machine.travel(now() + timedelta(days=3)):
        complain(purchase, sebab="other")
        decide(purchase, rina, hasil)
    assert shelf(app) == left
    assert breaches(app) == []


def test_twice_is_once(app: Flask, purchase: Purchase, rina: Browser) -> None:
    page = purchase.buyer.get(door(purchase))
    for _ in range(2):
        purchase.buyer.submit(page, door(purchase), sebab="broken", cerita=STORY)
    assert complaint(app).words == STORY
    assert "sudah ada" in purchase.buyer.get(door(purchase), follow=True).text
    form = rina.get(f"/kantor/pesanan/{purchase.number}/komplain")
    second = rina.get(f"/kantor/pesanan/{purchase.number}/komplain")
    path = f"/kantor/pesanan/{purchase.number}/komplain"
    for _ in range(2):
        answer_ = rina.submit(form, path, hasil="completed", tambahan="5000", keputusan=VERDICT)
        assert answer_.status == 200
    late = rina.submit(second, path, hasil="cancelled", keputusan=VERDICT)
    assert late.status == 422 and "sudah diputuskan" in late.text
    assert [refund.amount for refund in purchase.refunds] == [5_000]
    assert breaches(app) == []


def test_without_a_complaint_there_is_none(app: Flask, purchase: Purchase, ani: Browser, rina: Browser) -> None:
    for browser, desk in ((ani, "jualan"), (rina, "kantor")):
        assert browser.get(f"/{desk}/pesanan/{purchase.number}/komplain").status == 404
        assert browser.get(f"/{desk}/pesanan/{purchase.number}/komplain/foto/1").status == 404
    assert rina.get("/kantor/komplain").status == 200
    with app.test_request_context():
        with pytest.raises(GoneAway):
            complaining.answer(purchase.order.id, SIDE, actor_id=1)
        with pytest.raises(GoneAway):
            complaining.decide(purchase.order.id, Decision(True, Wish({}, 0, VERDICT)), key="k", officer_id=1)


def test_a_completed_order_is_past_complaining(app: Flask, purchase: Purchase) -> None:
    page = purchase.buyer.get(door(purchase))
    with app.app_context():
        fulfilment.complete(purchase.order.id)
    assert purchase.buyer.submit(page, door(purchase), sebab="broken", cerita=STORY).status == 409
    assert "Ajukan komplain" not in purchase.page().text


def test_in_the_same_moment_twice_is_once_and_another_tab_is_refused(app: Flask, purchase: Purchase) -> None:
    """All have passed the page's look at the order."""
    opening, order_id = Opening(ComplaintReason.BROKEN, STORY), purchase.order.id
    with app.test_request_context():
        for _tap in range(2):
            complaining.open_complaint(order_id, opening, key="tap", actor_id=None)
        with pytest.raises(complaining.NotComplainable):
            complaining.open_complaint(order_id, opening, key="another tab", actor_id=None)
    assert complaint(app).words == STORY
    assert told(app) == 1


def test_the_same_answer_again_is_no_news(app: Flask, purchase: Purchase, ani: Browser) -> None:
    complain(purchase)
    answer(purchase, ani)
    answer(purchase, ani)
    assert told(app) == 2, "that it was opened, and answered"
    answer(purchase, ani, "Kami kirim ulang satu kotak.")
    assert told(app) == 3


def told(app: Flask) -> int:
    """How many steps of complaints are told to people."""
    with app.app_context():
        return db.session.scalar(select(func.count(Job.id)).where(Job.kind == complaining.TELL)) or 0
