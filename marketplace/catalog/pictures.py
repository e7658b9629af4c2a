"""The photos of products: store() keeps one, a job makes its public sizes, urls() tells where; reviews share this."""

from typing import NoReturn

from flask_babel import gettext as _
from sqlalchemy import Select, delete, select, update

from marketplace import jobs
from marketplace.catalog import picture_files
from marketplace.catalog.models import Photo, Product, Review, ReviewPhoto
from marketplace.catalog.picture_files import SIZES, NotAPicture
from marketplace.catalog.product_cards import refresh_card
from marketplace.catalog.shown import touch_pages
from marketplace.clock import now
from marketplace.db import db, writing
from marketplace.refusal import GoneAway, Refusal

MOST_PHOTOS = 8


class TooManyPhotos(Refusal):
    """A product shows at most MOST_PHOTOS photos."""


def urls(digest: str, kind: str) -> dict[int, str]:
    """The addresses of a photo by its longest side in pixels; `kind` is webp or jpg. The same in every language."""
    return {size: f"/foto/{digest}-{size}.{kind}" for size in SIZES}


def photos_of(product_id: int) -> list[Photo]:
    """Every photo of the product, the cover first, those that are not ready or broken too."""
    photos = select(Photo).where(Photo.product_id == product_id).order_by(Photo.position, Photo.id)
    return list(db.session.scalars(photos))


def store(data: bytes, product_id: int) -> str:
    """Keep a photo of the product and return its digest; the same photo twice is there once.

    Raises NotAPicture, PictureTooLarge, TooManyPhotos.
    """
    digest = keep(data)
    with writing() as session:
        session.execute(select(Product.id).where(Product.id == product_id).with_for_update())
        there = photos_of(product_id)
        if any(photo.digest == digest for photo in there):
            return digest
        if len(there) >= MOST_PHOTOS:
            raise TooManyPhotos(_("Paling banyak %(most)s foto untuk satu produk.", most=MOST_PHOTOS))
        position = there[-1].position + 1 if there else 0
        photo = Photo(product_id=product_id, digest=digest, created_at=now(), position=position)
        session.add(photo)
        session.flush()
        jobs.enqueue("catalog.encode_photo", photo_id=photo.id)
    return digest


def keep(data: bytes) -> str:
    """Keep a picture that no row names yet and return its digest; raises NotAPicture, PictureTooLarge."""
    picture_files.check(data)
    return picture_files.keep_original(data)


def encode(photo_id: int) -> None:
    """Job: make the public sizes of a photo and put it on the product's card; one that cannot be decoded is broken."""
    result = _public_sizes(Photo, photo_id)
    if result is None:
        return
    with writing() as session:
        made = update(Photo).where(Photo.id == photo_id).values(result).returning(Photo.product_id)
        for product_id in session.scalars(made).all():
            refresh_card(product_id)


def encode_for_review(photo_id: int) -> None:
    """Job: the same for a photo of a review."""
    result = _public_sizes(ReviewPhoto, photo_id)
    if result is None:
        return
    with writing() as session:
        session.execute(update(ReviewPhoto).where(ReviewPhoto.id == photo_id).values(result))
        of_product = select(Review.product_id).join(ReviewPhoto).where(ReviewPhoto.id == photo_id)
        touch_pages(session.scalars(of_product))


def _public_sizes(model: type[Photo] | type[ReviewPhoto], id: int) -> dict[str, object] | None:
    """Make the files, and tell what their row has to say of them; None for a job that comes twice."""
    digest = db.session.scalar(select(model.digest).where(model.id == id, model.ready_at.is_(None)))
    db.session.rollback()
    if digest is None:
        return None
    try:
        picture_files.make_public_sizes(digest)
    except NotAPicture:
        return {"is_broken": True}
    return {"ready_at": now(), "is_broken": False}


def delete_photo(shop_id: int, photo_id: int) -> None:
    """Take a photo off its product; a photo that is gone already stays gone."""
    with writing() as session:
        product_id = session.scalar(_product_of_photo(shop_id, photo_id))
        if product_id is not None:
            session.execute(delete(Photo).where(Photo.id == photo_id))
            refresh_card(product_id)


def make_cover(shop_id: int, photo_id: int) -> None:
    """Put a photo first; raises GoneAway when it is not there."""
    with writing() as session:
        product_id = session.scalar(_product_of_photo(shop_id, photo_id)) or _gone()
        first = photos_of(product_id)[0].position
        session.execute(update(Photo).where(Photo.id == photo_id).values(position=first - 1))
        refresh_card(product_id)


def _product_of_photo(shop_id: int, photo_id: int) -> Select[int]:
    mine = select(Photo.product_id).join(Product, Product.id == Photo.product_id)
    return mine.where(Photo.id == photo_id, Product.shop_id == shop_id).with_for_update(of=Product)


def _gone() -> NoReturn:
    raise GoneAway(_("Foto ini tidak ditemukan."))
