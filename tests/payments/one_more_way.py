"""A provider that the market does not know: what Midtrans or Xendit would be, in one module."""

from typing import Any

from marketplace.jobs import enqueue
from marketplace.payments.books import Account
from marketplace.payments.models import Actor, Payment, PaymentState, Refund
from marketplace.payments.port import Sale, ShopTerms, Start, WayToPay
from marketplace.payments.settling import Outcome, Place, Receipt, settle

PLACE = Place("contoh", Account.PROVIDER_CLEARING)


class OneMoreWay(WayToPay):
    """The buyer pays the operator on the provider's page; its webhook tells us."""

    code = "contoh"
    is_prepaid = True

    def label(self) -> str:
        return "Dompet Contoh"

    def is_offered(self, sale: Sale, terms: ShopTerms) -> bool:
        return sale.amount >= 10_000

    def start(self, sale: Sale) -> Start:
        return Start(PaymentState.OPEN, PLACE)

    def shown(self, payment: Payment) -> dict[str, Any]:
        return {"template": "payments/_cash.html", "page": f"https://dompet.example/{payment.reference}"}

    def confirm(self, payment: Payment) -> str:
        return f"contoh:{payment.reference}"

    def refund(self, refund: Refund) -> None:
        enqueue("notices.deliver", subject="refund", text=f"{refund.amount} of {refund.payment_id}")


def webhook(reference: str, amount: int, id: str) -> Outcome:
    """What its webhook would call, inside writing()."""
    return settle(Receipt(reference, amount, "IDR", PLACE, source=f"contoh:{id}", by=Actor.SYSTEM))
