"""`flask seed`: opens the demo market, with a progress bar in a terminal."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

import click
from flask.cli import with_appcontext

from marketplace.config import settings
from marketplace.demo import seeding


@click.command()
@click.option("--if-empty", is_flag=True, help="Do nothing once somebody has opened a shop.")
@with_appcontext
def seed(if_empty: bool) -> None:
    """Fill the market with made-up shops, goods and orders; a second time changes nothing."""
    if not settings().demo:
        raise click.ClickException("this is no demo market; DEMO=1 makes it one.")
    if open_demo_market(only_if_empty=if_empty):
        click.echo("The demo market is open.")
    else:
        click.echo("There are shops already; nothing was changed.")


def open_demo_market(*, only_if_empty: bool) -> bool:
    """Seed and show how far it is; False when nothing was changed."""
    if not seeding.is_wanted(only_if_empty):
        return False
    with _progress(seeding.steps()) as step:
        return seeding.seed(step, only_if_empty=only_if_empty)


@contextmanager
def _progress(length: int) -> Iterator[seeding.Step]:
    """A bar in a terminal; elsewhere a line whenever something else begins."""
    if sys.stderr.isatty():
        with click.progressbar(length=length, label="Opening the demo market", file=sys.stderr) as bar:
            yield lambda _: bar.update(1)
        return
    said: set[str] = set()

    def say(what: str) -> None:
        if what not in said:
            said.add(what)
            click.echo(f"{what} ...", err=True)

    yield say
