"""One-time links and codes: they open one door once, for a short while, and are stored as digests alone."""

import secrets
from collections.abc import Sequence
from datetime import timedelta

from flask_babel import gettext as _
from sqlalchemy import delete, select, update

from marketplace.accounts.digests import keyed_digest
from marketplace.accounts.models import OneTimeCode, User
from marketplace.clock import now
from marketplace.config import settings
from marketplace.db import db
from marketplace.refusal import GoneAway

RESET, PROVE_EMAIL = "reset", "prove_email"
PROOF_DAYS = 3
CODE_DIGITS = 8


class LinkOver(GoneAway):
    """The link was used, is too old, or never existed."""


def make_link(user_id: int, purpose: str) -> str:
    """Inside writing(): a new token of 256 bits for a link. A reset lives `reset_minutes`, a proof PROOF_DAYS."""
    token = secrets.token_urlsafe(32)
    lifetime = timedelta(minutes=settings().reset_minutes) if purpose == RESET else timedelta(days=PROOF_DAYS)
    _keep(user_id, purpose, keyed_digest(purpose, token), lifetime)
    return token


def make_code(user_id: int, officer_id: int) -> str:
    """Inside writing(): CODE_DIGITS digits that an officer reads out; they replace the person's earlier ones."""
    handed_out = OneTimeCode.user_id == user_id, OneTimeCode.made_by_id.is_not(None)
    db.session.execute(delete(OneTimeCode).where(*handed_out))
    code = f"{secrets.randbelow(10**CODE_DIGITS):0{CODE_DIGITS}}"
    lifetime = timedelta(minutes=settings().reset_minutes)
    _keep(user_id, RESET, _digest_of_code(user_id, code), lifetime, made_by_id=officer_id)
    return code


def owner_of_link(purpose: str, token: str) -> User:
    """Whose link this is, while it can still be used; raises LinkOver."""
    mine = select(User).join(OneTimeCode, OneTimeCode.user_id == User.id)
    still_open = OneTimeCode.used_at.is_(None), OneTimeCode.expires_at > now()
    user = db.session.scalar(mine.where(OneTimeCode.digest == keyed_digest(purpose, token), *still_open))
    if user is None:
        raise _link_over()
    return user


def use_link(purpose: str, token: str) -> int:
    """Inside writing(): use the link up and tell whose it is, by user id; raises LinkOver."""
    user_id = _use([keyed_digest(purpose, token)])
    if user_id is None:
        raise _link_over()
    return user_id


def use_code(user_ids: Sequence[int], code: str) -> int | None:
    """Inside writing(): use up the code of one of these people and tell whose it is; None when it is nobody's."""
    return _use([_digest_of_code(user_id, code) for user_id in user_ids])


def void(user_id: int) -> None:
    """Inside writing(): end every link and code of a person whose password, phone or e-mail has changed."""
    db.session.execute(delete(OneTimeCode).where(OneTimeCode.user_id == user_id))


def _use(digests: Sequence[str]) -> int | None:
    """One conditional UPDATE: of two requests with the same code, the second finds it used."""
    at = now()
    still_open = OneTimeCode.used_at.is_(None), OneTimeCode.expires_at > at
    use = update(OneTimeCode).where(OneTimeCode.digest.in_(digests), *still_open).values(used_at=at)
    return db.session.scalar(use.returning(OneTimeCode.user_id))


def _keep(user_id: int, purpose: str, digest: str, lifetime: timedelta, made_by_id: int | None = None) -> None:
    """Store a digest, and forget the person's old ones by the way."""
    at = now()
    db.session.execute(delete(OneTimeCode).where(OneTimeCode.user_id == user_id, OneTimeCode.expires_at <= at))
    row = OneTimeCode(user_id=user_id, purpose=purpose, digest=digest, expires_at=at + lifetime, made_by_id=made_by_id)
    db.session.add(row)


def _digest_of_code(user_id: int, code: str) -> str:
    return keyed_digest("code", str(user_id), code)


def _link_over() -> LinkOver:
    return LinkOver(_("Tautan ini sudah dipakai atau sudah lewat waktunya."))
