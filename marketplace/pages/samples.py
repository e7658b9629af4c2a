"""What the page of components shows in place of real goods."""

from collections.abc import Sequence

from marketplace.catalog.cards import Card

SHOP, KELURAHAN = "Onde-onde Mbok Rondo", "Kranggan"


def cards(goods: Sequence[tuple[str, str]]) -> list[Card]:
    """A card in every state: ready, with a range of prices, sold out, made to order, and with a long name.

    `goods` are title and photo of up to four real products, so that a picture shows what its name says.
    """
    unknown = [("Onde-onde isi 10", ""), ("Sepatu pantofel kulit", ""), ("Keciput wijen", ""), ("Kain batik tulis", "")]
    ready, ranged, gone, made = (goods[n] if n < len(goods) else other for n, other in enumerate(unknown))
    return [
        _card(ready, 25_000, 25_000),
        _card(ranged, 185_000, 210_000),
        _card(gone, 18_000, 18_000, in_stock=False),
        _card(made, 350_000, 350_000, lead_days=7),
        _card(("Miniatur perahu layar tujuh tiang untuk ruang tamu dan lobi", ""), 1_250_000, 1_250_000),
    ]


def _card(good: tuple[str, str], lowest: int, highest: int, in_stock: bool = True, lead_days: int = 0) -> Card:
    title, photo = good
    return Card(0, "", title, "", lowest, highest, in_stock, lead_days > 0, lead_days, photo, SHOP, KELURAHAN)
