"""What lists and search should know of a product, made from its own row, its variants, shelf and shop."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row

from marketplace.catalog.documents import Texts
from marketplace.catalog.models import ProductState
from marketplace.catalog.ranking import is_fresh, quality_of, rank_of
from marketplace.catalog.tags import Facts
from marketplace.sellers.models import ShopState

Choice = tuple[str, str, str]  # size, colour and SKU of an offered variant
AnyRow = Row[*tuple[Any, ...]]


@dataclass(frozen=True)
class Reach:
    """Where a shop's goods are brought: ids of kelurahan, the whole city, outside of it."""

    kelurahan_ids: frozenset[int]
    whole_city: bool
    outside: bool


def columns_of(row: AnyRow, tags: list[str]) -> dict[str, Any]:
    """The product's columns as they should be."""
    quality = quality_of(
        in_stock=row.in_stock,
        has_photo=bool(row.cover),
        description=row.description,
        rating_sum=row.rating_sum,
        rating_count=row.rating_count,
        done=row.shop_orders_done,
        lost=row.shop_orders_lost,
        is_fresh=is_fresh(row.created_at),
    )
    return {
        "is_listed": row.state == ProductState.PUBLISHED and row.shop_state == ShopState.VERIFIED,
        "quality": quality,
        "rank": rank_of(quality, row.shop_id, row.id),
        "top_category_id": row.parent_id or row.category_id,
        "kampung_id": row.shop_kampung_id,
        "kelurahan_id": row.shop_kelurahan_id,
        "tags": " ".join(tags),
    }


def facts_of(row: AnyRow, reach: Reach, choices: list[Choice]) -> Facts:
    """What its tags are made of."""
    return Facts(
        category_id=row.category_id,
        top_category_id=row.parent_id or row.category_id,
        shop_id=row.shop_id,
        kampung_id=row.shop_kampung_id,
        kelurahan_id=row.shop_kelurahan_id,
        price=row.price_min,
        in_stock=row.in_stock,
        made_to_order=row.made_to_order,
        is_halal=bool(row.halal_number),
        has_pirt=bool(row.pirt_number),
        offers_pickup=row.shop_offers_pickup,
        reaches=reach.kelurahan_ids,
        reaches_all=reach.whole_city,
        reaches_outside=reach.outside,
        stars=row.rating_sum / row.rating_count if row.rating_count else 0.0,
        sizes=[size for size, _colour, _sku in choices],
        colours=[colour for _size, colour, _sku in choices],
    )


def texts_of(row: AnyRow, choices: list[Choice]) -> Texts:
    """What its words are made of."""
    return Texts(
        titles=(row.title, row.title_en),
        shop=row.shop_name,
        places=(row.kampung, row.kelurahan, row.category_name, row.category_name_en, row.above, row.above_en),
        descriptions=(row.description, row.description_en),
        skus=tuple(sku for _size, _colour, sku in choices),
    )


def delivers(row: AnyRow, kelurahan_id: int, kecamatan_id: int, kecamatan: Mapping[int, int]) -> bool:
    """Whether the shop's own delivery has a fee for this kelurahan."""
    if kelurahan_id == row.shop_kelurahan_id:
        return row.shop_fee_kelurahan is not None
    if kecamatan_id == kecamatan[row.shop_kelurahan_id]:
        return row.shop_fee_kecamatan is not None
    return row.shop_fee_city is not None
