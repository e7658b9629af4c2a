"""The only place that asks the clock, and how dates and times are written in Mojokerto's zone."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, timedelta, timezone

# Asia/Jakarta has been UTC+7 without summer time since 1964, so a constant says all that a zone file would.
WIB = timezone(timedelta(hours=7), "WIB")

# Babel's tables cost 26 us a date on pages that print dozens; these two languages need no more than this.
MONTHS = {
    "id": (
        *("Januari", "Februari", "Maret", "April", "Mei", "Juni"),
        *("Juli", "Agustus", "September", "Oktober", "November", "Desember"),
    ),
    "en": (
        *("January", "February", "March", "April", "May", "June"),
        *("July", "August", "September", "October", "November", "December"),
    ),
}
WEEKDAYS = {
    "id": ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}
HOUR_MARK = {"id": ".", "en": ":"}
_instead: ContextVar[datetime | None] = ContextVar("instead", default=None)


def now() -> datetime:
    """The present moment, in UTC; inside `at()` the moment that was given there."""
    return _instead.get() or datetime.now(UTC)


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Let what is done in this block happen at another moment: the demo market has a past, a real one never does."""
    before = _instead.set(moment.astimezone(UTC))
    try:
        yield
    finally:
        _instead.reset(before)


def to_wib(at: datetime) -> datetime:
    """The same moment on a clock in Mojokerto; ValueError for a time without a zone, which could be any moment."""
    if at.tzinfo is None:
        raise ValueError(f"{at!r} has no time zone")
    return at.astimezone(WIB)


def format_date(day: date, language: str = "id") -> str:
    """`21 November 2026`; of a moment, the date it is then in Mojokerto."""
    if isinstance(day, datetime):
        day = to_wib(day)
    return f"{day.day} {MONTHS[language][day.month - 1]} {day.year}"


def format_time(at: datetime, language: str = "id") -> str:
    """`08.00 WIB`, in English `08:00 WIB`."""
    local = to_wib(at)
    return f"{clock_face(local.hour * 60 + local.minute, language)} WIB"


def format_datetime(at: datetime, language: str = "id") -> str:
    """`21 November 2026, 08.00 WIB`."""
    return f"{format_date(at, language)}, {format_time(at, language)}"


def clock_face(minutes: int, language: str = "id") -> str:
    """`08.00` of 480 minutes after midnight; 1440 is `24.00`, the end of a day."""
    return f"{minutes // 60:02}{HOUR_MARK[language]}{minutes % 60:02}"
