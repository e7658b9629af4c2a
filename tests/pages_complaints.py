"""Complaints in the filled market: an order that can be complained of, one that waits for an answer, one decided."""

from flask import Flask
from sqlalchemy import select

from marketplace.db import db
from marketplace.orders import complaining, fulfilment
from marketplace.orders.complaining import Decision, Opening
from marketplace.orders.complaint_models import Complaint, ComplaintPhoto, ComplaintReason
from marketplace.orders.models import Actor, Order, OrderGroup
from marketplace.orders.refunding import Wish
from marketplace.payments import proofs
from tests.access.world import Args
from tests.browser import Browser
from tests.factories import Market
from tests.orders.flows import numbers_of, order
from tests.payments.money import picture

STORY = "Dua kotak penyok dan isinya hancur. Saya sudah memotretnya begitu kotaknya dibuka."
SIDE = "Kami sudah membungkusnya dengan baik, mungkin terbentur di jalan. Kami minta maaf."
VERDICT = "Satu kotak diganti: kedua pihak sudah berusaha."


def complained(app: Flask, market: Market, siti: Browser) -> dict[str, Args]:
    """Siti has ordered at Bu Ani's; each order's number by the page that shows it."""
    delivered, open_one, decided = (numbers_of(order(siti, market, onde=1))[0] for _ in range(3))
    by_seller = {"by": Actor.SELLER, "actor_id": market.people["bu_ani"]}
    with app.app_context():
        found = select(Order.number, Order.id).where(Order.number.in_((delivered, open_one, decided)))
        ids = dict(iter(db.session.execute(found)))
        for id in ids.values():
            for step in (fulfilment.accept, fulfilment.ship, fulfilment.deliver):
                step(id, **by_seller)
        digests = [proofs.keep(picture(colour).getvalue()) for colour in ("brown", "tan")]
        for number in (open_one, decided):
            opening = Opening(ComplaintReason.BROKEN, STORY, digests)
            complaining.open_complaint(ids[number], opening, key=f"scene:{number}", actor_id=None)
            complaining.answer(ids[number], SIDE, actor_id=market.people["bu_ani"])
        decision = Decision(False, Wish({}, 10_000, VERDICT))
        complaining.decide(ids[decided], decision, key="scene", officer_id=market.people["bu_rina"])
        token = db.session.scalars(select(OrderGroup.token).join(Order).where(Order.number == delivered)).one()
        shown = db.session.scalars(select(OrderGroup.token).join(Order).where(Order.number == open_one)).one()
        photos = select(ComplaintPhoto.id).join(Complaint).where(Complaint.order_id == ids[open_one])
        photo = db.session.scalars(photos).all()[0]
    number: Args = {"number": open_one}
    return {
        "orders.complaint": {"number": delivered},
        "tracking.complaint": {"number": delivered, "token": token},
        "orders.complaint_photo": {**number, "photo_id": photo},
        "tracking.complaint_photo": {**number, "token": shown, "photo_id": photo},
        "orders.show: disputed": number,
        "orders.show: decided": {"number": decided},
        **{f"{page}.show{which}": number for page, which in DESKS},
        **{f"{desk}.photo": {**number, "photo_id": photo} for desk in ("complaintdesk", "complaintoffice")},
        **{f"{desk}.show: decided": {"number": decided} for desk in ("complaintdesk", "complaintoffice")},
    }


DESKS = (("complaintdesk", ""), ("complaintoffice", ""), ("orderdesk", ": disputed"), ("orderoffice", ": disputed"))
