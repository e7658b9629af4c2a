"""What is changed only while something holds: counters, refunds, accounts, codes; each asked alone, past its limit."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select, update

from marketplace import counters
from marketplace.accounts import codes
from marketplace.accounts.models import OneTimeCode
from marketplace.catalog import pictures, reviews
from marketplace.catalog.models import Photo, Variant
from marketplace.catalog.picture_names import FIRST
from marketplace.clock import now
from marketplace.db import db, writing
from marketplace.orders import money_moves
from marketplace.orders.models import OrderGroup
from marketplace.orders.ownership import attach_guest_orders
from marketplace.payments import expiring, receiving, refunds
from marketplace.payments.models import (
    Channel,
    Payment,
    PaymentPart,
    PaymentState,
    ReceivingAccount,
    Refund,
    RefundState,
)
from marketplace.payments.settling import settle
from marketplace.refusal import GoneAway
from tests.browser import Browser
from tests.factories import LONG_AGO, Market
from tests.payments.money import give_account, make_payment, picture, receipt_for, wire
from tests.payments.shopping import SignIn, buy_by_transfer

PICKUP = {"contact": {"name": "Siti", "phone": "6281200000000"}, "address": None}


@pytest.fixture
def inside(app: Flask, market: Market) -> Iterator[Market]:
    """The market, with a request open."""
    with app.test_request_context():
        yield market


def test_a_counter_gives_what_it_has_and_takes_back_what_it_gave(inside: Market) -> None:
    onde = inside.variants["onde"]
    with writing():
        assert counters.take(Variant, onde, 30)
        assert not counters.take(Variant, onde, 1)
        assert not counters.set_on_hand(Variant, onde, 29), "thirty are promised"
        assert counters.give_back(Variant, onde, 20)
        assert not counters.give_back(Variant, onde, 11)
        assert counters.use_up(Variant, onde, 4)
        assert not counters.use_up(Variant, onde, 7)
        assert counters.restock(Variant, onde, 2)
    row = db.session.execute(select(Variant.on_hand, Variant.held).where(Variant.id == onde)).one()
    assert tuple(row) == (28, 6)


def test_a_counter_moves_forward_only(inside: Market) -> None:
    for n in (0, -1):
        with writing(), pytest.raises(ValueError, match="positive"):
            counters.take(Variant, inside.variants["onde"], n)


def part_of(payment_id: int) -> int:
    return db.session.scalars(select(PaymentPart.id).where(PaymentPart.payment_id == payment_id)).one()


def test_an_unpaid_payment_is_not_refunded(inside: Market) -> None:
    with writing():
        payment = make_payment(inside.shops["bu_ani"], 50_000).id
    with pytest.raises(refunds.TooMuch), writing():
        refunds.owe(part_of(payment), 1, "nothing has come")


def test_a_refund_stays_within_both_shares_and_the_whole(
    app: Flask, inside: Market, monkeypatch: pytest.MonkeyPatch
) -> None:
    wire(app, monkeypatch)
    with writing():
        payment = make_payment(inside.shops["bu_ani"], 100, 200, code=5)
        settle(receipt_for(payment))
    first, second = db.session.scalars(select(PaymentPart.id).order_by(PaymentPart.id))
    with pytest.raises(refunds.TooMuch), writing():
        refunds.owe(first, 106, "more than its share and the digits")
    with writing():
        refunds.owe(first, 105, "its share and the digits")
    with pytest.raises(refunds.TooMuch), writing():
        refunds.owe(second, 205, "the digits a second time")


def test_a_refund_moves_forward_only(app: Flask, inside: Market, monkeypatch: pytest.MonkeyPatch) -> None:
    wire(app, monkeypatch)
    with writing():
        payment = make_payment(inside.shops["bu_ani"], 50_000)
        settle(receipt_for(payment))
        refund = refunds.owe(part_of(payment.id), 20_000, "one box was broken").id
    with pytest.raises(refunds.RefundMoved), writing():
        refunds.finish(refund, by=refunds.Actor.BUYER, actor_id=None)
    with writing():
        refunds.send(refund, "a picture", actor_id=None)
        refunds.finish(refund, by=refunds.Actor.BUYER, actor_id=None)
    with pytest.raises(refunds.RefundMoved), writing():
        refunds.send(refund, "another picture", actor_id=None)
    assert db.session.get_one(Refund, refund, populate_existing=True).state == RefundState.DONE


def test_the_refund_that_is_meant_goes_on(app: Flask, client: Browser, signed_in: SignIn, market: Market) -> None:
    purchase = buy_by_transfer(app, client, market)
    purchase.arrived(signed_in("bu_ani"))
    with app.test_request_context():
        with writing():
            first, second = (refunds.owe(part_of(purchase.payment.id), n, "broken").id for n in (1_000, 2_000))
        money_moves.show_refund(purchase.order.id, second, picture().getvalue(), actor_id=None)
        states = {id: db.session.get_one(Refund, id, populate_existing=True).state for id in (first, second)}
    assert states == {first: RefundState.DUE, second: RefundState.SENT}


def test_a_deadline_that_moved_is_waited_for(app: Flask, inside: Market, monkeypatch: pytest.MonkeyPatch) -> None:
    wire(app, monkeypatch)
    with writing():
        payment = make_payment(inside.shops["bu_ani"], 50_000, deadline=now() + timedelta(hours=1)).id
    expiring.expire(payment)
    assert db.session.get_one(Payment, payment, populate_existing=True).state == PaymentState.OPEN


def announced(market: Market, who: str, number: str) -> int:
    account = give_account(market, who, number)
    with writing() as session:
        later = now() + timedelta(hours=24)
        session.execute(update(ReceivingAccount).where(ReceivingAccount.id == account).values(effective_at=later))
    return account


def account(id: int) -> ReceivingAccount:
    return db.session.get_one(ReceivingAccount, id, populate_existing=True)


def test_an_account_is_approved_while_it_waits(inside: Market) -> None:
    officer = inside.people["bu_rina"]
    old, over = give_account(inside, "bu_ani"), announced(inside, "bu_ani", "0099")
    with pytest.raises(GoneAway):
        receiving.approve(old, officer)
    receiving.refuse(over, officer)
    with pytest.raises(GoneAway):
        receiving.approve(over, officer)
    assert account(over).approved_by_id is None
    assert account(old).effective_at == LONG_AGO


def test_a_stopped_account_stays_as_it_ended_and_others_go_on(inside: Market) -> None:
    earlier, mine, other = (give_account(inside, who) for who in ("bu_ani", "bu_ani", "pak_budi"))
    with writing() as session:
        session.execute(update(ReceivingAccount).where(ReceivingAccount.id == earlier).values(ended_at=LONG_AGO))
    receiving.stop(inside.shops["bu_ani"], inside.people["bu_ani"], Channel.BANK)
    assert account(earlier).ended_at == LONG_AGO
    assert account(mine).ended_at is not None
    assert account(other).ended_at is None


def test_an_announcement_replaces_the_shops_own_that_waits(inside: Market) -> None:
    ani, budi = inside.shops["bu_ani"], inside.shops["pak_budi"]
    counts, waits, other = (
        give_account(inside, "bu_ani"),
        announced(inside, "bu_ani", "0099"),
        announced(inside, "pak_budi", "0088"),
    )
    assert [row.id for row in db.session.scalars(receiving.waiting(budi))] == [other]
    with writing():
        receiving._end_waiting(ani, Channel.BANK)
    assert [account(id).ended_at is None for id in (counts, waits, other)] == [True, False, True]


def test_what_is_attached_to_somebody_stays_theirs(inside: Market) -> None:
    siti, joko = inside.people["siti"], inside.people["joko"]
    said = {"contact_name": "Siti", "contact_phone": "6281211112222", "total": 0, "consent_version": "x"}
    with writing() as session:
        for token, owner in (("hers", siti), ("nobodys", None)):
            session.add(OrderGroup(token=token, placed_at=now(), user_id=owner, **said))
    with writing():
        attach_guest_orders(None, user_id=joko, phone="6281211112222", email="")
    assert dict(iter(db.session.execute(select(OrderGroup.token, OrderGroup.user_id)))) == {
        "hers": siti,
        "nobodys": joko,
    }


def test_one_time_codes_are_each_persons_own(inside: Market) -> None:
    siti, joko, officer = (inside.people[who] for who in ("siti", "joko", "bu_rina"))
    with writing():
        link = codes.make_link(siti, codes.RESET)
        code, other = codes.make_code(siti, officer), codes.make_code(joko, officer)
    with writing():
        newer = codes.make_code(siti, officer)
    with writing():
        assert codes.use_code([siti], code) is None, "the newer one has replaced it"
        assert codes.use_code([joko], other) == joko
        assert codes.use_code([joko], other) is None, "it opens once"
        assert codes.use_link(codes.RESET, link) == siti, "an officer's code ends no link"
    with writing():
        codes.void(joko)
        assert codes.use_code([siti], newer) == siti
    assert db.session.scalar(select(func.count(OneTimeCode.id)).where(OneTimeCode.user_id == joko)) == 0


def test_a_hidden_review_is_hidden_once_and_shown_once(inside: Market) -> None:
    with writing():
        review = reviews.write(inside.products["onde"], "Siti", "", reviews.Opinion(4, "Enak."))
    officer = inside.people["bu_rina"]
    assert not reviews.show(review, officer)
    assert reviews.hide(review, officer, "x") and not reviews.hide(review, officer, "x")
    assert reviews.show(review, officer) and not reviews.show(review, officer)


def test_a_picture_is_made_once(inside: Market) -> None:
    pictures.store(picture().getvalue(), inside.products["onde"])
    photo = db.session.scalars(select(Photo.id)).one()
    assert pictures._made(Photo, photo, FIRST)
    assert not pictures._made(Photo, photo, FIRST)
