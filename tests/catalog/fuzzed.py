"""Lists that nobody would ask for: torn words, filters against each other, cursors of one's own making."""

import random
import re
from collections.abc import Iterator
from html import unescape
from urllib.parse import quote, urlencode

from flask import Flask
from flask.testing import FlaskClient

from marketplace.catalog.directory import directory
from marketplace.catalog.lexicon import noise_words, synonyms
from marketplace.catalog.narrowing import COLOURS, FLAGS, SIZES, STARS, Sort

SIGNS = "'\"%_*:&|!()<>-+^~\\/\x00\u202e👟½ﬁİß日本न٣ \t\n"
FIELDS = ("w_onde", "ka_1", "AND", "OR", "NOT", "NEAR", "xyzzy", "39", "250gr", "9" * 50, "isi10", "onde2", "a")
PRICES = ("0", "5", "15rb", "20.000", "99999999999999999999", "-1", "Rp 35.000,-", "abc", "")
CURSORS = ("0", "24.1", "24.99999", "9223372036854775807.1", "1.2.3", "x", "٣", "-5", "255086697644033.739942")
AS_HTMX = {"HX-Request": "true", "HX-Target": "goods", "Sec-Fetch-Site": "same-origin", "Sec-Fetch-Mode": "cors"}
_CARD = re.compile(r'href="(?:/en)?/produk/([^"#?]+)"')
_NEXT = re.compile(r'href="([^"]*sesudah=[^"]*)" rel="next"')


def words_in(dice: random.Random) -> str:
    """A few words of ours, torn, joined and sprinkled with signs."""
    known = [" ".join(term) for term in synonyms()] + sorted(noise_words())
    kinds = (known, FIELDS, SIGNS)
    parts = [dice.choice(dice.choice(kinds)) for _ in range(dice.randint(0, 14))]
    text = dice.choice((" ", "", "-")).join(parts)
    for _ in range(dice.randint(0, 4)):
        at = dice.randint(0, len(text))
        text = text[:at] + dice.choice((dice.choice(SIGNS), "", text[:at][::-1][:3])) + text[at + dice.randint(0, 2) :]
    return text


def addresses(dice: random.Random, shops: list[str]) -> Iterator[str]:
    """Addresses of lists without end; call inside an app's context. `shops` are slugs."""
    places = directory()
    pages = ["/cari", *(f"/kategori/{slug}" for slug in places.categories), *(f"/toko/{slug}" for slug in shops)]
    pages += [f"/kampung/{slug}" for slug in places.kampung]
    values = {
        "kategori": [*places.categories, "tidak-ada"],
        "kampung": [*places.kampung],
        "kelurahan": [*places.kelurahan],
        "toko": [*shops, "tidak-ada", "'"],
        **dict.fromkeys(FLAGS, ("1", "0")),
        "harga_min": PRICES,
        "harga_maks": PRICES,
        "antar": [*places.kelurahan],
        "ukuran": SIZES,
        "warna": COLOURS,
        "rating": STARS,
        "dekat": [*places.kelurahan, "mars"],
        "urut": [sort.value for sort in Sort] + ["acak"],
        "sesudah": CURSORS,
        "persis": ["1", "ya"],
    }
    while True:
        path = dice.choice(("", "/en")) + (dice.choice(pages) if dice.random() < 0.4 else "/cari")
        asked = [(name, dice.choice(values[name])) for name in dice.choices(list(values), k=dice.randint(0, 5))]
        if dice.random() < 0.6:
            asked.append(("q", words_in(dice) if dice.random() < 0.6 else dice.choice(("batik", "kue", "sepatu 39"))))
        yield f"{path}?{urlencode(asked, quote_via=quote)}"


def breaches(app: Flask, dice: random.Random, shops: list[str], times: int) -> list[str]:
    """Lists that are answered by an error, or otherwise to htmx than to a browser without script; pages count, too."""
    wrong, asked = [], 0
    with app.app_context():
        paths = addresses(dice, shops)
        client = app.test_client()
        while asked < times:
            path = next(paths)
            for _page in range(3):
                asked += 1
                plain, scripted = _answers(client, path)
                if plain[0] >= 500 or plain != scripted:
                    wrong.append(f"{path}: {plain[:2]} and {scripted[:2]}")
                if not (path := plain[2]):
                    break
    return wrong


def _answers(client: FlaskClient, path: str) -> list[tuple[int, list[str], str]]:
    """Status, slugs of the goods in their order and the way on; as a browser asks, and as htmx does."""
    found = []
    for headers in ({}, AS_HTMX):
        answer = client.get(path, headers=headers)
        html = answer.get_data(as_text=True)
        after = _NEXT.search(html)
        found.append(
            (answer.status_code, list(dict.fromkeys(_CARD.findall(html))), unescape(after[1]) if after else "")
        )
    return found
