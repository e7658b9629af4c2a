"""The forms of the office."""

from flask_babel import lazy_gettext as _l
from wtforms import TextAreaField
from wtforms.validators import Length

from marketplace.forms import Filled, Form, trimmed


class SuspensionForm(Form):
    """Why a shop is suspended: its owner reads this sentence."""

    reason = TextAreaField(
        _l("Alasan"),
        [Filled(), Length(10, 500, message=_l("Tulis alasan dengan %(min)s sampai %(max)s huruf."))],
        filters=[trimmed],
    )
