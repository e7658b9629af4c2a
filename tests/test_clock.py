"""The clock: UTC inside, Mojokerto's time and two languages outside."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from marketplace.clock import WIB, at, format_date, format_datetime, format_time, now, to_wib

EVENING = datetime(2026, 11, 21, 17, 30, tzinfo=UTC)  # already the 22nd in Mojokerto


def test_now_is_utc_and_moves_on() -> None:
    before = now()
    assert before.tzinfo is UTC
    assert timedelta() <= now() - before < timedelta(minutes=1)


def test_wib_is_seven_hours_ahead_all_year() -> None:
    for month in range(1, 13):
        assert to_wib(datetime(2026, month, 1, tzinfo=UTC)).hour == 7


def test_reads_times_of_any_zone_but_not_of_none() -> None:
    tokyo = EVENING.astimezone(timezone(timedelta(hours=9)))
    assert to_wib(tokyo) == EVENING
    for refuse in (to_wib, format_date, format_time, format_datetime):
        with pytest.raises(ValueError, match="no time zone"):
            refuse(datetime(2026, 11, 21))


@pytest.mark.parametrize(
    ("language", "day", "time"), [("id", "22 November 2026", "00.30 WIB"), ("en", "22 November 2026", "00:30 WIB")]
)
def test_writes_a_moment_as_mojokerto_sees_it(language: str, day: str, time: str) -> None:
    assert format_date(EVENING, language) == day
    assert format_time(EVENING, language) == time
    assert format_datetime(EVENING, language) == f"{day}, {time}"


@pytest.mark.parametrize(
    ("language", "months"),
    [
        ("id", "Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember"),
        ("en", "January February March April May June July August September October November December"),
    ],
)
def test_names_every_month(language: str, months: str) -> None:
    assert [format_date(date(2026, month, 1), language) for month in range(1, 13)] == [
        f"1 {name} 2026" for name in months.split()
    ]


def test_indonesian_is_the_default() -> None:
    assert format_date(date(2026, 8, 17)) == "17 Agustus 2026"
    assert format_time(datetime(2026, 11, 21, 1, 0, tzinfo=UTC)) == "08.00 WIB"


def test_a_block_can_happen_at_another_moment() -> None:
    long_ago = datetime(2026, 1, 2, 3, 4, tzinfo=WIB)
    with at(long_ago):
        assert now() == long_ago
        with at(long_ago + timedelta(days=1)):
            assert now().day == 2
        assert now() == long_ago
    assert now() - datetime.now(UTC) < timedelta(seconds=1)
