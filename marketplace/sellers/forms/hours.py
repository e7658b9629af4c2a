"""When the shop is open, and until when it is closed for a while."""

from datetime import datetime, time, timedelta
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, DateField, Field, FieldList, FormField, TimeField
from wtforms.validators import InputRequired, Optional, ValidationError

from marketplace.clock import WIB, now
from marketplace.forms import DATES, Form
from marketplace.sellers.hours import DAY, DEFAULT_HOURS, Hours, OpenDay

CLOCK = ["%H:%M", "%H.%M", "%H:%M:%S"]
LONGEST_CLOSING = timedelta(days=365)


class DayForm(Form):
    """One weekday; the times of a closed day do not matter. Closing before opening means on the next day."""

    is_open = BooleanField(_l("Buka"))
    opens = TimeField(_l("Jam buka"), [Optional()], format=CLOCK)
    closes = TimeField(_l("Jam tutup"), [Optional()], format=CLOCK)

    def validate_is_open(self, field: Field) -> None:
        """An open day has two different times."""
        if not field.data or self.opens.errors or self.closes.errors:
            return
        if self.opens.data is None or self.closes.data is None:
            raise ValidationError(gettext("Isi jam buka dan jam tutup."))
        if self.opens.data == self.closes.data:
            raise ValidationError(gettext("Jam buka dan jam tutup tidak boleh sama."))

    def open_day(self) -> OpenDay | None:
        """(opens, closes) in minutes after midnight; None when closed. Closing at 00.00 is the end of the day."""
        if not self.is_open.data or self.opens.data is None or self.closes.data is None:
            return None
        return _minutes(self.opens.data), _minutes(self.closes.data) or DAY


class HoursForm(Form):
    """The week, Monday first."""

    days = FieldList(FormField(DayForm), min_entries=7, max_entries=7)

    @classmethod
    def of(cls, hours: Hours) -> "HoursForm":
        """The form as the hours stand, or as it was sent."""
        return cls(data={"days": [_day_data(hours.days[n], DEFAULT_HOURS.days[n]) for n in range(7)]})

    def validate_days(self, field: Field) -> None:
        """A shop that never opens would never have to answer an order."""
        if not any(day.form.is_open.data for day in self.days):
            raise ValidationError(gettext("Pilih sedikitnya satu hari buka. Untuk libur, tutup toko sementara."))

    def hours(self) -> Hours:
        """What a valid form says."""
        return Hours(tuple(day.form.open_day() for day in self.days))


class ClosingForm(Form):
    """Until when no orders are taken, by the clock in Mojokerto."""

    day = DateField(
        _l("Buka lagi tanggal"),
        [InputRequired(_l("Tanggal wajib diisi."))],
        format=DATES,
    )
    hour = TimeField(
        _l("Mulai jam"),
        [InputRequired(_l("Jam wajib diisi."))],
        format=CLOCK,
        default=time(8),
    )

    def validate_hour(self, field: Field) -> None:
        """The moment lies ahead, within a year."""
        if self.day.data is None or field.data is None:
            return
        if self.until() <= now():
            raise ValidationError(gettext("Pilih waktu yang belum lewat."))
        if self.until() > now() + LONGEST_CLOSING:
            raise ValidationError(gettext("Toko dapat tutup sementara paling lama satu tahun."))

    def until(self) -> datetime:
        """What a valid form says."""
        assert self.day.data and self.hour.data
        return datetime.combine(self.day.data, self.hour.data, WIB)


def _minutes(at: time) -> int:
    return at.hour * 60 + at.minute


def _time(minutes: int) -> time:
    return time(minutes % DAY // 60, minutes % 60)


def _day_data(day: OpenDay | None, usual: OpenDay | None) -> dict[str, Any]:
    """A closed day offers the usual times, so that opening it takes one tap."""
    opens, closes = day or usual or (0, 0)
    return {"is_open": day is not None, "opens": _time(opens), "closes": _time(closes)}
