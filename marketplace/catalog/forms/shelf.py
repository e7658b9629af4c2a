"""The form that counts what lies on the shelf."""

from flask_babel import lazy_gettext as _l
from wtforms import IntegerField
from wtforms.validators import Optional
from wtforms.widgets import HiddenInput

from marketplace.catalog.product_data import LARGEST_STOCK
from marketplace.forms import Between, Filled, Form


class CountForm(Form):
    """`jumlah` was counted where the page showed `semula`."""

    jumlah = IntegerField(_l("Stok"), [Filled(), Between(0, LARGEST_STOCK)])
    semula = IntegerField(validators=[Optional()], widget=HiddenInput())
