"""The blueprint of the account's pages, and what their views share."""

from flask import Blueprint, render_template, request
from werkzeug.wrappers import Response

from marketplace import errors
from marketplace.accounts.attempts import TooManyAttempts
from marketplace.accounts.codes import LinkOver
from marketplace.clock import now
from marketplace.forms import Form
from marketplace.refusal import Refusal

Answer = str | Response | tuple[str, int]

bp = Blueprint("accounts", __name__)


def page(template: str, form: Form, refusal: Refusal | None = None, **context: object) -> tuple[str, int]:
    """The page with its form; 422, with the refusal at its top, when what was sent cannot be taken."""
    if refusal:
        form.form_errors.append(str(refusal))
    return render_template(template, form=form, **context), 422 if form.errors else 200


def network() -> str:
    """The network address that a request comes from."""
    return request.remote_addr or ""


@bp.app_errorhandler(TooManyAttempts)
def too_many(refusal: TooManyAttempts) -> Response:
    """429, and when to try again."""
    response = errors.page(429, str(refusal))
    response.headers["Retry-After"] = str(max(1, round((refusal.until - now()).total_seconds())))
    return response


@bp.errorhandler(LinkOver)
def link_over(refusal: LinkOver) -> tuple[str, int]:
    """410 for a mailed link that opens nothing any more, and the way to a new one."""
    return render_template("accounts/link_over.html", sentence=str(refusal)), 410
