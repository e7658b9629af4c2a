"""`python -m tests.fakestripe --port 12111 --webhook URL --secret whsec_...`: the fake Stripe as a program."""

import argparse
import signal
import threading

from tests.fakestripe.server import FakeStripe


def main() -> None:
    """Serve until Ctrl-C or SIGTERM."""
    parser = argparse.ArgumentParser(prog="python -m tests.fakestripe")
    parser.add_argument("--port", type=int, default=0, help="0 takes a free one")
    parser.add_argument("--webhook", default="", help="where events are delivered to")
    parser.add_argument("--secret", action="append", default=None, help="what they are signed with; twice for two")
    asked = parser.parse_args()
    stop = threading.Event()
    for each in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(each, lambda *_: stop.set())
    with FakeStripe(asked.port) as stripe:
        stripe.listen(asked.webhook, asked.secret)
        print(f"The fake Stripe listens on {stripe.url}.", flush=True)
        stop.wait()


if __name__ == "__main__":
    main()
