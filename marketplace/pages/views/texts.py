"""Pages of text: what this market is, how to use it, what holds between people, what is stored, how it looks."""

from flask import Blueprint, render_template
from flask_babel import ngettext

from marketplace import stamps
from marketplace.accounts.access import PUBLIC, allow
from marketplace.accounts.terms import TERMS_VERSION
from marketplace.catalog import ranking
from marketplace.config import settings
from marketplace.db import db
from marketplace.orders.reviewing import DAYS_TO_CHANGE
from marketplace.pagecache import shows
from marketplace.pages import colours, samples
from marketplace.pages.forms import bad_form, good_form
from marketplace.pages.queries import pictured_goods

bp = Blueprint("pages", __name__)


@bp.get("/tentang")
@allow(PUBLIC)
def about() -> str:
    """Who sells here and why one can trust it."""
    shows()
    return render_template("pages/about.html")


@bp.get("/bantuan")
@allow(PUBLIC)
def help() -> str:  # noqa: A001  # named after its page
    """How to order, pay, cancel, complain, sell."""
    shows()
    return render_template("pages/help.html", **_deadlines())


@bp.get("/tentang-urutan")
@allow(PUBLIC)
def order_of_lists() -> str:
    """How lists are put in order, with the numbers that do it."""
    return render_template("pages/ranking.html", rank=ranking)


@bp.get("/syarat")
@allow(PUBLIC)
def terms() -> str:
    """What holds between buyers, shops and the market."""
    shows()
    return render_template("pages/terms.html", version=TERMS_VERSION, **_deadlines())


@bp.get("/privasi")
@allow(PUBLIC)
def privacy() -> str:
    """Which personal data is stored, why and how long."""
    shows()
    return render_template("pages/privacy.html", version=TERMS_VERSION, days_to_change=DAYS_TO_CHANGE)


@bp.get("/nomor-contoh")
@allow(PUBLIC)
def sample_number() -> str:
    """Where the WhatsApp buttons of demo shops lead: an invented number may be somebody's."""
    shows()
    return render_template("pages/sample_number.html")


@bp.get("/gaya")
@allow(PUBLIC)
def style() -> str:
    """Every component in every state, for those who draw and build pages."""
    shows(stamps.SITE)
    goods = [(title, photo) for title, photo in db.session.execute(pictured_goods(4))]
    return render_template(
        "pages/style.html",
        tokens=colours.schemes()[0],
        contrasts=colours.contrasts(),
        cards=samples.cards(goods),
        photo=goods[0][1] if goods else "",
        good=good_form(),
        bad=bad_form(),
    )


def _deadlines() -> dict[str, object]:
    """The deadlines of orders in words, from the settings."""
    rules = settings()
    return {
        "accept_within": _duration(rules.accept_minutes),
        "accept_within_made_to_order": _duration(rules.accept_minutes_made_to_order),
        "working_days": rules.complete_working_days,
    }


def _duration(minutes: int) -> str:
    """`2 jam`, or minutes where they are no whole hours."""
    hours, rest = divmod(minutes, 60)
    if rest:
        return ngettext("%(num)s menit", "%(num)s menit", minutes)
    return ngettext("%(num)s jam", "%(num)s jam", hours)
