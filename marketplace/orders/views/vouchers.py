"""Vouchers at the seller's desk and at the office: the list, a new one, ending one."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from marketplace import once
from marketplace.accounts.access import OFFICER, allow
from marketplace.db import db
from marketplace.orders import vouchers
from marketplace.orders.voucher_forms import VoucherForm
from marketplace.orders.voucher_models import Voucher
from marketplace.orders.voucher_wording import voucher_label, voucher_look, voucher_terms
from marketplace.sellers.current import SELLER, current_shop
from marketplace.web import row_id

PAGE = 30
Answer = Response | tuple[str, int]
desk = Blueprint("voucherdesk", __name__, url_prefix="/jualan/voucher")
office = Blueprint("voucheroffice", __name__, url_prefix="/kantor/voucher")
for word in (voucher_label, voucher_look, voucher_terms):
    desk.add_app_template_global(word)


@desk.get("")
@allow(SELLER)
def index() -> str:
    """The shop's vouchers."""
    return _list(current_shop().id, "orders/desk_vouchers.html")


@desk.get("/baru")
@desk.post("/baru")
@allow(SELLER)
def new() -> Answer:
    """One more, at the shop's cost."""
    return _new(current_shop().id, "orders/desk_voucher.html", url_for("voucherdesk.index"))


@desk.post("/<int:voucher_id>/akhiri")
@allow(SELLER)
def end(voucher_id: int) -> Response:
    """Nobody can use it any more."""
    return _end(current_shop().id, voucher_id, url_for("voucherdesk.index"))


@office.get("", endpoint="index")
@allow(OFFICER)
def city_index() -> str:
    """The city's vouchers."""
    return _list(None, "orders/office_vouchers.html")


@office.get("/baru", endpoint="new")
@office.post("/baru", endpoint="new")
@allow(OFFICER)
def new_of_city() -> Answer:
    """One more, at the city's cost."""
    return _new(None, "orders/office_voucher.html", url_for("voucheroffice.index"))


@office.post("/<int:voucher_id>/akhiri", endpoint="end")
@allow(OFFICER)
def end_of_city(voucher_id: int) -> Response:
    """Nobody can use it any more."""
    return _end(None, voucher_id, url_for("voucheroffice.index"))


def _list(shop_id: int | None, page: str) -> str:
    found = vouchers.vouchers_of(shop_id).limit(PAGE + 1)
    if after := row_id(request.args.get("sesudah")):
        found = found.where(Voucher.id < after)
    shown = list(db.session.scalars(found))
    after = shown[PAGE - 1].id if len(shown) > PAGE else None
    return render_template(page, vouchers=shown[:PAGE], after=after)


def _new(shop_id: int | None, page: str, back: str) -> Answer:
    form = VoucherForm(data={"kunci": once.new_key(), **VoucherForm.days()})
    if form.validate_on_submit() and _is_made(shop_id, form):
        flash(_("Berhasil disimpan"), "success")
        return redirect(back, 303)
    return render_template(page, form=form), 422 if form.errors else 200


def _is_made(shop_id: int | None, form: VoucherForm) -> bool:
    """Make what a valid form says; False, with the reason beside the code, when another voucher has it."""
    try:
        vouchers.make(shop_id, form.offer(), actor_id=current_user.id, key=form.kunci.data or "")
    except vouchers.CodeTaken as refusal:
        form.code.errors = [str(refusal)]
        return False
    return True


def _end(shop_id: int | None, voucher_id: int, back: str) -> Response:
    vouchers.end(shop_id, voucher_id, actor_id=current_user.id)
    flash(_("Voucher sudah diakhiri."), "success")
    return redirect(back, 303)
