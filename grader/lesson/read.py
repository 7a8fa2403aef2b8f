"""Read a lesson folder into one `Lesson`: the join, by exercise name, of `lesson.md` and `checks.py`."""

from __future__ import annotations

import dataclasses
import re
import runpy
import traceback
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from grader.checks.exercise import Exercise
from grader.errors import GraderError
from grader.lesson import cells as cell_reader
from grader.lesson import front as front_reader
from grader.lesson.cells import Cell
from grader.lesson.folders import find
from grader.lesson.front import Front
from grader.lesson.problem import Problem

FILES = ("lesson.md", "checks.py", "answers.md", "facilitator.md", "interactive.py")


@dataclass(frozen=True)
class Lesson:
    """A lesson as its author wrote it. `exercises` are in the order of the page; `figures` fill {{name}} in prose.

    `given` holds the reference values that `grader.start_from` gives. `interactive` is that file's code.
    """

    folder: Path
    front: Front
    cells: tuple[Cell, ...]
    exercises: Mapping[str, Exercise]
    figures: Mapping[str, str]
    given: Mapping[str, Any]
    interactive: str = ""

    @property
    def name(self) -> str:
        """The folder's name, which is the nbgrader assignment's name."""
        return self.folder.name

    @property
    def core(self) -> tuple[str, ...]:
        """The names of the core exercises."""
        return tuple(name for name, exercise in self.exercises.items() if exercise.level == "core")


def lesson(ref: str | int, root: Path | None = None) -> Lesson:
    """Return a lesson; raise GraderError with everything that is not right in its folder."""
    folder = find(ref, root)
    made, problems = inspect(folder)
    if made is None or problems:
        listed = "\n  ".join(map(str, problems))
        raise GraderError(
            f"The lesson cannot be built:\n  {listed}\n",
            where=folder.name,
            todo=f"Run: club lesson check {folder.name}",
        )
    return made


def inspect(folder: Path) -> tuple[Lesson | None, list[Problem]]:
    """Return a lesson if it can be read at all, and every problem met on the way."""
    problems = [
        Problem(name, "", "The file is missing.", "Add it; lessons/README.md says what goes in it.")
        for name in FILES
        if not (folder / name).is_file()
    ]
    if any(problem.file in ("lesson.md", "checks.py") for problem in problems):
        return None, problems
    found_texts, text_problems = texts(folder)
    problems += text_problems
    head, rest = front_reader.split(found_texts["lesson.md"])
    front, found = front_reader.read(head, "lesson.md")
    cells, cell_problems = cell_reader.read(rest, "lesson.md")
    names, check_problems = _run_checks(folder / "checks.py")
    problems += [*found, *cell_problems, *check_problems]
    if names is None:
        return None, problems
    exercises, join_problems = _join(cells, names.get("EXERCISES", ()))
    figures = {str(key): str(value) for key, value in names.get("FIGURES", {}).items()}
    code = found_texts.get("interactive.py", "")
    made = Lesson(folder, front, tuple(cells), exercises, figures, dict(names.get("GIVEN", {})), code)
    return made, [*problems, *join_problems]


def texts(folder: Path) -> tuple[dict[str, str], list[Problem]]:
    """Return the text of each of the lesson's files that is there, and those that are not saved as UTF-8."""
    found, problems = {}, []
    for name in FILES:
        if (folder / name).is_file():
            content = (folder / name).read_bytes()
            try:
                found[name] = content.decode("utf-8-sig").replace("\r\n", "\n")
            except UnicodeDecodeError as trouble:
                line = content[: trouble.start].count(b"\n") + 1
                problems.append(Problem(name, f"line {line}", "A letter is not in UTF-8.", "Save the file as UTF-8."))
                found[name] = content.decode("utf-8", errors="replace").replace("\r\n", "\n")
    return found, problems


def _run_checks(path: Path) -> tuple[dict[str, Any] | None, list[Problem]]:
    try:
        names = runpy.run_path(str(path))
    except GraderError as trouble:
        return None, [Problem("checks.py", trouble.where, trouble.what, trouble.todo)]
    except SyntaxError as trouble:
        return None, [
            Problem("checks.py", f"line {trouble.lineno}", f"Python cannot read it: {trouble.msg}.", "Mend that line.")
        ]
    except (Exception, SystemExit) as trouble:
        lines = [frame.lineno for frame in traceback.extract_tb(trouble.__traceback__) if frame.filename == str(path)]
        what = f"It stopped with {type(trouble).__name__}: {trouble}."
        return None, [Problem("checks.py", f"line {lines[-1] if lines else '?'}", what, "Mend that line.")]
    problems = []
    listed = names.get("EXERCISES")
    several = listed if isinstance(listed, list | tuple) else ()
    kept = [one for one in several if isinstance(one, Exercise)]
    if not kept or len(kept) < len(several):
        what = "EXERCISES is not a list of exercises." if listed else "There is no EXERCISES."
        problems.append(Problem("checks.py", "", what, "List the exercises: EXERCISES = [exercise(...), ...]."))
        names["EXERCISES"] = kept
    for name in ("FIGURES", "GIVEN"):
        if not isinstance(names.setdefault(name, {}), Mapping):
            problems.append(
                Problem("checks.py", "", f"{name} is not a dictionary.", f'Write {name} = {{"name": ...}}.')
            )
            names[name] = {}
    return names, problems


def _join(cells: list[Cell], checks: Any) -> tuple[dict[str, Exercise], list[Problem]]:
    """Join cells and checks by exercise name; report names that are in one place only."""
    by_name = {check.name: check for check in checks}
    starters = {cell.name: cell for cell in cells if cell.role == "exercise"}
    solutions = {cell.name: cell for cell in cells if cell.role == "solution"}
    problems = [
        Problem(
            "checks.py",
            f"exercise {name}",
            "lesson.md has no cell for it.",
            f'Add a cell ```python exercise="{name}" or take it out.',
        )
        for name in by_name
        if name not in starters
    ]
    problems += [
        Problem(
            "lesson.md",
            f"exercise {name}",
            "checks.py has no check for it.",
            f'Add exercise("{name}", ...) or mark the cell step="run".',
        )
        for name in starters
        if name not in by_name
    ]
    problems += [
        Problem(
            "lesson.md", f"exercise {name}", "It has no solution.", f'Add a cell ```python solution="{name}" after it.'
        )
        for name in starters
        if name not in solutions
    ]
    problems += [
        Problem("lesson.md", f"solution {name}", "There is no exercise of that name.", "Check the spelling.")
        for name in solutions
        if name not in starters
    ]
    problems += _twice([cell.name for cell in cells if cell.role == "exercise"], "lesson.md")
    problems += _twice([check.name for check in checks], "checks.py")
    exercises = {
        name: dataclasses.replace(
            by_name[name], kind=cell.kind, level=cell.level, number=cell.number,
            starter=cell.source, solution=solutions[name].source if name in solutions else "",
        )
        for name, cell in starters.items()
        if name in by_name
    }  # fmt: skip
    return exercises, problems


def _twice(names: list[str], file: str) -> list[Problem]:
    return [
        Problem(file, f"exercise {name}", "The name is there twice.", "Give each exercise a name of its own.")
        for name in sorted(set(names))
        if names.count(name) > 1
    ]


def fill(text: str, figures: Mapping[str, str]) -> str:
    """Return text with each {{name}} replaced; a name that is not known stays as it is."""
    return re.sub(r"\{\{([\w:-]+)\}\}", lambda found: figures.get(found[1], found[0]), text)
