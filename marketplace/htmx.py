"""The only reader of HX-Request: may this POST answer with a partial?"""

from flask import redirect, render_template, request
from werkzeug.wrappers import Response


def wants_partial() -> bool:
    """Whether htmx sent this request and will put the answer into the page."""
    return request.headers.get("HX-Request") == "true"


def partial_or_redirect(template: str, location: str, **context: object) -> str | Response:
    """Answer a finished POST: htmx gets the changed piece, everyone else is sent to the page that shows it."""
    if wants_partial():
        return render_template(template, **context)
    return redirect(location, 303)
