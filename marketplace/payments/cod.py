"""Cash where the goods change hands: at the door (COD) or at the shop's counter."""

from typing import Any

from flask_babel import lazy_gettext as _l

from marketplace.payments.books import Account
from marketplace.payments.models import Payment, PaymentState
from marketplace.payments.port import PICKUP, Sale, ShopTerms, Start, WayToPay
from marketplace.payments.settling import Place


class Cash(WayToPay):
    """The shop takes the cash and says so; until then the payment is due."""

    is_prepaid = False

    def __init__(self, code: str, label: Any) -> None:
        self.code, self._label = code, label

    def label(self) -> str:
        """As on every page."""
        return str(self._label)

    def is_offered(self, sale: Sale, terms: ShopTerms) -> bool:
        """Up to the shop's limit in rupiah; at the door only in the zones that it has chosen."""
        if (self.code == AT_PICKUP.code) != (sale.where == PICKUP):
            return False
        cash = terms.cash
        if sale.where == PICKUP:
            return cash.takes_cash_at_pickup and _within(sale.amount, cash.pickup_limit)
        return sale.where in cash.cod_zones and _within(sale.amount, cash.cod_limit)

    def start(self, sale: Sale) -> Start:
        """Due until the shop has it in hand."""
        return Start(PaymentState.DUE, Place(f"cash:{sale.shop_id}", Account.COD_RECEIVABLE, sale.shop_id))

    def shown(self, payment: Payment) -> dict[str, Any]:
        """The amount to have ready."""
        return {"template": "payments/_cash.html"}

    def confirm(self, payment: Payment) -> str:
        """The shop has counted it."""
        return f"cash:{payment.reference}"


def _within(amount: int, limit: int | None) -> bool:
    return limit is None or amount <= limit


COD = Cash("cod", _l("Bayar di tempat (COD)"))
AT_PICKUP = Cash("at_pickup", _l("Bayar saat mengambil di toko"))
