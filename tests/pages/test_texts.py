"""The pages of text say what holds, with the numbers of the settings."""

from collections.abc import Callable

import pytest

from marketplace.accounts.terms import TERMS_VERSION
from marketplace.orders.reviewing import DAYS_TO_CHANGE
from tests.browser import Browser


@pytest.mark.parametrize("path", ["/tentang", "/bantuan", "/syarat", "/privasi"])
def test_each_names_the_complaint_contact(client: Browser, path: str) -> None:
    page = client.get(path)
    assert page.status == 200
    complaints = page.by_id("pengaduan")
    assert complaints is not None
    assert next(complaints.iter("a")).get("href") == "mailto:pengaduan@pasar.example"


@pytest.mark.parametrize("path", ["/syarat", "/privasi"])
def test_what_people_agree_to_names_its_version(client: Browser, path: str) -> None:
    assert f"Versi {TERMS_VERSION}" in client.get(path).text


def test_deadlines_are_those_of_the_settings(client: Browser, change_settings: Callable[..., None]) -> None:
    assert "2 jam" in client.get("/bantuan").text
    change_settings(accept_minutes=90, complete_working_days=4)
    assert "90 menit" in client.get("/bantuan").text
    terms = client.get("/syarat").text
    assert "90 menit" in terms
    assert "12 jam" in terms
    assert "4 hari kerja" in terms


def test_privacy_says_what_is_kept_of_reviews(client: Browser) -> None:
    kept = client.get("/privasi").text
    assert "bintang, kata-kata, foto, dan nama seperti “Siti A.” tampil untuk semua orang" in kept
    assert f"ubah selama {DAYS_TO_CHANGE} hari" in kept
    assert "reviews" in client.get("/en/privasi").text.lower()


def test_the_sample_number_is_explained_and_not_indexed(client: Browser) -> None:
    page = client.get("/nomor-contoh")
    assert "karangan" in page.text
    assert page.all("meta", name="robots")[0].get("content") == "noindex"
