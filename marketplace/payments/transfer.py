"""Bank transfer to the shop's own account: the amount, unique by up to three digits, tells which payment it is."""

import random
from datetime import datetime, timedelta
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import select

from marketplace.clock import now
from marketplace.config import settings
from marketplace.db import db
from marketplace.money import format_rupiah
from marketplace.payments.books import Account
from marketplace.payments.models import Channel, Payment, PaymentState, ReceivingAccount
from marketplace.payments.port import Sale, ShopTerms, Start, WayToPay
from marketplace.payments.receiving import in_use
from marketplace.payments.settling import Place
from marketplace.refusal import Refusal

CODES = range(1, 1000)
# Money for an amount that was open so lately may still be on its way.
REMEMBERED = timedelta(days=7)
_dice = random.SystemRandom()


class NoAccount(Refusal):
    """The shop has stopped taking money this way."""


class NoCodeLeft(Refusal):
    """A thousand payments of the same amount are open on one account."""


class Transfer(WayToPay):
    """The buyer sends the exact amount, shows a proof, and the shop looks at its account."""

    code = "transfer"
    is_prepaid = True
    is_seen_by_shop = True

    def label(self) -> str:
        """As on every page."""
        return _("Transfer bank")

    def note(self) -> str:
        """The digits are the buyer's cost."""
        return _("Ditambah kode unik, paling banyak %(most)s.", most=format_rupiah(CODES[-1]))

    def is_offered(self, sale: Sale, terms: ShopTerms) -> bool:
        """As long as an account of the shop is in use."""
        return Channel.BANK in terms.receiving

    def start(self, sale: Sale) -> Start:
        """An amount that no other open payment on this account has; raises NoAccount, NoCodeLeft."""
        account = locked_account(sale.shop_id, Channel.BANK)
        place = Place(account.name, Account.PAID_TO_SHOP, sale.shop_id)
        return Start(PaymentState.OPEN, place, code=_free_code(account.name, sale.amount), deadline=deadline())

    def shown(self, payment: Payment) -> dict[str, Any]:
        """The account as long as money may go there, and the last three digits, by which the shop knows it."""
        is_payable = payment.state in {PaymentState.OPEN, PaymentState.PROOF}
        return {
            "template": "payments/_transfer.html",
            "account": receiving_account(payment) if is_payable else None,
            "last_digits": f"{payment.due % 1000:03}",
        }

    def confirm(self, payment: Payment) -> str:
        """The shop has found it on its account."""
        return f"transfer:{payment.reference}"


def locked_account(shop_id: int, channel: Channel) -> ReceivingAccount:
    """The account in use, inside writing(), locked so that two payments look at its amounts one after the other."""
    account = in_use([shop_id]).get((shop_id, channel))
    if account is None:
        raise NoAccount(_("Toko ini tidak lagi menerima cara bayar ini. Pilih cara bayar lain."))
    db.session.execute(select(ReceivingAccount.id).where(ReceivingAccount.id == account.id).with_for_update())
    return account


def receiving_account(payment: Payment) -> ReceivingAccount:
    """The account that a payment names, in use or not."""
    return db.session.get_one(ReceivingAccount, int(payment.account.partition(":")[2]))


def deadline() -> datetime:
    """Until when the buyer may show a proof."""
    return now() + timedelta(hours=settings().pay_hours)


def _free_code(account: str, amount: int) -> int:
    """One to 999 rupiah on top, at random among those that no payment of the last days has asked for."""
    near = select(Payment.due).where(Payment.account == account, Payment.due.between(amount + 1, amount + 999))
    open_now = Payment.state.in_([PaymentState.OPEN, PaymentState.PROOF])
    lately = Payment.opened_at > now() - REMEMBERED
    for taken in (near.where(open_now | lately), near.where(open_now)):
        used = set(db.session.scalars(taken))
        if free := [code for code in CODES if amount + code not in used]:
            return _dice.choice(free)
    raise NoCodeLeft(_("Toko ini sedang menunggu terlalu banyak transfer. Pilih cara bayar lain."))


TRANSFER = Transfer()
