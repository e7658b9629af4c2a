"""Points on the map: what people paste, and how far two of them are apart."""

import pytest

from marketplace.sellers.pin import NotAPin, distance_km, parse_pin, show_pin


@pytest.mark.parametrize(
    ("text", "pin"),
    [
        ("-7.4664, 112.4338", (-7.4664, 112.4338)),
        (" -7.466400,112.433800 ", (-7.4664, 112.4338)),
        ("-7.4664 112.4338", (-7.4664, 112.4338)),
        ("https://www.google.com/maps/@-7.4664,112.4338,17z", (-7.4664, 112.4338)),
        ("https://maps.google.com/?q=-7.4664%2C112.4338", (-7.4664, 112.4338)),
        ("https://www.google.com/maps/place/X/@-7.5000,112.5000,17z/data=!3d-7.4664!4d112.4338", (-7.4664, 112.4338)),
    ],
)
def test_reads_what_a_map_gives(text: str, pin: tuple[float, float]) -> None:
    assert parse_pin(text) == pin


@pytest.mark.parametrize(
    "text",
    ["https://maps.app.goo.gl/abc", "Jl. Empunala 43", "-7,4664 112,4338", "112.4338, -7.4664", "-95.000, 10.000"],
)
def test_refuses_what_is_no_point(text: str) -> None:
    with pytest.raises(NotAPin):
        parse_pin(text)


def test_shows_a_point_the_way_it_is_read() -> None:
    assert parse_pin(show_pin((-7.4664, 112.4338))) == (-7.4664, 112.4338)


def test_a_degree_of_latitude_is_111_km() -> None:
    assert distance_km((-7.0, 112.0), (-8.0, 112.0)) == pytest.approx(111.2, abs=0.1)
    assert distance_km((-7.4664, 112.4338), (-7.4664, 112.4338)) == 0
