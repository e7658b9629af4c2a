"""What people change about themselves: name, phone, e-mail, the language of their desk."""

from dataclasses import dataclass

from flask_babel import gettext as _

from marketplace.accounts import attempts, codes
from marketplace.accounts.models import User
from marketplace.accounts.passwords import confirm
from marketplace.db import db, writing
from marketplace.jobs import enqueue
from marketplace.refusal import Refusal


class PasswordNeeded(Refusal):
    """A new phone or e-mail opens the account's doors, so whoever holds the phone must know the password."""


@dataclass(frozen=True)
class Profile:
    """What the form says; a phone or e-mail that the person does not have is None. `language` is id or en."""

    name: str
    phone: str | None
    email: str | None
    language: str


def change_profile(user_id: int, profile: Profile, password: str, network: str) -> bool:
    """Store it; a changed phone or e-mail loses its proof, and a new e-mail is mailed a link. True if there was one.

    The password is asked for when phone or e-mail change. Raises PasswordNeeded, WrongPassword or TooManyAttempts.
    """
    before = db.session.get_one(User, user_id)
    confirmed = _changes_contact(before, profile) and _confirmed(user_id, password, network)
    if confirmed and profile.email and profile.email != before.email:
        attempts.spend_letter(profile.email, network)
    with writing() as session:
        user = session.get_one(User, user_id)
        if _changes_contact(user, profile) and not confirmed:
            raise PasswordNeeded(_("Isi kata sandi Anda untuk mengganti nomor HP atau e-mail."))
        has_new_email = bool(profile.email) and profile.email != user.email
        _store(user, profile)
        if has_new_email:
            enqueue("accounts.send_proof_link", user_id=user_id, language=profile.language)
    return has_new_email


def _changes_contact(user: User, profile: Profile) -> bool:
    return (user.phone, user.email) != (profile.phone, profile.email)


def _confirmed(user_id: int, password: str, network: str) -> bool:
    if not password:
        return False
    confirm(user_id, password, network)
    return True


def _store(user: User, profile: Profile) -> None:
    """Inside writing(): open links were meant for the old address, so they end with it."""
    if _changes_contact(user, profile):
        codes.void(user.id)
    if user.phone != profile.phone:
        user.phone, user.phone_proved_at = profile.phone, None
    if user.email != profile.email:
        user.email, user.email_proved_at = profile.email, None
    user.name, user.language = profile.name, profile.language
