"""Invoices and receipts: issued once, numbered without gaps, never changed, cancelled by a second one, seen by two."""

import pytest
from flask import Flask
from sqlalchemy import select, text

from marketplace import chain
from marketplace.audit import AuditLink
from marketplace.db import db, writing
from marketplace.orders import paper_files, papers
from marketplace.orders.paper_models import PaperFile, Size
from marketplace.payments import refunds
from marketplace.payments.models import Actor, PaymentPart
from marketplace.payments.settling import settle
from tests.browser import Browser
from tests.factories import Market
from tests.orders.printed import Work, papers_of, words_of
from tests.payments.money import make_payment, picture, receipt_for, wire
from tests.payments.shopping import Purchase, SignIn, buy, buy_by_transfer
from tests.races.test_stock import breaches


def test_a_paid_order_has_an_invoice_and_a_receipt(
    app: Flask, purchase: Purchase, signed_in: SignIn, work: Work
) -> None:
    purchase.arrived(signed_in("bu_ani"))
    work()
    invoice, receipt = sorted(papers_of(app), key=lambda paper: paper.kind)
    payment, order = purchase.payment, purchase.order
    with app.app_context():
        for paper in (invoice, receipt):
            digest = db.session.scalars(select(AuditLink.digest).where(AuditLink.row_id == paper.audit_row_id)).one()
            for size in Size:
                assert digest in words_of(app, paper, size).replace(" ", "")
    said = words_of(app, invoice)
    for words in ("Faktur", invoice.name, order.number, "Siti Aminah", "Jl. Empunala No. 43", "Onde-onde isi 10"):
        assert words in said
    for words in ("Transfer bank", "versi 2026-11", "Terbilang", "Kec. ", f"Rp{order.total:,}".replace(",", ".")):
        assert words in said
    told = words_of(app, receipt, Size.ROLL)
    for words in ("Kuitansi", receipt.name, "Telah terima dari Siti Aminah", "Termasuk kode unik", "Dibayar"):
        assert words in told
    assert receipt.data["amount"] == payment.due and "rupiah" in receipt.data["words"]["text"]
    assert breaches(app) == []


def test_papers_are_issued_once_however_often_the_job_runs(
    app: Flask, purchase: Purchase, signed_in: SignIn, work: Work
) -> None:
    purchase.arrived(signed_in("bu_ani"))
    work()
    with app.app_context():
        for paper in papers_of(app):
            papers.issue(paper.audit_row_id)
        assert len(papers_of(app)) == 2
        assert len(list(db.session.scalars(select(PaperFile)))) == 4


def test_a_worker_that_dies_before_the_file_makes_it_later(
    app: Flask, purchase: Purchase, signed_in: SignIn, work: Work, monkeypatch: pytest.MonkeyPatch
) -> None:
    purchase.arrived(signed_in("bu_ani"))
    monkeypatch.setattr(paper_files, "make", lambda _id: (_ for _ in ()).throw(SystemExit))
    with pytest.raises(SystemExit):
        work()
    (paper,) = papers_of(app)
    assert "Dokumen" not in purchase.page().text
    monkeypatch.undo()
    with app.app_context():
        papers.issue(paper.audit_row_id)
    assert paper.name in purchase.page().text
    assert [each.number for each in papers_of(app)] == [1]


@pytest.mark.parametrize("who", ["buyer", "member", "shop"])
def test_buyer_and_shop_download_it(
    app: Flask, market: Market, signed_in: SignIn, work: Work, client: Browser, who: str
) -> None:
    siti, ani = signed_in("siti"), signed_in("bu_ani")
    purchase = buy_by_transfer(app, siti if who == "member" else client, market)
    purchase.arrived(ani)
    work()
    paper = papers_of(app)[0]
    start, browser = {
        "buyer": (f"/lacak/{purchase.token}", client),
        "member": (f"/pesanan/{purchase.number}", siti),
        "shop": (f"/jualan/pesanan/{purchase.number}", ani),
    }[who]
    page = browser.get(start)
    base = f"{start}/{purchase.number}" if who == "buyer" else start
    for size in Size:
        path = f"{base}/dokumen/{paper.id}-{size}.pdf"
        assert path in page.html
        answer = browser.get(path).response
        assert answer.mimetype == "application/pdf" and answer.data.startswith(b"%PDF")
        assert answer.headers["Cache-Control"] == "no-store"
        assert paper.name.replace("/", "-") in answer.headers["Content-Disposition"]


def test_nobody_else_does(app: Flask, market: Market, purchase: Purchase, signed_in: SignIn, work: Work) -> None:
    purchase.arrived(signed_in("bu_ani"))
    other = buy(app, Browser(app), market)
    work()
    paper = papers_of(app)[0]
    name = f"dokumen/{paper.id}-a4.pdf"
    assert signed_in("joko").get(f"/pesanan/{purchase.number}/{name}").status == 404
    assert signed_in("pak_budi").get(f"/jualan/pesanan/{purchase.number}/{name}").status == 404
    assert other.buyer.get(f"/lacak/{other.token}/{purchase.number}/{name}").status == 404
    assert other.buyer.get(f"/lacak/{other.token}/{other.number}/{name}").status == 404
    assert purchase.buyer.get(f"/lacak/{purchase.token}/{purchase.number}/dokumen/{paper.id}-a5.pdf").status == 404


