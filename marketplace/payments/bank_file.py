"""The file by which a bank is told whom to send how much: CSV, with the total in its last line."""

import csv
from collections.abc import Sequence
from io import StringIO

from flask_babel import gettext as _

from marketplace.payments.models import Channel
from marketplace.payments.payout_models import Payout
from marketplace.payments.rail import Rail

# A cell that begins so is a formula to a spreadsheet.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


class BankFile(Rail):
    """The office takes the file to the bank."""

    code = "bank_file"
    channel = Channel.BANK
    is_by_hand = True

    def is_on(self) -> bool:
        """Always."""
        return True


BANK_FILE = BankFile()


def bank_file(payouts: Sequence[Payout], market: str) -> str:
    """One line a payout: number, bank, account, holder, whole rupiah, and a remark by which it is found again."""
    file = StringIO()
    lines = csv.writer(file, lineterminator="\r\n")
    lines.writerow([_("Nomor"), _("Bank"), _("Rekening"), _("Nama pemilik"), _("Jumlah"), _("Berita")])
    for payout in payouts:
        told = (payout.bank, payout.number, payout.holder)
        lines.writerow([payout.id, *map(_cell, told), payout.amount, _cell(f"{market} {payout.period} {payout.id}")])
    lines.writerow([_("Total"), "", "", len(payouts), sum(payout.amount for payout in payouts), ""])
    return file.getvalue()


def _cell(text: str) -> str:
    return f"'{text}" if text.startswith(_FORMULA) else text
