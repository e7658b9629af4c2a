"""Reads where a shop stands from what people copy out of a map."""

import re
from math import asin, cos, radians, sin, sqrt

from flask_babel import lazy_gettext as _

EARTH_RADIUS_KM = 6371
# "-7.4664, 112.4338" as Google Maps copies it, or inside an address: ...@-7.4664,112.4338,17z, ...?q=-7.4664,112.4338
_PAIR = re.compile(r"(?<![0-9.])(-?[0-9]{1,2}\.[0-9]{3,16})(?:\s*[,;]\s*|\s+|%2C)(-?[0-9]{1,3}\.[0-9]{3,16})", re.I)
# The place itself in a long address of Google Maps; the pair after @ is only the middle of the screen.
_PLACE = re.compile(r"!3d(-?[0-9]{1,2}\.[0-9]{3,16})!4d(-?[0-9]{1,3}\.[0-9]{3,16})")

Pin = tuple[float, float]


class NotAPin(ValueError):
    """The text holds no point on a map; `str()` is a translated sentence that can be shown as it is."""


def parse_pin(text: str) -> Pin:
    """(latitude, longitude) in degrees from `-7.4664, 112.4338` or a long Google Maps address; raises NotAPin.

    A short address (maps.app.goo.gl) holds no coordinates, and asking its server would tell it who sells here.
    """
    found = _PLACE.search(text) or _PAIR.search(text)
    if found is None:
        raise NotAPin(_("Tulis koordinat seperti -7.4664, 112.4338. Tautan pendek peta tidak dapat dibaca."))
    latitude, longitude = float(found[1]), float(found[2])
    if abs(latitude) > 90 or abs(longitude) > 180:
        raise NotAPin(_("Koordinat ini tidak ada di bumi. Tulis lintang dulu, lalu bujur."))
    return latitude, longitude


def show_pin(pin: Pin) -> str:
    """`-7.46640, 112.43380`: five decimals are about a metre."""
    return f"{pin[0]:.5f}, {pin[1]:.5f}"


def distance_km(here: Pin, there: Pin) -> float:
    """Kilometres between two points along the earth's surface (haversine formula)."""
    (lat1, lon1), (lat2, lon2) = ((radians(pin[0]), radians(pin[1])) for pin in (here, there))
    half_chord = sin((lat2 - lat1) / 2) ** 2 + cos(lat1) * cos(lat2) * sin((lon2 - lon1) / 2) ** 2
    return 2 * EARTH_RADIUS_KM * asin(sqrt(half_chord))
