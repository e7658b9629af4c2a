"""Proofs of payment: kept as clean pictures that only the people of the payment can open; one used twice is seen."""

import hashlib
from datetime import timedelta
from io import BytesIO

from flask_babel import gettext as _
from PIL import Image, ImageOps
from sqlalchemy import Select, exists, select, update
from sqlalchemy.orm import aliased

from marketplace import stores
from marketplace.catalog import picture_files
from marketplace.clock import now
from marketplace.config import settings
from marketplace.db import db
from marketplace.jobs import enqueue
from marketplace.payments import expiring, states
from marketplace.payments.models import Actor, Payment, PaymentState, Proof
from marketplace.refusal import Refusal

MOST_PROOFS = 3
LONGEST_SIDE = 1600  # pixels: every digit can be read
QUALITY = 80


class TooManyProofs(Refusal):
    """A payment takes at most MOST_PROOFS pictures."""


class NotWaiting(Refusal):
    """Nothing is to be shown for a payment that is over."""


def keep(data: bytes) -> str:
    """Store a picture without its metadata and return its digest: the same for the same picture.

    Call it outside writing(). Raises NotAPicture, PictureTooLarge.
    """
    picture_files.check(data)
    with Image.open(BytesIO(data)) as image:
        image.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
        clean = ImageOps.exif_transpose(image).convert("RGB")
    clean.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    bare = Image.new("RGB", clean.size)
    bare.paste(clean)
    file = BytesIO()
    bare.save(file, "JPEG", quality=QUALITY)
    digest = hashlib.sha256(file.getvalue()).hexdigest()
    stores.proofs().put(_file(digest), file.getvalue())
    return digest


def read(digest: str) -> bytes:
    """The JPEG behind a digest that stands in a row."""
    return stores.proofs().get(_file(digest))


def hand_in(payment_id: int, digest: str, *, by: Actor, actor_id: int | None) -> None:
    """Inside writing(): the buyer shows a proof; the payment's clock stops, and the shop has a day to answer.

    Raises NotWaiting, TooManyProofs. The same picture again changes nothing.
    """
    state = db.session.scalar(select(Payment.state).where(Payment.id == payment_id).with_for_update())
    if state not in {PaymentState.OPEN, PaymentState.PROOF}:
        raise NotWaiting(_("Pembayaran ini tidak menunggu bukti. Muat ulang halaman ini."))
    there = db.session.scalars(select(Proof.digest).where(Proof.payment_id == payment_id)).all()
    if digest in there:
        return
    if len(there) >= MOST_PROOFS:
        raise TooManyProofs(_("Paling banyak %(most)s bukti untuk satu pembayaran.", most=MOST_PROOFS))
    db.session.add(Proof(payment_id=payment_id, digest=digest, at=now()))
    if states.transition(payment_id, PaymentState.PROOF, by=by, actor_id=actor_id) is not None:
        due_at = now() + timedelta(hours=settings().proof_hours)
        enqueue("payments.tell_unanswered", due_at=due_at, payment_id=payment_id)


def refuse(payment_id: int, reason: str, *, by: Actor, actor_id: int | None) -> None:
    """Inside writing(): the shop finds no money for it; the buyer reads why and may try again for as long as at first.

    Raises NotWaiting when no proof waits for an answer.
    """
    state = db.session.scalar(select(Payment.state).where(Payment.id == payment_id).with_for_update())
    if state == PaymentState.REFUSED:
        return
    if state != PaymentState.PROOF:
        raise NotWaiting(_("Pembayaran ini sudah berubah. Muat ulang halaman ini."))
    states.transition(payment_id, PaymentState.REFUSED, by=by, actor_id=actor_id, note=reason)
    deadline = now() + timedelta(hours=settings().pay_hours)
    change = update(Payment).where(Payment.id == payment_id).values(reason=reason, deadline=deadline)
    db.session.execute(change.execution_options(synchronize_session=False))
    expiring.remember(payment_id, deadline)


def proofs_of(payment_id: int) -> Select[Proof, bool]:
    """A payment's proofs, each with whether the same picture was shown for another payment, too."""
    other = aliased(Proof)
    elsewhere = exists().where(other.digest == Proof.digest, other.payment_id != Proof.payment_id)
    return select(Proof, elsewhere).where(Proof.payment_id == payment_id).order_by(Proof.id)


def _file(digest: str) -> str:
    return f"{digest}.jpg"
