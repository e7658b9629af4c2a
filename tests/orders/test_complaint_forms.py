"""What cannot be taken of a complaint, an answer or a decision is told beside what was typed."""

import pytest
from flask import Flask

from marketplace.orders.models import State
from tests.browser import Browser
from tests.factories import Market
from tests.orders.complaints import SIDE, STORY, VERDICT, complain, complaint, decide, delivered
from tests.payments.money import picture
from tests.payments.shopping import Purchase


@pytest.fixture
def purchase(app: Flask, client: Browser, market: Market, ani: Browser) -> Purchase:
    """It can be complained of."""
    return delivered(app, client, market, ani)


WRONG: list[tuple[dict[str, object], str]] = [
    ({"sebab": "apa saja"}, "Pilihan ini tidak tersedia"),
    ({"sebab": None}, "Pilihan ini tidak tersedia"),
    ({"cerita": "Rusak"}, "Tulis dengan 10 sampai 1000 huruf"),
    ({"cerita": "x" * 1001}, "Tulis dengan 10 sampai 1000 huruf"),
    ({"foto": [(picture(), "x.jpg")] * 4}, "Paling banyak 3 foto"),
    ({"foto": [(__file__.encode(), "x.jpg")]}, "x.jpg"),
]


@pytest.mark.parametrize("number", range(len(WRONG)))
def test_what_is_wrong_is_told_and_the_words_stay(app: Flask, purchase: Purchase, number: int) -> None:
    from io import BytesIO

    fields, sentence = WRONG[number]
    files = fields.get("foto")
    if isinstance(files, list):
        fresh = [(BytesIO(file if isinstance(file, bytes) else picture().getvalue()), name) for file, name in files]
        fields = {**fields, "foto": fresh}
    page = complain(purchase, **fields)
    assert page.status == 422 and sentence in page.text
    assert str(fields.get("cerita", STORY)) in page.html
    assert purchase.order.state == State.DELIVERED


def test_the_office_cannot_give_more_than_there_is(app: Flask, purchase: Purchase, rina: Browser) -> None:
    complain(purchase)
    page = decide(purchase, rina, tambahan="9jt")
    assert page.status == 422 and "yang masih bisa dikembalikan" in page.text and VERDICT in page.html
    assert decide(purchase, rina, "entahlah").status == 422
    assert decide(purchase, rina, keputusan="").status == 422
    assert complaint(app).decided_at is None and purchase.order.state == State.DISPUTED


def test_an_answer_after_the_decision_comes_too_late(
    app: Flask, purchase: Purchase, ani: Browser, rina: Browser
) -> None:
    complain(purchase)
    path = f"/jualan/pesanan/{purchase.number}/komplain"
    assert ani.submit(ani.get(path), path, jawaban="pendek").status == 422
    page = ani.get(path)
    decide(purchase, rina)
    assert ani.submit(page, path, jawaban=SIDE).status == 409
    assert complaint(app).answer == ""
