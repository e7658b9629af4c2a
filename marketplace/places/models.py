"""The city's regions and its kampung."""

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from marketplace.db import Row


class Kecamatan(Row):
    """A district; `code` is the ministry's (Kepmendagri), as 35.76.01."""

    code: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]


class Kelurahan(Row):
    """An urban village: the finest place that a shop shows by default."""

    code: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    kecamatan_id: Mapped[int] = mapped_column(ForeignKey("kecamatan.id"))
    postal_code: Mapped[str]
    latitude: Mapped[float]
    longitude: Mapped[float]
    kecamatan: Mapped[Kecamatan] = relationship(init=False, lazy="joined", innerjoin=True)


class Kampung(Row):
    """A neighbourhood known for one craft."""

    slug: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    craft: Mapped[str]
    description: Mapped[str]
    name_en: Mapped[str] = mapped_column(default="")
    description_en: Mapped[str] = mapped_column(default="")
    position: Mapped[int] = mapped_column(default=0)


class KampungKelurahan(Row):
    """Where a kampung lies, as far as a source tells; a kampung without rows is not located yet."""

    __table_args__ = (UniqueConstraint("kampung_id", "kelurahan_id"),)

    kampung_id: Mapped[int] = mapped_column(ForeignKey("kampung.id", ondelete="CASCADE"))
    kelurahan_id: Mapped[int] = mapped_column(ForeignKey("kelurahan.id"))
    source: Mapped[str]
