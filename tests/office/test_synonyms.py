"""The office teaches search a word."""

from collections.abc import Callable

from flask import Flask
from sqlalchemy import select

from marketplace.audit import AuditRow
from marketplace.catalog.search import find
from marketplace.db import db
from tests.browser import Browser
from tests.factories import Market

PAGE = "/kantor/sinonim"


def test_a_taught_word_finds_and_a_forgotten_one_does_not(
    app: Flask, market: Market, signed_in: Callable[[str], Browser]
) -> None:
    rina = signed_in("bu_rina")
    assert "Belum ada kata" in rina.get(PAGE).text
    page = rina.post(PAGE, {"term": "Bulatan Wijen", "means": "onde-onde, Keciput"}, follow=True)
    assert "bulatan wijen" in page.text and "onde, keciput" in page.text
    with app.app_context():
        assert [one.id for one in find("bulatan wijen").candidates] == [market.products["onde"]]
    again = rina.post(PAGE, {"term": "bulatan wijen", "means": "sepatu"})
    assert again.status == 422 and "sudah ada di daftar" in again.text
    rina.post(f"{PAGE}/1/hapus")
    with app.app_context():
        assert find("bulatan").candidates == []
        verbs = db.session.execute(select(AuditRow.verb, AuditRow.actor_id).where(AuditRow.kind == "synonym")).all()
        assert [tuple(row) for row in verbs] == [(verb, market.people["bu_rina"]) for verb in ("add", "remove")]


def test_a_term_is_short_and_means_something_else(signed_in: Callable[[str], Browser]) -> None:
    rina = signed_in("bu_rina")
    for term, means in (("satu dua tiga empat", "onde"), ("onde", "onde-onde"), ("!!", "onde"), ("onde", "?")):
        assert rina.post(PAGE, {"term": term, "means": means}).status == 422
