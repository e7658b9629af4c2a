"""`bin/start.py` runs web server and worker, and whatever ends one of them ends both."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator

import psutil
import pytest
from flask import Flask

from marketplace.config import ROOT
from tests.e2e.servers import free_port, wait_for
from tests.factories import Market
from tests.races.crowd import environment_of

pytestmark = pytest.mark.slow
Started = tuple[subprocess.Popen[bytes], list[psutil.Process]]


@pytest.fixture
def started(app: Flask, market: Market) -> Iterator[Started]:
    """The script as `make run` starts it, and the processes below it."""
    port = free_port()
    environment = {**environment_of(app), "PORT": str(port), "BASE_URL": f"http://127.0.0.1:{port}"}
    process = subprocess.Popen([sys.executable, "bin/start.py"], cwd=ROOT, env=environment, start_new_session=True)
    wait_for(f"http://127.0.0.1:{port}/healthz")
    below = psutil.Process(process.pid).children(recursive=True)
    yield process, below
    for each in below:
        if each.is_running():
            each.kill()


def all_gone(processes: list[psutil.Process]) -> bool:
    _, alive = psutil.wait_procs(processes, timeout=15)
    return alive == []


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_ends_everything(started: Started, how: signal.Signals) -> None:
    process, below = started
    assert len(below) >= 2
    os.killpg(process.pid, how)
    assert process.wait(15) == 0
    assert all_gone(below)


def test_the_death_of_one_ends_the_other(started: Started) -> None:
    process, below = started
    worker = next(each for each in below if "work" in each.cmdline())
    worker.kill()
    assert process.wait(15) == 1
    assert all_gone(below)
