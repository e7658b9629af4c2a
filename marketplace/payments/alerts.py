"""Tells the officers what about money needs their eyes."""

from collections.abc import Callable

from flask_babel import gettext as _
from sqlalchemy import select

from marketplace.accounts.models import User
from marketplace.config import settings
from marketplace.db import db, writing
from marketplace.jobs import enqueue
from marketplace.language import speaking
from marketplace.payments.books import Journal, JournalKind
from marketplace.payments.models import Channel, Payment, PaymentState, ReceivingAccount
from marketplace.sellers.models import Shop, ShopMember


def tell_suspense(source: str) -> None:
    """Job `payments.tell_suspense`: money came that belongs to nothing we know."""
    journal = db.session.scalars(
        select(Journal).where(Journal.kind == JournalKind.SUSPENSE, Journal.reference == source)
    ).one()
    note = journal.note

    def words() -> tuple[str, str]:
        return _("Uang masuk yang belum dikenali"), _("Periksa uang ini di buku besar: %(note)s", note=note)

    tell_officers(words)


def tell_unreturned(journal_id: int) -> None:
    """Job `payments.tell_unreturned`: money in suspense that the office sends back is not taken by the bank."""
    source = db.session.get_one(Journal, journal_id).reference

    def words() -> tuple[str, str]:
        text = _("Bank tidak menerima uang %(source)s. Kirim lagi atau cari cara lain.", source=source)
        return _("Uang tidak bisa dikirim kembali"), text

    tell_officers(words)


def tell_unanswered(payment_id: int) -> None:
    """Job `payments.tell_unanswered`: a shop has not answered a proof in time; the office does it in its place."""
    state, reference = db.session.execute(
        select(Payment.state, Payment.reference).where(Payment.id == payment_id)
    ).one()
    if state != PaymentState.PROOF:
        return

    def words() -> tuple[str, str]:
        text = _("Penjual belum menjawab bukti pembayaran %(reference)s. Periksa dan jawab.", reference=reference)
        return _("Bukti pembayaran menunggu jawaban"), text

    tell_officers(words)


def tell_account(account_id: int) -> None:
    """Job `payments.tell_account`: every owner hears on every channel, so that a thief's change is seen in time."""
    account = db.session.get_one(ReceivingAccount, account_id)
    shop = db.session.get_one(Shop, account.shop_id)
    owners = select(User).join(ShopMember, ShopMember.user_id == User.id).where(ShopMember.shop_id == shop.id)
    people = [(owner.letterbox, owner.phone or "", owner.language) for owner in db.session.scalars(owners)]
    said, words = {"shop": shop.name, "number": account.number[-4:]}, WORDS_OF_ACCOUNTS[account.channel]
    shop_phone, language = "" if shop.is_demo else shop.whatsapp, people[0][2] if people else "id"
    channels = {(address, "", lang) for address, _phone, lang in people}
    channels |= {("", phone, lang) for _address, phone, lang in people} | {("", shop_phone, language)}
    with writing():
        for email, phone, lang in sorted(channels - {("", "", "id"), ("", "", "en")}):
            with speaking(lang):
                subject, text = words(**said)
                warning = _("Bila bukan Anda yang menggantinya, segera hubungi kantor.")
            enqueue("notices.deliver", email=email, phone=phone, subject=subject, text=f"{text}\n{warning}")


def _bank_words(shop: str, number: str) -> tuple[str, str]:
    text = _("Pembayaran %(shop)s akan masuk ke rekening berakhiran %(number)s.", shop=shop, number=number)
    return _("Rekening baru untuk %(shop)s", shop=shop), text


def _qris_words(shop: str, number: str) -> tuple[str, str]:
    text = _("Pembayaran %(shop)s akan masuk ke QRIS dengan NMID berakhiran %(number)s.", shop=shop, number=number)
    return _("QRIS baru untuk %(shop)s", shop=shop), text


def _stripe_words(shop: str, number: str) -> tuple[str, str]:
    text = _(
        "Pendapatan kartu %(shop)s akan dibayarkan ke akun Stripe berakhiran %(number)s.", shop=shop, number=number
    )
    return _("Akun Stripe baru untuk %(shop)s", shop=shop), text


WORDS_OF_ACCOUNTS = {Channel.BANK: _bank_words, Channel.QRIS: _qris_words, Channel.STRIPE: _stripe_words}


def tell_officers(words: Callable[[], tuple[str, str]], path: str = "/kantor/pembayaran") -> None:
    """Write to every officer in their own language; `words` gives subject and text in the language of the moment."""
    people = [(p.letterbox, p.phone or "", p.language) for p in db.session.scalars(select(User).where(User.is_officer))]
    with writing():
        for email, phone, language in people:
            with speaking(language):
                subject, text = words()
            lines = f"{text}\n{settings().base_url}{path}"
            enqueue("notices.deliver", email=email, phone=phone, subject=subject, text=lines)
