"""The photos of a product: upload, choose the cover, delete."""

from contextlib import closing
from datetime import timedelta

from flask import redirect, render_template, request, url_for
from werkzeug.datastructures import FileStorage
from werkzeug.wrappers import Response

from marketplace import clock
from marketplace.accounts.access import allow
from marketplace.catalog import picture_files, pictures
from marketplace.catalog.desk.blueprint import Answer, bp, my_product
from marketplace.catalog.forms.photo import PhotoForm
from marketplace.catalog.models import Photo, Product
from marketplace.catalog.picture_model import Progress
from marketplace.config import settings
from marketplace.refusal import Refusal
from marketplace.sellers.current import SELLER, current_shop

# After that a photo that is not ready is late: the page says so, and looks again by itself no more.
MINUTES_TO_WAIT = 10


@bp.get("/produk/<slug>/foto")
@bp.post("/produk/<slug>/foto")
@allow(SELLER)
def photos(slug: str) -> Answer:
    """Every photo with its buttons, and the form for more; good ones are kept when others are refused."""
    # A photo that is too heavy must reach the form to get its sentence there.
    request.max_content_length = 2 * pictures.MOST_PHOTOS * settings().photo_megabytes * 1024 * 1024
    product, form = my_product(slug), PhotoForm()
    if not form.validate_on_submit():
        return _page(product, form)
    id = product.id
    form.photos.errors = [error for file in form.photos.data if (error := _store(file, id))]
    if form.photos.errors:
        return _page(my_product(slug), form)
    return redirect(url_for("productdesk.photos", slug=slug), 303)


@bp.post("/produk/<slug>/foto/<int:photo_id>/sampul")
@allow(SELLER)
def make_cover(slug: str, photo_id: int) -> Response:
    """Put a photo first."""
    pictures.make_cover(current_shop().id, photo_id)
    return redirect(url_for("productdesk.photos", slug=slug), 303)


@bp.post("/produk/<slug>/foto/<int:photo_id>/hapus")
@allow(SELLER)
def delete_photo(slug: str, photo_id: int) -> Response:
    """Take a photo off the product."""
    pictures.delete_photo(current_shop().id, photo_id)
    return redirect(url_for("productdesk.photos", slug=slug), 303)


def _store(file: FileStorage, product_id: int) -> str | None:
    """None when the photo is kept, else the sentence that says why not."""
    with closing(file):
        try:
            pictures.store(picture_files.read_upload(file.stream), product_id)
        except Refusal as refusal:
            return f"{file.filename}: {refusal}"
    return None


def _page(product: Product, form: PhotoForm) -> tuple[str, int]:
    photos = pictures.photos_of(product.id)
    context = {
        "product": product,
        "form": form,
        "photos": photos,
        "most": pictures.MOST_PHOTOS,
        "megabytes": settings().photo_megabytes,
        "late": [photo.id for photo in photos if _is_unready(photo) and _is_old(photo)],
        "looks_again": any(_is_unready(photo) and not _is_old(photo) for photo in photos),
    }
    return render_template("catalog_desk/photos.html", **context), 422 if form.errors else 200


def _is_unready(photo: Photo) -> bool:
    return photo.progress in {Progress.WAITING, Progress.BEING_MADE}


def _is_old(photo: Photo) -> bool:
    return clock.now() - photo.created_at > timedelta(minutes=MINUTES_TO_WAIT)
