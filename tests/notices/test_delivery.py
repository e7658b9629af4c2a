"""A text leaves the house by the way that is known and set up, and a failure is tried again."""

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import select

from marketplace.db import db, writing
from marketplace.jobs import Job, enqueue
from marketplace.notices import deliver
from tests.notices.far_sides import gateway, mail_server

TEXT = "Pesanan Anda dikirim.\n\nLacak: http://localhost/lacak/x"


def test_mail_lies_in_a_folder_by_default(app: Flask, mails: Callable[[], list[str]]) -> None:
    with app.app_context():
        deliver(email="siti@contoh.example", phone="6281200000000", subject="Kabar\r\nBcc: jahat", text=TEXT)
    (letter,) = mails()
    assert letter.startswith("To: siti@contoh.example\nSubject: Kabar Bcc: jahat\n")
    assert TEXT in letter


def test_mail_goes_by_smtp_when_set(app: Flask, change_settings: Callable[..., None]) -> None:
    with mail_server() as (port, letters), app.app_context():
        change_settings(mail_url=f"smtp://127.0.0.1:{port}")
        deliver(email="siti@contoh.example", subject="Kabar", text=TEXT)
    assert len(letters) == 1
    assert "To: siti@contoh.example" in letters[0] and "Pesanan Anda dikirim." in letters[0]


def test_a_wrong_setting_says_so(app: Flask, change_settings: Callable[..., None]) -> None:
    change_settings(mail_url="http://contoh.example")
    with app.app_context(), pytest.raises(ValueError, match="MAIL_URL"):
        deliver(email="siti@contoh.example", subject="Kabar", text=TEXT)


def test_whatsapp_goes_through_the_gateway_when_there_is_one(app: Flask, change_settings: Callable[..., None]) -> None:
    with gateway() as (url, received), app.app_context():
        change_settings(whatsapp_gateway_url=url, whatsapp_gateway_token="rahasia")
        deliver(phone="6281200000000", subject="Kabar", text=TEXT)
    assert received == [{"authorization": "Bearer rahasia", "to": "6281200000000", "text": TEXT}]


def test_without_a_gateway_a_phone_hears_nothing(app: Flask, mails: Callable[[], list[str]]) -> None:
    with app.app_context():
        deliver(phone="6281200000000", subject="Kabar", text=TEXT)
    assert mails() == []


def test_a_failing_gateway_is_tried_again(
    app: Flask, change_settings: Callable[..., None], run_jobs: Callable[[], int]
) -> None:
    with gateway(status=503) as (url, received):
        change_settings(whatsapp_gateway_url=url)
        with app.app_context(), writing():
            enqueue("notices.deliver", phone="6281200000000", subject="Kabar", text=TEXT)
        assert run_jobs() == 1
    assert len(received) == 1
    with app.app_context():
        job = db.session.scalars(select(Job)).one()
        assert job.ended_at is None and "503" in job.last_error
