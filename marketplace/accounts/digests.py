"""Keyed digests: the database can compare them, but whoever steals it cannot guess what they stand for."""

import hashlib
import hmac

from marketplace.config import settings


def keyed_digest(*parts: str) -> str:
    """64 hexadecimal digits for these parts; another secret key gives other digits."""
    return hmac.new(settings().secret_key.encode(), repr(parts).encode(), hashlib.sha256).hexdigest()
