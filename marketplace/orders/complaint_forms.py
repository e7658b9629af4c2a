"""What buyer, shop and office fill in about a complaint."""

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, MultipleFileField, RadioField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its stubs
from wtforms.validators import Length

from marketplace.catalog.forms.photo import named_files
from marketplace.forms import Filled, Form
from marketplace.orders.complaining import Decision
from marketplace.orders.refund_form import BEARERS, GivingBack
from marketplace.orders.wording import REASONS
from marketplace.payments.models import Bearer
from marketplace.sellers.forms.profile import paragraphs

LIMIT = Length(10, 1000, message=_l("Tulis dengan %(min)s sampai %(max)s huruf."))


class ComplaintForm(Form):
    """What the buyer says, with pictures."""

    kunci = HiddenField(validators=[Filled(), Length(max=100)])
    sebab = RadioField(
        _l("Apa masalahnya?"),
        [Filled()],
        choices=[SelectChoice(reason.value, label) for reason, label in REASONS.items()],
    )
    cerita = TextAreaField(_l("Ceritakan apa yang terjadi"), [Filled(), LIMIT], filters=[paragraphs])
    foto = MultipleFileField(_l("Foto"), filters=[named_files])


class AnswerForm(Form):
    """What the shop says."""

    jawaban = TextAreaField(_l("Jawaban Anda"), [Filled(), LIMIT], filters=[paragraphs])


class DecisionForm(GivingBack):
    """What the office says: how the order ends, what goes back, who bears it, in one sentence for all sides."""

    hasil = RadioField(
        _l("Bagaimana pesanan ini berakhir?"),
        [Filled()],
        choices=[
            SelectChoice("completed", _l("Selesai: uang kembali hanya sebanyak yang diisi di bawah, boleh nol")),
            SelectChoice("cancelled", _l("Dibatalkan: semua uang kembali ke pembeli")),
        ],
    )
    penanggung = RadioField(_l("Siapa yang menanggung?"), choices=BEARERS, default="shop")
    keputusan = TextAreaField(_l("Keputusan"), [Filled(), LIMIT], filters=[paragraphs])

    def decision(self) -> Decision:
        """What a valid form says."""
        wish = self.wish(self.keputusan.data or "", Bearer(self.penanggung.data))
        return Decision(self.hasil.data == "cancelled", wish)
