"""Who is signed in: Flask-Login over a revocable token."""

from flask import Flask, current_app, session
from flask_login import LoginManager, current_user, login_user, logout_user
from sqlalchemy import select

from marketplace.accounts.events import signed_in
from marketplace.accounts.models import User
from marketplace.accounts.phone import show_phone
from marketplace.config import Settings
from marketplace.db import db

login_manager = LoginManager()


def init_app(app: Flask, settings: Settings) -> None:
    """Load the person of a request by the token in the session or the remember cookie."""
    app.config.update(
        REMEMBER_COOKIE_NAME="ingat",
        REMEMBER_COOKIE_SECURE=settings.secure,
        REMEMBER_COOKIE_HTTPONLY=True,
        REMEMBER_COOKIE_SAMESITE="Lax",
        REMEMBER_COOKIE_DURATION=60 * 24 * 3600,
        # A phone's network address changes by the hour, so sessions are not tied to it; the token revokes them.
        SESSION_PROTECTION=None,
    )
    # Flask-Login's context processor would load the person on every page, and public pages must not look (rule 8).
    login_manager.init_app(app, add_context_processor=False)
    app.jinja_env.globals["current_user"] = current_user
    app.jinja_env.filters["nomor_hp"] = show_phone
    login_manager.user_loader(user_of_token)


def user_of_token(token: str) -> User | None:
    """The person whose sessions carry this token; None once a password change has revoked it."""
    return db.session.scalar(select(User).where(User.session_token == token))


def start(user_id: int) -> None:
    """Sign the person in on this browser for long: what the guest had is taken over, then the session begins anew.

    A session that somebody planted in this browser ends here; only flashed messages are kept.
    """
    signed_in.send(current_app._get_current_object(), user_id=user_id)  # type: ignore[attr-defined]
    flashes = session.get("_flashes")
    session.clear()
    if flashes:
        session["_flashes"] = flashes
    resume(user_id)


def resume(user_id: int) -> None:
    """Keep this browser signed in after a password change has ended all sessions."""
    login_user(db.session.get_one(User, user_id), remember=True)


def end() -> None:
    """Sign out on this browser, and forget everything its session held."""
    session.clear()
    logout_user()


def user_id() -> int | None:
    """The signed-in person's id, or None for a guest."""
    return current_user.id if current_user.is_authenticated else None


def personal_language() -> str | None:
    """The language of the signed-in person's desk."""
    return current_user.language if current_user.is_authenticated else None
