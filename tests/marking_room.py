"""A small nbgrader course of the tests' own: made by nbgrader itself, handed in to by made-up learners."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

NAME = "first"
TABLE = "place,kind,amount\n" + "".join(
    f"{'north south east'.split()[n % 3]},{'ab'[n % 2]},{n * 7 % 50}\n" for n in range(60)
)
RIGHT = {
    "total": "def total(table):\n    return int(table['amount'].sum())",
    "by_place": "def by_place(table):\n    return table.groupby('place')['amount'].sum().sort_values(ascending=False)",
    "doubled": "def doubled(table):\n    table['twice'] = table['amount'] * 2",
    "share": "def share(table):\n    return table.groupby('kind')['amount'].mean()",
    "drawn": "def drawn(table):\n    figure, axes = plt.subplots()\n    counts = by_place(table)\n"
    "    axes.bar(counts.index, counts.values)\n    axes.set_title('By place')\n    return axes",
    "why": "The east has the most, so I would start there.",
}
TESTS = {
    "total": ("assert total(table) > 0", "assert total(table.head(4)) == 42"),
    "by_place": ("found = by_place(table)\nassert len(found) == 3", "assert found.is_monotonic_decreasing"),
    "doubled": (
        "other = table.copy()\ndoubled(other)\nassert 'twice' in other.columns",
        "assert other['twice'].sum() == 2 * table['amount'].sum()",
    ),
    "share": (
        "points = 0.0\nmeans = share(table)\nif len(means) == 2:\n    points += 1",
        "if abs(means['a'] - table.loc[table['kind'] == 'a', 'amount'].mean()) < 1e-9:\n    points += 2\npoints",
    ),
    "drawn": ("axes = drawn(table)\nassert len(axes.patches) == 3", "assert axes.get_title()"),
}
POINTS = {"share": 3}


def marks(name: str, **flags: Any) -> dict[str, Any]:
    """Return a cell's metadata for nbgrader."""
    return {
        "nbgrader": {
            "grade": False, "solution": False, "locked": False, "task": False, "schema_version": 3, "grade_id": name
        } | flags
    }  # fmt: skip


def cell(kind: str, source: str, metadata: Mapping[str, Any] | None = None, name: str = "") -> dict[str, Any]:
    """Return one cell as a notebook saves it."""
    made: dict[str, Any] = {"cell_type": kind, "metadata": dict(metadata or {}), "source": source}
    if name:
        made["id"] = name
    return made | ({"outputs": [], "execution_count": None} if kind == "code" else {})


def notebook(cells: list[dict[str, Any]]) -> dict[str, Any]:
    """Return a notebook for the usual kernel."""
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    for number, each in enumerate(cells):
        each.setdefault("id", f"cell-{number}")
    return {"cells": cells, "metadata": {"kernelspec": kernel}, "nbformat": 4, "nbformat_minor": 5}


def source() -> list[dict[str, Any]]:
    """Return the cells of the small lesson: five exercises with hidden tests, one written answer, one task."""
    start = "import pandas as pd\nimport matplotlib.pyplot as plt\ntable = pd.read_csv('table.csv')"
    cells = [cell("markdown", "# A first lesson"), cell("code", start, marks("start", locked=True))]
    for name, (seen, hidden) in TESTS.items():
        first, *rest = RIGHT[name].splitlines()
        body = "\n".join(rest)
        cells += [
            cell("markdown", f"## {name}", marks(f"{name}_text", locked=True)),
            cell("code", f"{first}\n    ### BEGIN SOLUTION\n{body}\n    ### END SOLUTION", marks(name, solution=True)),
            cell(
                "code",
                f"{seen}\n### BEGIN HIDDEN TESTS\n{hidden}\n### END HIDDEN TESTS",
                marks(f"{name}_test", grade=True, locked=True, points=POINTS.get(name, 2)),
            ),
        ]
    scheme = "=== BEGIN MARK SCHEME ===\nsecret-scheme: names the east\n=== END MARK SCHEME ==="
    return [
        *cells,
        cell("markdown", scheme, marks("why", grade=True, solution=True, points=4)),
        cell("markdown", f"Draw what you like.\n{scheme}", marks("task", locked=True, points=5, task=True)),
        cell("code", "# your own chart"),
    ]


