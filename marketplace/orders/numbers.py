"""Names for orders: a short number to say aloud, and a token nobody can guess."""

import secrets
from datetime import datetime
from random import Random, SystemRandom

from marketplace.clock import to_wib

# Of 0 O, 1 I L, 2 Z, 5 S, 8 B, which handwriting confuses, one each at most; no vowels, so that no word appears.
ALPHABET = "23456789CDFGHJKMNPQRTVWXY"


def new_order_number(at: datetime, random: Random | None = None) -> str:
    """`PM-261122-7K3F2`: the date in WIB and five random characters, 9.7 million a day.

    Two may still meet: the column is unique, and whoever stores one tries again with a new number. `random` is the
    operating system's unless a test brings its own.
    """
    source = random or SystemRandom()
    return f"PM-{to_wib(at):%y%m%d}-{''.join(source.choices(ALPHABET, k=5))}"


def new_token() -> str:
    """128 random bits as 22 characters that may stand in an address: whoever has it may see the order."""
    return secrets.token_urlsafe(16)
