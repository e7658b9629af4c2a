"""The drawing processes of the demo market end with the seeding, however that ends."""

import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

from marketplace.config import ROOT

pytestmark = pytest.mark.slow
SECONDS = 20
SEEDING = """
import time
from marketplace import create_app
from marketplace.demo.workshop import workshop

with create_app().app_context(), workshop(64) as drawing:
    drawing.keep("onde-onde 1").result()
    print("drawn", flush=True)
    time.sleep(600)
"""


def test_a_seeding_that_is_killed_leaves_no_process(tmp_path: Path) -> None:
    environment = {"INSTANCE": str(tmp_path), "SECRET_KEY": "x", "DEMO": "1"}
    seeding = subprocess.Popen([sys.executable, "-c", SEEDING], cwd=ROOT, env=environment, stdout=subprocess.PIPE)
    with seeding:
        assert seeding.stdout and seeding.stdout.readline() == b"drawn\n"
        drawing = psutil.Process(seeding.pid).children(recursive=True)
        assert drawing
        seeding.kill()
    until = time.monotonic() + SECONDS
    while (left := [each for each in drawing if is_alive(each)]) and time.monotonic() < until:
        time.sleep(0.1)
    for each in left:
        each.kill()
    assert left == []


def is_alive(process: psutil.Process) -> bool:
    """Nobody may have asked yet how a process ended that has lost its parent."""
    try:
        return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False
