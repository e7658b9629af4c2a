"""What goods of Mojokerto cost, rupiah from and to, so far as reports, listings and price lists of the city tell."""

import re
from collections.abc import Iterator

from marketplace.demo.content import Entry

# By kind of drawing: what one piece or pair costs, or so many pieces or grams.
PER_PIECE = {
    "sepatu-pantofel": (150_000, 450_000),
    "sepatu-sneakers": (120_000, 350_000),
    "sepatu-sekolah": (80_000, 180_000),
    "sandal-kulit": (60_000, 200_000),
    "klompen": (75_000, 200_000),
    "kemeja-batik": (150_000, 500_000),
    "ecoprint-kain": (150_000, 400_000),
    "shibori-kain": (75_000, 250_000),
    "miniatur-perahu": (40_000, 1_000_000),
    "perahu-botol": (50_000, 200_000),
    "kuningan-gantungan": (25_000, 300_000),
    "kuningan-asbak": (25_000, 300_000),
    "kuningan-candi": (25_000, 300_000),
    "kuningan-genta": (25_000, 300_000),
    "kuningan-arca": (300_000, 3_000_000),
    "suvenir-candi": (35_000, 500_000),
    "plakat": (35_000, 500_000),
    "tas-kulit": (75_000, 450_000),
    "dompet-kulit": (75_000, 450_000),
    "anyaman-keranjang": (5_000, 75_000),
    "anyaman-tampah": (5_000, 75_000),
    "bordir-mukena": (100_000, 400_000),
    "bordir-taplak": (100_000, 400_000),
    "nasi-kotak": (20_000, 45_000),
    "kotak-kudapan": (8_000, 20_000),
}
PER_TEN = {
    "onde-onde": (25_000, 63_000),
    "onde-onde-cokelat": (25_000, 63_000),
    "onde-onde-ungu": (25_000, 63_000),
    "onde-onde-kuning": (25_000, 63_000),
    "lumpia": (15_000, 35_000),
    "tahu-isi": (15_000, 35_000),
    "telur-asin": (35_000, 60_000),
    "roti-bluder": (50_000, 120_000),
}
PER_250_GRAMS = {
    "keciput": (15_000, 30_000),
    "selada-hidroponik": (8_000, 20_000),
    "pakcoy": (8_000, 20_000),
    "kue-kering": (17_500, 55_000),
}
SMALLER = re.compile(r"\b(Mini|Anak|Selendang|Magnet|Bakiak)\b")  # than what is known
BATIK = {"tulis sutra": (300_000, 2_000_000), "tulis": (125_000, 1_400_000)}


def unlikely(product: Entry) -> Iterator[str]:
    """What of the product's prices lies beyond what is known, each in a line."""
    kind = product["pictures"][0].split()[0]
    title = product["title"]
    if SMALLER.search(title):
        return
    for row in product.get("variants", [product]):
        name = f"{title} {row.get('size', '')}"
        price, known = row["price"], PER_PIECE.get(kind)
        if kind in PER_TEN and (count := re.search(r"isi (\d+)|(\d+) butir", name, re.I)):
            price, known = 10 * price // int(count[1] or count[2]), PER_TEN[kind]
        if kind in PER_250_GRAMS and (grams := re.search(r"(\d+) g\b", name)):
            price, known = 250 * price // int(grams[1]), PER_250_GRAMS[kind]
        if made := re.search("kain batik (tulis sutra|tulis)", name, re.I):
            known = BATIK[made[1].lower()]
        if known and not known[0] <= price <= known[1]:
            yield f"{product['code']}: {price} is not between {known[0]} and {known[1]}"
