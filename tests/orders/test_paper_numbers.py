"""Papers are numbered without gaps and never changed."""

import threading
from datetime import UTC, datetime

import pytest
import time_machine
from flask import Flask
from sqlalchemy import text, update
from sqlalchemy.exc import IntegrityError

from marketplace import chain
from marketplace.db import db, writing
from marketplace.orders import paper_files, papers
from marketplace.orders.models import Order
from marketplace.orders.paper_models import Size
from marketplace.sellers.models import Shop
from tests.browser import Browser
from tests.factories import Market
from tests.orders.printed import Work, papers_of
from tests.payments.shopping import Purchase, SignIn, buy_by_transfer
from tests.races.test_stock import breaches


@pytest.mark.parametrize("damage", ["UPDATE paper SET number = 7", "DELETE FROM paper_file", "DELETE FROM paper"])
def test_what_was_given_out_stays(app: Flask, purchase: Purchase, signed_in: SignIn, work: Work, damage: str) -> None:
    purchase.arrived(signed_in("bu_ani"))
    work()
    with app.app_context():
        with pytest.raises(IntegrityError, match="append only"):
            db.session.execute(text(damage))
        db.session.rollback()


def test_the_same_bytes_for_ever(app: Flask, market: Market, purchase: Purchase, signed_in: SignIn, work: Work) -> None:
    """The shop is renamed, its file is lost or damaged: the paper is what it was, or is not given out."""
    purchase.arrived(signed_in("bu_ani"))
    work()
    paper = papers_of(app)[0]
    with app.app_context():
        before = paper_files.read(paper, Size.A4)
        with writing() as session:
            session.execute(update(Shop).values(name="Nama Lain", street="Jl. Lain"))
            session.execute(update(Order).values(reason="lain"))
        (path,) = [p for p in app.config["SETTINGS"].instance.rglob("*.pdf") if p.read_bytes() == before]
        path.write_bytes(b"%PDF another")
        assert paper_files.read(paper, Size.A4) == before == path.read_bytes()
        path.unlink()
        db.session.expunge_all()
        paper.data = {**paper.data, "amount": 1, "statement": "x"}
        with pytest.raises(paper_files.NotTheSame):
            paper_files.read(paper, Size.A4)


def test_concurrent_papers_leave_no_gap(app: Flask, market: Market, signed_in: SignIn) -> None:
    """Two workers and a transaction that fails after it has taken its number."""
    ani = signed_in("bu_ani")
    for _ in range(4):
        buy_by_transfer(app, Browser(app), market).arrived(ani)
    with app.app_context():
        chain.link({})
        rows = list(db.session.scalars(text("SELECT id FROM audit_row WHERE verb = 'accepted' AND kind = 'order'")))
        with pytest.raises(ZeroDivisionError), writing() as session:
            session.execute(papers._NEXT, {"shop_id": market.shops["bu_ani"], "kind": "invoice", "year": 2026})
            raise ZeroDivisionError
    threads = [threading.Thread(target=_issue, args=(app, order)) for order in (rows, rows[::-1])]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(paper.number for paper in papers_of(app)) == [1, 2, 3, 4]
    assert breaches(app) == []


def _issue(app: Flask, rows: list[int]) -> None:
    for row in rows:
        with app.app_context():
            try:
                papers.issue(row)
            except IntegrityError:  # the other was there first; the job would run again
                db.session.rollback()


WRITTEN_ANEW = {
    "sqlite": "UPDATE paper SET data = json_set(data, '$.trace.digest', 'x')",
    "postgresql": "UPDATE paper SET data = jsonb_set(CAST(data AS jsonb), '{trace,digest}', '\"x\"')",
}
UNGUARDED = {"sqlite": "DROP TRIGGER paper_no_UPDATE", "postgresql": "ALTER TABLE paper DISABLE TRIGGER USER"}


def test_a_gap_or_another_hash_is_a_breach(
    app: Flask, engine: str, purchase: Purchase, signed_in: SignIn, work: Work
) -> None:
    purchase.arrived(signed_in("bu_ani"))
    work()

    def found_after(*damage: str) -> str:
        with app.app_context(), writing() as session:
            for statement in damage:
                session.execute(text(statement))
        return "\n".join(breaches(app))

    assert "their numbers have gaps" in found_after("UPDATE paper_series SET last = last + 1")
    assert "nobody has counted them" in found_after("DELETE FROM paper_series")
    assert "has another hash for it" in found_after(UNGUARDED[engine], WRITTEN_ANEW[engine])


def test_the_year_is_the_one_in_mojokerto(app: Flask, purchase: Purchase, signed_in: SignIn, work: Work) -> None:
    purchase.arrived(signed_in("bu_ani"))
    with time_machine.travel(datetime(2026, 12, 31, 17, 30, tzinfo=UTC)):
        work()
    assert {paper.name[-11:] for paper in papers_of(app)} == {"2027/000001"}
