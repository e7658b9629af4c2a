"""Takes every guard of tests/guards/guards.txt away, one at a time, and counts those whose tests turn red.

    python -m bench.guards [--only WORD] [--jobs 2]

Each is taken away in a copy of the project, and its tests must fail there; `make test` shows that they pass here.
"""

import argparse
import json
import os
import sys
import tempfile
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from queue import SimpleQueue

from marketplace.config import ROOT
from tests.guards.guard import Guard, Unique, listed
from tests.guards.removal import copy_of, fault_of

RESULT = ROOT / "bench" / "results" / "guards.json"
Guards = Sequence[Guard | Unique]


def faults(guards: Guards, jobs: int) -> list[str]:
    """A line for each guard whose removal nobody noticed."""
    copies: SimpleQueue[Path] = SimpleQueue()
    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(jobs) as pool:
        for number in range(jobs):
            copies.put(copy_of(ROOT, Path(folder, str(number))))

        def look(guard: Guard | Unique) -> str:
            copy = copies.get()
            try:
                fault = fault_of(guard, copy)
            finally:
                copies.put(copy)
            print("GREEN" if fault else "red", guard.name, flush=True)
            return fault

        return [fault for fault in pool.map(look, guards) if fault]


def main() -> int:
    """Look at all of them, keep the figures, and return 1 when one is missing."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--only", default="", help="only guards with this word in their name")
    parser.add_argument("--jobs", type=int, default=2)
    given = parser.parse_args()
    guards = [guard for guard in listed().guards if given.only in guard.name]
    start = time.monotonic()
    wrong = faults(guards, given.jobs)
    print("\n".join(wrong))
    print(f"{len(guards)} guards, {len(wrong)} not proved, {time.monotonic() - start:.0f} s")
    if not given.only:
        kept = {"date": datetime.now(UTC).date().isoformat(), "conditions": f"{os.cpu_count()} cores"}
        figures = {"guards": len(guards), "red": len(guards) - len(wrong), "green": wrong}
        RESULT.write_text(json.dumps({**kept, **figures}, indent=2) + "\n")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
