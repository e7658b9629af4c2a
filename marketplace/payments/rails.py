"""The rails that the market knows, those before the others that a shop is rather paid by."""

from marketplace.payments.bank_file import BANK_FILE
from marketplace.payments.models import ReceivingAccount
from marketplace.payments.rail import Rail
from marketplace.payments.receiving import InUse
from marketplace.payments.stripe_transfer import STRIPE_TRANSFER

RAILS: tuple[Rail, ...] = (STRIPE_TRANSFER, BANK_FILE)
BY_CODE = {rail.code: rail for rail in RAILS}
BY_HAND = [rail.code for rail in RAILS if rail.is_by_hand]

Route = tuple[Rail, ReceivingAccount]


def route_to(shop_id: int, accounts: InUse) -> Route | None:
    """The first rail in use that reaches the shop, and the account that it pays to; None when there is none."""
    routes = ((rail, accounts.get((shop_id, rail.channel))) for rail in RAILS if rail.is_on())
    return next(((rail, account) for rail, account in routes if account is not None), None)
