"""Payments and receipts for tests, and things to pay for that only remember what befell them."""

import csv
from collections.abc import Sequence
from dataclasses import dataclass, field
from io import BytesIO
from itertools import count
from pathlib import Path
from typing import Any

from flask import Flask
from PIL import Image

from marketplace.accounts.models import User
from marketplace.clock import now
from marketplace.db import db, writing
from marketplace.payments import states
from marketplace.payments.books import Account
from marketplace.payments.models import Actor, Channel, Payment, PaymentPart, PaymentState, ReceivingAccount
from marketplace.payments.payables import News, Payable
from marketplace.payments.settling import Place, Receipt
from tests.factories import LONG_AGO, Market

_numbers = count(1)

# Synthetic QRIS codes with computed CRCs (licence: own).
QRIS_SAMPLES = list(csv.DictReader((Path(__file__).parent / "data" / "qris_samples.csv").read_text().splitlines()))
STATIC_QRIS, NMID = QRIS_SAMPLES[0]["payload"], "ID1027921731533"
HOLDERS = {Channel.BANK: "Ani Wulandari", Channel.QRIS: "TOKO CONTOH ONDE"}


@dataclass
class Things:
    """What was told to the things that are paid for: (what, the thing's id, the payment's reference)."""

    heard: list[tuple[str, int, str]] = field(default_factory=list)

    def lock(self, item_ids: Sequence[int]) -> None:
        """They are no rows."""

    def captured(self, item_id: int, news: News) -> None:
        self.heard.append(("captured", item_id, news.payment.reference))

    def expired(self, item_id: int, news: News) -> None:
        self.heard.append(("expired", item_id, news.payment.reference))


def wire(app: Flask, monkeypatch: Any) -> Things:
    """Let `thing` be something that can be paid for, during one test."""
    things = Things()
    payables = {**app.extensions["payables"], "thing": Payable(things.lock, things.captured, things.expired)}
    monkeypatch.setitem(app.extensions, "payables", payables)
    return things


def make_payment(shop_id: int | None, *amounts: int, **values: Any) -> Payment:
    """A payment to a shop's bank account (None: to the operator) for things worth so much. Call inside writing()."""
    fields: dict[str, Any] = {
        "reference": f"BYR-{next(_numbers)}",
        "way": "transfer",
        "state": PaymentState.OPEN,
        "account": f"bank:{shop_id}" if shop_id else "provider",
        "booked_on": Account.PAID_TO_SHOP if shop_id else Account.PROVIDER_CLEARING,
        "amount": sum(amounts),
        "code": 0,
        "opened_at": now(),
        "shop_id": shop_id,
        **values,
    }
    payment = Payment(due=fields["amount"] + fields["code"], **fields)
    db.session.add(payment)
    db.session.flush()
    for item_id, amount in enumerate(amounts, start=next(_numbers) * 100):
        db.session.add(PaymentPart(payment_id=payment.id, kind="thing", item_id=item_id, amount=amount))
    states.record(payment.id, None, payment.state, by=Actor.BUYER, at=now())
    return payment


def receipt_for(payment: Payment, **values: Any) -> Receipt:
    """The receipt that fits the payment, but for the values given."""
    fields: dict[str, Any] = {
        "reference": payment.reference,
        "amount": payment.due,
        "currency": "IDR",
        "place": Place(payment.account, payment.booked_on, payment.shop_id),
        "source": f"told:{payment.reference}",
        "by": Actor.SELLER,
        **values,
    }
    return Receipt(**fields)


def give_letterbox(market: Market, who: str) -> None:
    """Let one of the cast have a proved e-mail, so that notices become letters."""
    with writing() as session:
        person = session.get_one(User, market.people[who])
        person.email, person.email_proved_at = f"{who}@contoh.example", now()


def give_account(
    market: Market, who: str, number: str = "0012345678", *, channel: Channel = Channel.BANK, payload: str = ""
) -> int:
    """Let a shop of the cast be paid by transfer, or by the QRIS that says `payload`; returns the account's id."""
    with writing() as session:
        account = ReceivingAccount(
            shop_id=market.shops[who],
            channel=channel,
            number=number,
            holder=HOLDERS[channel],
            bank="Bank Jatim" if channel == Channel.BANK else "",
            payload=payload,
            created_at=now(),
            effective_at=LONG_AGO,
            made_by_id=market.people[who],
        )
        session.add(account)
        session.flush()
        return account.id


def give_qris(market: Market, who: str) -> int:
    """Let a shop of the cast be paid by the synthetic QRIS; returns the account's id."""
    return give_account(market, who, NMID, channel=Channel.QRIS, payload=STATIC_QRIS)


def picture(colour: str = "white", **saving: Any) -> BytesIO:
    """A screenshot of a bank's app, more or less."""
    file = BytesIO()
    Image.new("RGB", (400, 300), colour).save(file, "JPEG", **saving)
    file.seek(0)
    return file
