"""The command that loads a sheet of goods: `flask import-products SHOP FILE.csv`."""

from pathlib import Path

import click
from flask.cli import with_appcontext
from flask_babel import gettext as _
from sqlalchemy import select

from marketplace.catalog.importing import import_products
from marketplace.catalog.sheets import UnreadableSheet
from marketplace.db import db
from marketplace.language import speaking
from marketplace.sellers.models import Shop


@click.command("import-products")
@click.argument("shop")
@click.argument("file", type=click.Path(path_type=Path))
@with_appcontext
def import_products_command(shop: str, file: Path) -> None:
    """Load FILE, a CSV sheet, into the shop with the slug SHOP.

    Every row that cannot be loaded is named with its line and reason; the others are loaded together. Exit code 0
    when the file could be read.
    """
    with speaking("id"):
        try:
            report = import_products(_shop_id(shop), file.read_bytes())
        except OSError:
            raise _failed(_("Berkas %(file)s tidak dapat dibaca.", file=file)) from None
        except UnreadableSheet as error:
            raise _failed(str(error)) from None
        for line, reason in sorted(report.rejected.items()):
            click.echo(_("baris %(line)s: %(reason)s", line=line, reason=reason))
        click.echo(_("%(n)s baris diterima, %(m)s ditolak", n=report.accepted, m=len(report.rejected)))


def _shop_id(slug: str) -> int:
    id = db.session.scalar(select(Shop.id).where(Shop.slug == slug))
    if id is None:
        raise _failed(_('Toko "%(slug)s" tidak ditemukan.', slug=slug))
    return id


def _failed(sentence: str) -> SystemExit:
    click.echo(sentence, err=True)
    return SystemExit(1)
