"""The letters with one-time links: each is a job, so that the token is made where it is mailed and stored nowhere."""

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from marketplace.accounts import codes
from marketplace.accounts.identities import Identity, carriers
from marketplace.accounts.models import User
from marketplace.clock import format_date
from marketplace.config import settings
from marketplace.db import writing
from marketplace.jobs import enqueue
from marketplace.language import PREFIX, speaking
from marketplace.notices import send_email


def send_reset_links(*, by: str, value: str, language: str) -> None:
    """Job `accounts.send_reset_links`: a letter to each account with this phone or email (`by`) that may be mailed.

    Where one account has proved it, the others do not count. An unproved e-mail may be a slip of the thumb, a
    stranger's mailbox: beside a proved phone it opens nothing.
    """
    with writing() as session:
        for user in _owners(session, Identity(by, value)):
            if user.email and (user.has_proved("email") or not user.has_proved("phone")):
                enqueue("accounts.send_reset_link", user_id=user.id, language=language)


def send_reset_link(*, user_id: int, language: str) -> None:
    """Job `accounts.send_reset_link`: mail a link that sets a new password."""
    with speaking(language):
        user, token = _fresh_link(user_id, codes.RESET)
        text = _(
            "Seseorang, semoga Anda sendiri, meminta kata sandi baru untuk akun %(market)s yang dibuat %(date)s.\n\n"
            "Buka tautan ini dalam %(minutes)s menit untuk membuat kata sandi baru:\n\n%(link)s\n\n"
            "Jika bukan Anda yang meminta, abaikan surat ini. Kata sandi Anda tidak berubah.",
            market=settings().city.market,
            date=format_date(user.created_at, language),
            minutes=settings().reset_minutes,
            link=_address(f"/lupa/{token}", language),
        )
        _mail(user, _("Kata sandi baru untuk %(market)s", market=settings().city.market), text)


def send_proof_link(*, user_id: int, language: str) -> None:
    """Job `accounts.send_proof_link`: mail a link that proves the e-mail."""
    with speaking(language):
        user, token = _fresh_link(user_id, codes.PROVE_EMAIL)
        text = _(
            "Alamat e-mail ini ditulis pada sebuah akun %(market)s.\n\n"
            "Jika itu akun Anda, buka tautan ini dalam %(days)s hari lalu tekan tombolnya:\n\n%(link)s\n\n"
            "Jika bukan, abaikan surat ini. Alamat ini tidak akan dipakai untuk apa pun.",
            market=settings().city.market,
            days=codes.PROOF_DAYS,
            link=_address(f"/akun/bukti/{token}", language),
        )
        _mail(user, _("Buktikan e-mail Anda di %(market)s", market=settings().city.market), text)


def _owners(session: Session, identity: Identity) -> list[User]:
    people = list(session.scalars(carriers(identity)))
    is_proved = bool(people) and people[0].has_proved(identity.kind)
    return people[:1] if is_proved else people


def _fresh_link(user_id: int, purpose: str) -> tuple[User, str]:
    """The person and a new token. It is committed before it is mailed; a letter that fails gets another one."""
    with writing() as session:
        return session.get_one(User, user_id), codes.make_link(user_id, purpose)


def _mail(user: User, subject: str, text: str) -> None:
    """Send it, unless the person has taken the e-mail out of the account since."""
    if user.email:
        send_email(user.email, subject, text)


def _address(path: str, language: str) -> str:
    return f"{settings().base_url}{PREFIX if language == 'en' else ''}{path}"
