"""The figures of a run of benchmarks: ratios within the run, a table to read, a file that names the machine."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from grader.bench.engines import OTTER, STOCK
from grader.bench.measure import Took

PARTS = ("memory", "parent", "warm", "child")
NOTES = (
    "cpu and wall are seconds of the whole run, start-up included; memory, parent, warm and child are bytes.",
    "memory: all processes together, shared pages once. parent: the command alone. warm: the process that forks. "
    "child: what one submission's process has for itself.",
    "cpu each more: what each submission took beyond the next smaller run of the same engine.",
    "times less: how many times less than nbgrader, or than Otter, per submission. Where they marked fewer, they count "
    "as taking as long for each.",
    "Ours marks in its sandbox, two at a time or as many as there are cores; --compat runs tests beside the answers.",
    "nbgrader and Otter mark one at a time, as the person who types, with no sandbox: Otter's is Docker, not used here.",
    "Otter grades all notebooks in one process, by its own grade_submission; `otter run` starts again for each.",
)


@dataclass(frozen=True)
class Row:
    """One engine on one number of submissions. `scores` are points by learner."""

    engine: str
    count: int
    took: Took
    marked: int
    scores: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Ratio:
    """How many times less a row took than another engine, per submission; memory is that of the whole run."""

    cpu: float
    wall: float
    memory: float


def ratio(row: Row, rows: Sequence[Row], to: str = STOCK) -> Ratio | None:
    """Compare a row with another engine's of the same run.

    Where the other engine did not mark as many, its nearest number stands in: it is linear.
    """
    others = [each for each in rows if each.engine == to]
    if not others or row.engine == to:
        return None
    other = min(others, key=lambda each: abs(each.count - row.count))
    scale = row.count / other.count
    return Ratio(
        other.took.cpu * scale / row.took.cpu,
        other.took.wall * scale / row.took.wall,
        other.took.memory / max(row.took.memory, 1),
    )


def one_more(row: Row, rows: Sequence[Row]) -> float | None:
    """Return the CPU seconds that each submission more took than in the same engine's next smaller run."""
    smaller = [each for each in rows if each.engine == row.engine and each.count < row.count]
    if not smaller:
        return None
    other = max(smaller, key=lambda each: each.count)
    return (row.took.cpu - other.took.cpu) / (row.count - other.count)


def as_stock(row: Row, rows: Sequence[Row]) -> int | None:
    """Return how many submissions have nbgrader's points, where nbgrader marked the same ones."""
    stock = next((each for each in rows if each.engine == STOCK and each.count == row.count), None)
    if stock is None or row is stock:
        return None
    return sum(row.scores.get(learner) == points for learner, points in stock.scores.items())


def to_json(rows: Sequence[Row]) -> list[dict[str, Any]]:
    """Return all that was measured, one document for each row."""
    return [_document(row, rows) for row in rows]


def _document(row: Row, rows: Sequence[Row]) -> dict[str, Any]:
    took = {name: round(value, 3) for name, value in asdict(row.took).items() if name != "code" and value}
    made = {"engine": row.engine, "submissions": row.count, "marked": row.marked} | took
    made["cpu each"] = round(row.took.cpu / row.count, 3)
    for name, value in (("cpu each more", one_more(row, rows)), ("same points as nbgrader", as_stock(row, rows))):
        made |= {} if value is None else {name: round(value, 3)}
    for other, ending in ((STOCK, ""), (OTTER, " than Otter")):
        found = ratio(row, rows, other)
        if found is not None:
            made |= {f"times less {name}{ending}": round(value, 2) for name, value in asdict(found).items()}
    return made


def table(rows: Sequence[Row]) -> str:
    """Return the figures as a table in Markdown."""
    lines = [
        "| engine | submissions | same points | CPU s each | each more | a second | MB, all | command | warm | child "
        "| than nbgrader: CPU, clock, memory | than Otter |",
        "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |",
    ]
    for row in rows:
        more, same = one_more(row, rows), as_stock(row, rows)
        cells = [
            row.engine,
            str(row.count),
            "" if same is None else f"{same} of {row.count}",
            f"{row.took.cpu / row.count:.2f}",
            "" if more is None else f"{more:.2f}",
            f"{row.count / row.took.wall:.2f}",
            *(f"{size / 1e6:.0f}" if (size := getattr(row.took, part)) else "" for part in PARTS),
            *(_shown(ratio(row, rows, other)) for other in (STOCK, OTTER)),
        ]
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)


def summary(found: Mapping[str, Any], ours: int = 96) -> str:
    """Return the figures of a file as the short table of a README: ours at one number, the others at what they did."""
    rows = [row for row in found["rows"] if row["submissions"] == ours or row["engine"] in (STOCK, OTTER)]
    lines = [
        "| | submissions | CPU seconds each | a second | memory, MB | times less CPU, time than nbgrader | than Otter |",
        "| --- | ---: | ---: | ---: | ---: | ---: | ---: |",
    ]
    for row in rows:
        cells = [
            row["engine"],
            str(row["submissions"]),
            f"{row['cpu each']:.2f}",
            f"{row['submissions'] / row['wall']:.1f}",
            f"{row['memory'] / 1e6:.0f}",
            *(
                f"{row[f'times less cpu{ending}']:.1f}, {row[f'times less wall{ending}']:.1f}"
                if f"times less cpu{ending}" in row
                else ""
                for ending in ("", " than Otter")
            ),
        ]
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)


def _shown(found: Ratio | None) -> str:
    return "" if found is None else f"{found.cpu:.1f}, {found.wall:.1f}, {found.memory:.1f}"


def write(path: Path, found: dict[str, Any]) -> None:
    """Write the figures whole."""
    beside = path.with_name(path.name + ".new")
    beside.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    beside.replace(path)
