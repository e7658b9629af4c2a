"""Kampung and where they lie, as statements."""

from sqlalchemy import BindParameter, Select, select

from marketplace.places.models import Kampung, KampungKelurahan, Kecamatan, Kelurahan


def kampung_named(slug: str | BindParameter[str]) -> Select[Kampung]:
    """The kampung of this slug."""
    return select(Kampung).where(Kampung.slug == slug)


def places_of_kampung(kampung_id: int | BindParameter[int]) -> Select[str, str, str]:
    """Rows of (kelurahan, kecamatan, source): where a kampung lies, as far as sources tell."""
    return (
        select(Kelurahan.name.label("kelurahan"), Kecamatan.name.label("kecamatan"), KampungKelurahan.source)
        .join(Kelurahan, Kelurahan.id == KampungKelurahan.kelurahan_id)
        .join(Kecamatan, Kecamatan.id == Kelurahan.kecamatan_id)
        .where(KampungKelurahan.kampung_id == kampung_id)
        .order_by(Kelurahan.code)
    )
