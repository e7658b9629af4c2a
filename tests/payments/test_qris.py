"""QRIS: the shop's own code, checked before it counts, with amount and order put in; never a proof of payment."""

from collections.abc import Callable
from io import BytesIO

import pytest
import segno
import zxingcpp
from flask import Flask
from PIL import Image
from sqlalchemy import select, update

from marketplace.accounts.models import User
from marketplace.accounts.passwords import hashed
from marketplace.db import db, writing
from marketplace.orders.models import State
from marketplace.payments import emv
from marketplace.payments.models import Channel, PaymentState, ReceivingAccount
from marketplace.payments.port import Sale
from marketplace.payments.ways import offered, terms_of
from tests.browser import Browser
from tests.factories import Market
from tests.payments.money import NMID, QRIS_SAMPLES, STATIC_QRIS, give_letterbox, give_qris, picture
from tests.payments.shopping import Purchase, SignIn, buy
from tests.races.test_stock import breaches

PATH = "/jualan/toko/pembayaran/qris"
PASSWORD = "onde onde wijen"


def photo_of(*texts: str) -> BytesIO:
    """Codes side by side on a wall."""
    wall = Image.new("RGB", (600 * max(1, len(texts)), 600), "beige")
    for n, text in enumerate(texts):
        file = BytesIO()
        segno.make(text).save(file, kind="png", scale=6)
        wall.paste(Image.open(file).convert("RGB"), (600 * n + 40, 40))
    file = BytesIO()
    wall.save(file, "JPEG")
    file.seek(0)
    return file


@pytest.fixture
def ani(app: Flask, market: Market, signed_in: SignIn) -> Browser:
    with app.app_context(), writing() as session:
        session.execute(update(User).values(password_hash=hashed(PASSWORD)))
    return signed_in("bu_ani")


@pytest.fixture
def purchase(app: Flask, client: Browser, market: Market) -> Purchase:
    with app.app_context():
        give_qris(market, "bu_ani")
    return buy(app, client, market, code="qris")


@pytest.mark.parametrize("sent", ["text", "photo", "photo of two codes"])
def test_a_shop_gives_its_code(app: Flask, ani: Browser, sent: str) -> None:
    photos = {"photo": [STATIC_QRIS], "photo of two codes": ["https://contoh.example", STATIC_QRIS]}
    form = {"payload": f" {STATIC_QRIS}\n"} if sent == "text" else {"photo": (photo_of(*photos[sent]), "qris.jpg")}
    page = ani.post(PATH, form)
    assert page.status == 200 and "TOKO CONTOH ONDE" in page.text and NMID in page.text
    wrong = ani.submit(page, f"{PATH}/simpan", password="somebody else")
    assert wrong.status == 422 and "TOKO CONTOH ONDE" in wrong.text
    with app.app_context():
        assert db.session.scalar(select(ReceivingAccount.id)) is None
    page = ani.submit(wrong, f"{PATH}/simpan", password=PASSWORD)
    assert page.status == 200 and NMID in page.text and "Berlaku mulai" in page.text
    with app.app_context():
        account = db.session.scalars(select(ReceivingAccount)).one()
        assert (account.channel, account.payload, account.holder) == (Channel.QRIS, STATIC_QRIS, "TOKO CONTOH ONDE")


@pytest.mark.parametrize("sample", [s for s in QRIS_SAMPLES if s["type"] != "static" or s["expected"] == "invalid"])
def test_what_is_no_static_code_is_refused(app: Flask, ani: Browser, sample: dict[str, str]) -> None:
    page = ani.post(PATH, {"payload": sample["payload"]})
    assert page.status == 422 and page.by_id("payload-error") is not None


def test_what_is_no_picture_of_a_code_is_refused(ani: Browser) -> None:
    for file in (picture(), BytesIO(b"no picture"), photo_of("https://contoh.example")):
        page = ani.post(PATH, {"photo": (file, "qris.jpg")})
        assert page.status == 422 and page.by_id("photo-error") is not None
    assert ani.post(PATH, {}).status == 422
    assert ani.post(f"{PATH}/simpan", {"payload": "changed", "password": PASSWORD}).status == 422


