"""The blueprint of a shop's own pages, and how each of them ends a form."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from marketplace.forms import Form
from marketplace.sellers.current import current_shop, shop_of_user

Answer = str | Response | tuple[str, int]

bp = Blueprint("sellers", __name__)
bp.add_app_template_global(current_shop)
bp.add_app_template_global(shop_of_user)


def page(template: str, form: Form, **context: object) -> tuple[str, int]:
    """The page with its form; 422 when what was sent cannot be taken."""
    return render_template(template, form=form, **context), 422 if form.errors else 200


def saved(endpoint: str = "sellers.shop") -> Response:
    """Say so, and go on to the page that shows it."""
    flash(_("Berhasil disimpan"), "success")
    return redirect(url_for(endpoint), 303)
