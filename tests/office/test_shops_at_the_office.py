"""The officer's pages of shops: find one, look at it, verify, suspend, reinstate."""

from collections.abc import Callable

import pytest
from flask import Flask

from marketplace.db import db, writing
from marketplace.office.queries import PAGE_SIZE
from marketplace.orders.models import Delivery, Order, OrderGroup, State
from marketplace.sellers.models import Shop, ShopState
from tests.browser import Browser
from tests.factories import LONG_AGO, Market, make_shop, make_user

SignIn = Callable[[str], Browser]
ONDE = "/kantor/toko/onde-onde-bu-ani"
REASON = "Foto produk diambil dari toko lain."


@pytest.fixture
def rina(signed_in: SignIn) -> Browser:
    """The officer's browser."""
    return signed_in("bu_rina")


@pytest.fixture
def waiting(app: Flask, market: Market) -> None:
    """Bu Ani's shop, as if it was opened today."""
    with app.app_context(), writing() as session:
        shop = session.get_one(Shop, market.shops["bu_ani"])
        shop.state, shop.verified_at = ShopState.WAITING, None


def order_of(app: Flask, market: Market, state: State) -> None:
    """Somebody has an order at Bu Ani's."""
    with app.app_context(), writing() as session:
        group = OrderGroup(
            token=f"t-{state}",
            contact_name="Siti",
            contact_phone="6281200000000",
            total=25_000,
            consent_version="2026-11",
            placed_at=LONG_AGO,
        )
        session.add(group)
        session.flush()
        order = Order(
            number=f"PM-{state}",
            group_id=group.id,
            shop_id=market.shops["bu_ani"],
            shop_name="Onde-onde Bu Ani",
            state=state,
            delivery=Delivery.PICKUP,
            pay_by="at_pickup",
            goods_total=25_000,
            delivery_fee=0,
            total=25_000,
            placed_at=LONG_AGO,
            accept_by=LONG_AGO,
        )
        session.add(order)


@pytest.mark.parametrize("path", ["/kantor", "/kantor/toko", ONDE])
def test_only_officers_come_in(signed_in: SignIn, client: Browser, path: str) -> None:
    assert signed_in("bu_rina").get(path).status == 200
    assert signed_in("bu_ani").get(path).status == 403
    assert client.get(path).status == 303


@pytest.mark.parametrize("step", ["verifikasi", "penangguhan", "pencabutan"])
def test_only_officers_move_a_shop(app: Flask, market: Market, signed_in: SignIn, step: str, waiting: None) -> None:
    assert signed_in("bu_ani").post(f"{ONDE}/{step}", {"reason": REASON}).status == 403
    with app.app_context():
        assert db.session.get_one(Shop, market.shops["bu_ani"]).state == ShopState.WAITING


def test_the_home_counts_what_matters(app: Flask, market: Market, rina: Browser, waiting: None) -> None:
    page = rina.get("/kantor")
    assert page.h1 == "Kantor"
    assert "1 Toko menunggu verifikasi" in page.text
    assert "1 Toko terverifikasi" in page.text
    assert "0 Toko ditangguhkan" in page.text
    assert "Tidak ada." in page.text


def test_the_home_names_suspended_shops_that_owe_something(app: Flask, market: Market, rina: Browser) -> None:
    for state in (State.PLACED, State.ACCEPTED, State.COMPLETED):
        order_of(app, market, state)
    assert "2 pesanan" not in rina.get("/kantor").text
    rina.post(f"{ONDE}/penangguhan", {"reason": REASON})
    page = rina.get("/kantor")
    assert "Onde-onde Bu Ani 2 pesanan" in page.text
    assert page.all("a", href="/kantor/pesanan?toko=onde-onde-bu-ani")
    assert "2 pesanan terbuka" in rina.get(ONDE).text


def test_the_list_is_filtered_and_searched(rina: Browser, waiting: None) -> None:
    def names(path: str) -> list[str]:
        return [link.text or "" for link in rina.get(path).all("a") if "/kantor/toko/" in (link.get("href") or "")]

    assert names("/kantor/toko") == ["Onde-onde Bu Ani", "Sepatu Pak Budi"]
    assert names("/kantor/toko?status=menunggu") == ["Onde-onde Bu Ani"]
    assert names("/kantor/toko?status=terverifikasi") == ["Sepatu Pak Budi"]
    assert names("/kantor/toko?status=apa") == ["Onde-onde Bu Ani", "Sepatu Pak Budi"]
    assert names("/kantor/toko?q=SEPATU") == ["Sepatu Pak Budi"]
    assert names("/kantor/toko?q=081234567891") == ["Sepatu Pak Budi"]
    assert names("/kantor/toko?q=0812-3456-7891") == ["Sepatu Pak Budi"]
    assert names("/kantor/toko?q=%25") == []
    assert names("/kantor/toko?q=x&sesudah=dua") == []
    assert "Tidak ada toko di sini" in rina.get("/kantor/toko?status=ditangguhkan").text


