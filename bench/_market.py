"""The demo market that benches open for themselves, and one page of each kind in it."""

import os
import subprocess
import sys

from flask import Flask
from sqlalchemy import select

from marketplace import create_app
from marketplace.catalog.models import Product
from marketplace.config import ROOT, Settings
from marketplace.db import db
from marketplace.jobs import run_due
from marketplace.sellers.models import Shop
from marketplace.wiring import HANDLERS


def open_demo_market(instance: str) -> Flask:
    """A demo market in a folder of its own, with every picture in every size."""
    environment = {**os.environ, "INSTANCE": instance, "DEMO": "1", "DATABASE_URL": f"sqlite:///{instance}/pasar.db"}
    prepare = [sys.executable, "-m", "flask", "--app", "wsgi", "prepare"]
    subprocess.run(prepare, cwd=ROOT, env=environment, check=True, capture_output=True)
    app = create_app(Settings.from_environment(environment))
    with app.app_context():
        run_due(HANDLERS)
    return app


def pages(app: Flask) -> dict[str, str]:
    """One page of each kind: the best-selling product, and its shop."""
    sold = select(Product.slug, Shop.slug).join(Shop, Shop.id == Product.shop_id)
    with app.app_context():
        product, shop = db.session.execute(sold.order_by(Product.sold.desc(), Product.id).limit(1)).one()
    return {
        "home": "/",
        "list": "/kategori/kuliner",
        "search": "/cari?q=onde",
        "product": f"/produk/{product}",
        "shop": f"/toko/{shop}",
        "kampung": "/kampung/onde-onde",
        "help": "/bantuan",
        "cart": "/keranjang",
    }
