"""The photos of products: store() keeps one, jobs make its public sizes, urls() tells where; reviews share this."""

from typing import NoReturn

from flask_babel import gettext as _
from sqlalchemy import Select, delete, select, update

from marketplace import jobs
from marketplace.catalog import picture_files
from marketplace.catalog.models import Photo, Product, Review, ReviewPhoto
from marketplace.catalog.picture_files import NotAPicture
from marketplace.catalog.picture_names import FIRST, KINDS, WHOLE, kinds, name_of, shown, urls
from marketplace.catalog.product_cards import refresh_card
from marketplace.catalog.shown import touch_pages
from marketplace.clock import now
from marketplace.db import db, writing
from marketplace.refusal import GoneAway, Refusal

__all__ = ["delete_photo", "encode", "encode_for_review", "finish", "keep", "kinds", "shown", "store", "urls"]

MOST_PHOTOS = 8


class TooManyPhotos(Refusal):
    """A product shows at most MOST_PHOTOS photos."""


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
    """Job: make what the first page needs and put the photo on the product's card; the rest follows when time is left.

    One that cannot be decoded is broken.
    """
    if _made(Photo, photo_id, FIRST):
        _finish_later("catalog.finish_photo", photo_id)


def finish(photo_id: int) -> None:
    """Job: make every file that the photo lacks, also one that was made before there were as many."""
    _made(Photo, photo_id, WHOLE)


def encode_for_review(photo_id: int) -> None:
    """Job: the same for a photo of a review."""
    if _made(ReviewPhoto, photo_id, FIRST):
        _finish_later("catalog.finish_review_photo", photo_id)


def finish_for_review(photo_id: int) -> None:
    """Job: the same for a photo of a review."""
    _made(ReviewPhoto, photo_id, WHOLE)


def _made(model: type[Photo] | type[ReviewPhoto], id: int, edition: int) -> bool:
    """Make the files of an edition and let the row say so; False when there is nothing to do or to show."""
    lacking = (model.id == id, model.edition < edition, ~model.is_broken)
    with writing() as session:
        begun = update(model).where(*lacking).values(started_at=now()).returning(model.digest, model.edition)
        photo = session.execute(begun).one_or_none()
    if photo is None:
        return False
    there = KINDS[FIRST] if photo.edition == FIRST else ()
    values: dict[str, object] = {"is_broken": True}
    try:
        colour = picture_files.make_public_sizes(photo.digest, [kind for kind in KINDS[edition] if kind not in there])
        values = {"name": name_of(photo.digest, edition, colour), "edition": edition, "ready_at": now()}
    except NotAPicture:
        if photo.edition:
            raise  # it was shown until now, so the fault is ours: try again
    with writing() as session:
        if session.execute(update(model).where(*lacking).values(values).returning(model.id)).all():
            _show(model, id)
    return "name" in values


def _show(model: type[Photo] | type[ReviewPhoto], id: int) -> None:
    """Let the pages know that the picture looks otherwise than before."""
    if model is Photo:
        refresh_card(db.session.scalars(select(Photo.product_id).where(Photo.id == id)).one())
    else:
        touch_pages(db.session.scalars(select(Review.product_id).join(ReviewPhoto).where(ReviewPhoto.id == id)))


def _finish_later(kind: str, photo_id: int) -> None:
    with writing():
        jobs.enqueue(kind, photo_id=photo_id, patient=True)


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
