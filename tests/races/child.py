"""One of several processes that shop at the same moment; prints what it saw as JSON.

Usage: python -m tests.races.child PLAN.json, with the settings in the environment. The plan's keys: `start_at` (epoch
seconds, when all begin), `buyers` (how many, one after the other), `carts` (each a list of variant ids), `same_form`
(cookie and fields of a form that is sent as it is, `times` at once), `without_guard`.
"""

import json
import re
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import ColumnElement, Connection, true

from marketplace import counters, create_app, db

HEADERS = {"Sec-Fetch-Site": "same-origin"}
PERSON = {"cara": "ambil", "recipient": "Pembeli Uji", "phone": "081200000000"}
FIELD = re.compile(r'name="(kunci|total|dilihat)" value="([^"]*)"')


def main() -> None:
    """Shop as the plan says."""
    plan: dict[str, Any] = json.loads(Path(sys.argv[1]).read_text())
    if plan.get("without_guard"):
        remove_guards()
    app = create_app()
    time.sleep(max(0.0, plan["start_at"] - time.time()))
    if "same_form" in plan:
        with ThreadPoolExecutor(plan["times"]) as threads:
            statuses = list(threads.map(lambda _: send_again(app, plan["same_form"]), range(plan["times"])))
    else:
        statuses = [s for n in range(plan["buyers"]) for s in shop(app, plan["carts"][n % len(plan["carts"])])]
    print(json.dumps(statuses))


def shop(app: Flask, variant_ids: list[int]) -> list[int]:
    """One buyer: fill a cart, give a name, place the order; returns every status on the way."""
    client = app.test_client()
    statuses = [send(client, "/keranjang", {"varian": id, "jumlah": 1}) for id in variant_ids]
    statuses.append(send(client, "/checkout", PERSON))
    summary = client.get("/checkout/ringkasan")
    fields = dict(FIELD.findall(summary.get_data(as_text=True)))
    if "kunci" not in fields:
        return [*statuses, summary.status_code]
    return [*statuses, summary.status_code, send(client, "/checkout/pesan", fields)]


def send(client: FlaskClient, path: str, data: dict[str, Any]) -> int:
    """Send a form from our own page."""
    return client.post(path, data=data, headers=HEADERS).status_code


def send_again(app: Flask, form: dict[str, Any]) -> int:
    """Send a form that others are sending in this moment, too."""
    client = app.test_client()
    client.set_cookie("sesi", form["cookie"])
    return send(client, "/checkout/pesan", form["fields"])


def remove_guards() -> None:
    """Let the counters forget to look whether enough is left, and SQLite begin its writes as slow reads."""
    change = counters._change

    def unguarded(model: Any, id: int, _enough: ColumnElement[bool], n: int, **values: object) -> bool:
        return change(model, id, true(), n, **values)

    def begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN")
        connection.exec_driver_sql("SELECT count(*) FROM shop").scalar()
        time.sleep(0.005)

    counters._change = unguarded
    db._begin = begin


if __name__ == "__main__":
    main()
