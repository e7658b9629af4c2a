"""The shop's shelf: every variant with what is left and what is promised, counted in the list itself."""

from typing import Any

from flask import abort, redirect, render_template, request, url_for
from sqlalchemy import Row

from marketplace.accounts.access import allow
from marketplace.catalog.desk.blueprint import Answer, bp, cursor, query
from marketplace.catalog.desk.queries import PAGE, shelf_products, shelf_rows
from marketplace.catalog.forms.shelf import CountForm
from marketplace.catalog.models import Product, Variant
from marketplace.catalog.shelf import StockRefused, save_count
from marketplace.db import db
from marketplace.htmx import wants_partial
from marketplace.sellers.current import SELLER, current_shop


@bp.get("/stok")
@allow(SELLER)
def shelf() -> str:
    """What lies on the shelf, product by product."""
    return _page()


@bp.post("/stok/<int:variant_id>")
@allow(SELLER)
def count(variant_id: int) -> Answer:
    """The shop counted; the answer is the row alone, or the way back to it."""
    form = CountForm()
    if not form.validate():
        return _refused(variant_id, str(form.jumlah.errors[0]), form.semula.data)
    try:
        save_count(current_shop().id, variant_id, form.jumlah.data or 0, seen=form.semula.data)
    except StockRefused as refusal:
        return _refused(variant_id, str(refusal), refusal.on_hand)
    if wants_partial():
        return render_template("catalog_desk/_stock_row.html", row=_row(variant_id), saved=variant_id, back=_back())
    back = url_for("productdesk.shelf", _anchor=f"stok-{variant_id}", **_back())
    return redirect(back, 303)


def _refused(variant_id: int, sentence: str, seen: int | None) -> tuple[str, int]:
    """The row, or the page around it, with the sentence and what was typed."""
    typed = request.form.get("jumlah", "")[:20]
    error = {"id": variant_id, "sentence": sentence, "typed": typed, "seen": seen}
    row = _row(variant_id)
    if wants_partial():
        return render_template("catalog_desk/_stock_row.html", row=row, error=error, back=_back()), 422
    return _page(error=error), 422


def _page(**context: object) -> str:
    shop_id = current_shop().id
    ids = db.session.scalars(shelf_products(shop_id, query(), cursor())).all()
    rows = db.session.execute(shelf_rows(shop_id).where(Product.id.in_(ids[:PAGE]))).all()
    after = ids[PAGE - 1] if len(ids) > PAGE else None
    return render_template(
        "catalog_desk/stock.html",
        rows=rows,
        q=query(),
        back=_back(),
        next_url=url_for("productdesk.shelf", q=query() or None, sesudah=after) if after else None,
        first_url=url_for("productdesk.shelf", q=query() or None) if "sesudah" in request.args else None,
        **context,
    )


def _row(variant_id: int) -> Row[*tuple[Any, ...]]:
    """The variant's row, read anew; 404 for another shop's."""
    return db.session.execute(shelf_rows(current_shop().id).where(Variant.id == variant_id)).one_or_none() or abort(404)


def _back() -> dict[str, Any]:
    """The part of the list that the row stands in."""
    return {name: value for name in ("q", "sesudah") if (value := request.args.get(name))}
