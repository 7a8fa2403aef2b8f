"""The source of a notebook: nbgrader's gradebook says what each cell is, the release says in which order."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from grader.marking.gradebook import Course
from grader.marking.gradebook_rows import StoredCell, StoredNotebook
from grader.marking.notebook import Cell, Unreadable, grade_id_of, marks_of, parse, text_of
from grader.marking.parts import Part, Source


def read_source(course: Course, assignment: str, stored: StoredNotebook) -> Source:
    """Return the frame that submissions of this notebook are put into."""
    released = _read(course.folder("release", assignment) / f"{stored.name}.ipynb")
    master = _read(course.folder("source", assignment) / f"{stored.name}.ipynb")
    shown = released or master or {"cells": []}
    cells: dict[str, Cell] = {}
    for cell in shown["cells"]:
        name = grade_id_of(cell)
        if name is not None:
            cells[name] = cell
    known = {cell.name: cell for cell in stored.cells}
    order = [name for name in cells if name in known] + [name for name in known if name not in cells]
    parts = tuple(_part(known[name], cells.get(name, {}), released is not None) for name in order)
    metadata = {"kernelspec": stored.kernelspec} if stored.kernelspec else {}
    return Source(stored.name, parts, metadata, int(shown.get("nbformat_minor", 5)))


def _read(path: Path) -> dict[str, Any] | None:
    try:
        return parse(path.read_bytes())
    except (OSError, Unreadable):
        return None


def _part(stored: StoredCell, shown: Mapping[str, Any], released: bool) -> Part:
    marks = {
        "grade": stored.grade,
        "grade_id": stored.name,
        "locked": stored.locked,
        "schema_version": 3,
        "solution": stored.solution,
        "task": stored.task,
        "cell_type": stored.cell_type,
        "checksum": stored.checksum,
    }
    if shown and not stored.task and "task" not in marks_of(shown):
        del marks["task"]
    if stored.points is not None:
        marks["points"] = stored.points
    marks = {**marks_of(shown), **marks} if shown else marks
    own = {"deletable": False} | dict(shown.get("metadata") or ({"editable": False} if stored.locked else {}))
    text = text_of(shown) if shown and (released or stored.locked) else stored.source
    return Part(stored.name, stored.cell_type, stored.source, text, marks, str(shown.get("id") or stored.name), own)


def imported(course: Course, assignment: str, names: list[str]) -> tuple[str, ...]:
    """Return the modules that the source notebooks import, so that the warm process has them ready."""
    found: dict[str, None] = {}
    for name in names:
        notebook = _read(course.folder("source", assignment) / f"{name}.ipynb") or {"cells": []}
        for cell in notebook["cells"]:
            if cell["cell_type"] == "code":
                found |= dict.fromkeys(_imports(text_of(cell)))
    return tuple(found)


def _imports(text: str) -> list[str]:
    lines = [line for line in text.splitlines() if not line.lstrip().startswith(("%", "!"))]
    try:
        tree = ast.parse("\n".join(lines))
    except (SyntaxError, ValueError):
        return []
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.append(node.module)
    return found


def data_files(course: Course, assignment: str) -> dict[str, Path]:
    """Return the files of the source that are put over the learner's, by their place in the folder."""
    base = course.folder("source", assignment)
    kept = set(course.setting("exclude_overwriting", {}, "Autograde").get(assignment, []))
    found = {}
    for path in sorted(base.rglob("*")) if base.is_dir() else ():
        name = path.relative_to(base).as_posix()
        ignored = any(Path(part).match(pattern) for part in Path(name).parts for pattern in course.ignore)
        if path.is_file() and path.suffix != ".ipynb" and not ignored and name not in kept:
            found[name] = path
    return found