def test_the_owner_hears_of_it_once_and_the_office_agrees(
    app: Flask,
    market: Market,
    ani: Browser,
    signed_in: SignIn,
    run_jobs: Callable[[], int],
    mails: Callable[[], list[str]],
) -> None:
    with app.app_context():
        give_letterbox(market, "bu_ani")
    for _twice in range(2):
        ani.post(f"{PATH}/simpan", {"payload": STATIC_QRIS, "password": PASSWORD})
    run_jobs()
    (letter,) = mails()
    assert "QRIS baru untuk" in letter and "NMID berakhiran 1533" in letter
    rina = signed_in("bu_rina")
    page = rina.get("/kantor/pembayaran")
    assert "TOKO CONTOH ONDE" in page.text and NMID in page.text
    assert "qris" not in _offered(app, market)
    with app.app_context():
        id = db.session.scalars(select(ReceivingAccount.id)).one()
    rina.submit(page, f"/kantor/pembayaran/rekening/{id}/setuju")
    assert "qris" in _offered(app, market)
    page = ani.get("/jualan/toko/pembayaran")
    assert "TOKO CONTOH ONDE" in page.text
    ani.submit(page, "/jualan/toko/pembayaran/qris/berhenti")
    assert "qris" not in _offered(app, market)


def _offered(app: Flask, market: Market) -> set[str]:
    with app.app_context():
        shop_id = market.shops["bu_ani"]
        return {way.code for way in offered(Sale(shop_id, 25_000, "kelurahan"), terms_of([shop_id])[shop_id])}


def test_the_code_holds_amount_and_order(app: Flask, purchase: Purchase) -> None:
    payment, page = purchase.payment, purchase.page()
    assert purchase.states == (State.AWAITING_PAYMENT, PaymentState.OPEN) and payment.code == 0
    assert "TOKO CONTOH ONDE" in page.text and "NMID ID1027921731533" in page.text and "Rp50.000" in page.text
    assert len([e for e in page.root.iter() if e.tag.endswith("svg") and e.get("class") == "segno"]) == 1
    (download,) = {link for link in page.links() if link.endswith("/qris.png")}
    image = Image.open(BytesIO(purchase.buyer.get(download).response.data))
    (read,) = zxingcpp.read_barcodes(image)
    fields = dict(emv.parse(read.text))
    assert (fields["01"], fields["54"], fields["59"]) == ("12", "50000", "TOKO CONTOH ONDE")
    assert dict(emv.parse(fields["62"]))["01"] == payment.reference
    assert read.text[-4:] == emv.crc(read.text[:-4])
    assert breaches(app) == []


def test_the_code_alone_proves_nothing(app: Flask, purchase: Purchase, signed_in: SignIn) -> None:
    ani = signed_in("bu_ani")
    purchase.prove()
    assert purchase.states == (State.AWAITING_PAYMENT, PaymentState.PROOF)
    purchase.arrived(ani)
    assert purchase.states == (State.ACCEPTED, PaymentState.CAPTURED)
    assert not [link for link in purchase.page().links() if link.endswith("/qris.png")]
    assert purchase.buyer.get(f"{purchase.link}/{purchase.number}/qris.png").status == 404
    assert breaches(app) == []


def test_two_orders_of_the_same_amount_have_two_codes(app: Flask, market: Market, purchase: Purchase) -> None:
    other = buy(app, Browser(app), market, code="qris")
    pictures = {p.buyer.get(f"{p.link}/{p.number}/qris.png").response.data for p in (purchase, other)}
    assert len(pictures) == 2 and purchase.payment.due == other.payment.due


def test_a_members_code_is_theirs(app: Flask, market: Market, purchase: Purchase, signed_in: SignIn) -> None:
    mine = buy(app, signed_in("siti"), market, code="qris")
    assert signed_in("siti").get(f"/pesanan/{mine.number}/qris.png").response.mimetype == "image/png"
    assert signed_in("joko").get(f"/pesanan/{mine.number}/qris.png").status == 404
    cash = buy(app, signed_in("siti"), market, code="cod")
    assert signed_in("siti").get(f"/pesanan/{cash.number}/qris.png").status == 404
