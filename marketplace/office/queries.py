"""What the office asks of shops, as statements."""

import re

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from marketplace.accounts.models import User
from marketplace.audit import AuditRow
from marketplace.catalog.models import Product, ProductState, ReportReason, Review, ReviewReport
from marketplace.orders.complaint_models import Complaint
from marketplace.orders.models import Order
from marketplace.orders.states import OPEN_STATES
from marketplace.sellers.models import Shop, ShopState

PAGE_SIZE = 50
FEWEST_DIGITS = 4


def shops_by_state() -> Select[ShopState, int]:
    """Rows of (state, how many shops); a state without shops has no row."""
    return select(Shop.state, func.count()).group_by(Shop.state)


def suspended_with_open_orders() -> Select[str, str, int]:
    """Rows of (slug, name, open orders) of suspended shops, the most first: somebody waits there for goods or money."""
    orders = func.count(Order.id)
    found = select(Shop.slug, Shop.name, orders).join(Order, Order.shop_id == Shop.id)
    found = found.where(Shop.state == ShopState.SUSPENDED, Order.state.in_(OPEN_STATES))
    return found.group_by(Shop.id).order_by(orders.desc(), Shop.id)


def shops(state: ShopState | None, text: str, after_id: int) -> Select[Shop]:
    """Shops in the order in which they were opened, one more than a page; `text` is part of a name or phone number."""
    found = select(Shop).where(Shop.id > after_id).order_by(Shop.id).limit(PAGE_SIZE + 1)
    if state is not None:
        found = found.where(Shop.state == state)
    if text:
        number = _digits(text)
        of_number = (Shop.whatsapp.contains(number),) if len(number) >= FEWEST_DIGITS else ()
        found = found.where(or_(Shop.name.icontains(text, autoescape=True), *of_number))
    return found


def shop_named(slug: str) -> Select[Shop]:
    """The shop of this slug, in any state."""
    return select(Shop).where(Shop.slug == slug)


def open_order_count(shop_id: int) -> Select[int]:
    """How many orders of the shop are unfinished."""
    return select(func.count()).where(Order.shop_id == shop_id, Order.state.in_(OPEN_STATES))


def published_count(shop_id: int) -> Select[int]:
    """How many goods everyone would see if the shop is verified."""
    return select(func.count()).where(Product.shop_id == shop_id, Product.state == ProductState.PUBLISHED)


def history_of(kind: str, id: int) -> Select[AuditRow, str | None]:
    """Rows of (audit row, actor's name) about a shop or review, the newest first."""
    rows = select(AuditRow, User.name).outerjoin(User, User.id == AuditRow.actor_id)
    return rows.where(AuditRow.kind == kind, AuditRow.object_id == id).order_by(AuditRow.id.desc())


def reviews(status: str, below: int | None) -> Select[Review]:
    """Reviews that are `dilaporkan` and not hidden, `disembunyikan`, or all; one more than a page, the latest first."""
    found = select(Review).options(joinedload(Review.product)).order_by(Review.id.desc()).limit(PAGE_SIZE + 1)
    if status == "dilaporkan":
        found = found.where(Review.reports > 0, Review.hidden_at.is_(None))
    elif status == "disembunyikan":
        found = found.where(Review.hidden_at.is_not(None))
    return found if below is None else found.where(Review.id < below)


def whole_review(review_id: int) -> Select[Review]:
    """One review with its product, shop and photos."""
    product = joinedload(Review.product).joinedload(Product.shop)
    return select(Review).where(Review.id == review_id).options(product, selectinload(Review.photos))


def reports_of(review_id: int) -> Select[ReportReason, int]:
    """Rows of (reason, how many gave it), the most first."""
    reports = func.count()
    found = select(ReviewReport.reason, reports).where(ReviewReport.review_id == review_id)
    return found.group_by(ReviewReport.reason).order_by(reports.desc(), ReviewReport.reason)


def reported_count() -> Select[int]:
    """How many reviews wait for the officer's eye."""
    return select(func.count(Review.id)).where(Review.reports > 0, Review.hidden_at.is_(None))


def complaint_count() -> Select[int]:
    """How many complaints the office has not decided."""
    return select(func.count(Complaint.id)).where(Complaint.decided_at.is_(None))


def _digits(text: str) -> str:
    """The part of a phone number that every way of writing it shares: 0812-3456 gives 8123456."""
    return re.sub(r"[^0-9]", "", text).removeprefix("0")
