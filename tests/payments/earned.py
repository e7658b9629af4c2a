"""Money that shops have earned, at any moment, without the orders behind it."""

from datetime import datetime
from itertools import count

import time_machine
from flask import Flask

from marketplace.db import writing
from marketplace.payments import ledger
from marketplace.payments.books import Account, JournalKind
from marketplace.payments.ledger import Side

_numbers = count(1)


def earn(app: Flask, shop_id: int, at: datetime, held: int, fee: int = 0) -> None:
    """A card order of `held` rupiah is completed, less the fee."""
    sides = [Side(Account.BUYER_HELD, held), Side(Account.SHOP_PAYABLE, fee - held, shop_id)]
    post(app, at, JournalKind.EARNED, *sides, *([Side(Account.PLATFORM_FEE, -fee)] if fee else []))


def sell_directly(app: Flask, shop_id: int, at: datetime, amount: int) -> None:
    """The buyer has paid the shop itself."""
    sides = Side(Account.PAID_TO_SHOP, amount, shop_id), Side(Account.SHOP_PAYABLE, -amount, shop_id)
    post(app, at, JournalKind.CAPTURE, *sides)


def owe_back(app: Flask, shop_id: int, at: datetime, amount: int, fee_back: int = 0) -> None:
    """So much goes back to a buyer."""
    sides = [Side(Account.SHOP_PAYABLE, amount - fee_back, shop_id), Side(Account.REFUND_CLEARING, -amount)]
    post(app, at, JournalKind.REFUND_DUE, *sides, *([Side(Account.PLATFORM_FEE, fee_back)] if fee_back else []))


def post(app: Flask, at: datetime, kind: JournalKind, *sides: Side) -> None:
    with app.app_context(), time_machine.travel(at, tick=False), writing():
        ledger.post(kind, f"test {next(_numbers)}", sides)
