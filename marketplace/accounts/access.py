"""Who may enter: every view declares a policy, and a view without one stops the app at start."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from flask import Flask, Response, abort, current_app, redirect, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response as WerkzeugResponse

from marketplace.web import public as as_public_page

View = TypeVar("View", bound=Callable[..., Any])


@dataclass(frozen=True)
class Policy:
    """`allows()` decides from the signed-in person; `is_public` pages never look at who asks."""

    name: str
    allows: Callable[[], bool]
    is_public: bool = False


PUBLIC = Policy("public", lambda: True, is_public=True)
PUBLIC_FILE = Policy("public", lambda: True, is_public=True)  # pictures: sent as they lie there, never kept in memory
ANYONE = Policy("anyone", lambda: True)
SIGNED_IN = Policy("signed_in", lambda: bool(current_user.is_authenticated))
OFFICER = Policy("officer", lambda: bool(current_user.is_authenticated and current_user.is_officer))


def allow(policy: Policy) -> Callable[[View], View]:
    """Declare who may call this view."""

    def declare(view: View) -> View:
        view.policy = policy  # type: ignore[attr-defined]
        return view

    return declare


def policy_of(endpoint: str) -> Policy:
    """The declared policy; raises LookupError for a view that has none."""
    policy = getattr(current_app.view_functions[endpoint], "policy", None)
    if not isinstance(policy, Policy):
        raise LookupError(f"the view {endpoint} declares no policy: add @allow(...)")
    return policy


def init_app(app: Flask) -> None:
    """Ask the policy before each view and mark public pages after it."""
    app.before_request(enforce)
    app.after_request(_mark_public)


def refuse_undeclared(app: Flask) -> None:
    """Stop the start of an app that has a view without a policy."""
    with app.app_context():
        for endpoint in app.view_functions:
            policy_of(endpoint)


def public_endpoints(app: Flask) -> frozenset[str]:
    """The views whose pages are the same for everyone."""
    with app.app_context():
        return frozenset(endpoint for endpoint in app.view_functions if policy_of(endpoint) is PUBLIC)


def public_roots(app: Flask) -> frozenset[str]:
    """The first words of the addresses of public pages: `produk` of /produk/<slug>, nothing of home."""
    endpoints = public_endpoints(app)
    public = [rule.rule for rule in app.url_map.iter_rules() if rule.endpoint in endpoints]
    return frozenset(rule[1:].partition("/")[0] for rule in public)


def enforce() -> WerkzeugResponse | None:
    """Let in, send to sign in, or say 403."""
    if request.endpoint is None:
        return None
    policy = policy_of(request.endpoint)
    if policy.is_public or policy.allows():
        return None
    if current_user.is_authenticated:
        abort(403)
    target = request.full_path.rstrip("?") if request.method == "GET" else None
    return redirect(url_for("accounts.sign_in", next=request.script_root + target if target else None), 303)


def _mark_public(response: Response) -> Response:
    endpoint = request.endpoint
    if endpoint and request.method in {"GET", "HEAD"} and response.status_code == 200 and policy_of(endpoint).is_public:
        if "Cache-Control" not in response.headers:
            return as_public_page(response)
    return response
