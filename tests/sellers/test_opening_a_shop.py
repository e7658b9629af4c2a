"""Opening a shop: who may, what is asked, and that it happens once."""

import threading
from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import func, select

from marketplace.audit import AuditRow
from marketplace.db import db, writing
from marketplace.once import AlreadyDone
from marketplace.sellers.models import Shop, ShopMember, ShopState
from marketplace.sellers.opening import CONSENT_VERSION, AlreadyHasShop, open_shop
from marketplace.sellers.shops import Profile
from tests.browser import Browser
from tests.factories import Market, kelurahan_id

SignIn = Callable[[str], Browser]


def profile() -> Profile:
    """What Joko says of his shop."""
    return Profile(name="Keripik Joko", whatsapp="6281234567899", kelurahan_id=kelurahan_id("Meri"))


def form(app: Flask, **changes: str) -> dict[str, str]:
    """The filled form."""
    with app.app_context():
        place = str(kelurahan_id("Meri"))
    fields = {"name": "Keripik Joko", "whatsapp": "0812 3456 7899", "kelurahan_id": place, "agrees": "y"}
    return fields | changes


def test_a_new_shop_waits_for_the_office_and_belongs_to_its_opener(app: Flask, market: Market) -> None:
    joko = market.people["joko"]
    with app.app_context():
        assert open_shop(joko, profile(), "a key") == "keripik-joko"
        shop = db.session.scalars(select(Shop).where(Shop.slug == "keripik-joko")).one()
        member = db.session.scalars(select(ShopMember).where(ShopMember.shop_id == shop.id)).one()
        trail = db.session.scalars(select(AuditRow).where(AuditRow.object_id == shop.id)).one()
    assert (shop.state, shop.consent_version) == (ShopState.WAITING, CONSENT_VERSION)
    assert (member.user_id, member.is_owner) == (joko, True)
    assert (trail.verb, trail.kind, trail.actor_id) == ("open", "shop", joko)


def test_the_same_form_twice_opens_one_shop(app: Flask, market: Market) -> None:
    with app.app_context():
        open_shop(market.people["joko"], profile(), "a key")
        with pytest.raises(AlreadyDone) as done:
            open_shop(market.people["joko"], profile(), "a key")
    assert done.value.text == "keripik-joko"


def test_a_person_has_one_shop(app: Flask, market: Market) -> None:
    with app.app_context():
        with pytest.raises(AlreadyHasShop):
            open_shop(market.people["bu_ani"], profile(), "another key")
        assert db.session.scalar(select(func.count(Shop.id))) == 2


def test_two_tabs_at_the_same_moment_open_one_shop(app: Flask, market: Market) -> None:
    barrier, refused = threading.Barrier(4), []

    def open_one(key: str) -> None:
        with app.app_context():
            mine = profile()
            barrier.wait()
            try:
                open_shop(market.people["joko"], mine, key)
            except AlreadyHasShop:
                refused.append(key)

    threads = [threading.Thread(target=open_one, args=(f"key {n}",)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(refused) == 3


def test_two_shops_of_one_name_get_two_addresses(app: Flask, market: Market) -> None:
    with app.app_context():
        assert open_shop(market.people["joko"], profile(), "one") == "keripik-joko"
        assert open_shop(market.people["siti"], profile(), "two") == "keripik-joko-2"


def test_the_form_opens_a_shop_and_says_what_happens_next(app: Flask, signed_in: SignIn) -> None:
    joko = signed_in("joko")
    page = joko.get("/jualan/toko/buka")
    assert page.h1 == "Buka toko"
    page = joko.submit(page, "/jualan/toko/buka", **form(app, description="Keripik tempe\r\nrenyah"))
    assert (page.status, page.h1) == (200, "Keripik Joko")
    assert "Toko menunggu verifikasi kantor" in page.text
    assert "0812-3456-7899" in page.text
    with app.app_context():
        shop = db.session.scalars(select(Shop).where(Shop.slug == "keripik-joko")).one()
    assert (shop.whatsapp, shop.description) == ("6281234567899", "Keripik tempe\nrenyah")


def test_sending_the_form_again_leads_to_the_shop(app: Flask, signed_in: SignIn) -> None:
    joko = signed_in("joko")
    data = form(app, kunci="a key")
    assert joko.post("/jualan/toko/buka", data).location == "/jualan/toko"
    assert joko.post("/jualan/toko/buka", data).location == "/jualan/toko"
    assert joko.get("/jualan/toko/buka").location == "/jualan/toko"


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("name", "", "Nama toko wajib diisi."),
        ("name", "ab", "Nama toko terdiri dari 3 sampai 60 huruf."),
        ("name", "x" * 61, "Nama toko terdiri dari 3 sampai 60 huruf."),
        ("name", "12345", "Nama toko harus memuat huruf."),
        ("whatsapp", "", "Nomor WhatsApp toko wajib diisi."),
        ("whatsapp", "0321 123456", "Nomor HP tidak valid. Ini nomor telepon rumah"),
        ("whatsapp", "+65 9123 4567", "Toko memerlukan nomor HP Indonesia"),
        ("whatsapp", "dua", "Nomor HP tidak valid."),
        ("kelurahan_id", "", "Kelurahan wajib diisi."),
        ("kelurahan_id", "999999", "Pilihan ini tidak tersedia."),
        ("kelurahan_id", "Meri", "Pilihan ini tidak tersedia."),
        ("kampung_id", "999999", "Pilihan ini tidak tersedia."),
        ("description", "x" * 2001, "Paling panjang 2000 huruf."),
        ("agrees", "", "Setujui dulu untuk membuka toko."),
    ],
)
def test_bad_input_comes_back_with_a_sentence_and_nothing_lost(
    app: Flask, signed_in: SignIn, field: str, value: str, sentence: str
) -> None:
    page = signed_in("joko").post("/jualan/toko/buka", form(app, kunci="a key", **{field: value}))
    assert page.status == 422
    assert sentence in page.text
    if field != "name":
        assert page.all("input", name="name")[0].get("value") == "Keripik Joko"
    assert page.all("input", name="kunci")[0].get("value") == "a key"


def test_a_guest_signs_in_first(client: Browser) -> None:
    page = client.get("/jualan/toko/buka")
    assert page.status == 303
    assert page.location.startswith("/masuk?next=")


def test_the_desk_speaks_the_persons_language(app: Flask, market: Market, signed_in: SignIn) -> None:
    from marketplace.accounts.models import User

    with app.app_context(), writing() as session:
        session.get_one(User, market.people["joko"]).language = "en"
    assert signed_in("joko").get("/jualan/toko/buka").root.get("lang") == "en"


def test_the_account_leads_to_the_form_or_to_the_desk(signed_in: SignIn) -> None:
    assert signed_in("joko").get("/akun").all("a", href="/jualan/toko/buka")
    page = signed_in("bu_ani").get("/akun")
    assert page.all("a", href="/jualan") and not page.all("a", href="/jualan/toko/buka")
