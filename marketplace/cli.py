"""The commands of `flask --app wsgi`: prepare, seed, check, work, import-products, appoint-officer, tidy-pictures."""

from functools import partial

import click
from flask import Flask, current_app
from flask.cli import with_appcontext

from marketplace import chain, checking, jobs, nights
from marketplace.accounts.officers import appoint_officer
from marketplace.catalog.importing_command import import_products_command
from marketplace.catalog.picture_care import tidy_pictures
from marketplace.demo.command import seed
from marketplace.payments import card_hearing
from marketplace.prepare import prepare
from marketplace.wiring import CHECKS, FOLLOWERS, HANDLERS, NIGHTLY


def init_app(app: Flask) -> None:
    """Add the commands."""
    for command in (
        prepare,
        seed,
        check,
        work,
        import_products_command,
        appoint_officer,
        tidy_pictures,
    ):
        app.cli.add_command(command)


@click.command()
@with_appcontext
def work() -> None:
    """Run jobs until stopped, and every night those that keep the market in order."""
    for kind in NIGHTLY:
        nights.arrange(kind)
    card_hearing.arrange()
    app = current_app._get_current_object()  # type: ignore[attr-defined]
    jobs.run(app, HANDLERS, between=partial(chain.link, FOLLOWERS))


@click.command()
@with_appcontext
def check() -> None:
    """Look for breaches of what must always hold: one line each, exit code 1 if there is any."""
    found = checking.breaches(CHECKS)
    for line in found:
        click.echo(line)
    click.echo(_told(chain.standing()))
    if found:
        raise SystemExit(1)
    click.echo("No breach found.")


def _told(trail: chain.Standing) -> str:
    """Rows that wait for their link are no breach; if they wait for long, no worker runs."""
    since = f", since {trail.waiting_since:%Y-%m-%d %H:%M} UTC" if trail.waiting_since else ""
    return (
        f"Audit trail: {trail.linked} rows linked, {trail.waiting} not yet{since}; its end is {trail.head or 'open'}."
    )