def test_a_long_list_goes_on_behind_its_last_shop(app: Flask, market: Market, rina: Browser) -> None:
    with app.app_context(), writing():
        owner = make_user("Pemilik")
        for number in range(PAGE_SIZE):
            make_shop(f"Warung {number:02}", owner)
    page = rina.get("/kantor/toko?q=warung")
    assert not page.all("a", rel="next")
    page = rina.get("/kantor/toko?status=terverifikasi")
    following = rina.get(page.all("a", rel="next")[0].get("href") or "")
    assert "Warung 49" in following.text and "Warung 47" not in following.text
    assert not following.all("a", rel="next")


def test_a_shop_is_verified_with_one_button(rina: Browser, waiting: None) -> None:
    page = rina.get(ONDE)
    assert "Menunggu verifikasi" in page.text
    for fact in ("Ani Wulandari", "0812-3456-7890", "Balongsari, Magersari", "1 produk tampil"):
        assert fact in page.text
    page = rina.submit(page, "/verifikasi")
    assert "Pemilik toko mendapat kabar." in page.text
    assert "Diverifikasi" in page.text and "Rina Hartati" in page.text
    assert not [form for form in page.all("form") if "verifikasi" in (form.get("action") or "")]


def test_a_second_press_says_that_it_was_done_before(rina: Browser, waiting: None) -> None:
    rina.post(f"{ONDE}/verifikasi")
    page = rina.post(f"{ONDE}/verifikasi", follow=True)
    assert "Status toko sudah berubah sebelumnya." in page.text
    assert page.text.count("Diverifikasi") == 1


@pytest.mark.parametrize(
    ("reason", "sentence"),
    [
        ("", "Alasan wajib diisi."),
        ("   ", "Alasan wajib diisi."),
        ("pendek", "Tulis alasan dengan 10 sampai 500 huruf."),
        ("x" * 501, "Tulis alasan dengan 10 sampai 500 huruf."),
    ],
)
def test_a_suspension_needs_a_reason(app: Flask, market: Market, rina: Browser, reason: str, sentence: str) -> None:
    page = rina.post(f"{ONDE}/penangguhan", {"reason": reason})
    assert page.status == 422
    assert sentence in page.text
    assert page.all("details")[0].get("open") is not None
    with app.app_context():
        assert db.session.get_one(Shop, market.shops["bu_ani"]).state == ShopState.VERIFIED


def test_a_suspended_shop_leaves_the_pages_and_its_owner_reads_why(rina: Browser, signed_in: SignIn) -> None:
    guest = signed_in("siti")
    assert guest.get("/toko/onde-onde-bu-ani").status == 200
    page = rina.submit(rina.get(ONDE), "/penangguhan", reason=REASON)
    assert "Ditangguhkan" in page.text and REASON in page.text
    assert guest.get("/toko/onde-onde-bu-ani").status == 404
    assert guest.get("/produk/onde-onde-isi-10").status == 404
    ani = signed_in("bu_ani").get("/jualan/toko")
    assert "Toko ditangguhkan" in ani.text and f"Alasan: {REASON}" in ani.text
    page = rina.submit(page, "/pencabutan")
    assert "Penangguhan dicabut" in page.text
    assert guest.get("/toko/onde-onde-bu-ani").status == 200
    assert "Toko ditangguhkan" not in signed_in("bu_ani").get("/jualan/toko").text


def test_the_owner_gets_the_letter(
    app: Flask, market: Market, rina: Browser, run_jobs: Callable[[], int], mails: Callable[[], list[str]]
) -> None:
    from marketplace.accounts.models import User

    with app.app_context(), writing() as session:
        owner = session.get_one(User, market.people["bu_ani"])
        owner.email, owner.email_proved_at = "ani@example.com", LONG_AGO
    rina.post(f"{ONDE}/penangguhan", {"reason": REASON})
    run_jobs()
    (letter,) = mails()
    assert letter.startswith("To: ani@example.com\nSubject: Toko Onde-onde Bu Ani ditangguhkan")
    assert REASON in letter


def test_an_unknown_shop_is_not_found(rina: Browser) -> None:
    assert rina.get("/kantor/toko/tidak-ada").status == 404
    assert rina.post("/kantor/toko/tidak-ada/verifikasi").status == 404


def test_the_office_speaks_the_officers_language(app: Flask, market: Market, rina: Browser) -> None:
    from marketplace.accounts.models import User

    with app.app_context(), writing() as session:
        session.get_one(User, market.people["bu_rina"]).language = "en"
    assert rina.get("/kantor").root.get("lang") == "en"
    assert rina.get(ONDE).root.get("lang") == "en"
