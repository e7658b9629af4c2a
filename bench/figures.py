"""Writes the README's table of figures from bench/results/*.json, and nothing that was not measured.

`make prove` ends with it. Each result file says `date` and `conditions` beside its raw values; a value that is not
there gets no row. A new figure is one line in ROWS.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).resolve().parent.parent
README, RESULTS = ROOT / "README.md", ROOT / "bench" / "results"
BEGIN, END = "<!-- figures -->", "<!-- /figures -->"
HEAD = "| what | measured | promised | when | how |\n|---|---|---|---|---|"
NOTHING = "Nothing has been measured yet. `make prove` measures and fills this table."


class Row(NamedTuple):
    """A line of the table: the file and the value in it, what the value is, how it is written, what was promised."""

    file: str
    value: str
    what: str
    written: str
    promise: str = ""


ROWS = (
    Row("start", "first_start_seconds", "`make run` on a fresh clone, till the shop answers", "{:.0f} s"),
    Row("start", "second_start_seconds", "`make run` again, till the shop answers", "{:.1f} s", "under 5 s"),
    Row("tests", "quick_seconds", "`make quick`", "{:.0f} s", "90 s at most"),
    Row("tests", "test_seconds", "`make test`", "{:.0f} s", "1500 s at most"),
    Row(
        "start",
        "seeding_seconds",
        "`flask seed`, the demo market with its pictures, median of 3",
        "{:.0f} s",
        "30 s at most",
    ),
    Row("start", "pictures_on_home", "products with a picture on the first home page", "{}", "20 at least"),
    Row("page_weight", "bytes.home.first_view", "first view of home without pictures", "{:,} bytes", "40 KB"),
    Row("page_weight", "bytes.home.html", "of it HTML with its styles", "{:,} bytes", "14 KB"),
    Row("page_weight", "bytes.home.fetched", "home with its pictures, before scrolling", "{:,} bytes", "100 KB"),
    Row("page_weight", "bytes.list.fetched", "a list with its pictures, before scrolling", "{:,} bytes", "100 KB"),
    Row("page_weight", "bytes.product.fetched", "a product with its pictures, before scrolling", "{:,} bytes", "80 KB"),
    Row("page_weight", "bytes.cart.fetched", "an empty cart", "{:,} bytes", "40 KB"),
    Row("pictures", "jpeg.seconds", "a photo of 12 megapixels in every size, JPEG", "{:.1f} s", "3 s at most"),
    Row("pictures", "jpeg.peak_mb", "the worker's memory meanwhile", "{:.0f} MB", "300 MB at most"),
    Row("pictures", "webp.seconds", "the same photo as WebP", "{:.1f} s", "3 s at most"),
    Row("pictures", "webp.peak_mb", "the worker's memory meanwhile", "{:.0f} MB", "300 MB at most"),
    Row("import", "rows", "rows of the sheet that `import-products` loads below", "{:,}"),
    Row("import", "sqlite.import_seconds", "the sheet loaded, SQLite", "{:.1f} s", "under 60 s"),
    Row("import", "sqlite.pages_after.home.median_ms", "home page after it, SQLite, median", "{:.0f} ms"),
    Row("import", "sqlite.pages_after.search.median_ms", "search after it, SQLite, median", "{:.0f} ms"),
    Row("import", "postgresql.import_seconds", "the sheet loaded, PostgreSQL", "{:.1f} s", "under 60 s"),
    Row("import", "postgresql.pages_after.home.median_ms", "home page after it, PostgreSQL, median", "{:.0f} ms"),
    Row("import", "postgresql.pages_after.search.median_ms", "search after it, PostgreSQL, median", "{:.0f} ms"),
    Row("every_process", "changes", "prices and counts changed, each looked for in 4 processes", "{:,}"),
    Row("every_process", "sqlite.missed", "of them not shown at once, SQLite", "{}", "0"),
    Row("every_process", "postgresql.missed", "of them not shown at once, PostgreSQL", "{}", "0"),
    Row("search_quality", "queries", "queries of the development set, over 16,354 rows and the demo goods", "{:,}"),
    *(
        Row(
            "search_quality",
            f"{engine}.{value}",
            f"{what} with something relevant in the first 5, {name}",
            "{:.2f}",
            least,
        )
        for engine, name in (("sqlite", "SQLite"), ("postgresql", "PostgreSQL"))
        for value, what, least in (("share", "of all", "0.97"), ("kinds.english", "of the English ones", "0.90"))
    ),
    *(
        Row("lighthouse", f"pages.{page}.{value}", f"Lighthouse, {page}: {what}", written, promise)
        for page in ("home", "list", "product", "shop", "kampung", "cart")
        for value, what, written, promise in (
            ("performance", "performance", "{:.0f}", "99"),
            ("accessibility", "accessibility", "{:.0f}", "100"),
            ("best-practices", "best practices", "{:.0f}", "100"),
            ("seo", "findable by search engines", "{:.0f}", "100"),
            ("lcp_ms", "largest paint after", "{:.0f} ms", "1200 ms at most"),
        )
        if (page, value) != ("cart", "seo")  # a cart is not to be found
    ),
    *(
        Row("cards", f"{engine}.{value}", f"{what}, {name}", "{:,}", promise)
        for engine, name in (("sqlite", "SQLite"), ("postgresql", "PostgreSQL"))
        for value, what, promise in (
            ("race.orders not placed", "orders of 120 that five events x 3 copies left unpaid", "0"),
            ("race.captures too many or too few", "captures too many or too few of these", "0"),
            ("race.notices too many or too few", "notices too many or too few of these", "0"),
            ("mismatches.confirmed", "of 300 card payments that are not as asked, confirmed", "0"),
            ("mismatches.not seen", "of the 300 not to be seen in suspense or waiting", "0"),
            ("forged_refused", "of 40 forged or replayed webhooks, refused", "40"),
            ("late.lost", "of 200 late payments, neither on an order nor given back", "0"),
            ("late.oversold", "goods sold twice by reinstating them", "0"),
            ("refunds.above what was captured", "of 100 orders with 20 refunds at once, above what was paid", "0"),
            ("refunds.calls too many or too few", "calls to Stripe too many or too few for their refunds", "0"),
        )
    ),
    *(
        Row("coverage", value, what, "{:,}", promise)
        for kind, named in (("lines", "statements"), ("branches", "branches"))
        for value, what, promise in (
            (kind, f"{named} of the code about money and orders", ""),
            (f"{kind}_reached", "of them reached by a test, both engines together", "all"),
        )
    ),
    Row("guards", "guards", "guards (conditions, UNIQUEs, owners, signatures) taken away in turn", "{:,}", "20"),
    Row("guards", "red", "of them noticed by a test that turned red", "{:,}", "all"),
    *(
        Row("deaths", f"{engine}.{value}", f"{what}, {name}", "{:,}", promise)
        for engine, name in (("sqlite", "SQLite"), ("postgresql", "PostgreSQL"))
        for value, what, promise in (
            ("deaths", "processes killed while people order and pay", "200"),
            ("points", "named points at which they died", "12"),
            ("orders", "orders acknowledged meanwhile", ""),
            ("wrong", "of these lost, or breaches found afterwards", "0"),
        )
    ),
    *(
        Row("model", f"{engine}.{value}", f"{what}, {name}", "{}", promise)
        for engine, name in (("sqlite", "SQLite"), ("postgresql", "PostgreSQL"))
        for value, what, promise in (
            ("runs", "runs of the market beside its model in plain Python, 50 steps each at most", "500"),
            ("diverged", "of them different from the model", "0"),
            ("edges", "edges of the tables of states tried", "all"),
            ("other_pairs", "pairs that are no edges tried", "all"),
        )
    ),
    *(
        Row(
            "load",
            f"granian.{encoding}.{page}.share.{kind}",
            f"{page}, {how}, {sent}: share of a bare Flask view's rate",
            "{:.2f}",
            promise,
        )
        for encoding, sent in (("browser", "as browsers ask"), ("identity", "not compressed"))
        for kind, how, promises in (
            (
                "kept",
                "kept",
                dict.fromkeys(("home", "list", "search", "product", "shop", "kampung", "help"), "0.5 at least"),
            ),
            ("anew", "made anew", {"list": "0.2 at least", "product": "0.3 at least"}),
        )
        for page, promise in promises.items()
    ),
    *(
        Row("growth", f"{engine}.{value}", f"{what}, {name}", written, promise)
        for engine, name in (("sqlite", "SQLite"), ("postgresql", "PostgreSQL"))
        for value, what, written, promise in (
            ("built_seconds.1000000", "a city of 1,000,000 products and 32,000 shops built", "{} s", "600 s on SQLite"),
            ("promises.pages.value", "rate of pages without a query there, beside 1,000 products", "{:.2f}", "0.9"),
            ("promises.lists.value", "rate of search and filtered lists there, beside 100,000", "{:.2f}", "0.7"),
            ("promises.p95_ms.value", "the slowest search or filtered list there, p95", "{:.0f} ms", "50 ms at most"),
            ("promises.deepest.value", "the deepest page beside the first, p50", "{:.2f}", "1.5 at most"),
            ("promises.statements.value", "most SQL statements of a page there", "{}", "6"),
        )
    ),
    Row("fuzzed_lists", "lists", "absurd searches and filters, each asked with and without JavaScript", "{:,}"),
    Row("fuzzed_lists", "sqlite.wrong", "of them errors, or other goods or order, SQLite", "{}", "0"),
    Row("fuzzed_lists", "postgresql.wrong", "of them errors, or other goods or order, PostgreSQL", "{}", "0"),
    Row("html_check", "pages", "pages that the Nu checker has read", "{:,}"),
    Row("html_check", "errors", "errors that it found", "{:,}", "0"),
)


def table(folder: Path = RESULTS) -> str:
    """The table in Markdown, of what the results hold."""
    lines = list(_lines(folder))
    return "\n".join([HEAD, *lines]) if lines else NOTHING


def rewritten(text: str, folder: Path = RESULTS) -> str:
    """The README with the table of the results between its two marks; ValueError when a mark is missing."""
    before, begin, rest = text.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise ValueError(f"the README lacks {BEGIN} or {END}")
    return f"{before}{BEGIN}\n{table(folder)}\n{END}{after}"


def _lines(folder: Path) -> Iterator[str]:
    results = {file.stem: json.loads(file.read_text()) for file in folder.glob("*.json")}
    for row in ROWS:
        result = results.get(row.file, {})
        value = _found(result, row.value)
        if value is not None:
            cells = (row.what, row.written.format(value), row.promise, result["date"], result["conditions"])
            yield f"| {' | '.join(cells)} |"


def _found(result: dict[str, Any], path: str) -> Any:
    """The value behind `sqlite.pages_after.home`, or None."""
    found: Any = result
    for name in path.split("."):
        found = found.get(name) if isinstance(found, dict) else None
    return found


if __name__ == "__main__":
    README.write_text(rewritten(README.read_text()))
    print(table())
