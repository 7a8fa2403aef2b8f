"""Fresh nbgrader courses to mark: the made-up lesson, or any course, with as many submissions as are wanted."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from itertools import cycle
from pathlib import Path
from typing import Any

from grader.bench import lesson
from grader.errors import GraderError

WAYS = 4  # the reference, another way, some slips, half done


def nbgrader(course: Path, *arguments: str) -> None:
    """Run an nbgrader command in a course; raise GraderError when it does not work."""
    done = subprocess.run(
        [sys.executable, "-m", "nbgrader", *arguments], cwd=course, env=environment(), capture_output=True, text=True
    )
    if done.returncode:
        last = done.stderr.strip().splitlines()[-1:] or ["it gave no reason"]
        raise GraderError(f"nbgrader {arguments[0]} did not work: {last[0]}", todo="Try the command by itself.")


def environment() -> dict[str, str]:
    """Return the environment in which nbgrader finds the tools beside this Python."""
    return os.environ | {"PATH": os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])}


def make(root: Path) -> str:
    """Make a course with the made-up lesson and one submission of each way; return the assignment's name."""
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    made = {"cells": lesson.cells(), "metadata": {"kernelspec": kernel}, "nbformat": 4, "nbformat_minor": 5}
    files = {f"{lesson.NAME}.ipynb": json.dumps(made).encode(), "parcels.csv": lesson.table().encode()}
    _release(root, lesson.NAME, files)
    for way in range(WAYS):
        _hand_in(root, way)
    return lesson.NAME


def make_own(root: Path, number: int, count: int = 12) -> str:
    """Make a course with one of our own lessons, handed in to from its answer bank; return the assignment's name."""
    from grader.course.pretend_room import work
    from grader.lesson import build
    from grader.lesson.read import lesson as read

    made = read(number)
    _release(root, made.name, build.source(made))
    for place, content in enumerate(work(made, count)):
        folder = root / "submitted" / f"learner-{place:02}" / made.name
        folder.mkdir(parents=True)
        (folder / f"{made.name}.ipynb").write_bytes(content)
    return made.name


def _release(root: Path, name: str, files: Mapping[str, bytes]) -> None:
    folder = root / "source" / name
    folder.mkdir(parents=True)
    for place, content in files.items():
        (folder / place).parent.mkdir(parents=True, exist_ok=True)
        (folder / place).write_bytes(content)
    settings = 'c = get_config()\nc.CourseDirectory.course_id = "bench"\n'
    (root / "nbgrader_config.py").write_text(settings, encoding="utf-8")
    nbgrader(root, "generate_assignment", name, "--create")


def _hand_in(root: Path, way: int) -> None:
    released = root / "release" / lesson.NAME
    folder = root / "submitted" / f"way-{way}" / lesson.NAME
    shutil.copytree(released, folder)
    path = folder / f"{lesson.NAME}.ipynb"
    path.chmod(0o644)
    notebook = json.loads(path.read_text(encoding="utf-8"))
    for number, name in enumerate(lesson.EXERCISES):
        chosen = (1, 2, 1 if number % 3 else 3, number % 2)[way]
        _answer(notebook, name, lesson.answer(name, chosen))
    path.write_text(json.dumps(notebook), encoding="utf-8")


def _answer(notebook: dict[str, Any], name: str, text: str) -> None:
    for cell in notebook["cells"]:
        if cell["metadata"].get("nbgrader", {}).get("grade_id") == name:
            cell["source"] = text


def copies(course: Path, assignment: str, count: int, to: Path) -> Path:
    """Return a copy of a course in which nothing is marked, with `count` submissions: its own, over and over."""
    there = sorted(path for path in (course / "submitted").glob(f"*/{assignment}") if path.is_dir())
    if not there:
        raise GraderError("There is nothing to mark.", where=str(course), todo="Hand something in first.")
    shutil.rmtree(to, ignore_errors=True)
    for name in ("source", "release"):
        if (course / name).is_dir():
            shutil.copytree(course / name, to / name)
    for name in ("gradebook.db", "nbgrader_config.py"):
        shutil.copy(course / name, to / name)
    for number, folder in zip(range(count), cycle(there), strict=False):
        shutil.copytree(folder, to / "submitted" / f"s{number:04}" / assignment)
    return to
