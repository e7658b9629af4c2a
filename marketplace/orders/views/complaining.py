"""The pages of a complaint: the buyer's (member or guest alike), the shop's and the office's."""

from collections.abc import Callable
from contextlib import closing
from typing import Any

from flask import Response, abort, flash, redirect, render_template, request
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.datastructures import FileStorage
from werkzeug.wrappers import Response as Redirect

from marketplace import once
from marketplace.accounts.session import user_id
from marketplace.catalog.picture_files import read_upload
from marketplace.config import settings
from marketplace.orders import complaining, refunding
from marketplace.orders.complaining import MOST_PHOTOS, Opening
from marketplace.orders.complaint_forms import AnswerForm, ComplaintForm, DecisionForm
from marketplace.orders.complaint_models import Complaint, ComplaintReason
from marketplace.orders.models import Order, State
from marketplace.orders.refund_form import form_for
from marketplace.payments import proofs
from marketplace.payments.earning import shares_of
from marketplace.refusal import Refusal

Answer = Redirect | tuple[str, int]
Find = Callable[[], Order]


def open_page(find: Find, back: str) -> Answer:
    """Show or take the buyer's complaint, then lead `back`."""
    # A photo that is too heavy must reach the form to get its sentence there.
    request.max_content_length = 2 * MOST_PHOTOS * settings().photo_megabytes * 1024 * 1024
    order = find()
    if not complaining.may_complain(order):
        return _told_why_not(order, back)
    order_id, number = order.id, order.number
    form = ComplaintForm(data={"kunci": once.new_key()})
    if form.validate_on_submit() and _is_opened(order_id, form):
        flash(_("Komplain Anda sudah dikirim. Penjual dan petugas kantor mendapat kabar."), "success")
        return redirect(back, 303)
    told = {"number": number, "back": back, "most": MOST_PHOTOS, "megabytes": settings().photo_megabytes}
    return render_template("orders/complaint.html", form=form, **told), 422 if form.errors else 200


def answer_page(find: Find, back: str) -> Answer:
    """Show the complaint to the shop, and take its answer."""
    order = find()
    complaint = _complaint(order)
    form, order_id = AnswerForm(data={"jawaban": complaint.answer}), order.id
    if form.validate_on_submit():
        complaining.answer(order_id, form.jawaban.data or "", actor_id=current_user.id)
        flash(_("Jawaban Anda sudah dikirim ke pembeli dan petugas."), "success")
        return redirect(back, 303)
    page = render_template("orders/desk_complaint.html", form=form, order=order, complaint=complaint)
    return page, 422 if form.errors else 200


def decide_page(find: Find, back: str) -> Answer:
    """Show the complaint to the officer, and take the decision."""
    order = find()
    order_id, values = order.id, {"kunci": once.new_key(), "penanggung": "shop"}
    complaint = _complaint(order)
    form = form_for(DecisionForm, order.lines, refunding.refunded_of(order_id), data=values)
    if form.validate_on_submit() and _is_decided(order_id, form):
        flash(_("Keputusan disimpan. Pembeli dan penjual mendapat kabar."), "success")
        return redirect(back, 303)
    left = sum(share.left for share in shares_of("order", order_id))
    if form.errors:  # a refusal has ended the read in which both were loaded
        order = find()
        complaint = _complaint(order)
    told = {"order": order, "complaint": complaint, "left": left}
    return render_template("orders/office_complaint.html", form=form, **told), 422 if form.errors else 200


def photo_of(order: Order, photo_id: int) -> Response:
    """A picture of the complaint about this order, as a JPEG; 404 for any other."""
    photos = _complaint(order).photos
    digest = next((photo.digest for photo in photos if photo.id == photo_id), None) or abort(404)
    try:
        return Response(proofs.read(digest), mimetype="image/jpeg")
    except FileNotFoundError:
        abort(404)


def _complaint(order: Order) -> Complaint:
    return complaining.complaint_of(order.id) or abort(404)


def _told_why_not(order: Order, back: str) -> Answer:
    if order.state == State.DISPUTED:
        flash(_("Komplain untuk pesanan ini sudah ada."), "info")
        return redirect(back, 303)
    raise complaining.NotComplainable(_("Pesanan ini tidak bisa dikomplain sekarang."))


def _is_opened(order_id: int, form: ComplaintForm) -> bool:
    """Keep the pictures and open the complaint; False with the reason beside the photos."""
    files: list[FileStorage] = form.foto.data or []
    errors, digests = [], []
    if len(files) > MOST_PHOTOS:
        errors.append(_("Paling banyak %(most)s foto.", most=MOST_PHOTOS))
    for file in files[:MOST_PHOTOS]:
        with closing(file):
            try:
                digests.append(proofs.keep(read_upload(file.stream)))
            except Refusal as refusal:
                errors.append(f"{file.filename}: {refusal}")
    form.foto.errors = errors
    if not errors:
        opening = Opening(ComplaintReason(form.sebab.data), form.cerita.data or "", digests)
        complaining.open_complaint(order_id, opening, key=form.kunci.data or "", actor_id=user_id())
    return not errors


def _is_decided(order_id: int, form: Any) -> bool:
    """Decide; False with the reason on top of the form when that cannot be."""
    try:
        key, officer = form.kunci.data or "", current_user.id
        complaining.decide(order_id, form.decision(), key=key, officer_id=officer)
    except Refusal as refusal:
        form.form_errors.append(str(refusal))
        return False
    return True
