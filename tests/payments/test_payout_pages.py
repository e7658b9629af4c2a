"""The pages of payouts: the office makes a run, takes the file, marks it; the shop reads its weeks, nobody else's."""

import time_machine
from flask import Flask
from sqlalchemy import select

from marketplace.audit import AuditRow
from marketplace.db import db
from marketplace.payments.payout_models import Payout, PayoutState
from tests.browser import Browser
from tests.factories import Market
from tests.payments.earned import earn
from tests.payments.money import give_account
from tests.payments.shopping import SignIn
from tests.payments.test_payouts import AFTER, MONDAY

PAGE = "/kantor/pendapatan/2026-W47"


def prepared(app: Flask, market: Market) -> None:
    with app.app_context():
        give_account(market, "bu_ani")
    earn(app, market.shops["bu_ani"], MONDAY, 100_000, fee=2_000)
    earn(app, market.shops["pak_budi"], MONDAY, 7_000)


def payout(app: Flask) -> Payout:
    with app.app_context():
        return db.session.scalars(select(Payout)).one()


def test_the_whole_way_of_a_payout(app: Flask, market: Market, signed_in: SignIn) -> None:
    prepared(app, market)
    with time_machine.travel(AFTER):
        rina, ani = signed_in("bu_rina"), signed_in("bu_ani")
        page = rina.get("/kantor/pendapatan", follow=True)
        assert "Rp98.000" in page.text and "Belum ada rekening yang berlaku" in page.text
        page = rina.submit(page, PAGE)
        assert "Tandai terbayar" in page.text and "Ani Wulandari" in page.text
        assert rina.post(PAGE, follow=True).text.count("sudah dibuatkan") == 1
        file = rina.post(f"{PAGE}/berkas").response
        assert file.mimetype == "text/csv" and "0012345678,Ani Wulandari,98000" in file.get_data(as_text=True)
        assert "Jangan kirim ke bank dua kali" in rina.get(PAGE).text
        assert "Sedang dikirim" in ani.get("/jualan/pendapatan").text
        empty = rina.post(f"{PAGE}/terbayar", {"bayar": payout(app).id, "reference": ""})
        assert empty.status == 422 and payout(app).state == PayoutState.DUE
        page = rina.post(f"{PAGE}/terbayar", {"bayar": payout(app).id, "reference": "BJ-77"}, follow=True)
        assert "1 pembayaran ditandai terbayar." in page.text and "BJ-77" in page.text
        assert "Sudah dibayarkan" in ani.get("/jualan/pendapatan").text
        wrong = rina.post(f"{PAGE}/kembali", {"bayar": payout(app).id, "reason": " "})
        assert wrong.status == 422
        page = rina.post(f"{PAGE}/kembali", {"bayar": payout(app).id, "reason": "Rekening ditutup"}, follow=True)
        assert "Kembali ke saldo" in page.text and payout(app).state == PayoutState.RETURNED
        assert rina.post(f"{PAGE}/kembali", {"bayar": "x", "reason": "Rekening ditutup"}).status in {404, 409}
    with app.app_context():
        told = select(AuditRow.verb, AuditRow.actor_id).where(AuditRow.kind.in_(["payout", "payout_run"]))
        rows = db.session.execute(told.order_by(AuditRow.id)).all()
    assert [verb for verb, _ in rows] == ["make", "file", "paid", "returned"]
    assert {actor for _, actor in rows} == {market.people["bu_rina"]}


def test_a_shop_reads_its_own_weeks(app: Flask, market: Market, signed_in: SignIn) -> None:
    prepared(app, market)
    with time_machine.travel(AFTER):
        page = signed_in("bu_ani").get("/jualan/pendapatan?minggu=2026-W47")
        assert "Penjualan, 1 pesanan" in page.text and "Rp100.000" in page.text and "-Rp2.000" in page.text
        assert "Rp7.000" not in page.text
        assert "Rp7.000" in signed_in("pak_budi").get("/jualan/pendapatan?minggu=2026-W47").text
        assert signed_in("bu_ani").get("/jualan/pendapatan?minggu=2026-W99").status == 404
        assert signed_in("bu_ani").get("/jualan/pendapatan?minggu=2030-W01").status == 404


def test_a_week_without_a_run_has_no_file(app: Flask, market: Market, signed_in: SignIn) -> None:
    with time_machine.travel(AFTER):
        rina: Browser = signed_in("bu_rina")
        for step in ("berkas", "terbayar", "kembali"):
            assert rina.post(f"{PAGE}/{step}").status == 404
        assert rina.get("/kantor/pendapatan/2026-W99").status == 404
        assert "Periode ini belum selesai" in rina.get("/kantor/pendapatan/2026-W48").text
        assert rina.post("/kantor/pendapatan/2026-W48").status == 409
