"""The learner's own area: the solution of an exercise for each choice that it offers."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass

from grader.lesson import notebook
from grader.lesson.cells import Cell
from grader.lesson.read import Lesson, fill


@dataclass(frozen=True)
class Chosen:
    """An exercise's solution for one choice: `before` is what has to run again for it, "" where nothing has."""

    choice: str
    before: str
    solution: str


def choices(lesson: Lesson, name: str) -> Iterator[Chosen]:
    """Yield an exercise's solution, once for each choice of the learner's own area if it has one."""
    exercise, texts = lesson.exercises[name], notebook.standard_figures(lesson)
    solution = fill(exercise.solution, texts)
    if not exercise.own:
        yield Chosen("", "", solution)
        return
    cells = [cell for cell in _until(lesson, name) if cell.role in ("setup", "example", "run", "solution")]
    sources = [fill(cell.source, texts) for cell in cells]
    first = next((place for place, source in enumerate(sources) if _sets(source, exercise.own)), len(sources))
    for choice in exercise.cases:
        again = [with_choice(source, exercise.own, choice) for source in sources[first:]]
        chosen = with_choice(solution, exercise.own, choice)
        told = [] if again or _sets(solution, exercise.own) else [f"{exercise.own} = {choice!r}"]
        yield Chosen(choice, "".join(f"{source}\n" for source in (*told, *again)), chosen)


def _until(lesson: Lesson, name: str) -> Iterator[Cell]:
    for cell in lesson.cells:
        if cell.role == "solution" and cell.name == name:
            return
        yield cell


def _sets(source: str, own: str) -> bool:
    return any(_is_setting(node, own) for node in ast.walk(ast.parse(source)))


def _is_setting(node: ast.AST, own: str) -> bool:
    return (
        isinstance(node, ast.Assign)
        and any(isinstance(target, ast.Name) and target.id == own for target in node.targets)
        and isinstance(node.value, ast.Constant)
    )


def with_choice(source: str, own: str, choice: str) -> str:
    """Return code with another choice in the line that makes it."""
    tree = ast.parse(source)
    for node in ast.walk(tree):
        if _is_setting(node, own):
            assert isinstance(node, ast.Assign)
            node.value = ast.Constant(choice)
    return ast.unparse(tree)
