"""Turn a lesson's cells into an nbgrader notebook: the source one, and the one that is released."""

from __future__ import annotations

import copy
import hashlib
import re
from typing import Any

from grader.data.card import markdown as data_card
from grader.data.package import load
from grader.errors import GraderError
from grader.lesson.cells import Cell, without_mark_scheme
from grader.lesson.read import Lesson, fill

STARTER = "foothills_starter"
BEGIN, END = "### BEGIN SOLUTION", "### END SOLUTION"
SHORT = 5  # lines of set-up that a reader can be shown; more are folded
WRITE_HERE = "Double-click here and write your answer. To finish, press Shift and Enter."
NOTHING_TO_READ = "# Press Shift and Enter to start. You need not read what is folded away here."  # stays in view
WHO_CAN_SEE = "Nobody can see what you do here unless you choose to send it."
_METADATA = {
    "kernelspec": {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"},
    "language_info": {
        "name": "python",
        "file_extension": ".py",
        "mimetype": "text/x-python",
        "pygments_lexer": "ipython3",
    },
}


def source_notebook(lesson: Lesson) -> dict[str, Any]:
    """Return the nbgrader source notebook, with solutions, as notebook JSON."""
    texts = standard_figures(lesson)
    nodes: list[dict[str, Any]] = []
    ids: dict[str, int] = {}
    for place, cell in enumerate(lesson.cells):
        nodes += _nodes(lesson, place, cell, texts, ids)
    return {"cells": nodes, "metadata": copy.deepcopy(_METADATA), "nbformat": 4, "nbformat_minor": 5}


def release_notebook(lesson: Lesson) -> dict[str, Any]:
    """Return the notebook that learners get: the same as nbgrader makes from the source notebook."""
    notebook = source_notebook(lesson)
    for node in notebook["cells"]:
        _release(node)
    return notebook


def standard_figures(lesson: Lesson) -> dict[str, str]:
    """Return what each {{name}} in the lesson's text stands for."""
    cards = {}
    for entry in lesson.front.data:
        package = entry.split("/")[0]
        cards[f"data_card:{package}"] = data_card(load(package))
    first = {"data_card": next(iter(cards.values()))} if cards else {}
    return {"who_can_see": WHO_CAN_SEE, **cards, **first, **lesson.figures}


def _nodes(lesson: Lesson, place: int, cell: Cell, texts: dict[str, str], ids: dict[str, int]) -> list[dict[str, Any]]:
    """Return the notebook cells that one cell of the lesson becomes."""
    if cell.role == "solution":
        return []
    source = _filled(cell, texts, lesson)
    if cell.role == "prose":
        return [_node("markdown", _with_label(source, lesson.cells[place + 1 :]), _id(ids, "text"))]
    if cell.role == "task":
        marks = _nbgrader(cell.name, grade=True, task=True, points=cell.points)
        return [
            _node("markdown", source, cell.name, nbgrader=marks),
            _node("markdown", WRITE_HERE, _id(ids, "written")),
        ]
    if cell.role == "exercise":
        return _exercise_nodes(lesson, cell, source, texts)
    if cell.role == "interactive":
        source = f"{NOTHING_TO_READ}\n{_code(lesson.interactive)}\n\n{source}"
    node = _node("code", source, _id(ids, cell.role))
    if cell.role in ("setup", "interactive"):
        node["metadata"]["tags"] = [cell.role]
        if len(source.splitlines()) > SHORT:
            node["metadata"]["jupyter"] = {"source_hidden": True}
    return [node]


def _exercise_nodes(lesson: Lesson, cell: Cell, starter: str, texts: dict[str, str]) -> list[dict[str, Any]]:
    exercise = lesson.exercises[cell.name]
    solution = fill(exercise.solution, texts)
    answer = _node("code", f"{BEGIN}\n{solution}\n{END}", cell.name, nbgrader=_nbgrader(cell.name, solution=True))
    answer["metadata"][STARTER] = starter
    if cell.kind == "fix":
        answer["metadata"]["tags"] = ["raises-exception"]
    marks = _nbgrader(f"check_{cell.name}", grade=True, points=exercise.points)
    return [answer, _node("code", f'grader.check("{cell.name}")', f"check_{cell.name}", nbgrader=marks)]


def _filled(cell: Cell, texts: dict[str, str], lesson: Lesson) -> str:
    source = fill(cell.source, texts)
    left = re.search(r"\{\{([\w:-]+)\}\}", source)
    if left:
        raise GraderError(
            f"{{{{{left[1]}}}}} has no value.",
            where=f"{lesson.name}/lesson.md, {cell.place}",
            todo="Add it to FIGURES in checks.py.",
        )
    return source


def _with_label(source: str, rest: tuple[Cell, ...]) -> str:
    """Put a line such as "Write, 2 minutes." under the heading of an exercise."""
    after = next(iter(rest), None)
    heading = list(re.finditer(r"^### \d+\.\d+ .*$", source, flags=re.MULTILINE))
    if after is None or not heading or not after.minutes:
        return source
    minutes = "1 minute" if after.minutes == 1 else f"{after.minutes} minutes"
    early = " For when you finish early." if after.level == "stretch" else ""
    label = f"\n\n{after.kind.capitalize()}, {minutes}.{early}"
    return source[: heading[-1].end()] + label + source[heading[-1].end() :]


def _code(text: str) -> str:
    """Return a module's code without its docstring and its `from __future__` line."""
    text = re.sub(r'\A\s*""".*?"""\s*', "", text, flags=re.DOTALL)
    return re.sub(r"^from __future__ .*\n+", "", text).strip()


def _id(ids: dict[str, int], role: str) -> str:
    ids[role] = ids.get(role, 0) + 1
    return f"{role}-{ids[role]:02d}"


def _node(cell_type: str, source: str, id: str, nbgrader: dict[str, Any] | None = None) -> dict[str, Any]:
    node: dict[str, Any] = {"cell_type": cell_type, "id": id, "metadata": {}, "source": source}
    if cell_type == "code":
        node |= {"execution_count": None, "outputs": []}
    if nbgrader:
        node["metadata"]["nbgrader"] = nbgrader
    return node


def _nbgrader(
    grade_id: str, *, grade: bool = False, solution: bool = False, task: bool = False, points: float = 0
) -> dict[str, Any]:
    made: dict[str, Any] = {
        "grade": grade and not task,
        "grade_id": grade_id,
        "locked": not solution,
        "schema_version": 3,
        "solution": solution,
        "task": task,
    }
    if grade:
        made["points"] = float(points)
    return made


def _release(node: dict[str, Any]) -> None:
    """Do to one cell what nbgrader does on release: starter in, cell locked, checksum added."""
    marks = node["metadata"].get("nbgrader")
    if marks is None:
        return
    node["metadata"]["deletable"] = False
    if not marks["solution"]:
        node["metadata"]["editable"] = False
    if marks["solution"]:
        node["source"] = node["metadata"].pop(STARTER)
    if marks["task"]:
        node["source"] = without_mark_scheme(node["source"])
    marks["cell_type"] = node["cell_type"]
    marks["checksum"] = checksum(node)


def checksum(node: dict[str, Any]) -> str:
    """Return nbgrader's checksum of a cell."""
    marks = node["metadata"]["nbgrader"]
    parts = [
        node["source"],
        node["cell_type"],
        str(marks["grade"]),
        str(marks["solution"]),
        str(marks["locked"]),
        marks["grade_id"],
    ]
    if marks["grade"]:
        parts.append(str(float(marks["points"])))
    return hashlib.md5("".join(parts).encode(), usedforsecurity=False).hexdigest()
