"""Forgotten passwords: a mailed link, or a code that an officer reads out after checking the person."""

import re

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from marketplace import audit
from marketplace.accounts import attempts, codes, passwords
from marketplace.accounts.identities import Identity, all_carriers, carriers
from marketplace.accounts.models import User
from marketplace.accounts.proof import ProvedElsewhere, mark_proved
from marketplace.db import db, writing
from marketplace.jobs import enqueue
from marketplace.refusal import Refusal


class WrongCode(Refusal):
    """The code is not of this phone or e-mail, or is used or too old."""


class OfficersAccount(Refusal):
    """An officer may not open another officer's account."""


def ask_reset_links(identity: Identity, language: str, network: str) -> None:
    """Leave it to a job to look who this is and mail the links; the answer is the same for people who do not exist.

    Raises TooManyAttempts.
    """
    attempts.spend_letter(identity.value, network)
    with writing():
        enqueue("accounts.send_reset_links", by=identity.kind, value=identity.value, language=language)


def reset_by_link(token: str, password: str) -> int:
    """Set the password with a mailed link, end all sessions, and take the e-mail as proved; gives the user id.

    Raises LinkOver. An e-mail that another account has proved stays theirs.
    """
    digest = passwords.hashed(password)
    with writing() as session:
        user_id = codes.use_link(codes.RESET, token)
        user = passwords.set_password(session, user_id, digest)
        _prove_if_free(user)
    _forget_attempts(user)
    return user_id


def reset_by_code(identity: Identity, code: str, password: str, network: str) -> int:
    """Set the password with an officer's code and end all sessions; gives the user id.

    Raises WrongCode or TooManyAttempts, alike for people who do not exist.
    """
    attempts.spend("code", identity.value, network)
    digest = passwords.hashed(password)
    with writing() as session:
        user = _owner_of_code(session, identity, re.sub(r"\D", "", code))
        passwords.set_password(session, user.id, digest)
    attempts.forget("code", identity.value)
    _forget_attempts(user)
    return user.id


def make_reset_code(officer_id: int, user_id: int) -> str:
    """The code an officer reads out once the person was checked; only its digest is kept; audited.

    Raises OfficersAccount.
    """
    with writing() as session:
        if session.get_one(User, user_id).is_officer:
            raise OfficersAccount(_("Akun petugas hanya bisa dipulihkan lewat e-mail."))
        code = codes.make_code(user_id, officer_id)
        audit.record("reset_code_made", "person", user_id, actor_id=officer_id)
    return code


def _owner_of_code(session: Session, identity: Identity, code: str) -> User:
    people = {user.id: user for user in session.scalars(all_carriers(identity))}
    user_id = codes.use_code(list(people), code)
    if user_id is None:
        raise WrongCode(_("Kode tidak cocok atau sudah lewat waktunya. Minta kode baru di kantor."))
    return people[user_id]


def _prove_if_free(user: User) -> None:
    """Who reads the mail owns the address; when another account proved it first, only the password changes."""
    try:
        mark_proved(user, "email")
    except ProvedElsewhere:
        return


def _forget_attempts(user: User) -> None:
    """The person was shown to be the right one, so they need not wait any more, unless others share the number."""
    for kind, value in (("phone", user.phone), ("email", user.email)):
        if value and len(db.session.scalars(carriers(Identity(kind, value))).all()) == 1:
            attempts.forget("sign_in", value)
