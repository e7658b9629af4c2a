"""Opening hours: open or closed, the next change, and time that counts only while the shop is open."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace.clock import WEEKDAYS, WIB
from marketplace.sellers.hours import (
    DEFAULT_HOURS,
    Hours,
    OpenDay,
    after_opening_minutes,
    describe,
    is_open,
    next_change,
)

CLOSED = Hours((None,) * 7)
ALWAYS = Hours(((0, 1440),) * 7)
NIGHTS = Hours(((20 * 60, 4 * 60),) * 7)
SUNDAY_OFF = Hours(((480, 1020),) * 6 + (None,))
FRIDAY_NIGHT = Hours((None,) * 4 + ((22 * 60, 2 * 60),) + (None,) * 2)
HALF_HOUR = timedelta(minutes=30)

DAYS = st.none() | st.tuples(st.integers(0, 1439), st.integers(0, 1440))
WEEKS = st.builds(Hours, st.tuples(*[DAYS] * 7))
HALF_HOUR_DAYS = st.none() | st.tuples(
    st.integers(0, 47).map(lambda n: n * 30), st.integers(0, 48).map(lambda n: n * 30)
)
HALF_HOUR_WEEKS = st.builds(Hours, st.tuples(*[HALF_HOUR_DAYS] * 7))
MOMENTS = st.datetimes(datetime(2026, 1, 1), datetime(2027, 1, 1), timezones=st.just(UTC))


def wib(day: int, clock: str) -> datetime:
    """A moment of November 2026 by the clock in Mojokerto; the 23rd is a Monday."""
    return datetime.strptime(f"2026-11-{day} {clock}", "%Y-%m-%d %H.%M").replace(tzinfo=WIB).astimezone(UTC)


@pytest.mark.parametrize(
    ("hours", "at", "opened"),
    [
        (DEFAULT_HOURS, wib(23, "07.59"), False),
        (DEFAULT_HOURS, wib(23, "08.00"), True),
        (DEFAULT_HOURS, wib(23, "16.59"), True),
        (DEFAULT_HOURS, wib(23, "17.00"), False),
        (SUNDAY_OFF, wib(22, "10.00"), False),
        (NIGHTS, wib(23, "19.59"), False),
        (NIGHTS, wib(23, "23.00"), True),
        (NIGHTS, wib(24, "03.59"), True),
        (NIGHTS, wib(24, "04.00"), False),
        (FRIDAY_NIGHT, wib(28, "01.30"), True),
        (FRIDAY_NIGHT, wib(27, "01.30"), False),
        (ALWAYS, wib(23, "00.00"), True),
        (CLOSED, wib(23, "10.00"), False),
    ],
)
def test_is_open_by_the_clock_in_mojokerto(hours: Hours, at: datetime, opened: bool) -> None:
    assert is_open(hours, at) is opened


@pytest.mark.parametrize(
    ("hours", "start", "minutes", "end"),
    [
        (DEFAULT_HOURS, wib(23, "09.00"), 120, wib(23, "11.00")),
        (DEFAULT_HOURS, wib(23, "15.00"), 120, wib(23, "17.00")),
        (DEFAULT_HOURS, wib(23, "16.00"), 120, wib(24, "09.00")),
        (DEFAULT_HOURS, wib(23, "05.00"), 120, wib(23, "10.00")),
        (DEFAULT_HOURS, wib(23, "20.00"), 120, wib(24, "10.00")),
        (DEFAULT_HOURS, wib(23, "09.00"), 720, wib(24, "12.00")),
        (SUNDAY_OFF, wib(21, "16.30"), 120, wib(23, "09.30")),
        (NIGHTS, wib(23, "03.00"), 120, wib(23, "21.00")),
        (FRIDAY_NIGHT, wib(28, "01.00"), 61, wib(28, "01.00") + timedelta(days=6, hours=21, minutes=1)),
        (ALWAYS, wib(23, "23.00"), 3 * 1440, wib(26, "23.00")),
        (CLOSED, wib(23, "09.00"), 120, wib(23, "11.00")),
        (DEFAULT_HOURS, wib(23, "20.00"), 0, wib(23, "20.00")),
    ],
)
def test_counts_opening_minutes_only(hours: Hours, start: datetime, minutes: int, end: datetime) -> None:
    assert after_opening_minutes(hours, start, minutes) == end


def test_keeps_the_seconds_and_answers_in_utc() -> None:
    start = wib(23, "09.00") + timedelta(seconds=7, microseconds=5)
    end = after_opening_minutes(DEFAULT_HOURS, start, 60)
    assert end == start + timedelta(hours=1)
    assert end.tzinfo is UTC


def test_does_not_count_back() -> None:
    with pytest.raises(ValueError):
        after_opening_minutes(DEFAULT_HOURS, wib(23, "09.00"), -1)


def test_a_minute_a_week_comes_to_an_end() -> None:
    hours = Hours(((480, 481),) + (None,) * 6)
    assert after_opening_minutes(hours, wib(23, "08.00"), 720) == wib(23, "08.01") + timedelta(weeks=719)


@pytest.mark.parametrize(
    ("hours", "at", "change"),
    [
        (DEFAULT_HOURS, wib(23, "07.00"), wib(23, "08.00")),
        (DEFAULT_HOURS, wib(23, "08.00"), wib(23, "17.00")),
        (DEFAULT_HOURS, wib(23, "17.00"), wib(24, "08.00")),
        (SUNDAY_OFF, wib(21, "18.00"), wib(23, "08.00")),
        (NIGHTS, wib(24, "01.00"), wib(24, "04.00")),
        (FRIDAY_NIGHT, wib(21, "02.00"), wib(27, "22.00")),
        (Hours(((480, 1440), (0, 600)) + (None,) * 5), wib(23, "12.00"), wib(24, "10.00")),
        (ALWAYS, wib(23, "12.00"), None),
        (Hours(((480, 480),) * 7), wib(23, "12.00"), None),
        (CLOSED, wib(23, "12.00"), None),
    ],
)
def test_knows_the_next_change(hours: Hours, at: datetime, change: datetime | None) -> None:
    assert next_change(hours, at) == change


@given(WEEKS, MOMENTS)
def test_nothing_changes_before_the_next_change(hours: Hours, at: datetime) -> None:
    change = next_change(hours, at)
    before = is_open(hours, at)
    if change is None:
        assert all(is_open(hours, at + timedelta(hours=n)) is before for n in range(7 * 24))
    else:
        assert at < change <= at + timedelta(days=7)
        assert is_open(hours, change) is not before
        assert all(is_open(hours, at + (change - at) * n / 50) is before for n in range(50))


@given(HALF_HOUR_WEEKS, MOMENTS, st.integers(1, 20))
def test_as_much_opening_time_passes_as_was_asked_for(hours: Hours, start: datetime, halves: int) -> None:
    start = start.replace(minute=0, second=0, microsecond=0)
    end = after_opening_minutes(hours, start, halves * 30)
    passed = [is_open(hours, start + n * HALF_HOUR) or hours.never_open for n in range((end - start) // HALF_HOUR)]
    assert sum(passed) == halves
    assert passed[-1]


@given(WEEKS)
def test_survives_being_stored(hours: Hours) -> None:
    assert Hours.from_json(hours.to_json()) == hours


def test_is_stored_as_a_list_of_seven() -> None:
    assert SUNDAY_OFF.to_json() == [[480, 1020]] * 6 + [None]


@pytest.mark.parametrize(
    "week",
    [
        [],
        [None] * 6,
        [None] * 8,
        [[480]] * 7,
        [[480, 1020, 1]] * 7,
        [[-1, 1020]] * 7,
        [[1440, 60]] * 7,
        [[480, 1441]] * 7,
    ],
)
def test_refuses_what_is_no_week(week: list[list[int] | None]) -> None:
    with pytest.raises(ValueError):
        Hours.from_json(week)


@pytest.mark.parametrize(
    ("hours", "rows"),
    [
        (DEFAULT_HOURS, [("Setiap hari", "08.00-17.00 WIB")]),
        (SUNDAY_OFF, [("Senin-Sabtu", "08.00-17.00 WIB"), ("Minggu", "Tutup")]),
        (CLOSED, [("Setiap hari", "Tutup")]),
        (ALWAYS, [("Setiap hari", "24 jam")]),
        (NIGHTS, [("Setiap hari", "20.00-04.00 WIB")]),
        (FRIDAY_NIGHT, [("Senin-Kamis", "Tutup"), ("Jumat", "22.00-02.00 WIB"), ("Sabtu-Minggu", "Tutup")]),
        (Hours(((480, 1440),) + (None,) * 6), [("Senin", "08.00-24.00 WIB"), ("Selasa-Minggu", "Tutup")]),
    ],
)
def test_describes_the_week_in_few_rows(hours: Hours, rows: list[tuple[str, str]]) -> None:
    assert describe(hours) == rows


def test_names_the_days_in_english() -> None:
    assert describe(SUNDAY_OFF, "en")[0] == ("Monday-Saturday", "08:00-17:00 WIB")


@given(WEEKS)
def test_every_day_is_described_once(hours: Hours) -> None:
    named: list[str] = []
    for days, _ in describe(hours):
        first, _, last = ("Senin-Minggu" if days == "Setiap hari" else days).partition("-")
        named += WEEKDAYS["id"][WEEKDAYS["id"].index(first) : WEEKDAYS["id"].index(last or first) + 1]
    assert named == list(WEEKDAYS["id"])


def test_overlapping_days_count_once() -> None:
    late: OpenDay = (20 * 60, 10 * 60)
    hours = Hours((late, (8 * 60, 12 * 60)) + (None,) * 5)
    assert after_opening_minutes(hours, wib(24, "09.00"), 120) == wib(24, "11.00")
    assert next_change(hours, wib(24, "09.00")) == wib(24, "12.00")
