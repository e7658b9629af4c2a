"""A member's addresses."""

from flask import abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from marketplace import once
from marketplace.accounts import addresses as book
from marketplace.accounts.access import SIGNED_IN, allow
from marketplace.accounts.forms import AddressForm
from marketplace.accounts.views.blueprint import Answer, bp, page
from marketplace.db import db

bp.add_app_template_global(book.written)


@bp.get("/akun/alamat")
@allow(SIGNED_IN)
def addresses() -> str:
    """All of them, the main one first."""
    return render_template(
        "accounts/addresses.html", addresses=db.session.scalars(book.addresses_of(current_user.id)).all()
    )


@bp.get("/akun/alamat/baru")
@bp.post("/akun/alamat/baru")
@allow(SIGNED_IN)
def new_address() -> Answer:
    """One more address; the form already knows the member's name and phone."""
    form = AddressForm(data={"recipient": current_user.name, "phone": current_user.phone})
    if not form.validate_on_submit():
        return page("accounts/address.html", form, title=_("Tambah alamat"))
    try:
        book.add_address(current_user.id, form.address_values(), str(form.kunci.data))
    except book.TooManyAddresses as refusal:
        return page("accounts/address.html", form, refusal, title=_("Tambah alamat"))
    except once.AlreadyDone:
        return redirect(url_for("accounts.addresses"), 303)
    return _saved(_("Berhasil disimpan"))


@bp.get("/akun/alamat/<int:id>")
@bp.post("/akun/alamat/<int:id>")
@allow(SIGNED_IN)
def address(id: int) -> Answer:
    """Change one."""
    kept = book.address_of(current_user.id, id) or abort(404)
    form = AddressForm(obj=kept, data={"place": book.place_of(kept)})
    if not form.validate_on_submit():
        return page("accounts/address.html", form, title=_("Ubah alamat"))
    book.change_address(current_user.id, id, form.address_values())
    return _saved(_("Berhasil disimpan"))


@bp.post("/akun/alamat/<int:id>/utama")
@allow(SIGNED_IN)
def main_address(id: int) -> Response:
    """The one that a checkout takes first."""
    book.make_main(current_user.id, id)
    return _saved(_("Alamat utama sudah diganti."))


@bp.post("/akun/alamat/<int:id>/hapus")
@allow(SIGNED_IN)
def address_removal(id: int) -> Response:
    """Forget one; orders keep their own copy."""
    book.delete_address(current_user.id, id)
    return _saved(_("Alamat sudah dihapus."))


def _saved(sentence: str) -> Response:
    flash(sentence, "success")
    return redirect(url_for("accounts.addresses"), 303)
