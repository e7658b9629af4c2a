"""Webhooks that Stripe has not sent, or not now."""

import time

from stripe import WebhookSignature

from tests.fakestripe.bank import Item
from tests.payments.cards import SECRET, Till


def forgeries(till: Till) -> tuple[Item, list[tuple[str, bytes]]]:
    """An event, and forty webhooks (signature, body) about it that are not from Stripe, or not from now."""
    session = till.open(till.ask())
    till.fake.pay(session)
    (event,) = till.events(session)
    body, right = till.fake.postman.signed(event)
    stamp, text = int(time.time()), body.decode()

    def signed(at: int, secret: str = SECRET, said: str = text) -> str:
        return WebhookSignature.generate_signature_header(said, secret, at)

    mark = right.split("v1=")[1]
    forged: list[tuple[str, bytes]] = [
        *((signed(stamp - late), body) for late in (301, 302, 600, 3_600, 86_400, 31_536_000)),
        *((signed(stamp + early), body) for early in (310, 600, 3_600, 86_400, 31_536_000)),
        *((signed(stamp, secret), body) for secret in ("whsec_", "whsec_fake ", "WHSEC_FAKE", "x", SECRET[:-1])),
        *(
            (right, changed.encode())
            for changed in (text + " ", text[:-1], text.replace("paid", "unpaid"), "", "{}", "[]")
        ),
        (right, b"\xff\xfe" + body),
        *((f"t={at},v1={mark}", body) for at in (stamp + 1, stamp - 1, stamp - 299, 0, 10**11)),
        *((signature, body) for signature in ("", "v1=" + mark, f"t={stamp}", f"t={stamp},v0={mark}", f"t=,v1={mark}")),
        *((signature, body) for signature in (f"t=x,v1={mark}", f"t={stamp},v1=", f"t={stamp},v1={mark[:-1]}")),
        *((signature, body) for signature in (f"t={stamp};v1={mark}", mark, "t=1,t=2", "=,=", f"t=-1,v1={mark}")),
    ]
    return event, forged[:40]
