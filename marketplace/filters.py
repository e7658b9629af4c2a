"""How templates print money, times and settings."""

from datetime import datetime

from flask import Flask

from marketplace import clock
from marketplace.config import Settings
from marketplace.language import language
from marketplace.money import format_rupiah


def init_app(app: Flask, settings: Settings) -> None:
    """Add the filters and the city to Jinja."""
    app.jinja_env.filters.update(
        rupiah=format_rupiah,
        tanggal=lambda at: clock.format_date(at, language()),
        jam=lambda at: clock.format_time(at, language()),
        tanggal_jam=tanggal_jam,
    )
    app.jinja_env.globals.update(city=settings.city, base_url=settings.base_url, demo=settings.demo)
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True


def tanggal_jam(at: datetime) -> str:
    """Date and time of day in the page's language."""
    return clock.format_datetime(at, language())
