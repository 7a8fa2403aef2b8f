"""What the gradebook keeps of an assignment's notebooks, as plain data."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class StoredCell:
    """One cell as the gradebook keeps it."""

    name: str
    cell_type: str
    locked: bool
    source: str
    checksum: str | None
    grade: bool
    solution: bool
    task: bool
    points: float | None


@dataclass(frozen=True)
class StoredNotebook:
    """One notebook of an assignment as the gradebook keeps it; cells are in the order they were saved."""

    name: str
    kernelspec: dict[str, Any]
    cells: tuple[StoredCell, ...]


def stored(notebook: Any) -> StoredNotebook:
    """Return what a row of nbgrader's table of notebooks says."""
    points = {cell.name: cell.max_score for cell in [*notebook.grade_cells, *notebook.task_cells]}
    names = {kind: {cell.name for cell in getattr(notebook, f"{kind}_cells")} for kind in ("grade", "solution", "task")}
    cells = tuple(
        StoredCell(
            cell.name, cell.cell_type, bool(cell.locked), cell.source or "", cell.checksum,
            cell.name in names["grade"], cell.name in names["solution"], cell.name in names["task"],
            points.get(cell.name),
        )
        for cell in notebook.source_cells
    )  # fmt: skip
    spec = json.loads(notebook.kernelspec) if notebook.kernelspec else {}
    return StoredNotebook(notebook.name, spec or {}, cells)


def score_of(grade: Any) -> float:
    """Return what a row of nbgrader's table of grades comes to; a person's mark goes before ours."""
    base = grade.manual_score if grade.manual_score is not None else grade.auto_score
    return 0.0 if base is None else float(base) + float(grade.extra_credit or 0.0)


def cell_ids(notebook: Any) -> tuple[list[str], list[str]]:
    """Return the ids of the cells that have a grade, and of those that have a comment."""
    tasks = [cell.id for cell in notebook.task_cells]
    return [*(cell.id for cell in notebook.grade_cells), *tasks], [
        *(cell.id for cell in notebook.solution_cells),
        *tasks,
    ]
