"""`flask prepare`: everything that must be done before the web server starts, quick when it is done already."""

import os
from pathlib import Path

import click
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from flask.cli import with_appcontext
from flask_migrate import upgrade

from marketplace.config import ROOT, settings
from marketplace.demo.command import open_demo_market
from marketplace.demo.sign_ins import sign_ins
from marketplace.language import speaking
from marketplace.turns import alone


@click.command()
@with_appcontext
def prepare() -> None:
    """Migrate the database, compile the translations, fill an empty demo market, and tell where everything is."""
    with alone("prepare"):
        upgrade()
        compile_translations(ROOT / "translations")
    if settings().demo:
        open_demo_market(only_if_empty=True)
    click.echo(f"\n  {settings().city.market}: {settings().base_url}")
    with speaking("id"):
        for each in sign_ins():
            click.echo(f"  {each.role:<18} {each.name:<16} {each.phone}   {each.password}")


def compile_translations(folder: Path) -> None:
    """Write the .mo file of each catalogue whose .po file is newer; readers find the old one or the new one whole."""
    for source in folder.glob("*/LC_MESSAGES/*.po"):
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
            continue
        draft = target.with_suffix(f".{os.getpid()}")
        with source.open("rb") as catalogue, draft.open("wb") as compiled:
            write_mo(compiled, read_po(catalogue))
        draft.replace(target)
