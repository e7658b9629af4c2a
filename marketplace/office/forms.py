"""The forms of the office."""

from flask_babel import lazy_gettext as _l
from wtforms import TextAreaField
from wtforms.validators import Length

from marketplace.forms import Filled, Form, TextField, trimmed

LIMIT = Length(10, 500, message=_l("Tulis alasan dengan %(min)s sampai %(max)s huruf."))


class SuspensionForm(Form):
    """Why a shop is suspended: its owner reads this sentence."""

    reason = TextAreaField(_l("Alasan"), [Filled(), LIMIT], filters=[trimmed])


class HidingForm(Form):
    """Why a review is hidden: its buyer and the shop read this sentence."""

    reason = TextAreaField(_l("Alasan"), [Filled(), LIMIT], filters=[trimmed])


class SynonymForm(Form):
    """A term that people search for, and what it means."""

    term = TextField(_l("Kata yang dicari"), [Filled(), Length(max=60)])
    means = TextField(_l("Artinya juga"), [Filled(), Length(max=300)])
