"""Passwords: kept as argon2id digests, compared in a time that tells nothing, changed and confirmed."""

import secrets
import unicodedata
from collections.abc import Sequence
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from marketplace.accounts import attempts, codes
from marketplace.accounts.identities import CARRIERS
from marketplace.accounts.models import User
from marketplace.db import db, writing
from marketplace.refusal import Refusal

SHORTEST, LONGEST = 8, 200
# The first entries of every published list of leaked passwords, and what people here would think of first.
SILLY = {
    *("12345678", "123456789", "1234567890", "87654321", "11223344", "12341234", "password", "password1", "passw0rd"),
    *("qwertyui", "qwerty123", "1q2w3e4r", "abcd1234", "abc12345", "iloveyou", "admin123", "indonesia", "bismillah"),
    *("katasandi", "kata sandi", "rahasia123", "sayangku", "sayang123", "mojokerto", "pasarmojokerto", "onde-onde"),
}
# OWASP's Password Storage Cheat Sheet, second choice: 19 MiB, 2 passes.
_hasher = PasswordHasher(time_cost=2, memory_cost=19456, parallelism=1)


class WrongPassword(Refusal):
    """The password typed to confirm something is not the person's."""


def weakness(password: str, identity: str = "") -> str | None:
    """A sentence about what is wrong with a new password, None when it is good; `identity` is the phone or e-mail."""
    if len(password) < SHORTEST:
        return _("Kata sandi paling sedikit %(count)s huruf atau angka.", count=SHORTEST)
    if len(password) > LONGEST:
        return _("Kata sandi paling panjang %(count)s huruf.", count=LONGEST)
    if password.lower() in SILLY or len(set(password)) < 3:
        return _("Kata sandi ini terlalu mudah ditebak. Pakai beberapa kata yang hanya Anda tahu.")
    if identity and password.lower() == identity.lower():
        return _("Kata sandi tidak boleh sama dengan nomor HP atau e-mail Anda.")
    return None


def hashed(password: str) -> str:
    """What is stored. It takes tens of milliseconds on purpose, so call it outside writing()."""
    return _hasher.hash(_normal(password))


def matching(password: str, hashes: Sequence[str]) -> int | None:
    """Which of the digests belongs to the password: its place, None without one.

    Always CARRIERS comparisons, so that time tells nobody whether there is an account, nor how many share a number.
    """
    padded = [*hashes, *[_nobodys()] * (CARRIERS - len(hashes))]
    matches = [_verified(digest, password) for digest in padded]
    return matches.index(True) if any(matches) else None


def is_outdated(digest: str) -> bool:
    """Whether a digest was made with other parameters than today's."""
    return _hasher.check_needs_rehash(digest)


def confirm(user_id: int, password: str, network: str) -> None:
    """Make sure that who holds the phone knows the password; raises WrongPassword or TooManyAttempts."""
    attempts.spend("confirm", str(user_id), network)
    user = db.session.get(User, user_id)
    if user is None or not _verified(user.password_hash, password):
        raise WrongPassword(_("Kata sandi Anda yang sekarang tidak cocok."))
    attempts.forget("confirm", str(user_id))


def change_password(user_id: int, old: str, new: str, network: str) -> None:
    """Set a new password and end every session; raises WrongPassword or TooManyAttempts."""
    confirm(user_id, old, network)
    digest = hashed(new)
    with writing() as session:
        set_password(session, user_id, digest)


def set_password(session: Session, user_id: int, digest: str) -> User:
    """Inside writing(): store the digest, end every session and void every open link and code of the person."""
    user = session.get_one(User, user_id)
    user.password_hash = digest
    user.session_token = secrets.token_urlsafe(24)
    codes.void(user_id)
    return user


def _verified(digest: str, password: str) -> bool:
    try:
        return _hasher.verify(digest, _normal(password))
    except (VerificationError, InvalidHashError):
        return False


@cache
def _nobodys() -> str:
    """The digest of a password that nobody knows."""
    return hashed(secrets.token_urlsafe(24))


def _normal(password: str) -> str:
    """Keyboards compose letters with accents in several ways (RFC 8265, section 4.2)."""
    return unicodedata.normalize("NFC", password)
