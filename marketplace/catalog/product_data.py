"""What forms, sheets and the demo city say of a product, and how much of it the market takes."""

from dataclasses import dataclass

LONGEST_TITLE = 200
LONGEST_DESCRIPTION = 5_000
LONGEST_LABEL = 40
HIGHEST_PRICE = 1_000_000_000
LARGEST_STOCK = 1_000_000
HEAVIEST_GRAMS = 500_000
LONGEST_DAYS = 3_650


@dataclass(frozen=True)
class VariantData:
    """One size and colour: rupiah, grams, pieces.

    `id` is the variant that the form showed, None for a new row. `stock` None leaves the shelf as it is; `seen` is
    the count that the form showed, so that a count made meanwhile is not overwritten.
    """

    price: int
    weight_grams: int
    stock: int | None
    size: str = ""
    colour: str = ""
    sku: str = ""
    id: int | None = None
    seen: int | None = None

    @property
    def label(self) -> tuple[str, str]:
        """What tells this variant from the product's others."""
        return self.size, self.colour


@dataclass(frozen=True)
class ProductData:
    """A product with at least one variant, each size and colour once; `lead_days` counts for goods made to order."""

    title: str
    category_id: int
    variants: tuple[VariantData, ...]
    description: str = ""
    title_en: str = ""
    description_en: str = ""
    made_to_order: bool = False
    lead_days: int = 0
    shelf_life_days: int | None = None
    min_order: int = 1
    halal_number: str = ""
    pirt_number: str = ""

    def columns(self) -> dict[str, str | int | bool | None]:
        """The values that stand in the product's own row."""
        return {name: value for name, value in vars(self).items() if name != "variants"}
