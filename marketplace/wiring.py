"""The tables that point upwards: which pages there are, which function does which job, who hears of what and money."""

from collections.abc import Callable, Mapping
from functools import partial

from blinker import Signal
from flask import Blueprint, Flask

from marketplace import chain, checking
from marketplace.accounts import events, letters
from marketplace.accounts.views import bp as accounts
from marketplace.accounts.views.office import bp as accountoffice
from marketplace.catalog import newcomers, picture_care, pictures
from marketplace.catalog.alert_news import tell_alerts
from marketplace.catalog.desk import bp as productdesk
from marketplace.catalog.indexing import reindex_shop, rerank_shop
from marketplace.catalog.product_cards import refresh_shop
from marketplace.catalog.views import bp as catalog
from marketplace.catalog.views import saved
from marketplace.db import breaches
from marketplace.jobs import Handler
from marketplace.notices import deliver
from marketplace.office.views import bp as office
from marketplace.orders import (
    complaining,
    complaint_news,
    fulfilment,
    invariants,
    money_invariants,
    money_news,
    paid,
    paper_invariants,
    papers,
    paying,
    voucher_invariants,
)
from marketplace.orders.news import tell
from marketplace.orders.ownership import attach_guest_orders
from marketplace.orders.views import (
    card,
    cart,
    checkout,
    desk_complaints,
    desk_money,
    mine,
    office_complaints,
    office_money,
    office_suspense,
    tracking,
    vouchers,
)
from marketplace.orders.views import desk as orderdesk
from marketplace.orders.views import office as orderoffice
from marketplace.orders.views.shopper import merge_on_sign_in
from marketplace.pages.views import machines, texts
from marketplace.payments import (
    alerts,
    card_hearing,
    card_pages,
    card_refunds,
    expiring,
    payout_invariants,
    payout_transfers,
    refunds,
    stripe_transfer,
    suspense,
)
from marketplace.payments import invariants as payment_invariants
from marketplace.payments.payables import Payable
from marketplace.payments.views import bp as paydesk
from marketplace.payments.views import income, payouts, webhook
from marketplace.sellers.events import shop_changed
from marketplace.sellers.views import bp as sellers

BLUEPRINTS: tuple[Blueprint, ...] = (
    catalog,
    productdesk,
    saved.bp,
    accounts,
    accountoffice,
    texts.bp,
    machines.bp,
    card.bp,
    cart.bp,
    checkout.bp,
    tracking.bp,
    mine.bp,
    sellers,
    paydesk,
    income.bp,
    payouts.bp,
    orderdesk.bp,
    desk_money.bp,
    office,
    orderoffice.bp,
    webhook.bp,
    office_money.bp,
    office_suspense.bp,
    desk_complaints.bp,
    office_complaints.bp,
    vouchers.desk,
    vouchers.office,
)

CHECKS: tuple[checking.Check, ...] = (
    breaches,
    chain.breaches,
    *payment_invariants.CHECKS,
    *payout_invariants.CHECKS,
    *invariants.CHECKS,
    *money_invariants.CHECKS,
    *paper_invariants.CHECKS,
    *voucher_invariants.CHECKS,
)

FOLLOWERS: chain.Followers = papers.FOLLOWERS

PAYABLES: Mapping[str, Payable] = {paying.KIND: paid.PAYABLE}

RECEIVERS: tuple[tuple[Signal, Callable[..., None]], ...] = (
    (events.proved, attach_guest_orders),
    (events.signed_in, merge_on_sign_in),
    (events.signed_in, saved.save_on_sign_in),
    (shop_changed, reindex_shop),
)

HANDLERS: Mapping[str, Handler] = {
    "accounts.send_proof_link": letters.send_proof_link,
    "accounts.send_reset_link": letters.send_reset_link,
    "accounts.send_reset_links": letters.send_reset_links,
    "catalog.encode_photo": pictures.encode,
    "catalog.encode_review_photo": pictures.encode_for_review,
    "catalog.finish_photo": pictures.finish,
    "catalog.finish_review_photo": pictures.finish_for_review,
    picture_care.KIND: picture_care.look_after,
    "catalog.refresh_shop": refresh_shop,
    "catalog.tell_alerts": tell_alerts,
    newcomers.KIND: newcomers.settle_newcomers,
    checking.KIND: partial(checking.nightly, CHECKS),
    "catalog.rerank_shop": rerank_shop,
    "notices.deliver": deliver,
    "orders.complete": fulfilment.complete,
    "orders.expire": fulfilment.expire,
    "orders.tell": tell,
    papers.JOB: papers.issue,
    card_hearing.HEAR: card_hearing.hear_session,
    card_refunds.SEND: card_refunds.send_back,
    card_pages.END: card_pages.end,
    card_hearing.POLL: card_hearing.poll,
    complaining.TELL: complaint_news.tell,
    "orders.tell_proof": money_news.tell_proof,
    "orders.tell_refund": money_news.tell_refund,
    "orders.tell_refused_proof": money_news.tell_refused_proof,
    "payments.expire": expiring.expire,
    "payments.tell_account": alerts.tell_account,
    "payments.tell_suspense": alerts.tell_suspense,
    "payments.tell_unanswered": alerts.tell_unanswered,
    stripe_transfer.SEND: payout_transfers.send,
    payout_transfers.READ: payout_transfers.hear_reversal,
    refunds.TELL_FAILED: money_news.tell_failed_refund,
    suspense.RETURN: suspense.send_back,
    suspense.TELL: alerts.tell_unreturned,
}

NIGHTLY: tuple[str, ...] = (checking.KIND, picture_care.KIND, newcomers.KIND)


def connect(app: Flask) -> None:
    """Give the app its pages, what can be paid for, and those who hear of what happens."""
    app.extensions["payables"] = PAYABLES
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    for signal, receiver in RECEIVERS:
        signal.connect(receiver)
