"""One object of every kind that a route can name, each with its owner."""

from dataclasses import dataclass
from datetime import timedelta
from functools import partial

from flask import Flask
from sqlalchemy import select, update

from marketplace import chain
from marketplace.accounts.models import Address
from marketplace.audit import AuditLink, AuditRow
from marketplace.catalog import alerts, pictures
from marketplace.catalog.models import Photo, Product, Review
from marketplace.catalog.reviews import Opinion, write
from marketplace.catalog.saving import save
from marketplace.clock import now
from marketplace.db import db, writing
from marketplace.orders import paper_files, paper_words, papers, vouchers
from marketplace.orders.complaint_models import Complaint, ComplaintPhoto, ComplaintReason
from marketplace.orders.models import CartLine, Order, OrderLine
from marketplace.orders.paper_models import Paper, PaperKind
from marketplace.orders.queries import whole_order
from marketplace.orders.voucher_models import Voucher
from marketplace.orders.vouchers import Offer
from marketplace.payments import proofs
from marketplace.payments.books import Journal, JournalKind
from marketplace.payments.models import Actor, Payment, Proof, ReceivingAccount
from marketplace.payments.settling import Receipt, settle
from marketplace.payments.stripe_card import PLACE
from marketplace.sellers.models import CourierRate, Shop
from tests.browser import Browser
from tests.factories import Market
from tests.orders.flows import fill_cart, order
from tests.payments.money import give_account, picture

Args = dict[str, str | int]


@dataclass
class World:
    """`args[endpoint]` fills a route's placeholders; objects belong to siti, bu_ani or nobody in particular."""

    args: dict[str, Args]

    def path_of(self, app: Flask, endpoint: str) -> str:
        """The address of the endpoint's object; KeyError for a route with placeholders that the table lacks."""
        with app.test_request_context():
            needed = {name for rule in app.url_map.iter_rules(endpoint) for name in rule.arguments}
            return app.url_for(endpoint, **(self.args[endpoint] if needed else {}))


def build(app: Flask, market: Market, siti: Browser) -> World:
    """Let siti order, speak of it, save it and keep an address, and give bu_ani a photo and a courier."""
    order(siti, market, onde=1)
    fill_cart(siti, market, **{"sepatu 39 Hitam": 1})
    with app.app_context():
        with writing() as session:
            who = {"user_id": market.people["siti"], "recipient": "Siti", "phone": "6281200000000"}
            session.add(Address(**who, street="Jl. A", is_main=True))  # type: ignore[arg-type]
            session.add(CourierRate(shop_id=market.shops["bu_ani"], courier_code="jne", service_code="REG", jawa=9000))
            line = session.scalars(select(OrderLine)).one()
            line.review_id = write(line.product_id, "Siti A.", "", Opinion(5, "Wijennya banyak."))
        save(market.people["siti"], "onde-onde-isi-10")
        alerts.ask("q=klepon", "siti@contoh.example", is_phone=False, language="id", key="k", network="127.0.0.1")
        with writing() as session:
            session.execute(update(alerts.Alert).values(token="menunggu"))
        image = picture("brown")
        _money(market)
        _paper()
        pictures.store(image.getvalue(), market.products["onde"])
        return World(_args(market))


def _money(market: Market) -> None:
    """A picture that stands for a proof and for a complaint, and an account that waits for the office."""
    digest = proofs.keep(picture("white").getvalue())
    with writing() as session:
        session.add(Proof(payment_id=session.scalars(select(Payment.id)).one(), digest=digest, at=now()))
        settle(Receipt("PM-261122-XXXXX-1", 50_000, "IDR", PLACE, "stripe:pi_unknown", Actor.SYSTEM))
        about = {"order_id": session.scalars(select(Order.id)).one(), "reason": ComplaintReason.OTHER}
        complaint = Complaint(**about, words="Kotaknya penyok.", opened_at=now())  # type: ignore[arg-type]
        session.add(complaint)
        session.flush()
        session.add(ComplaintPhoto(complaint_id=complaint.id, digest=digest))
    account = give_account(market, "pak_budi")
    with writing() as session:
        later = now() + timedelta(hours=24)
        session.execute(update(ReceivingAccount).where(ReceivingAccount.id == account).values(effective_at=later))


def _paper() -> None:
    """A receipt of the order, as if it had been paid."""
    payment = db.session.scalars(select(Payment)).one()
    row_id = db.session.scalars(select(AuditRow.id).where(AuditRow.kind == "payment")).first()
    chain.link({})
    link = db.session.scalars(select(AuditLink).where(AuditLink.row_id == row_id)).one()
    order = db.session.scalars(whole_order()).one()
    words = partial(paper_words.receipt, order, link, payment, payment.due)
    papers._write(papers.Draft(PaperKind.RECEIPT, order, words, payment.id), link)
    paper_files.make(db.session.scalars(select(Paper.id)).one())


def _voucher(market: Market, code: str, who: str | None) -> int:
    """A voucher of somebody's shop, or of the city."""
    days = {"starts_at": now() - timedelta(days=1), "ends_at": now() + timedelta(days=30)}
    given = Offer(code=code, minimum=20_000, total=100, per_buyer=9, percent=10, cap=15_000, **days)
    shop_id = market.shops[who] if who else None
    vouchers.make(shop_id, given, actor_id=market.people[who or "bu_rina"], key=code)
    return db.session.scalars(select(Voucher.id).where(Voucher.code == code)).one()


