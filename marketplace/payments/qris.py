"""QRIS: the shop's own static code, made into one for this amount; a code is no proof of payment."""

import io
from typing import Any

import segno
from flask_babel import gettext as _
from markupsafe import Markup

from marketplace.payments import emv
from marketplace.payments.books import Account
from marketplace.payments.models import Channel, Payment, PaymentState, ReceivingAccount
from marketplace.payments.port import Sale, ShopTerms, Start, WayToPay
from marketplace.payments.settling import Place
from marketplace.payments.transfer import deadline, locked_account, receiving_account

# Of each square of the code, on the page and in the file.
PIXELS, PIXELS_OF_FILE = 5, 10


class Qris(WayToPay):
    """The buyer scans a code that holds the amount and the order's number; proof and answer are as with a transfer."""

    code = "qris"
    is_prepaid = True
    is_seen_by_shop = True

    def label(self) -> str:
        """As on every page."""
        return _("QRIS")

    def is_offered(self, sale: Sale, terms: ShopTerms) -> bool:
        """As long as a code of the shop is in use."""
        return Channel.QRIS in terms.receiving

    def start(self, sale: Sale) -> Start:
        """The order's number stands in the code, so the amount needs no digits on top; raises NoAccount."""
        account = locked_account(sale.shop_id, Channel.QRIS)
        place = Place(account.name, Account.PAID_TO_SHOP, sale.shop_id)
        return Start(PaymentState.OPEN, place, deadline=deadline())

    def shown(self, payment: Payment) -> dict[str, Any]:
        """The code as a drawing, and whose it is, as long as money may go there."""
        template = {"template": "payments/_qris.html"}
        if not is_payable(payment):
            return template
        account = receiving_account(payment)
        drawing = segno.make(text_for(payment, account)).svg_inline(scale=PIXELS, unit="px", light="white")
        return {**template, "account": account, "drawing": Markup(drawing)}  # noqa: S704  # segno's own lines

    def confirm(self, payment: Payment) -> str:
        """The shop has seen it in its QRIS application."""
        return f"qris:{payment.reference}"


def is_payable(payment: Payment) -> bool:
    """Whether a code may be shown: nobody is to pay twice, or for what is over."""
    return payment.state in {PaymentState.OPEN, PaymentState.PROOF}


def text_for(payment: Payment, account: ReceivingAccount) -> str:
    """What the code of this payment says: the shop's own fields, the amount, the payment's reference."""
    return emv.read(account.payload).with_amount(payment.due, payment.reference)


def png(payment: Payment) -> bytes:
    """The code as a picture that a phone can keep and its bank application can open."""
    file = io.BytesIO()
    segno.make(text_for(payment, receiving_account(payment))).save(file, kind="png", scale=PIXELS_OF_FILE)
    return file.getvalue()


QRIS = Qris()
