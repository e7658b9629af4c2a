"""The commands of `flask --app wsgi`: prepare, seed, check, work, import-products, appoint-officer."""

import click
from flask import Flask, current_app
from flask.cli import with_appcontext

from marketplace import checking, jobs
from marketplace.accounts.officers import appoint_officer
from marketplace.catalog.importing_command import import_products_command
from marketplace.demo.command import seed
from marketplace.payments import card_hearing
from marketplace.prepare import prepare
from marketplace.wiring import CHECKS, HANDLERS


def init_app(app: Flask) -> None:
    """Add the commands."""
    for command in (
        prepare,
        seed,
        check,
        work,
        import_products_command,
        appoint_officer,
    ):
        app.cli.add_command(command)


@click.command()
@with_appcontext
def work() -> None:
    """Run jobs until stopped; every night one of them is the same as `check`."""
    checking.arrange()
    card_hearing.arrange()
    jobs.run(current_app._get_current_object(), HANDLERS)  # type: ignore[attr-defined]


@click.command()
@with_appcontext
def check() -> None:
    """Look for breaches of what must always hold: one line each, exit code 1 if there is any."""
    found = checking.breaches(CHECKS)
    for line in found:
        click.echo(line)
    if found:
        raise SystemExit(1)
    click.echo("No breach found.")