def _args(market: Market) -> dict[str, Args]:
    placed = db.session.scalars(select(Order)).one()
    product = db.session.get_one(Product, market.products["onde"])
    shop = db.session.get_one(Shop, market.shops["bu_ani"])
    photo = db.session.scalars(select(Photo)).first()
    assert photo is not None
    address: Args = {"id": db.session.scalars(select(Address.id)).one()}
    rate: Args = {"rate_id": db.session.scalars(select(CourierRate.id)).one()}
    number: Args = {"number": placed.number}
    tracked: Args = {"token": placed.group.token, **number}
    slug: Args = {"slug": product.slug}
    line: Args = {"line_id": db.session.scalars(select(OrderLine.id)).one()}
    review: Args = {"review_id": db.session.scalars(select(Review.id)).one()}
    unknown: Args = {"token": "x" * 43}
    person: Args = {"id": market.people["joko"]}
    proof: Args = {"proof_id": db.session.scalars(select(Proof.id)).one()}
    paper: Args = {"paper_id": db.session.scalars(select(Paper.id)).one(), "size": "a4"}
    shown: Args = {"photo_id": db.session.scalars(select(ComplaintPhoto.id)).one()}
    account: Args = {"account_id": db.session.scalars(select(ReceivingAccount.id)).one()}
    suspended = select(Journal.id).where(Journal.kind == JournalKind.SUSPENSE)
    money: Args = {"journal_id": db.session.scalars(suspended).one()}
    return {
        **dict.fromkeys((f"suspenseoffice.{step}" for step in ("show", "assign", "give_back")), money),
        "suspenseoffice.return_again": {**money, "step": "terkirim"},
        **dict.fromkeys(("accounts.address", "accounts.address_removal", "accounts.main_address"), address),
        **dict.fromkeys(("accounts.proof_link", "accounts.prove_email", "accounts.reset_by_link"), unknown),
        **dict.fromkeys(("accountoffice.person", "accountoffice.phone_proof", "accountoffice.reset_code"), person),
        "cart.change": {"line_id": db.session.scalars(select(CartLine.id)).one()},
        "cart.note": {"shop_id": shop.id},
        **{key: {"token": "menunggu"} for key in ("catalog.alert_end", "catalog.end_alert")},
        "catalog.category": {"slug": "kuliner"},
        "catalog.kampung": {"slug": "onde-onde"},
        "catalog.picture": {"name": f"{photo.digest}-2-320.webp"},
        "catalog.product": slug,
        "catalog.report": {**slug, **review},
        "catalog.reviews": slug,
        "catalog.shop": {"slug": shop.slug},
        **{key: {"slug": shop.slug} for key in ("office.shop", "office.verify", "office.suspend", "office.reinstate")},
        **{key: {"slug": shop.slug} for key in ("office.set_fee", "office.connect")},
        "voucherdesk.end": {"voucher_id": _voucher(market, "ONDE10", "bu_ani")},
        "voucheroffice.end": {"voucher_id": _voucher(market, "HARIJADI", None)},
        **dict.fromkeys(("orders.complaint", "complaintdesk.show", "complaintoffice.show"), number),
        **{f"{page}photo": {**number, **shown} for page in ("orders.complaint_", "complaintdesk.", "complaintoffice.")},
        "tracking.complaint": tracked,
        "tracking.complaint_photo": {**tracked, **shown},
        **dict.fromkeys(("orderdesk.show", "orderdesk.accept", "orderdesk.cancel", "orderdesk.deliver"), number),
        **{f"moneydesk.{step}": number for step in ("collect", "confirm", "refuse", "refund", "give_back")},
        **{f"moneyoffice.{step}": number for step in ("confirm", "refuse", "refunded", "give_back", "send_again")},
        **{f"{desk}.proof": {**number, **proof} for desk in ("moneydesk", "moneyoffice")},
        **{f"{desk}.paper": {**number, **paper} for desk in ("moneydesk", "orders")},
        "tracking.paper": {**tracked, **paper},
        **{f"payoutoffice.{step}": {"week": "2026-W40"} for step in ("show", "make", "file", "paid", "returned")},
        "moneyoffice.account": {**account, "answer": "tolak"},
        **{f"orders.{step}": number for step in ("prove", "pay", "refunded", "qris")},
        **{f"tracking.{step}": tracked for step in ("prove", "pay", "refunded", "qris")},
        "paydesk.stop": {"channel": "qris"},
        **dict.fromkeys(("orderdesk.make_ready", "orderdesk.ship", "orderoffice.show", "orderoffice.cancel"), number),
        "office.remove_synonym": {"synonym_id": 1},
        **dict.fromkeys(("office.review", "office.hide_review", "office.show_review", "productdesk.reply"), review),
        "orderoffice.advance": {**number, "step": "terima"},
        **dict.fromkeys(("orders.show", "orders.receipt", "orders.cancel", "orders.confirm"), number),
        "orders.buy_again": number,
        "orders.review": {**number, **line},
        **dict.fromkeys(("productdesk.edit", "productdesk.move", "productdesk.photos"), slug),
        **{key: {**slug, "photo_id": photo.id} for key in ("productdesk.delete_photo", "productdesk.make_cover")},
        "productdesk.count": {"variant_id": market.variants["onde"]},
        **dict.fromkeys(("sellers.courier", "sellers.removal"), rate),
        "saved.remove": {"product_id": product.id},
        **dict.fromkeys(("tracking.cancel", "tracking.confirm", "tracking.buy_again"), tracked),
        "tracking.review": {"token": placed.group.token, **line},
        **{
            key: {"token": placed.group.token} for key in ("tracking.show", "tracking.receipt", "card.pay", "card.back")
        },
    }
