"""Signing in: a phone or e-mail and a password become one person, or a sentence that does not tell what was wrong."""

from flask_babel import gettext as _
from sqlalchemy import update

from marketplace.accounts import attempts, passwords
from marketplace.accounts.identities import Identity, carriers
from marketplace.accounts.models import User
from marketplace.db import db, writing
from marketplace.refusal import Refusal


class WrongSignIn(Refusal):
    """No account has this phone or e-mail together with this password."""


def identify(identity: Identity, password: str, network: str) -> int:
    """The id of the person; raises WrongSignIn or TooManyAttempts, alike for people who do not exist."""
    attempt = attempts.spend("sign_in", identity.value, network)
    people = db.session.execute(carriers(identity).with_only_columns(User.id, User.password_hash)).all()
    place = passwords.matching(password, [digest for _id, digest in people])
    if place is None:
        raise WrongSignIn(_("Nomor HP, e-mail, atau kata sandi tidak cocok."))
    id, digest = people[place]
    if passwords.is_outdated(digest):
        _renew(id, digest, passwords.hashed(password))
    attempts.give_back(attempt)
    if len(people) == 1:  # of several who share a number, one must not wipe out guesses at another
        attempts.forget("sign_in", identity.value)
    return id


def _renew(id: int, old: str, new: str) -> None:
    """Store the password with today's parameters, unless it was changed meanwhile."""
    with writing() as session:
        session.execute(update(User).where(User.id == id, User.password_hash == old).values(password_hash=new))
