"""Complaints of buyers, answers of shops, decisions of the office, as their pages take them."""

from flask import Flask
from sqlalchemy import select

from marketplace.db import db
from marketplace.orders.complaint_models import Complaint
from tests.browser import Browser, Page
from tests.factories import Market
from tests.payments.shopping import Purchase, buy_by_transfer

STORY = "Dua kotak penyok dan isinya hancur."
SIDE = "Kami sudah membungkusnya dengan baik."
VERDICT = "Satu kotak diganti, kurir kurang hati-hati."


def delivered(app: Flask, client: Browser, market: Market, ani: Browser) -> Purchase:
    """Two boxes, paid by transfer, sent and delivered."""
    purchase = buy_by_transfer(app, client, market)
    purchase.arrived(ani)
    purchase.desk(ani, "kirim")
    purchase.desk(ani, "sampai")
    return purchase


def door(purchase: Purchase) -> str:
    return f"{purchase.link}/{purchase.number}/komplain"


def complain(purchase: Purchase, **fields: object) -> Page:
    page = purchase.buyer.get(door(purchase))
    return purchase.buyer.submit(page, door(purchase), **{"sebab": "broken", "cerita": STORY, **fields})


def answer(purchase: Purchase, shop: Browser, words: str = SIDE) -> Page:
    path = f"/jualan/pesanan/{purchase.number}/komplain"
    return shop.submit(shop.get(path), path, jawaban=words)


def decide(purchase: Purchase, officer: Browser, hasil: str = "completed", *, boxes: int = 0, **more: object) -> Page:
    path = f"/kantor/pesanan/{purchase.number}/komplain"
    page = officer.get(path)
    line = next((e.get("name") for e in page.all("input") if (e.get("name") or "").startswith("jumlah_")), None)
    lines = {line: boxes} if line else {}
    return officer.submit(page, path, **{"hasil": hasil, "keputusan": VERDICT, **lines, **more})  # type: ignore[arg-type]


def complaint(app: Flask) -> Complaint:
    with app.app_context():
        return db.session.scalars(select(Complaint)).one()
