"""Requests a second of each public page: kept, made anew, and beside a bare Flask view of the same bytes.

    python -m bench.load [--seconds 2] [--rounds 3] [--url http://other.example/list] [--only product,list]
        [--encodings browser,identity] [--servers granian,gunicorn] [--instance folder]

Servers stand on the first core, the load on the last; yardsticks take turns, so only their ratios mean anything.
Servers that are not installed are left out: the market itself needs granian alone.
"""

import argparse
import base64
import json
import os
import selectors
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

from flask import Flask
from flask_migrate import upgrade

from bench._market import open_demo_market, pages
from marketplace import create_app
from marketplace.config import ROOT, Settings
from tests.e2e.servers import free_port, wait_for

RESULT = ROOT / "bench" / "results" / "load.json"
CONNECTIONS, SLOW_UPLOADS, THREADS = 8, 6, 4
# As browsers ask, and as something does that does not know how to unpack.
ACCEPTED = {"browser": "gzip, deflate, br", "identity": "identity"}
CORES = sorted(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else [0]
SERVERS: dict[str, Callable[[int, str], list[str]]] = {
    "granian": lambda port, app: (
        f"-m granian --interface wsgi --no-ws --port {port} --blocking-threads {THREADS} --log-level error {app}"
    ).split(),
    "gunicorn": lambda port, app: (
        f"-m gunicorn --worker-class gthread --threads {THREADS} --workers 1 --keep-alive 75 --log-level error"
        f" --bind 127.0.0.1:{port} {app}"
    ).split(),
}


@contextmanager
def serving(server: str, app: str, environment: dict[str, str]) -> Iterator[str]:
    """A server of one process on the first core; gives its address."""
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    process = subprocess.Popen(
        [sys.executable, *SERVERS[server](port, app)],
        cwd=ROOT,
        env={**os.environ, **environment, "BASE_URL": url, "DATABASE_THREADS": str(THREADS)},
        start_new_session=True,
        preexec_fn=lambda: os.sched_setaffinity(0, {CORES[0]}),
    )
    try:
        wait_for(url + environment["PROBE"])
        yield url
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(20)


def load(url: str, seconds: float, encoding: str = "browser") -> tuple[float, float]:
    """Requests a second over kept-alive connections, and the slowest of a hundred in milliseconds."""
    parts = urlsplit(url)
    path = f"{parts.path or '/'}{'?' + parts.query if parts.query else ''}"
    message = f"GET {path} HTTP/1.1\r\nHost: {parts.netloc}\r\nAccept-Encoding: {ACCEPTED[encoding]}\r\n\r\n".encode()
    waiting = selectors.DefaultSelector()
    for _ in range(CONNECTIONS):
        client = socket.create_connection((parts.hostname or "", parts.port or 80))
        waiting.register(client, selectors.EVENT_READ, [b"", time.perf_counter()])
        client.sendall(message)
    took: list[float] = []
    start = now = time.perf_counter()
    while now - start < seconds:
        ready = waiting.select(0.1)
        now = time.perf_counter()  # nobody may ever answer
        for key, _events in ready:
            state, client = key.data, key.fileobj
            assert isinstance(client, socket.socket)
            state[0] += client.recv(262_144)
            now = time.perf_counter()
            if is_whole(state[0]):
                took.append(now - state[1])
                state[0], state[1] = b"", now
                client.sendall(message)
    for key in list(waiting.get_map().values()):
        key.fileobj.close()  # type: ignore[union-attr]
    took.sort()
    return len(took) / seconds, 1000 * took[int(0.99 * len(took))] if took else 0.0


def is_whole(answer: bytes) -> bool:
    """Whether the answer has come to its end; it must be a 200."""
    head, blank, body = answer.partition(b"\r\n\r\n")
    if not blank:
        return False
    assert head.startswith(b"HTTP/1.1 200"), head[:200]
    lower = head.lower()
    if b"content-length: " in lower:
        return len(body) >= int(lower.partition(b"content-length: ")[2].split(b"\r\n")[0])
    return body.endswith(b"0\r\n\r\n")


def in_turn(urls: dict[str, str], encoding: str, seconds: float, rounds: int) -> dict[str, dict[str, float]]:
    """The median rate and p99 of each address, loaded one after the other, again and again."""
    seen: dict[str, list[tuple[float, float]]] = {name: [] for name in urls}
    for url in urls.values():
        load(url, 0.3, encoding)
    for _ in range(rounds):
        for name, url in urls.items():
            seen[name].append(load(url, seconds, encoding))
    return {
        name: {
            "rate": round(statistics.median(rate for rate, _ in runs), 1),
            "p99_ms": round(statistics.median(p99 for _, p99 in runs), 1),
        }
        for name, runs in seen.items()
    }


@contextmanager
def slow_uploads(url: str) -> Iterator[None]:
    """Six senders of large forms, some bytes a second each."""
    parts, over = urlsplit(url), threading.Event()

    def send() -> None:
        with socket.create_connection((parts.hostname or "", parts.port or 80)) as sender:
            head = f"POST /keranjang HTTP/1.1\r\nHost: {parts.netloc}\r\nSec-Fetch-Site: same-origin\r\n"
            kind = "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 99999\r\n\r\n"
            sender.sendall((head + kind).encode())
            while not over.wait(0.5):
                try:
                    sender.sendall(b"x=1")
                except OSError:
                    return

    senders = [threading.Thread(target=send, daemon=True) for _ in range(SLOW_UPLOADS)]
    for sender in senders:
        sender.start()
    time.sleep(1)
    try:
        yield
    finally:
        over.set()
        for sender in senders:
            sender.join()


def under_slow_uploads(url: str, seconds: float) -> dict[str, float]:
    """Rate and p99 of a page while six slow uploads are under way; 0 when nobody is answered."""
    with slow_uploads(url):
        rate, p99 = load(url, seconds)
    return {"rate": round(rate, 1), "p99_ms": round(p99, 1)}


def bodies(url: str, paths: dict[str, str], encoding: str) -> dict[str, str]:
    """What the marketplace sends, for the bare app."""
    sent = {}
    for path in paths.values():
        with urlopen(Request(url + path, headers={"Accept-Encoding": ACCEPTED[encoding]})) as response:
            sent[path.partition("?")[0]] = base64.b64encode(response.read()).decode()
    return sent


def market_in(folder: str) -> Flask:
    """A demo market that has been opened before, brought up to date."""
    app = create_app(Settings.from_environment({"INSTANCE": folder, "DEMO": "1"}))
    with app.app_context():
        upgrade()
    return app


def measure(
    server: str, encoding: str, folder: str, paths: dict[str, str], asked: argparse.Namespace
) -> dict[str, object]:
    """Every page under one server, in one encoding."""
    environment = {"INSTANCE": folder, "DEMO": "1", "DATABASE_URL": f"sqlite:///{folder}/pasar.db", "PROBE": "/healthz"}
    probe = {"PROBE": next(iter(paths.values())).partition("?")[0], "BARE_BODIES": f"{folder}/bodies.json"}
    probe["BARE_ENCODING"] = "" if encoding == "identity" else "br"  # what kept pages are sent in
    result: dict[str, object] = {}
    with (
        serving(server, "wsgi:app", {**environment, "PAGE_CACHE_MEGABYTES": "64"}) as kept,
        serving(server, "wsgi:app", {**environment, "PAGE_CACHE_MEGABYTES": "0"}) as anew,
    ):
        Path(probe["BARE_BODIES"]).write_text(json.dumps(bodies(kept, paths, encoding)))
        with serving(server, "bench.bare:app", probe) as bare:
            for name, path in paths.items():
                urls = {"bare": bare + path.partition("?")[0], "kept": kept + path, "anew": anew + path}
                urls |= {"other": asked.url} if asked.url else {}
                found = in_turn(urls, encoding, asked.seconds, asked.rounds)
                found["share"] = {each: round(found[each]["rate"] / found["bare"]["rate"], 3) for each in urls}
                result[name] = found
                print(server, encoding, name, {each: found[each]["rate"] for each in urls}, found["share"], flush=True)
        if "product" in paths:
            result["slow_uploads"] = under_slow_uploads(anew + paths["product"], 2 * asked.seconds)
            print(server, "with six slow uploads", result["slow_uploads"], flush=True)
    return result


def main() -> None:
    """Both servers, one after the other."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--seconds", type=float, default=2.0)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--url", default="")
    parser.add_argument("--only", default="")
    parser.add_argument("--instance", default="", help="a demo market that is there already")
    parser.add_argument("--encodings", default=",".join(ACCEPTED))
    parser.add_argument("--servers", default=",".join(name for name in SERVERS if find_spec(name)))
    asked = parser.parse_args()
    result: dict[str, object] = {
        "date": datetime.now(UTC).date().isoformat(),
        "conditions": f"demo market, SQLite, one process of {THREADS} threads on one core, {CONNECTIONS} connections"
        f" from another, medians of {asked.rounds} turns of {asked.seconds:g} s",
    }
    with tempfile.TemporaryDirectory() as folder:
        folder = asked.instance or folder
        found = pages(market_in(folder) if asked.instance else open_demo_market(folder))
        os.sched_setaffinity(0, {CORES[-1]})
        chosen = asked.only.split(",") if asked.only else [name for name in found if name != "cart"]
        for server in asked.servers.split(","):
            result[server] = {
                encoding: measure(server, encoding, folder, {name: found[name] for name in chosen}, asked)
                for encoding in asked.encodings.split(",")
            }
    RESULT.write_text(json.dumps(result, indent=2) + "\n")


if __name__ == "__main__":
    main()
