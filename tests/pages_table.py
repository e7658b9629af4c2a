"""The one table of pages: which route is looked at in which state and by whom."""

from dataclasses import dataclass, field
from typing import Any

from flask import Flask

from marketplace.language import DESKS
from tests.browser import Browser, Page
from tests.pages_scenes import Scene

EMPTY, FILLED, ERROR, LONG = "empty", "filled", "error", "long"
GUEST, JOKO, SITI, BU_ANI, BU_RINA = "guest", "joko", "siti", "bu_ani", "bu_rina"
# Errors are looked at in the filled market.
SCENE_OF = {EMPTY: "empty", FILLED: "filled", ERROR: "filled", LONG: "long"}
PICTURES = {"catalog.picture", "moneydesk.proof", "moneyoffice.proof"}
MACHINES = {*PICTURES, "machines.healthz", "machines.manifest", "machines.robots", "machines.sitemap"}
PIECES = {"catalog.suggestions"}  # of a page, for its scripts


@dataclass(frozen=True)
class Row:
    """One page in one state; `sent` is the form that `to` answers with this page, `which` chooses among objects."""

    endpoint: str
    who: str
    state: str
    status: int = 200
    which: str = ""
    to: str = ""
    sent: dict[str, Any] | None = None
    query: dict[str, str] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """What tests and files call it."""
        words = (self.endpoint, self.state, self.which or self.to, *self.query.values(), self.who)
        return " ".join(word for word in words if word)

    def path(self, app: Flask, scene: Scene) -> str:
        """Its address in Indonesian."""
        return scene.path(app, self.to or self.endpoint, self.which, **self.query)

    def paths(self, app: Flask, scene: Scene) -> dict[str, str]:
        """Its address by language: desks and machines have one, visitors' and buyers' pages two."""
        path = self.path(app, scene)
        if path.startswith(DESKS) or self.endpoint in MACHINES:
            return {"id": path}
        return {"id": path, "en": f"/en{path}"}

    def open(self, browser: Browser, path: str) -> Page:
        """The page, by GET or by the form that it answers."""
        page = browser.get(path) if self.sent is None else browser.post(path, self.sent)
        page.response.close()
        return page


def page(endpoint: str, who: str, *states: str, **more: Any) -> tuple[Row, ...]:
    """A row for each state of a page that is only opened."""
    return tuple(Row(endpoint, who, state, **more) for state in states)


def error(endpoint: str, who: str, to: str = "", status: int = 422, **sent: Any) -> Row:
    """The page as it answers a form that cannot be taken; `to` when another route takes its form."""
    return Row(endpoint, who, ERROR, status, to=to, sent=sent)


