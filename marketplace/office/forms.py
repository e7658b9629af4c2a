"""The forms of the office."""

from flask_babel import lazy_gettext as _l
from wtforms import IntegerField, TextAreaField
from wtforms.validators import Length, NumberRange, Regexp

from marketplace.forms import Filled, Form, TextField, trimmed
from marketplace.sellers.models import HIGHEST_FEE_RATE

LIMIT = Length(10, 500, message=_l("Tulis alasan dengan %(min)s sampai %(max)s huruf."))


class SuspensionForm(Form):
    """Why a shop is suspended: its owner reads this sentence."""

    reason = TextAreaField(_l("Alasan"), [Filled(), LIMIT], filters=[trimmed])


class FeeForm(Form):
    """What the platform keeps of a shop's goods, per mille."""

    fee_rate = IntegerField(
        _l("Biaya platform per seribu rupiah"),
        [Filled(), NumberRange(0, HIGHEST_FEE_RATE, _l("Tulis angka dari 0 sampai %(max)s."))],
    )


class StripeAccountForm(Form):
    """The account at Stripe to which a shop is paid out; empty is none."""

    number = TextField(
        _l("Akun Stripe toko"),
        [Regexp(r"^(acct_[A-Za-z0-9]{6,40})?$", message=_l("Tulis nomor akun seperti acct_1A2b3C, atau kosongkan."))],
    )


class HidingForm(Form):
    """Why a review is hidden: its buyer and the shop read this sentence."""

    reason = TextAreaField(_l("Alasan"), [Filled(), LIMIT], filters=[trimmed])


class SynonymForm(Form):
    """A term that people search for, and what it means."""

    term = TextField(_l("Kata yang dicari"), [Filled(), Length(max=60)])
    means = TextField(_l("Artinya juga"), [Filled(), Length(max=300)])
