"""The forms of a review: the buyer writes it, the shop replies, anyone reports it."""

from flask_babel import lazy_gettext as _l
from wtforms import MultipleFileField, RadioField, SelectMultipleField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its stubs
from wtforms.validators import Length

from marketplace.catalog.forms.photo import named_files
from marketplace.catalog.models import ReportReason
from marketplace.catalog.reviews import LONGEST_WORDS, Opinion
from marketplace.forms import Filled, Form
from marketplace.sellers.forms.profile import paragraphs

LIMIT = Length(max=LONGEST_WORDS, message=_l("Paling panjang %(max)s huruf."))
REASONS = {
    ReportReason.RUDE: _l("Kasar atau menghina"),
    ReportReason.UNRELATED: _l("Tidak tentang produk ini"),
    ReportReason.PRIVATE: _l("Memuat data pribadi"),
    ReportReason.ADVERT: _l("Iklan atau spam"),
    ReportReason.FALSE: _l("Tidak benar"),
}


class ReviewForm(Form):
    """Stars, words and photos; `removed` are photos of an earlier version that shall go."""

    stars = RadioField(
        _l("Bintang"),
        [Filled()],
        coerce=int,
        choices=[
            SelectChoice(5, _l("Sangat puas")),
            SelectChoice(4, _l("Puas")),
            SelectChoice(3, _l("Cukup")),
            SelectChoice(2, _l("Kurang puas")),
            SelectChoice(1, _l("Kecewa")),
        ],
    )
    words = TextAreaField(_l("Ulasan"), [LIMIT], filters=[paragraphs])
    photos = MultipleFileField(_l("Foto"), filters=[named_files])
    removed = SelectMultipleField(_l("Hapus foto"), coerce=int, choices=[], validate_choice=False)

    def opinion(self, digests: list[str]) -> Opinion:
        """What a valid form says, with the pictures that were kept."""
        removed = frozenset(self.removed.data or ())
        return Opinion(self.stars.data, self.words.data or "", tuple(digests), removed)


class ReplyForm(Form):
    """The shop's one reply."""

    words = TextAreaField(_l("Balasan"), [Filled(), LIMIT], filters=[paragraphs])


class ReportForm(Form):
    """Why somebody objects."""

    reason = RadioField(
        _l("Apa yang salah dengan ulasan ini?"),
        [Filled()],
        choices=[SelectChoice(reason.value, label) for reason, label in REASONS.items()],
    )
