"""The periods in which shops are paid: weeks from Monday to Sunday in WIB."""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from marketplace.clock import WIB, now, to_wib

# Money that moved in the last second of a week is committed by then.
CLOSED_AFTER = timedelta(hours=1)
_KEY = re.compile(r"(20\d\d)-W([0-5]\d)", re.ASCII)


@dataclass(frozen=True)
class Period:
    """One week by the date of its Monday; `key` is what rows and addresses call it: 2026-W47."""

    monday: date

    @property
    def key(self) -> str:
        """`2026-W47`, as in ISO 8601."""
        return f"{self.monday:%G-W%V}"

    @property
    def start(self) -> datetime:
        """Its first moment."""
        return datetime(self.monday.year, self.monday.month, self.monday.day, tzinfo=WIB)

    @property
    def end(self) -> datetime:
        """The first moment after it."""
        return self.start + timedelta(days=7)

    @property
    def sunday(self) -> date:
        """Its last day."""
        return self.monday + timedelta(days=6)

    @property
    def is_closed(self) -> bool:
        """Whether nothing moves in it any more."""
        return now() >= self.end + CLOSED_AFTER

    @property
    def before(self) -> "Period":
        """The week before."""
        return Period(self.monday - timedelta(days=7))

    @property
    def after(self) -> "Period | None":
        """The next one; None when it has not begun."""
        return Period(self.monday + timedelta(days=7)) if self.end <= now() else None


def present() -> Period:
    """The week we live in."""
    today = to_wib(now()).date()
    return Period(today - timedelta(days=today.weekday()))


def last_closed() -> Period:
    """The week that can be paid out."""
    period = present()
    while not period.is_closed:
        period = period.before
    return period


def named(key: str) -> Period | None:
    """The week of this key that has begun; None for any other text."""
    match = _KEY.fullmatch(key)
    try:
        period = Period(date.fromisocalendar(int(match[1]), int(match[2]), 1)) if match else None
    except ValueError:
        return None
    return period if period and period.start <= now() else None
