"""Times what a newcomer does in a fresh clone: `make run` twice, `flask seed`, then `make quick` and `make test`.

Usage: python -m bench.fresh_clone [run] [quick] [test]; without a word, all. Writes bench/results/start.json and
tests.json, where what is not timed again stays.
"""

import json
import os
import re
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

ROOT = Path(__file__).resolve().parent.parent
RESULTS = ROOT / "bench" / "results"
PATIENCE = 600


def main() -> None:
    """Clone what is committed, and time it."""
    wanted = sys.argv[1:] or ["run", "quick", "test"]
    with tempfile.TemporaryDirectory() as folder:
        clone = Path(folder) / "pasar"
        subprocess.run(["git", "clone", "--quiet", ROOT, clone], check=True)
        if "run" in wanted:
            first, pictures = time_start(clone)
            second, _ = time_start(clone)
            figures = {"first_start_seconds": first, "second_start_seconds": second, "pictures_on_home": pictures}
            seeding = statistics.median(time_seeding(clone) for _ in range(3))
            write("start", {**figures, "seeding_seconds": seeding})
        for target in ("quick", "test"):
            if target in wanted:
                write("tests", {f"{target}_seconds": time_make(clone, target)})


def time_start(clone: Path) -> tuple[float, int]:
    """Seconds until `make run` answers, and how many pictures the home page has then; the shop is closed again."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    url, environment = f"http://127.0.0.1:{port}", {**os.environ, "PORT": str(port)}
    begin = time.monotonic()
    shop = subprocess.Popen(["make", "run"], cwd=clone, env=environment, start_new_session=True)
    try:
        wait_for(f"{url}/healthz", shop)
        seconds = time.monotonic() - begin
        home = urlopen(url).read().decode()
    finally:
        os.killpg(shop.pid, signal.SIGINT)
        shop.wait(30)
    return round(seconds, 1), len(re.findall("<picture", home))


def time_seeding(clone: Path) -> float:
    """Seconds that `flask seed` takes in a migrated, empty database."""
    flask = [str(clone / ".venv/bin/python"), "-m", "flask", "--app", "wsgi"]
    with tempfile.TemporaryDirectory() as instance:
        environment = {**os.environ, "DEMO": "1", "INSTANCE": instance}
        subprocess.run([*flask, "db", "upgrade"], cwd=clone, env=environment, check=True)
        begin = time.monotonic()
        subprocess.run([*flask, "seed"], cwd=clone, env=environment, check=True)
        return round(time.monotonic() - begin, 1)


def wait_for(url: str, shop: subprocess.Popen[bytes]) -> None:
    """Wait till the address answers; RuntimeError when the shop ends before."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline and shop.poll() is None:
        try:
            urlopen(url, timeout=5).close()
            return
        except (URLError, ConnectionError, TimeoutError):
            time.sleep(0.05)
    raise RuntimeError("make run ended, or did not answer in time")


def time_make(clone: Path, target: str) -> int:
    """Seconds that `make TARGET` takes; it must succeed."""
    begin = time.monotonic()
    subprocess.run(["make", target], cwd=clone, check=True)
    return round(time.monotonic() - begin)


def write(name: str, figures: dict[str, float]) -> None:
    """Keep the figures with date and conditions."""
    conditions = f"{os.cpu_count()} CPUs, fresh clone, libraries from the registry's cache or the network"
    RESULTS.mkdir(exist_ok=True)
    file = RESULTS / f"{name}.json"
    kept = json.loads(file.read_text()) if file.exists() else {}
    result = {**kept, "date": f"{datetime.now(UTC):%Y-%m-%d}", "conditions": conditions, **figures}
    file.write_text(json.dumps(result, indent=2) + "\n")
    print(result)


if __name__ == "__main__":
    main()
