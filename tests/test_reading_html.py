"""The parser of the tests sees what browsers would have to forgive, also in a shape of page that it read before."""

import html5lib
import pytest

from tests.reading_html import faults, read

PAGE = """<!doctype html>
<html lang="id"><head><title>Onde-onde &amp; batik</title><style>p > b {{ color: red }}</style></head>
<body><main id="isi"><h1 class="judul">Onde-onde{heading}</h1><p{attribute}>Rp 12.000 <b>sepuluh</b></p>
<table><tr><td>1</td></tr>{row}</table>{end}</main></body></html>"""
NOTHING = {"heading": "", "attribute": "", "row": "", "end": ""}

BROKEN = [
    {"heading": "</h2>"},
    {"heading": " &copy wijen"},
    {"heading": " &onde;"},
    {"heading": "</p>"},
    {"heading": " \x08"},
    {"heading": " \x00"},
    {"heading": " \ufdd0"},
    {"attribute": ' title="\x1f"'},
    {"attribute": " id=a id=b"},
    {"attribute": ' title="a&copy"'},
    {"attribute": ' title="a"b"'},
    {"row": "<div></div>"},
    {"end": "<section>"},
    {"end": "</section>"},
]


def test_a_valid_page_has_no_faults() -> None:
    assert faults(PAGE.format(**NOTHING)) == []
    assert faults(PAGE.format(**NOTHING | {"heading": " dan keciput", "attribute": ' title="a"'})) == []


@pytest.mark.parametrize("broken", BROKEN, ids=str)
def test_faults_are_those_that_html5lib_finds_in_the_page_itself(broken: dict[str, str]) -> None:
    assert faults(PAGE.format(**NOTHING)) == []
    page = PAGE.format(**NOTHING | broken)
    itself = html5lib.HTMLParser(namespaceHTMLElements=False)
    itself.parse(page)
    assert itself.errors
    assert faults(page) == [error[1] for error in itself.errors]


def test_words_and_values_are_read_as_they_stand() -> None:
    root = read(PAGE.format(**NOTHING | {"heading": " &lt;wijen&gt; é", "attribute": ' title="a &amp; b"'}))
    heading = next(root.iter("h1"))
    assert (heading.text, heading.get("class")) == ("Onde-onde <wijen> é", "judul")
    assert next(root.iter("p")).get("title") == "a & b"
    assert next(root.iter("p")).text == "Rp 12.000 "
