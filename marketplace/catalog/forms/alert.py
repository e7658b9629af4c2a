"""The form of somebody who wants to hear when goods come."""

from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from wtforms import StringField, ValidationError
from wtforms.widgets import HiddenInput

from marketplace.accounts.fields import IdentityField
from marketplace.config import settings
from marketplace.forms import Filled, Form


class AlertForm(Form):
    """Where to; a phone only where the market has a way to write to WhatsApp."""

    contact = IdentityField(_l("E-mail atau nomor WhatsApp"), [Filled()])
    key = StringField(name="kunci", widget=HiddenInput())

    def validate_contact(self, field: Any) -> None:
        """A number that we cannot write to helps nobody."""
        if field.data and field.data.kind == "phone" and not settings().whatsapp_gateway_url:
            raise ValidationError(gettext("Kabar lewat WhatsApp belum tersedia di pasar ini. Tulis alamat e-mail."))
