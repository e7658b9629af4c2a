"""A page speaks the language of its address, a desk that of its person, and what is sent that of who gets it."""

import pytest
from flask import Flask, g
from flask_babel import get_locale, gettext

from marketplace.language import language, speaking


def told() -> tuple[str, str]:
    """The language as our code sees it, and a text as gettext gives it."""
    return language(), gettext("Keranjang")


ID, EN = ("id", "Keranjang"), ("en", "Cart")


def test_a_page_speaks_the_language_of_its_address(app: Flask) -> None:
    for path, spoken in (("/", ID), ("/en/", EN), ("/en/cari?q=x", EN), ("/english", ID)):
        with app.test_client() as client:
            client.get(path)
            assert told() == spoken, path


def test_it_does_not_ask_babel(app: Flask) -> None:
    with app.test_request_context("/"):
        assert language() == "id" and not hasattr(g, "_flask_babel")


def test_code_and_texts_agree_where_requests_share_a_context(app: Flask) -> None:
    """What is kept by language must never be said in another one."""
    with app.app_context():
        for path in ("/", "/en/", "/"):
            with app.test_request_context(path):
                assert told() in {ID, EN} and told() in {ID, EN}  # twice: Babel has been asked then


def test_in_a_block_another_language_is_spoken(app: Flask) -> None:
    with app.test_request_context("/"):
        with speaking("en"):
            assert told() == EN
            with speaking("id"):
                assert told() == ID
            assert told() == EN
        assert told() == ID
        with pytest.raises(ZeroDivisionError), speaking("en"):
            raise ZeroDivisionError
        assert told() == ID and str(get_locale()) == "id"


def test_jobs_and_commands_speak_indonesian_until_told(app: Flask) -> None:
    with app.app_context():
        assert told() == ID
        with speaking("en"):
            assert told() == EN


def test_a_context_that_begins_inside_speaks_it_too(app: Flask) -> None:
    with speaking("en"), app.app_context():
        assert told() == EN
