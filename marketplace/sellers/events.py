"""What happens to shops that higher packages want to know of, without being imported here."""

from blinker import Namespace

_signals = Namespace()

shop_changed = _signals.signal("sellers.shop_changed")
"""A shop's state, name, place, pickup or delivery is another now: lists of its goods repeat these.

Sent INSIDE the write transaction, after the change has reached the database, so receivers write with `db.session` and
open no block of their own. Keyword argument: `shop_id: int`. There is no sender.
"""