def test_a_cancelled_order_cancels_its_invoice_and_money_back_its_receipt(
    app: Flask, purchase: Purchase, signed_in: SignIn, work: Work
) -> None:
    ani = signed_in("bu_ani")
    purchase.arrived(ani)
    purchase.desk(ani, "tolak", alasan="Kompor rusak")
    work()
    invoice, receipt, void = papers_of(app)[:3]
    assert sorted((invoice.name[:3], receipt.name[:3])) == ["FKT", "KWT"]
    invoice, receipt = (invoice, receipt) if invoice.kind == "invoice" else (receipt, invoice)
    assert (void.name[:3], void.cancels_id) == ("BTL", invoice.id)
    assert "Nota pembatalan" in words_of(app, void) and f"Faktur {invoice.name}" in words_of(app, void)
    assert "Kompor rusak" in words_of(app, void)
    path = f"/jualan/pesanan/{purchase.number}/pengembalian"
    ani.submit(purchase.desk(ani), path, bukti=(picture("green"), "x.jpg"))
    purchase.buyer.submit(purchase.page(), f"/lacak/{purchase.token}/{purchase.number}/dana-kembali")
    work()
    back = papers_of(app)[-1]
    assert (back.number, back.cancels_id, back.data["amount"]) == (2, receipt.id, purchase.payment.due)
    assert receipt.name in words_of(app, back)
    assert breaches(app) == []


def test_what_is_to_be_cancelled_must_be_there_first(
    app: Flask, purchase: Purchase, signed_in: SignIn, work: Work
) -> None:
    ani = signed_in("bu_ani")
    purchase.arrived(ani)
    purchase.desk(ani, "tolak", alasan="Kompor rusak")
    with app.app_context():
        chain.link({})
        row = db.session.scalars(text("SELECT id FROM audit_row WHERE verb = 'cancelled' AND kind = 'order'")).one()
        with pytest.raises(papers.TooEarly):
            papers.issue(row)


def test_an_order_that_nobody_took_on_has_no_paper(app: Flask, purchase: Purchase, work: Work) -> None:
    purchase.buyer.post(f"/lacak/{purchase.token}/{purchase.number}/batal")
    work()
    assert papers_of(app) == []


def test_english_buyers_read_english(app: Flask, market: Market, signed_in: SignIn, work: Work) -> None:
    purchase = buy_by_transfer(app, Browser(app), market)
    with app.app_context(), writing() as session:
        session.execute(text("UPDATE order_group SET language = 'en'"))
    purchase.arrived(signed_in("bu_ani"))
    work()
    said = " ".join(words_of(app, paper) for paper in papers_of(app))
    assert "Invoice" in said and "Receipt" in said and "Seller" in said and "rupiah" in said
    assert "Pembeli" not in said


def test_text_is_never_markup_and_pictures_are_left_out(
    app: Flask, market: Market, purchase: Purchase, signed_in: SignIn, work: Work
) -> None:
    name = '#panic("x") *Siti* $1$ <b> 🌶️ \\u{41}'
    with app.app_context(), writing() as session:
        session.execute(text("UPDATE order_group SET contact_name = :name"), {"name": name})
    purchase.arrived(signed_in("bu_ani"))
    work()
    assert '#panic("x") *Siti* $1$ <b> \\u{41}' in words_of(app, papers_of(app)[0])


@pytest.mark.parametrize(
    ("name", "printed"),
    [
        ("李小龙 Lee", "[…] Lee"),
        ("Ani (\ua9b2\ua9a4\ua9b6)", "Ani ([…])"),
        ("محمد علي", "[…]"),
        ("Łukasz Ξένος Юрий Nguyễn", "Łukasz Ξένος Юрий Nguyễn"),
    ],
)
def test_what_no_font_has_is_marked_and_said(
    app: Flask, purchase: Purchase, signed_in: SignIn, work: Work, name: str, printed: str
) -> None:
    """No box is printed in a name: a paper tells that something is missing, and where it stands."""
    with app.app_context(), writing() as session:
        session.execute(text("UPDATE order_group SET contact_name = :name"), {"name": name})
    purchase.arrived(signed_in("bu_ani"))
    work()
    said = words_of(app, papers_of(app)[0])
    assert printed in said
    assert (f"aslinya ada di pesanan {purchase.number}" in said) == ("[…]" in printed)


def test_money_back_for_what_is_no_order_has_no_paper_here(
    app: Flask, market: Market, monkeypatch: pytest.MonkeyPatch
) -> None:
    wire(app, monkeypatch)
    with app.app_context():
        with writing():
            payment = make_payment(market.shops["bu_ani"], 5_000)
            settle(receipt_for(payment))
            part_id = db.session.scalars(select(PaymentPart.id).where(PaymentPart.payment_id == payment.id)).one()
            refunds.finish_at_once(refunds.owe(part_id, 5_000, "Batal.").id, by=Actor.OFFICER)
        chain.link({})
        for row in db.session.scalars(text("SELECT id FROM audit_row WHERE verb IN ('capture', 'refund_paid')")).all():
            papers.issue(row)
    assert papers_of(app) == []
