"""The cells of a `lesson.md`, each with its role in the lesson."""

from __future__ import annotations

import re
from dataclasses import dataclass

from grader.lesson.problem import Problem

KINDS = ("run", "predict", "interpret", "fix", "write", "plot")
LEVELS = ("core", "stretch")
STEPS = ("setup", "example", "run", "interactive")
_ATTRIBUTES = {"step", "minutes", "exercise", "kind", "level", "solution", "task", "points"}
NAME = r"[a-z][a-z0-9_]*"
USE_LETTERS = "Use small letters, figures and _."
SCHEME = r"### BEGIN MARK SCHEME\b.*?### END MARK SCHEME\b"
_OF_JUPYTEXT = {"lines_to_next_cell", "lines_to_end_of_cell_marker"}  # how many blank lines the text has


@dataclass(frozen=True)
class Cell:
    """`role` is prose, task, exercise, solution or a step: setup, example, run, interactive.

    `name` is the exercise it belongs to, `number` the one in the nearest heading above, such as "1.3".
    """

    role: str
    source: str
    name: str = ""
    kind: str = ""
    level: str = "core"
    minutes: int = 0
    points: float = 0.0
    number: str = ""
    place: str = ""


def read(text: str, file: str) -> tuple[list[Cell], list[Problem]]:
    """Return the cells of a lesson's text without its front matter, and what is not right in them."""
    import jupytext  # slow to import, and only building needs it

    cells: list[Cell] = []
    problems: list[Problem] = []
    number = ""
    for node in jupytext.reads(text, fmt="md").cells:
        source = str(node.source)
        if node.cell_type == "markdown":
            for found in re.finditer(r"^###\s+(\d+\.\d+)\b", source, flags=re.MULTILINE):
                number = found[1]
        cell, found_problems = _cell(node.cell_type, source, dict(node.metadata), number, file)
        cells.append(cell)
        problems += found_problems
    return cells, problems


def _cell(cell_type: str, source: str, marks: dict[str, object], number: str, file: str) -> tuple[Cell, list[Problem]]:
    first = next((line for line in source.splitlines() if line.strip()), "")[:50]
    place = f'"{first}"'
    unknown = sorted(set(marks) - _ATTRIBUTES - _OF_JUPYTEXT)
    problems = [
        Problem(file, place, f"{name} is not a mark that a cell can have.", f"Use {', '.join(sorted(_ATTRIBUTES))}.")
        for name in unknown
    ]
    if cell_type != "code":
        role = "task" if "task" in marks else "prose"
        cell = Cell(
            role, source, str(marks.get("task", "")), points=_number(marks, "points"), number=number, place=place
        )
        return cell, problems + _task_problems(cell, file)
    role, name = _role(marks)
    if not role:
        problems.append(
            Problem(
                file,
                place,
                "This code cell has no role.",
                'Mark it exercise="name", solution="name" or step="example".',
            )
        )
    cell = Cell(
        role or "example", source, name,
        kind=str(marks.get("kind", "run" if role == "run" else "")),
        level=str(marks.get("level", "core")),
        minutes=int(_number(marks, "minutes")), number=number, place=place,
    )  # fmt: skip
    return cell, problems + _exercise_problems(cell, file)


def _role(marks: dict[str, object]) -> tuple[str, str]:
    for role in ("exercise", "solution"):
        if role in marks:
            return role, str(marks[role])
    step = str(marks.get("step", ""))
    return (step if step in STEPS else ""), ""


def _number(marks: dict[str, object], name: str) -> float:
    value = marks.get(name, 0)
    return float(value) if isinstance(value, (int, float)) else 0.0


def _task_problems(cell: Cell, file: str) -> list[Problem]:
    """Find what a written question lacks, before a person has to mark it."""
    if cell.role != "task":
        return []
    place, problems = f"task {cell.name}", []
    if not re.fullmatch(NAME, cell.name):
        problems.append(Problem(file, place, "The name is not one that Python can use.", USE_LETTERS))
    if cell.points <= 0:
        problems.append(Problem(file, place, "It has no points.", "Add points=2, or as many as the scheme gives."))
    if not re.search(SCHEME, cell.source, flags=re.DOTALL):
        problems.append(
            Problem(
                file,
                place,
                "It has no mark scheme.",
                "Put one below it, between ### BEGIN MARK SCHEME and ### END MARK SCHEME.",
            )
        )
    return problems


def _exercise_problems(cell: Cell, file: str) -> list[Problem]:
    if cell.role != "exercise":
        return []
    place, problems = f"exercise {cell.name}", []
    if not re.fullmatch(NAME, cell.name):
        problems.append(Problem(file, place, "The name is not one that Python can use.", USE_LETTERS))
    if cell.kind not in KINDS:
        problems.append(Problem(file, place, f'kind is "{cell.kind}".', f"Use one of {', '.join(KINDS)}."))
    if cell.level not in LEVELS:
        problems.append(Problem(file, place, f'level is "{cell.level}".', f"Use {' or '.join(LEVELS)}."))
    if not cell.minutes:
        problems.append(Problem(file, place, "minutes is missing.", "Add minutes=2, or as many as it takes."))
    if not cell.number:
        problems.append(
            Problem(file, place, "It has no number.", "Put a heading such as ### 1.3 Count the rows above it.")
        )
    return problems


def without_mark_scheme(source: str) -> str:
    """Return a task's text as learners get it."""
    return re.sub(r"[^\n]*BEGIN MARK SCHEME.*?END MARK SCHEME[^\n]*\n?", "", source, flags=re.DOTALL)
