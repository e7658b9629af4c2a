"""The shop's products: list, add, change, show and put away."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from marketplace import once
from marketplace.accounts.access import allow
from marketplace.catalog import products
from marketplace.catalog.desk.blueprint import Answer, bp, cursor, my_product, query
from marketplace.catalog.desk.queries import PAGE, counts_by_state, products_of
from marketplace.catalog.forms.product import ProductForm
from marketplace.catalog.models import ProductState
from marketplace.catalog.shelf import StockRefused
from marketplace.db import db
from marketplace.sellers.current import SELLER, current_shop

# The names of the states in addresses and forms, and what brings a product there.
STATES = {"tampil": ProductState.PUBLISHED, "draf": ProductState.DRAFT, "arsip": ProductState.ARCHIVED}
MOVES = {"tampil": products.publish, "draf": products.unpublish, "arsip": products.archive}


@bp.get("/produk")
@allow(SELLER)
def index() -> str:
    """The shop's products in one state; without a choice, those on show, or the drafts when nothing is on show yet."""
    shop_id = current_shop().id
    counts: dict[str, int] = dict(db.session.execute(counts_by_state(shop_id)).all())
    chosen = request.args.get("keadaan", "")
    if chosen not in STATES:
        chosen = "draf" if counts.get(ProductState.DRAFT) and not counts.get(ProductState.PUBLISHED) else "tampil"
    rows = db.session.execute(products_of(shop_id, STATES[chosen], query(), cursor())).all()
    return render_template(
        "catalog_desk/products.html",
        products=rows[:PAGE],
        counts={name: counts.get(state, 0) for name, state in STATES.items()},
        chosen=chosen,
        q=query(),
        next_url=_page(chosen, rows[PAGE - 1].id) if len(rows) > PAGE else None,
        first_url=_page(chosen, None) if "sesudah" in request.args else None,
    )


@bp.get("/produk/baru")
@bp.post("/produk/baru")
@allow(SELLER)
def add() -> Answer:
    """Describe a new product; then come its photos."""
    form, key = ProductForm(), request.form.get("kunci") or once.new_key()
    if form.asks_for_rows or not form.validate_on_submit():
        return _form_page("catalog_desk/add.html", form, key=key)
    try:
        slug = products.create_product(current_shop().id, form.product(), key=key)
    except once.AlreadyDone as done:
        slug = done.text
    flash(_("Produk disimpan sebagai draf. Tambahkan fotonya, lalu tampilkan."), "success")
    return redirect(url_for("productdesk.photos", slug=slug), 303)


@bp.get("/produk/<slug>/ubah")
@bp.post("/produk/<slug>/ubah")
@allow(SELLER)
def edit(slug: str) -> Answer:
    """Change a product."""
    product = my_product(slug)
    form = ProductForm(product, products.variants_of(product.id))
    if form.asks_for_rows or not form.validate_on_submit():
        return _form_page("catalog_desk/edit.html", form, product=product)
    try:
        products.update_product(current_shop().id, slug, form.product())
    except StockRefused as refusal:
        form.refuse_stock(refusal)
        return _form_page("catalog_desk/edit.html", form, product=my_product(slug))
    flash(_("Berhasil disimpan"), "success")
    return redirect(url_for("productdesk.edit", slug=slug), 303)


@bp.post("/produk/<slug>/keadaan")
@allow(SELLER)
def move(slug: str) -> Response:
    """Show the product to everyone, take it back as a draft, or put it away."""
    to = MOVES.get(request.form.get("keadaan", "")) or abort(422)
    try:
        to(current_shop().id, slug)
        flash(_("Berhasil disimpan"), "success")
    except products.ShopNotVerified as refusal:
        flash(str(refusal), "warning")
    return redirect(url_for("productdesk.edit", slug=slug), 303)


@bp.post("/produk/tampil")
@allow(SELLER)
def publish_drafts() -> Response:
    """Show every draft at once."""
    try:
        count = products.publish_drafts(current_shop().id)
        flash(_("%(count)s produk sekarang tampil.", count=count), "success")
    except products.ShopNotVerified as refusal:
        flash(str(refusal), "warning")
    return redirect(url_for("productdesk.index", keadaan="tampil"), 303)


def _form_page(template: str, form: ProductForm, **context: object) -> tuple[str, int]:
    return render_template(template, form=form, **context), 422 if form.errors else 200


def _page(chosen: str, after: int | None) -> str:
    return url_for("productdesk.index", keadaan=chosen, q=query() or None, sesudah=after)
