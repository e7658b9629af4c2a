"""The shop's own page of itself, its profile and its address."""

from flask import render_template
from flask_login import current_user

from marketplace.accounts.access import allow
from marketplace.db import db
from marketplace.language import language
from marketplace.sellers import hours, shops
from marketplace.sellers.current import SELLER, current_shop
from marketplace.sellers.delivery import delivery_choices
from marketplace.sellers.forms.location import LocationForm
from marketplace.sellers.forms.profile import ProfileForm
from marketplace.sellers.queries import courier_rates
from marketplace.sellers.views.blueprint import Answer, bp, page, saved


@bp.get("/jualan/toko")
@allow(SELLER)
def shop() -> str:
    """Everything the shop has said about itself, each part with a way to change it."""
    mine = current_shop()
    choices = delivery_choices(mine, db.session.scalars(courier_rates(mine.id)))
    week = hours.describe(mine.hours, language())
    return render_template("sellers/shop.html", shop=mine, choices=choices, week=week)


@bp.get("/jualan/toko/profil")
@bp.post("/jualan/toko/profil")
@allow(SELLER)
def profile() -> Answer:
    """Name, WhatsApp, kelurahan, kampung, words."""
    mine = current_shop()
    form = ProfileForm(obj=mine)
    if not form.validate_on_submit():
        return page("sellers/profile.html", form)
    shops.change_profile(mine.id, current_user.id, form.profile())
    return saved()


@bp.get("/jualan/toko/alamat")
@bp.post("/jualan/toko/alamat")
@allow(SELLER)
def location() -> Answer:
    """Street and pin, and who may see them."""
    mine = current_shop()
    form = LocationForm(mine)
    if not form.validate_on_submit():
        return page("sellers/location.html", form)
    shops.change_location(mine.id, form.location())
    return saved()
