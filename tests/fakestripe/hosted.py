"""The hosted page, where a person pays, pays later, is declined, or goes back to the shop."""

from datetime import UTC, datetime
from pathlib import Path

from jinja2 import Environment, FileSystemLoader
from werkzeug.utils import redirect
from werkzeug.wrappers import Request, Response

from tests.fakestripe import sessions
from tests.fakestripe.api import open_session
from tests.fakestripe.bank import Bank, Item
from tests.fakestripe.errors import Refused

PAGES = Environment(loader=FileSystemLoader(Path(__file__).parent), autoescape=True)
OUTCOMES, BANK = ("pay", "later", "decline"), ("succeeded", "failed")
WORDS = {
    "id": {
        "title": "Bayar dengan kartu",
        "fake": "Stripe tiruan untuk uji coba: tidak ada uang sungguhan, jangan isi nomor kartu.",
        "declined": "Kartu Anda ditolak. Coba kartu lain.",
        "total": "Total",
        "until": "Halaman ini berlaku sampai",
        "pay": "Bayar",
        "later": "Bayar, uangnya menyusul",
        "decline": "Bayar dengan kartu yang ditolak",
        "cancel": "Batal, kembali ke toko",
        "back": "Kembali ke toko",
        "succeeded": "Bank: uangnya masuk",
        "failed": "Bank: uangnya tidak jadi masuk",
        "complete": "Pembayaran ini sudah selesai.",
        "expired": "Waktu pembayaran ini sudah habis.",
    },
    "en": {
        "title": "Pay by card",
        "fake": "A fake Stripe for trying things out: no real money, enter no card number.",
        "declined": "Your card was declined. Try another card.",
        "total": "Total",
        "until": "This page is open until",
        "pay": "Pay",
        "later": "Pay, the money comes later",
        "decline": "Pay with a card that is declined",
        "cancel": "Cancel, back to the shop",
        "back": "Back to the shop",
        "succeeded": "Bank: the money has come",
        "failed": "Bank: the money does not come",
        "complete": "This payment is done.",
        "expired": "The time for this payment is over.",
    },
}


def show(bank: Bank, id: str, *, declined: bool = False) -> Response:
    """The page of one session."""
    session = open_session(bank, id)
    language = "en" if session["locale"] == "en" else "id"
    page = PAGES.get_template("hosted.html").render(
        session=session,
        lines=bank.notes[id]["line_items"],
        declined=declined,
        processing=sessions.is_processing(bank, session),
        language=language,
        t=WORDS[language],
        until=f"{datetime.fromtimestamp(session['expires_at'], UTC):%H:%M} UTC",
        money=lambda amount: f"{session['currency'].upper()} {amount / 100:,.2f}",
    )
    return Response(page, content_type="text/html; charset=utf-8")


def act(bank: Bank, id: str, request: Request) -> Response:
    """A button was pressed: back to the shop, or the same page again."""
    outcome = request.form.get("outcome", "")
    with bank.lock:
        session = open_session(bank, id)
        if outcome in BANK and sessions.is_processing(bank, session):
            sessions.settle(bank, id, outcome)
        if session["status"] != "open" or outcome not in OUTCOMES:
            return show(bank, id)
        sessions.pay(bank, session, outcome)
    return show(bank, id, declined=True) if outcome == "decline" else redirect(success_url(session), 303)


def success_url(session: Item) -> str:
    """Where the shop wants its buyer afterwards."""
    return str(session["success_url"]).replace("{CHECKOUT_SESSION_ID}", session["id"])


def answer(bank: Bank, request: Request) -> Response:
    """Everything below /c/pay/."""
    id = request.path.removeprefix("/c/pay/")
    try:
        return act(bank, id, request) if request.method == "POST" else show(bank, id)
    except Refused as refused:
        return Response(str(refused), refused.status, content_type="text/plain")
