"""What goes wrong on demand, so many times, for the requests or events that are named."""

import threading
from dataclasses import dataclass

ON_REQUESTS = {
    "error_500": "nothing is done, 500; the key may be used again",
    "error_500_after": "it is done, yet the answer is 500, and the same 500 again for the same key",
    "rate_limit": "nothing is done, 429",
    "unheard": "nothing is done, the line is silent for `seconds` and then breaks",
    "unanswered": "it is done, the line is silent for `seconds` and then breaks: a time-out after the effect",
    "slow": "it is done after `seconds`; the key is in use for so long",
}
ON_EVENTS = {
    "duplicate": "delivered twice, at once",
    "delay": "delivered after `seconds`",
    "drop": "never delivered",
    "reorder": "delivered after the next event",
}
ON_REFUNDS = {
    "refund_pending": "the refund waits for its bank",
    "refund_fails": "the refund succeeds, then fails",
}
KINDS = ON_REQUESTS | ON_EVENTS | ON_REFUNDS


@dataclass
class Fault:
    """One fault; `on` is a part of "POST /v1/refunds" or of an event's type, `times` counts down."""

    kind: str
    on: str = ""
    times: int = 1
    seconds: float = 0.0


class Faults:
    """The faults that are switched on."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.waiting: list[Fault] = []

    def add(self, fault: Fault) -> None:
        """Switch one on; raises ValueError for a kind that there is not."""
        if fault.kind not in KINDS:
            raise ValueError(f"no fault is called {fault.kind!r}; there are {', '.join(KINDS)}")
        with self.lock:
            self.waiting.append(fault)

    def clear(self) -> None:
        """Switch all of them off."""
        with self.lock:
            self.waiting.clear()

    def take(self, kinds: dict[str, str], subject: str) -> Fault | None:
        """The first fault of these kinds that concerns the subject; used up once."""
        with self.lock:
            for fault in self.waiting:
                if fault.kind in kinds and fault.on in subject:
                    fault.times -= 1
                    if fault.times <= 0:
                        self.waiting.remove(fault)
                    return fault
            return None
