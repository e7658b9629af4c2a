"""The receipt prints on one A4, without navigation."""

import re

import pytest
from flask import Flask

from tests.e2e.conftest import Phones
from tests.factories import Market
from tests.orders.flows import order

pytestmark = [pytest.mark.browser, pytest.mark.markup]


@pytest.mark.parametrize("javascript", [True], ids=["javascript"], indirect=True)
def test_a_receipt_of_two_shops_prints_on_one_page(app: Flask, market: Market, phones: Phones, client) -> None:
    receipt = order(client, market, onde=2, **{"sepatu 39 Hitam": 1, "sepatu 40 Cokelat": 2, "sepatu 41 Hitam": 1})
    phone = phones.phone()
    phone.goto(receipt.response.request.path + "/nota")
    pdf = phone.pdf(format="A4")
    assert len(re.findall(rb"/Type\s*/Page\b", pdf)) == 1
    phone.emulate_media(media="print")
    assert not phone.locator("header.top").is_visible()
    assert not phone.locator(".dock").is_visible()
    assert phone.get_by_text("Rp805.000").first.is_visible()
