"""Kampung and where they lie."""

from sqlalchemy import bindparam, select

from marketplace.places.models import Kampung, KampungKelurahan, Kecamatan, Kelurahan
from marketplace.reading import Query

KAMPUNG = Query(select(Kampung.__table__).where(Kampung.slug == bindparam("slug")))
# Rows of (kelurahan, kecamatan, source): where a kampung lies, as far as sources tell.
PLACES_OF_KAMPUNG = Query(
    select(Kelurahan.name.label("kelurahan"), Kecamatan.name.label("kecamatan"), KampungKelurahan.source)
    .join(Kelurahan, Kelurahan.id == KampungKelurahan.kelurahan_id)
    .join(Kecamatan, Kecamatan.id == Kelurahan.kecamatan_id)
    .where(KampungKelurahan.kampung_id == bindparam("kampung_id"))
    .order_by(Kelurahan.code)
)
