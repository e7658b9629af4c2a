"""The shops of the city: find, look at, verify, suspend, reinstate."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from marketplace.accounts.access import OFFICER, allow
from marketplace.db import db
from marketplace.office import queries
from marketplace.office.forms import FeeForm, StripeAccountForm, SuspensionForm
from marketplace.office.views.blueprint import bp
from marketplace.payments import receiving
from marketplace.payments.stripe_transfer import STRIPE_TRANSFER
from marketplace.sellers import fees, verification
from marketplace.sellers.models import Shop, ShopState
from marketplace.sellers.queries import owner_of
from marketplace.web import asked, row_id

# How the address of the list names the states.
STATES = {
    "menunggu": ShopState.WAITING,
    "terverifikasi": ShopState.VERIFIED,
    "ditangguhkan": ShopState.SUSPENDED,
}


@bp.get("/toko")
@allow(OFFICER)
def shops() -> str:
    """The list by `status`, searched by `q`, from the shop behind `sesudah` on."""
    status, text = asked("status"), asked("q")[:60]
    after_id = row_id(request.args.get("sesudah")) or 0
    found = list(db.session.scalars(queries.shops(STATES.get(status), text, after_id)))
    more = len(found) > queries.PAGE_SIZE
    return render_template("office/shops.html", shops=found[: queries.PAGE_SIZE], more=more, status=status, text=text)


@bp.get("/toko/<slug>")
@allow(OFFICER)
def shop(slug: str) -> str:
    """One shop: what it says, who owns it, what happened to it."""
    return _page(_shop(slug))


@bp.post("/toko/<slug>/verifikasi")
@allow(OFFICER)
def verify(slug: str) -> Response:
    """The shop is real and local."""
    return _back(slug, verification.verify(_shop(slug).id, current_user.id))


@bp.post("/toko/<slug>/penangguhan")
@allow(OFFICER)
def suspend(slug: str) -> Response | tuple[str, int]:
    """Off every page, with a reason."""
    found, form = _shop(slug), SuspensionForm()
    if not form.validate():
        return _page(found, suspension=form), 422
    return _back(slug, verification.suspend(found.id, current_user.id, form.reason.data or ""))


@bp.post("/toko/<slug>/pencabutan")
@allow(OFFICER)
def reinstate(slug: str) -> Response:
    """The reason is gone."""
    return _back(slug, verification.reinstate(_shop(slug).id, current_user.id))


@bp.post("/toko/<slug>/biaya")
@allow(OFFICER)
def set_fee(slug: str) -> Response | tuple[str, int]:
    """What the platform keeps of its goods, from the next order on."""
    found, form = _shop(slug), FeeForm()
    if not form.validate():
        return _page(found, fee=form), 422
    fees.set_rate(found.id, current_user.id, form.fee_rate.data or 0)
    flash(_("Berhasil disimpan"), "success")
    return redirect(url_for("office.shop", slug=slug), 303)


@bp.post("/toko/<slug>/akun-stripe")
@allow(OFFICER)
def connect(slug: str) -> Response | tuple[str, int]:
    """Where Stripe pays it out to."""
    found, form = _shop(slug), StripeAccountForm()
    if not STRIPE_TRANSFER.is_on():
        abort(404)
    if not form.validate():
        return _page(found, stripe=form), 422
    receiving.connect(found.id, current_user.id, form.number.data or "")
    flash(_("Berhasil disimpan"), "success")
    return redirect(url_for("office.shop", slug=slug), 303)


def _shop(slug: str) -> Shop:
    return db.session.scalar(queries.shop_named(slug)) or abort(404)


def _page(
    found: Shop,
    *,
    suspension: SuspensionForm | None = None,
    fee: FeeForm | None = None,
    stripe: StripeAccountForm | None = None,
) -> str:
    return render_template(
        "office/shop.html",
        shop=found,
        form=suspension or SuspensionForm(formdata=None),
        stripe=(stripe or _connected(found.id)) if STRIPE_TRANSFER.is_on() else None,
        fee=fee or FeeForm(formdata=None, obj=found),
        owner=db.session.scalar(owner_of(found.id)),
        open_orders=db.session.scalar(queries.open_order_count(found.id)),
        published=db.session.scalar(queries.published_count(found.id)),
        history=db.session.execute(queries.history_of("shop", found.id)).all(),
    )


def _connected(shop_id: int) -> StripeAccountForm:
    account = receiving.in_use([shop_id]).get((shop_id, STRIPE_TRANSFER.channel))
    return StripeAccountForm(formdata=None, obj=account)


def _back(slug: str, moved: bool) -> Response:
    """To the shop's page, with a word on whether anything changed."""
    if moved:
        flash(_("Berhasil disimpan. Pemilik toko mendapat kabar."), "success")
    else:
        flash(_("Status toko sudah berubah sebelumnya. Periksa lagi di bawah."), "warning")
    return redirect(url_for("office.shop", slug=slug), 303)
