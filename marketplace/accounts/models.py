"""People: who they are, how they prove it, where they live."""

import secrets
from datetime import datetime

from flask_login import UserMixin
from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from marketplace.db import Moment, Row
from marketplace.places.models import Kelurahan


def _unique_once_proved(column: str) -> Index:
    proved = text(f"{column}_proved_at IS NOT NULL")
    return Index(f"uq_person_proved_{column}", column, unique=True, sqlite_where=proved, postgresql_where=proved)


class User(UserMixin, Row):
    """A person with an account.

    An unproved phone or e-mail is only a way to sign in to one's own account: several accounts may carry it, and
    it opens nothing else. Once proved it belongs to one account alone (the partial unique indexes).
    """

    __tablename__ = "person"
    __table_args__ = (
        CheckConstraint("phone IS NOT NULL OR email IS NOT NULL", name="reachable"),
        _unique_once_proved("phone"),
        _unique_once_proved("email"),
    )

    name: Mapped[str]
    password_hash: Mapped[str]
    consent_version: Mapped[str]
    created_at: Mapped[datetime] = mapped_column(Moment)
    phone: Mapped[str | None] = mapped_column(default=None, index=True)
    email: Mapped[str | None] = mapped_column(default=None, index=True)
    phone_proved_at: Mapped[datetime | None] = mapped_column(Moment, default=None)
    email_proved_at: Mapped[datetime | None] = mapped_column(Moment, default=None)
    is_officer: Mapped[bool] = mapped_column(default=False)
    language: Mapped[str] = mapped_column(default="id")
    session_token: Mapped[str] = mapped_column(unique=True, default_factory=lambda: secrets.token_urlsafe(24))

    def get_id(self) -> str:
        """What the session cookie carries: a token that a password change revokes."""
        return self.session_token

    @property
    def letterbox(self) -> str:
        """Where letters may go: the e-mail if it is proved, else nowhere."""
        return (self.email or "") if self.email_proved_at else ""

    def has_proved(self, kind: str) -> bool:
        """Whether the `phone` or `email` (the kind) is shown to be this person's."""
        return (self.phone_proved_at if kind == "phone" else self.email_proved_at) is not None


class Address(Row):
    """Where an order is brought: in the city by kelurahan, elsewhere by names as text."""

    user_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    recipient: Mapped[str]
    phone: Mapped[str]
    street: Mapped[str]
    rt: Mapped[str] = mapped_column(default="")
    rw: Mapped[str] = mapped_column(default="")
    landmark: Mapped[str] = mapped_column(default="")
    kelurahan_id: Mapped[int | None] = mapped_column(ForeignKey("kelurahan.id"), default=None)
    province: Mapped[str] = mapped_column(default="")
    regency: Mapped[str] = mapped_column(default="")
    district: Mapped[str] = mapped_column(default="")
    postal_code: Mapped[str] = mapped_column(default="")
    is_main: Mapped[bool] = mapped_column(default=False)
    kelurahan: Mapped[Kelurahan | None] = relationship(init=False, lazy="joined")


class SignInAttempt(Row):
    """An attempt to sign in, to use a code, to have a letter mailed: digests only, counted per person and network."""

    __table_args__ = (
        Index("ix_sign_in_attempt_identity", "identity_digest", "at"),
        Index("ix_sign_in_attempt_network", "network_digest", "at"),
        Index("ix_sign_in_attempt_at", "at"),
    )

    identity_digest: Mapped[str]
    network_digest: Mapped[str]
    at: Mapped[datetime] = mapped_column(Moment)


class OneTimeCode(Row):
    """A link or code that opens one door once: stored hashed, short-lived.

    `purpose` is reset or prove_email; `made_by_id` the officer who handed a code out.
    """

    user_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    purpose: Mapped[str]
    digest: Mapped[str] = mapped_column(unique=True)
    expires_at: Mapped[datetime] = mapped_column(Moment)
    used_at: Mapped[datetime | None] = mapped_column(Moment, default=None)
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), default=None)
