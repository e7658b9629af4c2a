"""Measures how pages, searches and filtered lists fare as the city grows: seconds, statements, plans; both engines.

python -m bench.growth [--engine sqlite,postgresql] [--sizes 1000,100000,1000000] [--rounds 30] [--plans]: builds the
cities in a scratch folder, asks them in turn without the page cache, prints a table and whether the promises hold,
writes bench/results/growth.json, and removes the cities again.
"""

import argparse
import json
import statistics
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Any

from bench._cities import City, cities
from marketplace.config import ROOT

RESULT = ROOT / "bench" / "results" / "growth.json"
CONDITIONS = (
    "a process for each city, Flask's test client, page cache off, cities asked in turn, 31 goods a shop,"
    " 1 GB of shared_buffers on PostgreSQL"
)
MOST_STATEMENTS, MOST_MS = 6, 50
Times = dict[int, dict[str, list[float]]]


def timed(found: Sequence[City], rounds: int) -> Times:
    """Milliseconds of each question by city and name; all cities are asked the same before the next question."""
    times: Times = {city.goods: {each.name: [] for each in city.questions} for city in found}
    for turn in range(-2, rounds):
        for each in zip(*(city.questions for city in found), strict=True):
            for city, question in zip(found, each, strict=True):
                took = city.ask(question.paths[turn % len(question.paths)])
                if turn >= 0:
                    times[city.goods][question.name].append(took)
    return times


def figures(found: Sequence[City], times: Times) -> dict[str, dict[str, Any]]:
    """p50, p95, p99 in ms and the number of statements of each question, by size of the city."""
    result: dict[str, dict[str, Any]] = {}
    for city in found:
        for question in city.questions:
            p = statistics.quantiles(times[city.goods][question.name], n=100, method="inclusive")
            row = result.setdefault(question.name, {"kind": question.kind})
            row[str(city.goods)] = {
                **{name: round(p[n - 1], 2) for name, n in (("p50", 50), ("p95", 95), ("p99", 99))},
                "sql": city.statements(question.paths[0]),
            }
    return result


def promises(rows: dict[str, dict[str, Any]], sizes: Sequence[int]) -> dict[str, dict[str, Any]]:
    """What was promised, what came of it."""
    small, middle, large = str(sizes[0]), str(sizes[-2]), str(sizes[-1])
    pages = {name: row for name, row in rows.items() if row["kind"] == "page"}
    lists = {name: row for name, row in rows.items() if row["kind"] in {"search", "filter"}}
    deep = {"all goods, last": "all goods", "terbaru, last": "terbaru", "batik, last": "batik"}

    def worst(values: dict[str, float], pick: Callable[..., str]) -> tuple[str, float]:
        name = pick(values, key=lambda each: values[each])
        return name, round(values[name], 2)

    def total(among: dict[str, dict[str, Any]], size: str) -> float:
        return sum(row[size]["p50"] for row in among.values())

    slowest = worst({name: row[large]["p95"] for name, row in lists.items()}, max)
    deepest = worst({name: rows[name][large]["p50"] / rows[first][large]["p50"] for name, first in deep.items()}, max)
    statements = worst({name: row[large]["sql"] for name, row in rows.items()}, max)
    page = worst({name: row[small]["p50"] / row[large]["p50"] for name, row in pages.items()}, min)
    return {
        "pages": _line(total(pages, small) / total(pages, large), "0.9 of the rate at the smallest", 0.9, page),
        "lists": _line(total(lists, middle) / total(lists, large), "0.7 of the rate at the size before", 0.7),
        "p95_ms": _line(slowest[1], "50 ms for the slowest list", -MOST_MS, slowest),
        "deepest": _line(deepest[1], "1.5 x the first page", -1.5, deepest),
        "statements": _line(statements[1], "6 statements", -MOST_STATEMENTS, statements),
    }


def _line(value: float, promise: str, limit: float, worst: tuple[str, float] | None = None) -> dict[str, Any]:
    """A limit below zero must not be exceeded, one above must be reached."""
    kept = value <= -limit if limit < 0 else value >= limit
    return {"value": round(value, 2), "promise": promise, "kept": kept, "worst": worst}


def table(rows: dict[str, dict[str, Any]], sizes: Sequence[int]) -> str:
    """Milliseconds p50/p95/p99 and statements, a column for each size."""
    lines = [f"{'':34}" + "".join(f"{size:>28,}" for size in sizes)]
    for name, row in rows.items():
        cells = (row[str(size)] for size in sizes)
        written = (f"{c['p50']:.1f} / {c['p95']:.1f} / {c['p99']:.1f} ({c['sql']})" for c in cells)
        lines.append(f"{row['kind']:7}{name[:26]:27}" + "".join(f"{cell:>28}" for cell in written))
    return "\n".join(lines)


def explain(city: City) -> str:
    """The plan of every statement of every question."""
    lines = []
    for question in city.questions:
        lines.append(f"\n## {question.kind} {question.name} {question.paths[0]}")
        for statement, plan in city.plans(question.paths[0]):
            lines += [" ".join(statement.split())[:200], *(f"    {line}" for line in plan)]
    return "\n".join(lines)


def measured(engine: str, sizes: Sequence[int], rounds: int, plans: bool) -> dict[str, Any]:
    """Everything about one engine, printed, too."""
    with cities(engine, sizes) as found:
        rows = figures(found, timed(found, rounds))
        print(table(rows, sizes))
        kept = promises(rows, sizes)
        for name, line in kept.items():
            worst = f"   ({line['worst'][0]}: {line['worst'][1]})" if line["worst"] else ""
            print(f"{'pass' if line['kept'] else 'FAIL'}  {name:12}{line['value']:8}   {line['promise']}{worst}")
        if plans:
            print(explain(found[-1]))
        built = {str(city.goods): round(city.seconds) for city in found}
    return {"built_seconds": built, "promises": kept, "questions": rows}


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--engine", default="sqlite,postgresql")
    asked.add_argument("--sizes", default="1000,10000,100000,1000000")
    asked.add_argument("--rounds", type=int, default=30)
    asked.add_argument("--plans", action="store_true", help="print how each statement is executed in the largest city")
    given = asked.parse_args()
    sizes = [int(size) for size in given.sizes.split(",")]
    result = json.loads(RESULT.read_text()) if RESULT.exists() else {}
    result |= {"date": datetime.now(UTC).date().isoformat(), "conditions": CONDITIONS}
    for engine in given.engine.split(","):
        result[engine] = measured(engine, sizes, given.rounds, given.plans)
        RESULT.write_text(json.dumps(result, indent=1) + "\n")


if __name__ == "__main__":
    main()
