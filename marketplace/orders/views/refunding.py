"""The page on which shop and office give money back: the same form, but that the office says who bears it."""

from collections.abc import Callable

from flask import flash, redirect, render_template
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from marketplace import once
from marketplace.orders import refunding
from marketplace.orders.models import Actor, Order
from marketplace.orders.refund_form import OfficeRefundForm, RefundForm, form_for
from marketplace.refusal import Refusal

Answer = Response | tuple[str, int]


def refund_page(find: Callable[[], Order], by: Actor, page: str, back: str) -> Answer:
    """Show or take the form for the order that `find` gives, then lead `back`; `page` is its template."""
    order = find()
    share, id = refunding.left_of(order), order.id
    base = OfficeRefundForm if by == Actor.OFFICER else RefundForm
    values = {"kunci": once.new_key(), "sudah": share.refunded}
    form = form_for(base, order.lines, refunding.refunded_of(id), data=values)
    if form.validate_on_submit() and _is_done(id, form, by):
        flash(_("Pengembalian dana dicatat. Pembeli mendapat kabar."), "success")
        return redirect(back, 303)
    shared = len(refunding.orders_of(share.payment_id)) > 1
    # A refusal has ended the read in which the order was loaded.
    told = {"order": find() if form.errors else order, "left": share.left, "is_shared": shared and by == Actor.OFFICER}
    return render_template(page, form=form, **told), 422 if form.errors else 200


def _is_done(order_id: int, form: RefundForm, by: Actor) -> bool:
    """Promise what a valid form says; False, with the reason on top of the form, when that cannot be."""
    key, reason, bearer = form.kunci.data or "", form.alasan.data or "", form.bearer
    try:
        if isinstance(form, OfficeRefundForm) and form.bersama.data and not form.quantities():
            amount = form.tambahan.data or 0
            refunding.refund_together(order_id, amount, reason, bearer=bearer, key=key, actor_id=current_user.id)
        else:
            refunding.refund(order_id, form.wish(reason, bearer), key=key, by=by, actor_id=current_user.id)
    except Refusal as refusal:
        form.form_errors.append(str(refusal))
        return False
    return True
