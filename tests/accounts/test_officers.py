"""`flask appoint-officer` makes officers of people who are proved to be who they say."""

from flask import Flask
from sqlalchemy import select

from marketplace.accounts.models import User
from marketplace.audit import AuditRow
from marketplace.db import db, writing
from tests.factories import Market, make_user


def appoint(app: Flask, identity: str) -> tuple[int, str]:
    result = app.test_cli_runner().invoke(args=["appoint-officer", identity])
    return result.exit_code, result.output


def test_a_proved_person_becomes_an_officer_and_it_is_audited(app: Flask, market: Market) -> None:
    with app.app_context():
        phone = db.session.scalars(select(User.phone).where(User.id == market.people["joko"])).one()
    assert appoint(app, f"+{phone}") == (0, "Joko Susilo is an officer now.\n")
    with app.app_context():
        assert db.session.get_one(User, market.people["joko"]).is_officer
        row = db.session.scalars(select(AuditRow).where(AuditRow.verb == "appointed")).one()
        assert row.object_id == market.people["joko"]


def test_an_unproved_or_unknown_one_does_not(app: Flask, market: Market) -> None:
    with app.app_context(), writing():
        make_user("Tamu", phone=None, phone_proved_at=None, email="tamu@contoh.example")
    for identity in ("tamu@contoh.example", "nobody@contoh.example", "0812", "0812-7777-7777"):
        code, output = appoint(app, identity)
        assert code == 1 and output.startswith("Error: ")
    with app.app_context():
        assert db.session.scalars(select(User.name).where(User.is_officer)).all() == ["Rina Hartati"]
