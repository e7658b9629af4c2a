"""Proof: what makes a phone or an e-mail one account's own, and opens what was waiting for it."""

from flask import current_app
from flask_babel import gettext as _
from sqlalchemy.exc import IntegrityError

from marketplace import audit
from marketplace.accounts import attempts, codes, events
from marketplace.accounts.models import User
from marketplace.clock import now
from marketplace.db import db, writing
from marketplace.jobs import enqueue
from marketplace.refusal import Refusal


class NothingToProve(Refusal):
    """The account has no such phone or e-mail."""


class ProvedElsewhere(Refusal):
    """Another account has proved the same phone or e-mail."""


def ask_proof_link(user_id: int, language: str, network: str) -> None:
    """Mail a link that proves the person's e-mail, in this language; raises NothingToProve or TooManyAttempts."""
    user = db.session.get_one(User, user_id)
    if not user.email or user.email_proved_at:
        raise NothingToProve(_("Tidak ada e-mail yang perlu dibuktikan."))
    attempts.spend_letter(user.email, network)
    with writing():
        enqueue("accounts.send_proof_link", user_id=user_id, language=language)


def prove_email(token: str) -> int:
    """Use the mailed link; gives the user id. Raises LinkOver or ProvedElsewhere."""
    with writing() as session:
        user_id = codes.use_link(codes.PROVE_EMAIL, token)
        mark_proved(session.get_one(User, user_id), "email")
    return user_id


def prove_phone(officer_id: int, user_id: int, phone: str) -> None:
    """The officer has seen that this number is this person's; audited. Raises NothingToProve or ProvedElsewhere.

    `phone` is the number that the officer's page showed: if the person changed it meanwhile, nothing is proved.
    """
    with writing() as session:
        user = session.get_one(User, user_id)
        if user.phone != phone:
            raise NothingToProve(_("Nomor HP di akun ini sudah diganti. Periksa sekali lagi."))
        mark_proved(user, "phone")
        audit.record("phone_proved", "person", user_id, actor_id=officer_id)


def mark_proved(user: User, kind: str) -> None:
    """Inside writing(): from now on this phone or email (`kind`) is this account's alone; raises ProvedElsewhere."""
    if user.has_proved(kind):
        return
    try:
        with db.session.begin_nested():
            setattr(user, f"{kind}_proved_at", now())
    except IntegrityError as error:
        raise ProvedElsewhere(_sentence(kind)) from error
    phone, email = (user.phone, "") if kind == "phone" else ("", user.email)
    events.proved.send(current_app._get_current_object(), user_id=user.id, phone=phone, email=email)  # type: ignore[attr-defined]


def _sentence(kind: str) -> str:
    if kind == "phone":
        return _("Nomor HP ini sudah terbukti milik akun lain. Masuklah dengan akun itu, atau pakai nomor lain.")
    return _("E-mail ini sudah terbukti milik akun lain. Masuklah dengan akun itu, atau pakai e-mail lain.")
