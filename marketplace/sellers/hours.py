"""A shop's opening hours as a plain value: is it open, until when, and when have so many opening minutes passed."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import count, groupby

from flask_babel import gettext as _

from marketplace.clock import WEEKDAYS, clock_face, to_wib

DAY = 24 * 60

# Minutes after midnight in WIB: (480, 1020) is 08.00-17.00. Closing at or before opening means on the next day.
OpenDay = tuple[int, int]


@dataclass(frozen=True)
class Hours:
    """One entry a weekday, Monday first: (opens, closes) in minutes after midnight WIB, or None when closed."""

    days: tuple[OpenDay | None, ...]

    def __post_init__(self) -> None:
        """Refuse what is no week."""
        if len(self.days) != 7:
            raise ValueError(f"a week has 7 days, not {len(self.days)}")
        for opens, closes in filter(None, self.days):
            if not (0 <= opens < DAY and 0 <= closes <= DAY):
                raise ValueError(f"{opens}-{closes} are not minutes of a day")

    @classmethod
    def from_json(cls, week: Sequence[Sequence[int] | None]) -> "Hours":
        """Hours from a stored list of 7 items, each null or [opens, closes]; ValueError when it is no week."""
        return cls(tuple(None if day is None else _open_day(day) for day in week))

    def to_json(self) -> list[list[int] | None]:
        """The list that from_json reads."""
        return [None if day is None else list(day) for day in self.days]

    @property
    def never_open(self) -> bool:
        """Whether no weekday has hours."""
        return not any(self.days)


DEFAULT_HOURS = Hours(((8 * 60, 17 * 60),) * 7)


def is_open(hours: Hours, at_utc: datetime) -> bool:
    """Whether the shop is open at that moment; at the minute of closing it is closed."""
    return any(opens <= at_utc < closes for opens, closes in _periods(hours, at_utc, range(-1, 1)))


def after_opening_minutes(hours: Hours, start_utc: datetime, minutes: int) -> datetime:
    """The moment (UTC) when that many opening minutes have passed since `start_utc`.

    A shop with no open day would never get there, so plain clock minutes count for it. ValueError for negative minutes.
    """
    if minutes < 0:
        raise ValueError(f"{minutes} minutes have passed before the start")
    left = timedelta(minutes=minutes)
    if hours.never_open or not left:
        return start_utc + left
    moment = start_utc
    for opens, closes in _periods(hours, start_utc, count(-1)):
        moment = max(moment, opens)
        if moment + left <= closes:
            return moment + left
        if closes > moment:
            left -= closes - moment
            moment = closes
    raise AssertionError("a shop with an open day opens every week")


def next_change(hours: Hours, at_utc: datetime) -> datetime | None:
    """The next moment (UTC) when the shop opens or closes; None when it is always or never open."""
    moment = at_utc
    for opens, closes in _periods(hours, at_utc, range(-1, 8)):
        if closes <= at_utc:
            continue
        if opens > moment:
            return moment if moment > at_utc else opens
        moment = max(moment, closes)
    return None


def describe(hours: Hours, language: str = "id") -> list[tuple[str, str]]:
    """Rows of (days, times) with equal neighbours joined: ("Senin-Sabtu", "08.00-17.00 WIB"), ("Minggu", "Tutup").

    `language` is the one the page is in: it names the days, gettext the rest.
    """
    names = WEEKDAYS[language]
    rows = []
    for times, group in groupby(range(7), key=lambda weekday: _times(hours.days[weekday], language)):
        first, *rest = (names[weekday] for weekday in group)
        rows.append((f"{first}-{rest[-1]}" if rest else first, times))
    return rows if len(rows) > 1 else [(_("Setiap hari"), rows[0][1])]


def _periods(hours: Hours, around: datetime, days: Iterable[int]) -> Iterator[tuple[datetime, datetime]]:
    """When the shop opens and closes on each of `days`, 0 being the day of `around` in WIB; closed days give nothing.

    Whoever asks about a moment begins at -1: yesterday's late hours may reach into today, and into today's own hours.
    """
    midnight = to_wib(around).replace(hour=0, minute=0, second=0, microsecond=0)
    for number in days:
        date = midnight + timedelta(days=number)
        if (day := hours.days[date.weekday()]) is not None:
            opens = (date + timedelta(minutes=day[0])).astimezone(UTC)
            yield opens, opens + timedelta(minutes=_length(day))


def _length(day: OpenDay) -> int:
    """How many minutes the shop is open from that opening on, at most a whole day."""
    opens, closes = day
    return closes - opens if closes > opens else closes - opens + DAY


def _open_day(day: Sequence[int]) -> OpenDay:
    opens, closes = day
    return opens, closes


def _times(day: OpenDay | None, language: str) -> str:
    if day is None:
        return str(_("Tutup"))
    opens, closes = day
    if _length(day) == DAY:
        return str(_("24 jam"))
    return f"{clock_face(opens, language)}-{clock_face(closes, language)} WIB"
