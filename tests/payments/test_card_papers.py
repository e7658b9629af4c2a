"""One card payment for two shops: each order has a receipt of its own shop, for its own share."""

from collections.abc import Callable

from marketplace import chain
from marketplace.orders.models import Order
from marketplace.orders.paper_models import Paper, PaperKind
from marketplace.wiring import FOLLOWERS
from tests.browser import Browser
from tests.factories import Market
from tests.payments.card_orders import buy, session_of, token
from tests.payments.cards import Till


def test_each_shop_gives_a_receipt_for_its_share(
    till: Till, client: Browser, market: Market, shop_ids: list[int], run_jobs: Callable[[], int]
) -> None:
    till.fake.pay(session_of(buy(client, market, *shop_ids)))
    client.get(f"/lacak/{token(till)}/kartu", follow=True)
    with till.app.app_context():
        chain.link(FOLLOWERS)
    run_jobs()
    papers, orders = till.rows(Paper), till.rows(Order)
    assert [(paper.kind, paper.shop_id, paper.number) for paper in papers] == [
        (PaperKind.RECEIPT, order.shop_id, 1) for order in orders
    ]
    assert [paper.data["amount"] for paper in papers] == [order.total for order in orders]
    assert all(
        ["Diterima oleh", "Pasar Mojokerto, untuk diteruskan ke penjual"] in paper.data["facts"] for paper in papers
    )
    assert till.breaches() == []
