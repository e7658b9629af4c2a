"""Lets Lighthouse judge the public pages of a demo market as a slow phone sees them.

python -m bench.lighthouse [RUNS]: the median of 3 runs, or so many; opens a demo market of its own (a minute), installs
Lighthouse into a temporary folder, prints the table and writes bench/results/lighthouse.json. Without Node it says so
and judges nothing. Fails unless accessibility is 100 on every page.
"""

import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bench import _node
from bench._market import open_demo_market, pages
from marketplace.config import ROOT
from tests import chromium
from tests.e2e.conftest import FLAGS
from tests.e2e.servers import serve

RESULT = ROOT / "bench" / "results" / "lighthouse.json"
VERSION = "12.8.2"  # the newest that runs on Node 20
RUNS = 3
JUDGED = ("home", "list", "product", "shop", "kampung", "cart")
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
# Name here -> audit there; all are milliseconds but the shift.
AUDITS = {
    "fcp_ms": "first-contentful-paint",
    "lcp_ms": "largest-contentful-paint",
    "tbt_ms": "total-blocking-time",
    "shift": "cumulative-layout-shift",
    "bytes": "total-byte-weight",
}
Figures = dict[str, float]


def judge(program: Path, url: str) -> tuple[Figures, set[str]]:
    """One run: scores from 0 to 100 and times, and what a page could not get its points for."""
    options = ["--quiet", "--output=json", f"--only-categories={','.join(CATEGORIES)}"]
    chrome = f"--chrome-flags=--headless=new {' '.join(FLAGS)}"
    environment = {**os.environ, "CHROME_PATH": str(chromium.executable())}
    command = ["node", program / "cli" / "index.js", url, *options, chrome]
    report = json.loads(subprocess.run(command, env=environment, check=True, capture_output=True).stdout)
    scores = {name: round(100 * report["categories"][name]["score"]) for name in CATEGORIES}
    times = {name: round(report["audits"][audit]["numericValue"], 3) for name, audit in AUDITS.items()}
    return {**scores, **times}, set(findings(report))


def findings(report: dict[str, Any]) -> list[str]:
    """The audits that cost points outside of performance."""
    audits = report["audits"]
    refs = [ref["id"] for name in CATEGORIES[1:] for ref in report["categories"][name]["auditRefs"] if ref["weight"]]
    return [f"{id}: {audits[id]['title']}" for id in refs if (audits[id]["score"] or 0) < 1 and _is_judged(audits[id])]


def _is_judged(audit: dict[str, Any]) -> bool:
    return audit["scoreDisplayMode"] not in {"notApplicable", "manual", "informative"}


def measured(program: Path, runs: int) -> tuple[dict[str, Figures], dict[str, list[str]]]:
    """The medians of each page and its findings."""
    medians: dict[str, Figures] = {}
    found: dict[str, list[str]] = {}
    with tempfile.TemporaryDirectory() as instance:
        app = open_demo_market(instance)
        with serve(app) as servers:
            for name in JUDGED:
                judged = [judge(program, servers.url + pages(app)[name]) for _ in range(runs)]
                medians[name] = {key: statistics.median(run[key] for run, _ in judged) for key in judged[0][0]}
                found[name] = sorted(set().union(*(findings for _, findings in judged)))
    return medians, found


def table(medians: dict[str, Figures]) -> str:
    """A line for each page."""
    columns = (*CATEGORIES, *AUDITS)
    lines = [f"{'':8}{''.join(f'{column:>15}' for column in columns)}"]
    for name, figures in medians.items():
        lines.append(f"{name:8}{''.join(f'{figures[column]:15g}' for column in columns)}")
    return "\n".join(lines)


def main(runs: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        program = _node.package("lighthouse", VERSION, Path(folder)) if shutil.which("node") else None
        if program is None:
            print("Node is missing, or npm cannot install Lighthouse: nothing was judged.")
            return
        medians, found = measured(program, runs)
    conditions = f"demo market, Lighthouse {VERSION}, simulated slow 4G and 4 x slower CPU, median of {runs}"
    result = {"date": datetime.now(UTC).date().isoformat(), "conditions": conditions, "pages": medians}
    RESULT.parent.mkdir(exist_ok=True)
    RESULT.write_text(json.dumps(result, indent=2) + "\n")
    print(table(medians))
    for name, complaints in found.items():
        print("".join(f"{name}: {complaint}\n" for complaint in complaints), end="")
    if any(figures["accessibility"] < 100 for figures in medians.values()):
        sys.exit("Accessibility is below 100.")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else RUNS)
