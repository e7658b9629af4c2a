"""Weighs the public pages of the demo market, as a phone with an empty cache fetches them.

python -m bench.page_weight: opens a demo market of its own (a minute), prints the table, writes its figures to
bench/results/page_weight.json.
"""

import json
import tempfile
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

from flask import Flask
from playwright.sync_api import Browser as Chromium
from playwright.sync_api import sync_playwright

from bench._market import open_demo_market, pages
from marketplace.config import ROOT
from tests import chromium
from tests.browser import Browser
from tests.e2e.conftest import FLAGS, PHONE
from tests.e2e.servers import serve
from tests.weights import weigh

RESULT = ROOT / "bench" / "results" / "page_weight.json"
CONDITIONS = "demo market, brotli, 360 x 640, without scrolling"
KB = 1024


def fetched(chrome: Chromium, url: str) -> dict[str, int]:
    """Compressed bytes, pictures too, and requests of a first visit in Chromium till the network is quiet."""
    context = chrome.new_context(viewport=PHONE, device_scale_factor=2)  # type: ignore[arg-type]
    page = context.new_page()
    sizes: list[int] = []
    network = context.new_cdp_session(page)
    network.send("Network.enable")
    network.on("Network.loadingFinished", lambda event: sizes.append(int(event["encodedDataLength"])))
    page.goto(url)
    page.wait_for_timeout(5_000)  # htmx is fetched some seconds after the page
    context.close()
    return {"fetched": sum(sizes), "requests": len(sizes)}


def measured(app: Flask) -> dict[str, dict[str, int]]:
    """Everything about each page."""
    found: dict[str, dict[str, int]] = {}
    with sync_playwright() as playwright, serve(app) as servers:
        chrome = playwright.chromium.launch(executable_path=chromium.executable(), args=FLAGS)
        for name, path in pages(app).items():
            weight = weigh(Browser(app), path)
            found[name] = {**asdict(weight), "first_view": weight.first_view, **fetched(chrome, servers.url + path)}
        chrome.close()
    return found


def table(found: dict[str, dict[str, int]]) -> str:
    """The figures in KB."""
    columns = ("html", "scripts", "icons", "first_view", "fetched")
    lines = [f"{'KB':10}{''.join(f'{column:>12}' for column in columns)}    requests"]
    for name, values in found.items():
        lines.append(f"{name:10}{''.join(f'{values[c] / KB:12.1f}' for c in columns)}{values['requests']:12}")
    return "\n".join(lines)


def main() -> None:
    with tempfile.TemporaryDirectory() as instance:
        found = measured(open_demo_market(instance))
    result: dict[str, Any] = {"date": datetime.now(UTC).date().isoformat(), "conditions": CONDITIONS, "bytes": found}
    RESULT.parent.mkdir(exist_ok=True)
    RESULT.write_text(json.dumps(result, indent=2) + "\n")
    print(table(found))


if __name__ == "__main__":
    main()
