"""Idempotency keys: the same request twice is done once, another request under the same key is refused."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field

from tests.fakestripe.errors import Refused

LIFETIME = 24 * 3600
LONGEST_KEY = 255


@dataclass
class Answer:
    """A response as it will be sent again."""

    status: int
    body: str
    headers: dict[str, str] = field(default_factory=dict)


@dataclass
class _Use:
    request: str
    at: int
    answer: Answer | None = None


class Keys:
    """The keys of the last 24 hours, each with its request and, once there is one, its answer."""

    def __init__(self, now: Callable[[], int]) -> None:
        self.now = now
        self.lock = threading.Lock()
        self.uses: dict[str, _Use] = {}

    def begin(self, key: str, request: str) -> Answer | None:
        """Claim a key for a request; returns the answer of an earlier one like it.

        Raises Refused: 400 when the key was used for something else, 409 while the earlier one is at work.
        """
        if not 0 < len(key) <= LONGEST_KEY:
            raise Refused("Idempotency keys have 1 to 255 characters.", kind="idempotency_error")
        with self.lock:
            use = self.uses.get(key)
            if use is None or use.at < self.now() - LIFETIME:
                self.uses[key] = _Use(request, self.now())
                return None
            if use.request != request:
                raise Refused(
                    "Keys for idempotent requests can only be used with the same parameters they were first used with. "
                    f"Try using a key other than '{key}' if you meant to execute a different request.",
                    kind="idempotency_error",
                )
            if use.answer is None:
                raise Refused(
                    f"There is currently another in-progress request using this Idempotent Key: {key}.",
                    status=409,
                    code="idempotency_key_in_use",
                )
            return Answer(use.answer.status, use.answer.body, use.answer.headers | {"Idempotent-Replayed": "true"})

    def keep(self, key: str, answer: Answer) -> None:
        """What the key's request has led to, for good or ill."""
        with self.lock:
            self.uses[key].answer = answer

    def forget(self, key: str) -> None:
        """The request never began: its parameters were wrong, or Stripe was too busy."""
        with self.lock:
            self.uses.pop(key, None)
