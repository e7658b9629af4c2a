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


class SomebodyElsesLink(Refusal):
    """The link was mailed for another account than the one that is signed in."""


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


def email_to_prove(user_id: int, token: str) -> str:
    """The address that this link proves for the person; raises LinkOver or SomebodyElsesLink."""
    owner = codes.owner_of_link(codes.PROVE_EMAIL, token)
    _refuse_stranger(user_id, owner.id)
    return owner.email or ""


def prove_email(user_id: int, token: str) -> None:
    """Use the mailed link. Raises LinkOver, SomebodyElsesLink or ProvedElsewhere.

    It takes both the mailbox and the account: one letter of the address mistyped, and a stranger has the mailbox.
    """
    with writing() as session:
        _refuse_stranger(user_id, codes.use_link(codes.PROVE_EMAIL, token))
        mark_proved(session.get_one(User, user_id), "email")


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


def _refuse_stranger(user_id: int, owner_id: int) -> None:
    if user_id != owner_id:
        raise SomebodyElsesLink(_("Tautan ini milik akun lain. Keluar dulu, lalu masuk dengan akun itu."))


def _sentence(kind: str) -> str:
    if kind == "phone":
        return _("Nomor HP ini sudah terbukti milik akun lain. Masuklah dengan akun itu, atau pakai nomor lain.")
    return _("E-mail ini sudah terbukti milik akun lain. Masuklah dengan akun itu, atau pakai e-mail lain.")
