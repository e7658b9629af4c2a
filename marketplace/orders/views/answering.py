"""What shop and office answer a buyer's payment alike: the money has come, or it has not."""

from flask import request
from flask_login import current_user

from marketplace.orders import money_moves
from marketplace.orders.forms import ProofReasonForm
from marketplace.orders.models import Actor


def confirm(order_id: int, by: Actor) -> None:
    """The payment that the form names is on the account."""
    money_moves.confirm(order_id, request.form.get("pembayaran", ""), by=by, actor_id=current_user.id)


def refuse(order_id: int, by: Actor) -> ProofReasonForm | None:
    """No such money has come; the buyer is told why. The form when something is wrong with the reason."""
    form = ProofReasonForm()
    if not form.validate():
        return form
    money_moves.refuse_proof(order_id, form.alasan.data or "", by=by, actor_id=current_user.id)
    return None
