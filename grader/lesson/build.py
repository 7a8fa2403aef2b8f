"""Build what a learner needs beside the installed package: the notebook, its data and `checks.pack`."""

from __future__ import annotations

import dataclasses
import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from grader.checks import pack as packs
from grader.checks.expect_chart import Chart
from grader.checks.judge import Words
from grader.checks.values import plain
from grader.data.package import load, read
from grader.lesson import notebook
from grader.lesson.read import Lesson, fill

VERSION = "1"


def handout(lesson: Lesson) -> dict[str, bytes]:
    """Return the released folder as file name -> content; the same lesson gives the same bytes."""
    return {f"{lesson.name}.ipynb": to_bytes(notebook.release_notebook(lesson)), **beside(lesson)}


def source(lesson: Lesson) -> dict[str, bytes]:
    """Return the folder that goes into a course's `source/`: the notebook has its solutions."""
    return {f"{lesson.name}.ipynb": to_bytes(notebook.source_notebook(lesson)), **beside(lesson)}


def beside(lesson: Lesson) -> dict[str, bytes]:
    """Return the files beside the notebook: data and `checks.pack`."""
    files = {name: path.read_bytes() for name, path in data_files(lesson).items()}
    return {**files, packs.NAME: packs.to_bytes(make_pack(lesson))}


def data_files(lesson: Lesson) -> dict[str, Path]:
    """Return the lesson's data files: name in the released folder -> path in `datasets/`."""
    found = {}
    for entry in lesson.front.data:
        package, _, resource = entry.partition("/")
        path = load(package).path(resource or None)
        found[f"data/{path.name}"] = path
    return found


def make_pack(lesson: Lesson) -> packs.Pack:
    """Return the lesson's checks as a pack."""
    texts = notebook.standard_figures(lesson)
    exercises = {name: _with_text(exercise, texts) for name, exercise in lesson.exercises.items()}
    return packs.Pack(
        lesson=lesson.name,
        title=lesson.front.title,
        ready=lesson.front.ready,
        entries=packs.encode_exercises(exercises),
        core=lesson.core,
        files=tuple(data_files(lesson)),
        words=_words(lesson),
        given=packs.encode_values({name: plain(value) for name, value in lesson.given.items()}),
        charts=any(isinstance(exercise.expect, Chart) for exercise in exercises.values()),
        idea=lesson.front.idea,
        question=_exit_question(lesson, texts),
        version=VERSION,
    )


def _exit_question(lesson: Lesson, texts: Mapping[str, str]) -> str:
    """Return the question that the lesson asks at its end, or ""."""
    prose = "\n".join(cell.source for cell in lesson.cells if cell.role == "prose")
    found = re.search(r"^Exit question: *(.+)$", prose, flags=re.MULTILINE)
    return fill(found[1][:1].upper() + found[1][1:], texts) if found else ""


def _with_text(exercise: Any, texts: Mapping[str, str]) -> Any:
    return dataclasses.replace(exercise, starter=fill(exercise.starter, texts), solution=fill(exercise.solution, texts))


def _words(lesson: Lesson) -> Words:
    """Return the names and headings of the lesson, for messages about names that are not known."""
    names = {name for exercise in lesson.exercises.values() for name in exercise.variables}
    for cell in lesson.cells:
        if cell.role in ("setup", "example", "run", "exercise", "solution"):
            names |= {line.split("=")[0].strip() for line in cell.source.splitlines() if "=" in line}
    columns: set[str] = set()
    for entry in lesson.front.data:
        package, _, resource = entry.partition("/")
        table = read(package, resource or None)
        columns |= {str(name) for name in table.columns} if isinstance(table, pd.DataFrame) else set()
    return Words(tuple(sorted(name for name in names if name.isidentifier())), tuple(sorted(columns)))


def to_bytes(made: Mapping[str, Any]) -> bytes:
    """Return notebook JSON as the bytes of an `.ipynb` file."""
    return (json.dumps(made, indent=1, ensure_ascii=False) + "\n").encode("utf-8")
