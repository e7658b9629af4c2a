"""The yardstick of bench.load: a Flask app whose views return bodies that the marketplace has sent, and do no more."""

import base64
import json
import os
from pathlib import Path

from flask import Flask, Response

app = Flask(__name__)
ENCODING = os.environ["BARE_ENCODING"]
HEADERS = {"Content-Encoding": ENCODING} if ENCODING else {}


def view_of(body: bytes) -> object:
    """A view that returns these bytes and does nothing else."""

    def view() -> Response:
        return Response(body, mimetype="text/html", headers=HEADERS)

    return view


for number, (path, body) in enumerate(json.loads(Path(os.environ["BARE_BODIES"]).read_text()).items()):
    app.add_url_rule(path, f"page{number}", view_of(base64.b64decode(body)))  # type: ignore[arg-type]
