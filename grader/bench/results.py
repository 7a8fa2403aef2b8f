"""The figures of a run of benchmarks: ratios within the run, a table to read, a file that names the machine."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from grader.bench.engines import STOCK
from grader.bench.measure import Took


@dataclass(frozen=True)
class Row:
    """One engine on one number of submissions."""

    engine: str
    count: int
    took: Took
    marked: int


def ratio(row: Row, rows: Sequence[Row]) -> tuple[float, float] | None:
    """Return how many times less CPU and time by the clock a row took than nbgrader, per submission.

    Where nbgrader did not mark as many, its largest number stands in: it is linear.
    """
    stock = [each for each in rows if each.engine == STOCK]
    if not stock or row.engine == STOCK:
        return None
    other = min(stock, key=lambda each: abs(each.count - row.count))
    scale = row.count / other.count
    return other.took.cpu * scale / row.took.cpu, other.took.wall * scale / row.took.wall


def to_json(machine: dict[str, str], assignment: str, rows: Sequence[Row]) -> dict[str, Any]:
    """Return everything that was measured."""
    made = []
    for row in rows:
        found = ratio(row, rows)
        made.append(
            {"engine": row.engine, "submissions": row.count, "marked": row.marked}
            | {name: round(value, 3) for name, value in asdict(row.took).items() if name != "code"}
            | ({} if found is None else {"times less cpu": round(found[0], 2), "times less wall": round(found[1], 2)})
        )
    return {"machine": machine, "assignment": assignment, "rows": made}


def table(rows: Sequence[Row]) -> str:
    """Return the figures as a table in Markdown."""
    lines = [
        "| engine | submissions | CPU s each | a second | memory, MB | CPU, times less | clock, times less |",
        "| --- | ---: | ---: | ---: | ---: | ---: | ---: |",
    ]
    for row in rows:
        found = ratio(row, rows)
        ratios = ("", "") if found is None else tuple(f"{value:.1f}" for value in found)
        lines.append(
            f"| {row.engine} | {row.count} | {row.took.cpu / row.count:.2f} | {row.count / row.took.wall:.2f} "
            f"| {row.took.memory / 1e6:.0f} | {ratios[0]} | {ratios[1]} |"
        )
    return "\n".join(lines)


def write(path: Path, found: dict[str, Any]) -> None:
    """Write the figures whole."""
    beside = path.with_name(path.name + ".new")
    beside.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    beside.replace(path)
