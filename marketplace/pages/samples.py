"""What the page of components shows in place of real goods."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Card:
    """A product as lists show it; `photo` is a picture's name or empty."""

    title: str
    price_min: int
    price_max: int
    photo: str
    in_stock: bool = True
    made_to_order: bool = False
    lead_days: int = 0
    title_en: str = ""
    slug: str = ""
    shop_name: str = "Onde-onde Mbok Rondo"
    kelurahan: str = "Kranggan"

    @property
    def photo_ready(self) -> bool:
        """Whether there is a picture to show."""
        return bool(self.photo)


def cards(goods: Sequence[tuple[str, str]]) -> list[Card]:
    """A card in every state: ready, with a range of prices, sold out, made to order, and with a long name.

    `goods` are title and photo of up to four real products, so that a picture shows what its name says.
    """
    unknown = [("Onde-onde isi 10", ""), ("Sepatu pantofel kulit", ""), ("Keciput wijen", ""), ("Kain batik tulis", "")]
    ready, ranged, gone, made = (goods[n] if n < len(goods) else other for n, other in enumerate(unknown))
    return [
        Card(ready[0], 25_000, 25_000, ready[1]),
        Card(ranged[0], 185_000, 210_000, ranged[1]),
        Card(gone[0], 18_000, 18_000, gone[1], in_stock=False),
        Card(made[0], 350_000, 350_000, made[1], made_to_order=True, lead_days=7),
        Card("Miniatur perahu layar tujuh tiang untuk ruang tamu dan lobi", 1_250_000, 1_250_000, ""),
    ]
