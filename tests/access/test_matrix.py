"""Every route as every role, on own and foreign objects; a route that the table does not know fails here."""

from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from sqlalchemy import func, select

from marketplace import create_app
from marketplace.accounts.access import policy_of
from marketplace.accounts.models import Address
from marketplace.catalog.models import Photo, SavedProduct
from marketplace.db import db
from marketplace.sellers.models import CourierRate
from tests.access.world import World, build
from tests.browser import Browser, Page
from tests.conftest import settings_for
from tests.factories import Market

# Whose objects the routes of a policy name, who may enter besides, and who is sent away.
ROLES = (None, "joko", "siti", "pak_budi", "bu_ani", "bu_rina")
OWNERS = {"signed_in": "siti", "seller": "bu_ani", "officer": "bu_rina"}
MEMBERS = {
    "signed_in": {"joko", "siti", "pak_budi", "bu_ani", "bu_rina"},
    "seller": {"pak_budi", "bu_ani"},
    "officer": {"bu_rina"},
}
DELETIONS = {
    "accounts.address_removal": Address,
    "productdesk.delete_photo": Photo,
    "saved.remove": SavedProduct,
    "sellers.removal": CourierRate,
}
# A letter's links: whose they are shows only when they are still good.
LINKS = {"accounts.proof_link", "accounts.prove_email"}
# These leave something gone, so their owner comes last.
DESTROYING = ("hapus", "keluar", "batal", "penangguhan")


def routes(app: Flask) -> Iterator[tuple[str, str]]:
    for rule in sorted(app.url_map.iter_rules(), key=lambda rule: any(word in rule.rule for word in DESTROYING)):
        for method in sorted((rule.methods or set()) & {"GET", "POST"}):
            yield rule.endpoint, method


# What a form must carry before its view looks for the object.
DATA = {"productdesk.move": {"keadaan": "tampil"}, "saved.save": {"produk": "onde-onde-isi-10"}}


def call(browser: Browser, method: str, path: str, endpoint: str) -> Page:
    return browser.post(path, DATA.get(endpoint)) if method == "POST" else browser.get(path)


def enter(app: Flask, market: Market, who: str | None) -> Browser:
    browser = Browser(app)
    if who:
        browser.sign_in_as(market.tokens[who])
    return browser


def verdict(page: Page) -> str:
    if page.status in {302, 303} and page.location.startswith("/masuk"):
        return "sign in"
    return {403: "forbidden", 404: "not there"}.get(page.status, "let in" if page.status < 500 else "broken")


def expected(policy: str, who: str | None, is_object: bool) -> str:
    if policy in {"public", "anyone"}:
        return "let in"
    if who is None:
        return "sign in"
    if who not in MEMBERS[policy]:
        return "forbidden"
    return "not there" if is_object and who != OWNERS[policy] else "let in"


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_every_route_as_every_role(app: Flask, market: Market, signed_in: Callable[[str], Browser]) -> None:
    world: World = build(app, market, signed_in("siti"))
    breaches = []
    for endpoint, method in routes(app):
        with app.app_context():
            policy = policy_of(endpoint).name
        path = world.path_of(app, endpoint)
        is_object = endpoint in world.args and endpoint not in LINKS
        for who in sorted(ROLES, key=lambda who: who == OWNERS.get(policy)):
            got = verdict(call(enter(app, market, who), method, path, endpoint))
            wanted = expected(policy, who, is_object)
            if got != wanted and (endpoint, got) not in EXCEPTIONS:
                breaches.append(f"{method} {path} as {who}: {got}, expected {wanted}")
    assert not breaches, "\n".join(breaches)


# Public in name, but whoever lacks the link, the cart or the finished picture is told that there is nothing.
EXCEPTIONS = {
    ("cart.change", "not there"),
    ("catalog.picture", "not there"),
    *((endpoint, "not there") for endpoint in LINKS),
    ("accounts.reset_by_link", "not there"),
    # Nothing of it is paid by card.
    ("card.pay", "not there"),
    ("card.back", "not there"),
    # It is paid in cash.
    ("orders.qris", "not there"),
    ("tracking.qris", "not there"),
    # Nothing goes back of an order in cash, and no shop says that its transfer has come.
    *((f"{where}.refunded", "not there") for where in ("orders", "tracking", "moneyoffice")),
    ("moneydesk.confirm", "not there"),
    ("moneyoffice.confirm", "not there"),
    ("moneyoffice.send_again", "not there"),
    # No payouts were made of that week.
    *((f"payoutoffice.{step}", "not there") for step in ("file", "paid", "returned")),
    # Nobody is paid out by Stripe.
    ("office.connect", "not there"),
    # It names a channel, not an object: each shop stops its own.
    ("paydesk.stop", "let in"),
    # Only members save; guests sign in first.
    ("saved.save", "sign in"),
    # Signing out leads to the sign-in page.
    ("accounts.sign_out", "sign in"),
    # Deleting twice is no mistake, so a stranger is not told either; the next test sees that nothing was deleted.
    *((endpoint, "let in") for endpoint in DELETIONS),
}


def test_a_strangers_deletion_deletes_nothing(app: Flask, market: Market, signed_in: Callable[[str], Browser]) -> None:
    world = build(app, market, signed_in("siti"))
    for endpoint, model in DELETIONS.items():
        with app.app_context():
            owner = OWNERS[policy_of(endpoint).name]
        for who in ROLES:
            if who != owner:
                call(enter(app, market, who), "POST", world.path_of(app, endpoint), endpoint)
        with app.app_context():
            assert db.session.scalar(select(func.count(model.id))) == 1, endpoint


def test_a_view_without_policy_stops_the_start(app: Flask) -> None:
    from marketplace.accounts.access import refuse_undeclared

    settings = app.config["SETTINGS"]
    fresh = create_app(settings_for(settings.instance, settings.database_url))
    fresh.add_url_rule("/tanpa-izin", "nobody.knows", lambda: "")
    with pytest.raises(LookupError, match=r"nobody\.knows"):
        refuse_undeclared(fresh)
