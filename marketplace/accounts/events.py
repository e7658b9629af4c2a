"""What happens to people that higher packages want to know of, without being imported here."""

from blinker import Namespace

_signals = Namespace()

proved = _signals.signal("accounts.proved")
"""A phone or e-mail now belongs to one account alone: attach what waited for it.

Sent INSIDE the write transaction that stores the proof, so receivers write with `db.session` and open no block of their
own; whatever they raise undoes the proof. Keyword arguments: `user_id: int`, `phone: str` (digits) and `email: str`
(lower case); the one that was not proved is empty. The sender is the app.
"""

signed_in = _signals.signal("accounts.signed_in")
"""Somebody has just signed in or registered: take over what the guest had.

Sent OUTSIDE any write transaction, before the session is renewed: the guest's session can still be read, but what
receivers put there is dropped, flashed messages excepted. Keyword argument: `user_id: int`. The sender is the app.
"""
