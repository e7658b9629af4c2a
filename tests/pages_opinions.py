"""What buyers say in the filled market: answered, reported, hidden."""

from sqlalchemy import select

from marketplace.catalog import reviews
from marketplace.catalog.models import ReportReason, Review
from marketplace.catalog.reviews import Opinion
from marketplace.db import db, writing
from marketplace.orders import fulfilment
from marketplace.orders.models import Actor, Order, OrderGroup, OrderLine, State
from marketplace.orders.reviewing import review_line
from tests.access.world import Args
from tests.factories import Market


def opinions(market: Market) -> dict[str, Args]:
    """Siti has what she ordered last; a guest's review is answered, Siti's is reported, one is hidden."""
    bought = select(OrderLine, Order, OrderGroup).join(Order, Order.id == OrderLine.order_id).join(OrderGroup)
    mine = bought.where(OrderGroup.user_id == market.people["siti"], OrderLine.quantity == 4)
    line, placed, _group = db.session.execute(mine).one()
    own: Args = {"number": placed.number, "line_id": line.id}
    for step in (fulfilment.accept, fulfilment.ship, fulfilment.deliver):
        step(placed.id, by=Actor.SELLER, actor_id=market.people["bu_ani"])
    delivered = bought.where(OrderGroup.user_id.is_(None), Order.state == State.DELIVERED)
    line, _placed, group = db.session.execute(delivered).one()
    guests: Args = {"token": group.token, "line_id": line.id}
    review_line(int(guests["line_id"]), Opinion(4, "Datang hangat, wijennya rata."))
    reported, guests_review = db.session.scalars(select(Review.id).order_by(Review.id)).all()
    reviews.reply(market.shops["bu_ani"], guests_review, "Terima kasih, semoga berjumpa lagi.")
    reviews.report(reported, "somebody", ReportReason.ADVERT)
    with writing():
        rude = reviews.write(market.products["onde"], "Joko", "", Opinion(1, "Kasar sekali."))
    reviews.hide(rude, market.people["bu_rina"], "Memuat kata-kata kasar.")
    return {
        "orders.show: delivered": own,
        "orders.review": own,
        "tracking.review": guests,
        "catalog.reviews: choices": {"slug": "sepatu-pantofel-kulit"},
        "productdesk.reply: answered": {"review_id": guests_review},
        "office.review: hidden": {"review_id": rude},
    }
