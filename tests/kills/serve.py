"""A web server or a worker that comes back whenever it is killed.

    python -m tests.kills.serve web|work FILE_WITH_ORDERS_TO_DIE [PORT]

The parent has loaded the market; each child is a fork of it, so that the next one answers at once. The child's process
id stands in a file beside the orders.
"""

import os
import signal
import sys
from pathlib import Path

from flask import Flask
from werkzeug.serving import WSGIRequestHandler, make_server

from tests.kills.points import wrap


class Quiet(WSGIRequestHandler):
    """Prints nothing for each request."""

    protocol_version = "HTTP/1.1"

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Say nothing."""


def main() -> None:
    """Keep one child of the kind alive until SIGTERM."""
    kind, orders = sys.argv[1], Path(sys.argv[2])
    wrap(orders)
    from marketplace import create_app

    app = create_app()
    signal.signal(signal.SIGTERM, lambda *_: os.killpg(0, signal.SIGKILL))
    while True:
        child = os.fork()
        if child == 0:
            signal.signal(signal.SIGTERM, signal.SIG_DFL)
            live(app, kind)
            os._exit(0)
        draft = orders.with_name(f"draft-{kind}")
        draft.write_text(str(child))
        draft.replace(orders.with_name(f"pid-{kind}"))  # never seen half written
        os.waitpid(child, 0)


def live(app: Flask, kind: str) -> None:
    """What the child does."""
    if kind == "web":
        port = int(sys.argv[3])
        make_server("127.0.0.1", port, app, threaded=True, request_handler=Quiet).serve_forever()
        return
    from marketplace import jobs
    from marketplace.wiring import HANDLERS

    jobs.run(app, HANDLERS)


if __name__ == "__main__":
    main()
