"""Orders paid to the shop itself in the filled market: to be paid, with a proof, refused, to be refunded."""

from datetime import timedelta

from flask import Flask
from sqlalchemy import select

from marketplace import chain
from marketplace.clock import at
from marketplace.db import db, writing
from marketplace.orders import fulfilment, money_moves, refunding
from marketplace.orders.models import Actor, Order, OrderGroup
from marketplace.payments import ledger, payouts
from marketplace.payments.books import Account, JournalKind
from marketplace.payments.ledger import Side
from marketplace.payments.periods import last_closed
from marketplace.wiring import FOLLOWERS
from tests.access.world import Args
from tests.browser import Browser
from tests.factories import Market
from tests.orders.flows import fill_cart, give_address, numbers_of, place, use_voucher
from tests.pages_complaints import complained
from tests.payments.money import give_account, give_qris, picture


def money_moved(app: Flask, market: Market, siti: Browser) -> dict[str, Args]:
    """Siti buys at Bu Ani's; each order's number by the page that shows it."""
    with app.app_context():
        give_account(market, "bu_ani")
        give_qris(market, "bu_ani")
    proved, refused, paid = (_bought(siti, market) for _ in range(3))
    waiting, goes_on = (_bought(siti, market, voucher=code) for code in ("HARIJADI", "ONDE10"))
    by_qris, by_qris_proved = (_bought(siti, market, "qris") for _ in range(2))
    by_seller = {"by": Actor.SELLER, "actor_id": market.people["bu_ani"]}
    with app.app_context():
        for number in (proved, refused, by_qris_proved):
            money_moves.hand_in(_id(number), picture("white").getvalue(), by=Actor.BUYER, actor_id=None)
        money_moves.refuse_proof(_id(refused), "Belum ada di mutasi rekening.", **by_seller)
        money_moves.confirm(_id(paid), f"{paid}-1", **by_seller)
        money_moves.confirm(_id(goes_on), f"{goes_on}-1", **by_seller)
        wish = refunding.Wish({}, 5_000, "Wijennya kurang, maaf.")
        refunding.refund(_id(goes_on), wish, key="scene", **by_seller)
        fulfilment.cancel(_id(paid), reason="Kompor rusak.", **by_seller)
        token = db.session.scalars(select(OrderGroup.token).join(Order).where(Order.number == by_qris)).one()
        chain.link(FOLLOWERS)  # their papers are made with the other jobs
        weeks = {"week": _paid_out(market)}
    return complained(app, market, siti) | {
        **dict.fromkeys(("payoutoffice.show", "payoutoffice.paid", "payoutoffice.returned"), weeks),
        **{f"{where}: transfer": {"number": waiting} for where in ("orders.show", "orders.prove", "orders.pay")},
        "orders.show: qris": {"number": by_qris},
        "orders.qris": {"number": by_qris},
        "tracking.qris": {"number": by_qris, "token": token},
        "orderdesk.show: qris": {"number": by_qris_proved},
        "orders.show: refused": {"number": refused},
        "orders.show: papers": {"number": paid},
        **{
            f"{where}: proof": {"number": proved}
            for where in ("orderdesk.show", "moneydesk.refuse", "moneyoffice.refuse")
        },
        **{f"{where}: refund": {"number": paid} for where in ("orderdesk.show", "moneydesk.refund")},
        "orderoffice.show: proof": {"number": proved},
        "moneydesk.give_back": {"number": goes_on},
        "moneyoffice.give_back": {"number": goes_on},
        "orders.show: refund": {"number": goes_on},
    }


def _paid_out(market: Market) -> str:
    """Both shops have earned something last week, and the one with an account is paid; the week."""
    period, budi = last_closed(), market.shops["pak_budi"]
    with at(period.start + timedelta(days=1)), writing():
        for shop_id, amount in ((market.shops["bu_ani"], 1_250_000), (budi, 300_000)):
            sides = [Side(Account.BUYER_HELD, amount), Side(Account.SHOP_PAYABLE, -amount, shop_id)]
            ledger.post(JournalKind.EARNED, f"last week's of {shop_id}", sides)
    payouts.make_run(period, market.people["bu_rina"])
    return period.key


def _bought(siti: Browser, market: Market, way: str = "transfer", voucher: str = "") -> str:
    fill_cart(siti, market, onde=1)
    summary = give_address(siti)
    summary = use_voucher(siti, summary, voucher) if voucher else summary
    return numbers_of(place(siti, summary, **{f"bayar-{market.shops['bu_ani']}": way}))[0]


def _id(number: str) -> int:
    return db.session.scalars(select(Order.id).where(Order.number == number)).one()