def nbgrader(course: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run an nbgrader command in a course."""
    command = [sys.executable, "-m", "nbgrader", *arguments]
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])  # it looks for alembic there
    return subprocess.run(
        command, cwd=course, env=os.environ | {"PATH": path}, capture_output=True, text=True, check=False
    )


def marked_by_nbgrader(course: Path, folder: Path) -> Path:
    """Return a copy of a course, made in this folder, as stock nbgrader marks it."""
    copy = shutil.copytree(course, folder / "course")
    done = nbgrader(copy, "autograde", NAME)
    assert done.returncode == 0, done.stderr
    return copy


def make_course(root: Path, cells: list[dict[str, Any]] | None = None, files: Mapping[str, str] | None = None) -> Path:
    """Make a course with one released assignment, due on 3 November 2026."""
    folder = root / "source" / NAME
    folder.mkdir(parents=True)
    (folder / f"{NAME}.ipynb").write_text(json.dumps(notebook(source() if cells is None else cells)))
    for name, text in ({"table.csv": TABLE} if files is None else files).items():
        (folder / name).write_text(text)
    (root / "nbgrader_config.py").write_text('c = get_config()\nc.CourseDirectory.course_id = "club"\n')
    for command in (
        ["db", "assignment", "add", NAME, "--duedate", "2026-11-03 00:00:00 UTC"],
        ["generate_assignment", NAME],
    ):
        done = nbgrader(root, *command)
        assert done.returncode == 0, done.stderr
    return root


def released(course: Path, name: str = NAME) -> dict[str, Any]:
    """Return the released notebook."""
    return json.loads((course / "release" / name / f"{name}.ipynb").read_text())  # type: ignore[no-any-return]


def hand_in(
    course: Path,
    learner: str,
    answers: Mapping[str, str] | None = None,
    change: Callable[[dict[str, Any]], Any] | None = None,
    day: int = 1,
    filename: str = "",
    name: str = NAME,
) -> Path:
    """Put a submission into the course: the released notebook with these answers, then changed by `change`."""
    handed = released(course, name)
    for each in handed["cells"]:
        cell_name = each["metadata"].get("nbgrader", {}).get("grade_id")
        if cell_name in (answers or {}):
            each["source"] = (answers or {})[cell_name]
    if change is not None:
        change(handed)
    folder = course / "submitted" / learner / name
    folder.mkdir(parents=True)
    (folder / (filename or f"{name}.ipynb")).write_text(json.dumps(handed))
    (folder / "timestamp.txt").write_text(f"2026-11-{day:02} 12:00:00.000000 UTC")
    for path in (course / "release" / name).glob("*.csv"):
        (folder / path.name).write_bytes(path.read_bytes())
    return folder


GRADES = """
select sa.student_id, c.name, g.auto_score, g.manual_score, g.needs_manual_grade, sa.timestamp,
       sn.late_submission_penalty
from grade g join base_cell c on g.cell_id = c.id join submitted_notebook sn on g.notebook_id = sn.id
join submitted_assignment sa on sn.assignment_id = sa.id
"""
COMMENTS = """
select sa.student_id, c.name, m.auto_comment, m.manual_comment
from comment m join base_cell c on m.cell_id = c.id join submitted_notebook sn on m.notebook_id = sn.id
join submitted_assignment sa on sn.assignment_id = sa.id
"""


def rows(course: Path) -> dict[str, dict[tuple[str, str], tuple[Any, ...]]]:
    """Return what the gradebook holds of each grade and each comment."""
    with contextlib.closing(sqlite3.connect(course / "gradebook.db")) as book:
        return {
            kind: {row[:2]: row[2:] for row in book.execute(query)}
            for kind, query in (("grades", GRADES), ("comments", COMMENTS))
        }


def scores(course: Path, learner: str) -> dict[str, float | None]:
    """Return one learner's automatic scores by cell."""
    return {name: row[0] for (who, name), row in rows(course)["grades"].items() if who == learner}


def autograded(course: Path, learner: str) -> dict[str, Any]:
    """Return one learner's marked notebook."""
    return json.loads((course / "autograded" / learner / NAME / f"{NAME}.ipynb").read_text())  # type: ignore[no-any-return]
