"""Counts which lines and branches of money and orders the tests about them reach, on both engines together.

    python -m bench.coverage

`make coverage` is this; it fails below all of them.
"""

import json
import os
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from marketplace.config import ROOT

RESULT = ROOT / "bench" / "results" / "coverage.json"
TESTS = ["-n", "2", "--dist", "worksteal", "-m", "not no_cover and not slow", "--engines", "sqlite,postgresql"]


def main() -> int:
    """Run the tests about money and orders, keep the figures, and return pytest's exit code."""
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder, "coverage.json")
        told = ["--cov", f"--cov-report=json:{report}", "--cov-report=term-missing"]
        code = subprocess.run([sys.executable, "-m", "pytest", "-q", *TESTS, *told], cwd=ROOT, check=False).returncode
        total = json.loads(report.read_text())["totals"]
    figures = {
        "lines": total["num_statements"],
        "lines_reached": total["covered_lines"],
        "branches": total["num_branches"],
        "branches_reached": total["covered_branches"],
    }
    kept = {"date": datetime.now(UTC).date().isoformat(), "conditions": f"{os.cpu_count()} cores"}
    RESULT.write_text(json.dumps({**kept, **figures}, indent=2) + "\n")
    return code


if __name__ == "__main__":
    sys.exit(main())
