"""Who wants to hear, once, when something comes that a list did not have; little is kept of them, and not for long."""

import secrets
from collections.abc import Callable
from datetime import datetime, timedelta

from flask_babel import gettext as _
from sqlalchemy import delete, select
from sqlalchemy.orm import Mapped, mapped_column

from marketplace import once
from marketplace.accounts.attempts import spend_letter
from marketplace.clock import now
from marketplace.config import settings
from marketplace.db import Moment, Row, db, writing
from marketplace.jobs import enqueue
from marketplace.language import PREFIX, speaking
from marketplace.refusal import Refusal

DAYS = 60
MOST = 5  # open alerts of one address


class Alert(Row):
    """An address to be told at, and the list (`asked`, a query of /cari) that had nothing; `token` ends it."""

    asked: Mapped[str]
    contact: Mapped[str] = mapped_column(index=True)
    is_phone: Mapped[bool]
    language: Mapped[str]
    token: Mapped[str] = mapped_column(unique=True)
    ends_at: Mapped[datetime] = mapped_column(Moment, index=True)


class TooManyAlerts(Refusal):
    """One address waits for no more than MOST things."""


def ask(asked: str, contact: str, *, is_phone: bool, language: str, key: str, network: str) -> None:
    """Remember who waits for what, and write to them how to end it.

    Asking twice, or sending the form twice (`key`), remembers once. Raises TooManyAlerts, and TooManyAttempts for more
    letters to one address than anyone needs.
    """
    if once.answer_of(key) is not None:
        return
    spend_letter(contact, network)
    with writing() as session:
        try:
            once.claim(key)
        except once.AlreadyDone:
            return
        session.execute(delete(Alert).where(Alert.ends_at < now()))
        waiting = select(Alert.asked).where(Alert.contact == contact).with_for_update()
        others = session.scalars(waiting).all()
        if asked in others:
            return
        if len(others) >= MOST:
            raise TooManyAlerts(_("Alamat ini sudah menunggu %(most)s kabar. Hentikan salah satu dulu.", most=MOST))
        alert = Alert(
            asked=asked,
            contact=contact,
            is_phone=is_phone,
            language=language,
            token=secrets.token_urlsafe(16),
            ends_at=now() + timedelta(days=DAYS),
        )
        session.add(alert)
        _write(alert, _("Kami akan memberi kabar"), _confirmation(alert))


def of_token(token: str) -> Alert | None:
    """The open alert that this link ends."""
    return db.session.scalar(select(Alert).where(Alert.token == token, Alert.ends_at >= now()))


def end(token: str) -> None:
    """Forget who waited; what is gone already stays gone."""
    with writing() as session:
        session.execute(delete(Alert).where(Alert.token == token))


def tell(has_come: Callable[[str], int]) -> None:
    """Write to everyone whose list has goods now, and forget them; `has_come(asked)` counts the goods of a list."""
    ids = db.session.scalars(select(Alert.id).order_by(Alert.id)).all()
    for id in ids:
        asked = db.session.scalar(select(Alert.asked).where(Alert.id == id, Alert.ends_at >= now()))
        if asked is None or not has_come(asked):
            continue
        with writing() as session:
            if alert := session.get(Alert, id, with_for_update=True):
                session.delete(alert)
                with speaking(alert.language):
                    _write(alert, _("Yang Anda cari sudah ada"), _news(alert))


def _confirmation(alert: Alert) -> str:
    return _(
        "Kami akan memberi kabar sekali saja bila ini ada di %(market)s:\n\n%(list)s\n\n"
        "Alamat Anda kami hapus sesudah itu, paling lambat setelah %(days)s hari. "
        "Untuk berhenti sekarang, buka:\n\n%(end)s",
        market=settings().city.market,
        list=_address(alert, f"/cari?{alert.asked}"),
        days=DAYS,
        end=_address(alert, f"/kabar/{alert.token}"),
    )


def _news(alert: Alert) -> str:
    return _(
        "Yang Anda tunggu sudah ada di %(market)s:\n\n%(list)s\n\n"
        "Ini satu-satunya kabar untuk pencarian ini. Alamat Anda sudah kami hapus.",
        market=settings().city.market,
        list=_address(alert, f"/cari?{alert.asked}"),
    )


def _write(alert: Alert, subject: str, text: str) -> None:
    email, phone = ("", alert.contact) if alert.is_phone else (alert.contact, "")
    enqueue("notices.deliver", email=email, phone=phone, subject=f"{subject} - {settings().city.market}", text=text)


def _address(alert: Alert, path: str) -> str:
    return f"{settings().base_url}{PREFIX if alert.language == 'en' else ''}{path}"
