"""`flask appoint-officer`: the operator's way to make somebody an officer; no page can do that."""

import click
from flask.cli import with_appcontext
from sqlalchemy import update

from marketplace import audit
from marketplace.accounts.identities import carriers, read_identity
from marketplace.accounts.models import User
from marketplace.db import writing


class NobodyProved(ValueError):
    """No account has proved this phone or e-mail, so nobody knows whose it is."""


def appoint(identity: str) -> str:
    """Make the person who proved this phone or e-mail an officer, audited; returns the name. Raises NobodyProved.

    The phone of the very first officer is proved by nobody else: `flask appoint-officer` is then given their e-mail,
    which a letter proves.
    """
    known = read_identity(identity)
    with writing() as session:
        person = session.scalar(carriers(known).limit(1))
        if person is None or not person.has_proved(known.kind):
            raise NobodyProved(f"no account has proved {identity}")
        session.execute(update(User).where(User.id == person.id).values(is_officer=True))
        audit.record("appointed", "person", person.id, actor_id=None)
        return person.name


@click.command("appoint-officer")
@click.argument("identity")
@with_appcontext
def appoint_officer(identity: str) -> None:
    """Make the person with the proved phone or e-mail IDENTITY an officer."""
    try:
        click.echo(f"{appoint(identity)} is an officer now.")
    except ValueError as error:
        raise click.ClickException(str(error)) from error
