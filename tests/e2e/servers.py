"""What a browser test talks to: a web server and a worker of their own over its database, or the app in its process."""

import dataclasses
import logging
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.error import URLError
from urllib.request import urlopen

from flask import Flask
from werkzeug.serving import make_server

from marketplace.config import ROOT
from tests.races.crowd import environment_of

SECONDS_TO_START = 60


@dataclasses.dataclass
class Servers:
    """Where the shop answers, and its processes, for tests that kill them."""

    url: str
    environment: dict[str, str]
    web: subprocess.Popen[bytes]
    worker: subprocess.Popen[bytes]


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def start_web(environment: dict[str, str], port: int, workers: int = 1) -> subprocess.Popen[bytes]:
    """Start the web server and wait till it answers."""
    options = ["--workers", str(workers), "--blocking-threads", "4", "--log-level", "error"]
    serve_wsgi = ["-m", "granian", "--interface", "wsgi", "--no-ws", "--port", str(port)]
    command = [sys.executable, *serve_wsgi, *options, "wsgi:app"]
    web = subprocess.Popen(command, cwd=ROOT, env=environment, start_new_session=True)
    wait_for(f"http://127.0.0.1:{port}/healthz")
    return web


def kill(process: subprocess.Popen[bytes], how: signal.Signals = signal.SIGKILL) -> None:
    """End a process with everything it has started."""
    if process.poll() is None:
        os.killpg(process.pid, how)
    process.wait(20)


def wait_for(url: str) -> None:
    """Wait till the address answers."""
    deadline = time.monotonic() + SECONDS_TO_START
    while True:
        try:
            urlopen(url, timeout=5).close()
            return
        except (URLError, ConnectionError, TimeoutError):
            if time.monotonic() > deadline:
                raise
            time.sleep(0.1)


@contextmanager
def serve(app: Flask, web_workers: int = 1) -> Iterator[Servers]:
    """Run both servers for the length of the block."""
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    environment = {**environment_of(app), "BASE_URL": url, "PORT": str(port), "DATABASE_THREADS": "4"}
    work = [sys.executable, "-m", "flask", "--app", "wsgi", "work"]
    worker = subprocess.Popen(work, cwd=ROOT, env=environment, start_new_session=True, stdout=subprocess.DEVNULL)
    servers = Servers(url, environment, start_web(environment, port, web_workers), worker)
    try:
        yield servers
    finally:
        kill(servers.web)
        kill(servers.worker)


@contextmanager
def serve_here(app: Flask) -> Iterator[str]:
    """Serve the app from a thread of this process, without a worker; gives its address.

    Starts in no time: enough for what pages and the browser make of each other.
    """
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