ROWS: tuple[Row, ...] = (
    *page("catalog.home", GUEST, EMPTY, FILLED, LONG),
    *page("catalog.search", GUEST, EMPTY, FILLED, LONG),
    *page("catalog.search", GUEST, FILLED, query={"q": "tidak-ada"}),
    *page("catalog.category", GUEST, EMPTY, FILLED, LONG),
    *page("catalog.kampung_list", GUEST, EMPTY, FILLED, LONG),
    *page("catalog.kampung", GUEST, EMPTY, FILLED, LONG),
    *page("catalog.shop", GUEST, EMPTY, FILLED, LONG),
    *page("catalog.product", GUEST, FILLED, LONG),
    *page("catalog.product", GUEST, FILLED, LONG, which="choices"),
    *page("catalog.product", GUEST, FILLED, which="sold out"),
    *page("catalog.product", GUEST, FILLED, which="closed"),
    *page("catalog.product", GUEST, FILLED, which="gone", status=404),
    *page("catalog.reviews", GUEST, FILLED, LONG),
    *page("catalog.reviews", GUEST, FILLED, which="choices"),
    *page("catalog.report", GUEST, FILLED, LONG),
    error("catalog.report", GUEST),
    *page("catalog.picture", GUEST, FILLED),
    *page("catalog.search", GUEST, FILLED, LONG, query={"harga_min": "1000", "warna": "hitam"}),
    *page("catalog.search", GUEST, FILLED, query={"warna": "hitam", "kategori": "batik"}),
    *page("catalog.suggestions", GUEST, FILLED, query={"q": "onde"}),
    *page("catalog.suggestions", GUEST, FILLED, query={"q": "o"}, status=204),
    *page("catalog.alert", GUEST, FILLED, query={"q": "klepon", "warna": "merah"}),
    Row("catalog.alert", GUEST, ERROR, 422, sent={"contact": "siti@"}, query={"q": "klepon"}),
    *page("catalog.alert_asked", GUEST, FILLED),
    *page("catalog.alert_end", GUEST, FILLED),
    *page("catalog.alert_end", GUEST, FILLED, which="over"),
    *page("pages.order_of_lists", GUEST, FILLED),
    *page("pages.about", GUEST, FILLED),
    *page("pages.help", GUEST, FILLED),
    *page("pages.terms", GUEST, FILLED),
    *page("pages.privacy", GUEST, FILLED),
    *page("pages.sample_number", GUEST, FILLED),
    *page("pages.style", GUEST, EMPTY, FILLED),
    *page("machines.healthz", GUEST, FILLED),
    *page("machines.robots", GUEST, FILLED),
    *page("machines.sitemap", GUEST, EMPTY, FILLED),
    *page("machines.manifest", GUEST, FILLED),
    # cart and checkout
    *page("cart.show", GUEST, EMPTY, FILLED, LONG),
    *page("cart.show", SITI, FILLED),
    error("cart.show", SITI, "cart.change", jumlah="dua"),
    error("cart.show", SITI, "cart.add", varian="1", jumlah="0"),
    error("cart.show", GUEST, "cart.add", varian="tidak ada", jumlah="1"),
    *page("checkout.show", GUEST, EMPTY, status=303),
    *page("checkout.show", GUEST, FILLED, LONG),
    *page("checkout.show", SITI, FILLED, LONG),
    error("checkout.show", GUEST, "checkout.save", recipient="", phone="12", place="city"),
    error("checkout.show", SITI, "checkout.save", phone="", email="siti@", place="outside", postal_code="1"),
    *page("checkout.review", GUEST, EMPTY, status=303),
    *page("checkout.review", GUEST, FILLED, LONG),
    *page("checkout.review", SITI, FILLED),
    error("checkout.review", GUEST, "checkout.place", status=409, kunci="k", total="1", dilihat="x"),
    # orders
    *page("orders.index", SITI, EMPTY, FILLED, LONG),
    *page("orders.show", SITI, FILLED, LONG),
    *page("orders.show", SITI, FILLED, which="cancelled"),
    *page("orders.show", SITI, FILLED, LONG, which="delivered"),
    *page("orders.review", SITI, FILLED),
    error("orders.review", SITI, stars="6", words="x" * 1001),
    *page("orders.receipt", SITI, FILLED, LONG),
    *page("tracking.show", GUEST, FILLED, LONG),
    *page("tracking.show", GUEST, FILLED, query={"baru": "1"}),
    *page("tracking.show", GUEST, FILLED, which="moved"),
    Row("tracking.show", GUEST, ERROR, 409, which="moved", to="tracking.cancel", sent={}),
    *page("card.back", GUEST, FILLED, status=404),
    *page("tracking.review", GUEST, FILLED, LONG),
    error("tracking.review", GUEST, stars="semua"),
    *page("orders.show", SITI, FILLED, LONG, which="transfer"),
    *page("orders.show", SITI, FILLED, which="refused"),
    *page("tracking.receipt", GUEST, FILLED, LONG),
    *page("tracking.receipt", GUEST, FILLED, which="moved"),
    # account
    *page("accounts.sign_in", GUEST, FILLED),
    error("accounts.sign_in", GUEST, identity="0812", password=""),
    *page("accounts.register", GUEST, FILLED),
    error("accounts.register", GUEST, name="", identity="siti@", password="12"),
    *page("accounts.forgotten", GUEST, FILLED),
    error("accounts.forgotten", GUEST, identity=""),
    *page("accounts.link_sent", GUEST, FILLED),
    *page("accounts.reset_by_code", GUEST, FILLED),
    error("accounts.reset_by_code", GUEST, identity="081234567890", code="12", password="x"),
    *page("accounts.reset_by_link", GUEST, FILLED),
    *page("accounts.reset_by_link", GUEST, FILLED, which="over", status=410),
    error("accounts.reset_by_link", GUEST, password=""),
    *page("accounts.proof_link", JOKO, FILLED),
    *page("accounts.proof_link", JOKO, FILLED, which="over", status=410),
    *page("accounts.account", SITI, EMPTY, FILLED, LONG),
    *page("accounts.account", BU_ANI, FILLED),
    *page("saved.index", SITI, EMPTY, FILLED, LONG),
    *page("accounts.profile", SITI, FILLED, LONG),
    error("accounts.profile", SITI, name="", phone="12", email="siti@", language="id"),
    *page("accounts.password", SITI, FILLED),
    error("accounts.password", SITI, old="", password="12"),
    *page("accounts.addresses", SITI, EMPTY, FILLED, LONG),
    *page("accounts.new_address", SITI, EMPTY),
    error("accounts.new_address", SITI, recipient="", phone="x", place="outside"),
    *page("accounts.address", SITI, FILLED, LONG),
    error("accounts.address", SITI, recipient="", place="city", rt="sepuluh"),
    # seller's desk
    *page("orderdesk.home", BU_ANI, EMPTY, FILLED, LONG),
    *page("orderdesk.home", BU_ANI, FILLED, LONG, query={"tab": "selesai"}),
    *page("orderdesk.home", SITI, FILLED, status=403),
    *page("orderdesk.index", BU_ANI, FILLED, status=302),
    *page("orderdesk.show", BU_ANI, FILLED, LONG),
    *page("orderdesk.show", BU_ANI, FILLED, which="delivered"),
    *page("orderdesk.show", BU_ANI, FILLED, LONG, which="proof"),
    *page("orderdesk.show", BU_ANI, FILLED, which="refund"),
    error("orderdesk.show", BU_ANI, "orderdesk.cancel", alasan=""),
    *page("productdesk.index", BU_ANI, EMPTY, FILLED, LONG),
    *page("productdesk.index", BU_ANI, FILLED, query={"keadaan": "draf"}),
    *page("productdesk.index", BU_ANI, FILLED, query={"q": "tidak-ada"}),
    *page("productdesk.add", BU_ANI, FILLED),
    error("productdesk.add", BU_ANI, title="", choice="ukuran-warna", row_count="3", **{"rows-0-price": "gratis"}),
    *page("productdesk.edit", BU_ANI, FILLED, LONG),
    error("productdesk.edit", BU_ANI, title="", **{"rows-0-price": "0", "rows-0-stock": "-1"}),
    *page("productdesk.photos", BU_ANI, FILLED, LONG),
    error("productdesk.photos", BU_ANI),
    *page("productdesk.reviews", BU_ANI, EMPTY, FILLED, LONG),
    *page("productdesk.reply", BU_ANI, FILLED, LONG),
    *page("productdesk.reply", BU_ANI, FILLED, which="answered"),
    error("productdesk.reply", BU_ANI, words=" "),
    *page("productdesk.shelf", BU_ANI, EMPTY, FILLED, LONG),
    error("productdesk.shelf", BU_ANI, "productdesk.count", jumlah="dua"),
    *page("sellers.shop", BU_ANI, EMPTY, FILLED, LONG),
    *page("sellers.opening", JOKO, FILLED),
    *page("sellers.opening", BU_ANI, FILLED, status=303),
    error("sellers.opening", JOKO, name="A", whatsapp="12"),
    *page("sellers.profile", BU_ANI, FILLED, LONG),
    error("sellers.profile", BU_ANI, name="", whatsapp="(0321) 1"),
    *page("sellers.location", BU_ANI, EMPTY, FILLED, LONG),
    error("sellers.location", BU_ANI, pin="di sana", shows_street="y", shows_pin="y"),
    *page("sellers.opening_hours", BU_ANI, FILLED),
    error("sellers.opening_hours", BU_ANI, **{"days-0-is_open": "y", "days-0-opens": "siang"}),
    *page("sellers.closing", BU_ANI, FILLED),
    error("sellers.closing", BU_ANI, day="kemarin"),
    *page("sellers.delivery", BU_ANI, FILLED, LONG),
    error("sellers.delivery", BU_ANI, fee_city="mahal", fee_outside="9000000"),
    *page("paydesk.cash", BU_ANI, EMPTY, FILLED, LONG),
    error("paydesk.cash", BU_ANI, cod_limit="banyak", pickup_limit="0"),
    *page("paydesk.bank", BU_ANI, FILLED),
    error("paydesk.bank", BU_ANI, number="12", holder=""),
    *page("moneydesk.proof", BU_ANI, FILLED),
    *page("sellers.couriers", BU_ANI, EMPTY, FILLED, LONG),
    error("sellers.couriers", BU_ANI, jawa="mahal"),
    *page("sellers.courier", BU_ANI, FILLED, LONG),
    error("sellers.courier", BU_ANI, jawa=""),
    # office
    *page("office.home", BU_RINA, EMPTY, FILLED, LONG),
    *page("office.shops", BU_RINA, FILLED, LONG),
    *page("office.shops", BU_RINA, EMPTY, query={"status": "menunggu"}),
    *page("office.shop", BU_RINA, EMPTY, FILLED, LONG),
    error("office.shop", BU_RINA, "office.suspend", reason="x"),
    *page("office.synonyms", BU_RINA, EMPTY),
    error("office.synonyms", BU_RINA, "office.add_synonym", term="", means=""),
    *page("office.reviews", BU_RINA, EMPTY, FILLED, LONG),
    *page("office.reviews", BU_RINA, FILLED, query={"status": "disembunyikan"}),
    *page("office.review", BU_RINA, FILLED, LONG),
    *page("office.review", BU_RINA, FILLED, which="hidden"),
    error("office.review", BU_RINA, "office.hide_review", reason="x"),
    *page("orderoffice.index", BU_RINA, EMPTY, FILLED, LONG),
    *page("orderoffice.show", BU_RINA, FILLED, LONG),
    *page("orderoffice.show", BU_RINA, FILLED, which="proof"),
    error("orderoffice.show", BU_RINA, "orderoffice.cancel", alasan=""),
    *page("moneyoffice.index", BU_RINA, EMPTY, FILLED, LONG),
    *page("moneyoffice.proof", BU_RINA, FILLED),
    *page("accountoffice.people", BU_RINA, FILLED),
    error("accountoffice.people", BU_RINA, identity="siapa"),
    *page("accountoffice.person", BU_RINA, EMPTY, FILLED, LONG),
)


def rows_of(*states: str) -> list[Row]:
    """The rows of these states, in the table's order."""
    return [row for row in ROWS if row.state in states]
