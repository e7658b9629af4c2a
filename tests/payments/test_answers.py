"""What shop and office answer about money and what could not be taken: the same page, 422, nothing typed is lost."""

from io import BytesIO

import pytest
from flask import Flask

from marketplace.payments.models import PaymentState, RefundState
from tests.browser import Browser
from tests.factories import Market
from tests.payments.shopping import Purchase, SignIn, buy_by_transfer

DESKS = {"bu_ani": "/jualan/pesanan", "bu_rina": "/kantor/pesanan"}


@pytest.fixture
def purchase(app: Flask, client: Browser, market: Market) -> Purchase:
    return buy_by_transfer(app, client, market)


@pytest.mark.parametrize("who", DESKS)
@pytest.mark.parametrize("reason", ["", "  ", "Belum masuk. " * 24])
def test_a_reason_that_cannot_be_taken_comes_back(purchase: Purchase, signed_in: SignIn, who: str, reason: str) -> None:
    purchase.prove()
    desk, path = signed_in(who), f"{DESKS[who]}/{purchase.number}"
    page = desk.submit(desk.get(path), f"{path}/bukti/tolak", alasan=reason)
    assert page.status == 422 and page.by_id("tolak-bukti-error") is not None
    assert "#tolak-bukti" in page.links(), "the summary leads to the field"
    (typed,) = [element for element in page.all("input") if element.get("id") == "tolak-bukti"]
    assert typed.get("value", "") == reason.strip()
    (folded,) = [each for each in page.all("details") if typed in list(each.iter())]
    assert folded.get("open") is not None
    assert purchase.payment.state == PaymentState.PROOF
    done = desk.submit(page, f"{path}/bukti/tolak", alasan="Belum masuk.")
    assert done.status == 200 and purchase.payment.state == PaymentState.REFUSED


@pytest.mark.parametrize("sent", [None, b"", b"no picture"])
def test_a_picture_that_is_none_is_told_beside_its_field(
    purchase: Purchase, signed_in: SignIn, sent: bytes | None
) -> None:
    ani = signed_in("bu_ani")
    purchase.arrived(ani)
    purchase.desk(ani, "tolak", alasan="Kompor rusak.")
    (refund,) = purchase.refunds
    file = {} if sent is None else {"bukti": (BytesIO(sent), "x.jpg")}
    page = purchase.desk(ani, "pengembalian", pengembalian=refund.id, **file)
    assert page.status == 422 and page.by_id(f"kembali-{refund.id}-error") is not None
    assert purchase.refunds[0].state == RefundState.DUE
