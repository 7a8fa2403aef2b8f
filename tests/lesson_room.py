"""What the content tests share: a released lesson in a course of its own, and submissions made of known answers."""

from __future__ import annotations

import dataclasses
import json
import os
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nbgrader.api import Gradebook

from grader.checks.verdict import Verdict
from grader.course.create import create
from grader.course.folder import Course
from grader.course.release import release
from grader.lesson import answers, build, notebook, read, template
from grader.lesson.answers import KnownAnswer
from grader.lesson.folders import folders
from grader.lesson.read import Lesson, fill

FOLDERS = [*folders(), template.FOLDER]
LESSONS = folders()
RUNS = 10  # submissions a lesson that stock nbgrader marks


@dataclass(frozen=True)
class Room:
    """A course with one lesson released in it."""

    course: Course
    lesson: Lesson

    @property
    def released(self) -> Path:
        """The folder that learners get."""
        return self.course.step("release") / self.lesson.name


def open_room(folder: Path, home: Path) -> Room:
    """Make a course and release a lesson in it."""
    course, _ = create(home / "course", None)
    release(course, folder.name)
    return Room(course, read.lesson(str(folder)))


def known_answers(lesson: Lesson) -> dict[str, list[KnownAnswer]]:
    """Give the known answers of each exercise as people would have them: figures filled in, given lines kept."""
    found: dict[str, list[KnownAnswer]] = {name: [] for name in lesson.exercises}
    texts = notebook.standard_figures(lesson)
    for answer in answers.read((lesson.folder / answers.FILE).read_text(encoding="utf-8"))[0]:
        starter = lesson.exercises[answer.exercise].starter
        code = fill(_below_given_lines(answer.code, starter) if answer.code else starter, texts)
        found[answer.exercise].append(dataclasses.replace(answer, code=code))
    return found


def _below_given_lines(code: str, starter: str) -> str:
    """Put back the lines of the starter that fetch what an exercise goes on from, where an answer leaves them out."""
    given = [line for line in starter.splitlines() if "grader.start_from(" in line and line not in code]
    return "\n".join((*given, code))


def submissions(lesson: Lesson) -> Iterator[dict[str, KnownAnswer]]:
    """Give what people hand in: each one answer of every exercise, every verdict in turn, new slips first.

    RUNS of them, as each takes nbgrader some seconds; the lesson check runs every known answer through the same
    checks. With FOOTHILLS_ALL_ANSWERS set there are as many as it takes for all to go through nbgrader as well.
    """
    left = {name: _in_turn(found) for name, found in known_answers(lesson).items()}
    spare = {name: next(one for one in found if one.verdict is Verdict.RIGHT) for name, found in left.items()}
    everything = bool(os.environ.get("FOOTHILLS_ALL_ANSWERS"))
    turn = 0
    while any(left.values()) and (everything or turn < RUNS):
        chosen: dict[str, KnownAnswer] = {}
        for name, found in left.items():
            fits = next((answer for answer in found if _goes_with(answer, chosen, lesson)), None)
            chosen[name] = fits or spare[name]
            if fits:
                found.remove(fits)
        yield chosen
        turn += 1


def _goes_with(answer: KnownAnswer, chosen: Mapping[str, KnownAnswer], lesson: Lesson) -> bool:
    """Say whether an answer that goes on from another exercise's name finds there what it needs."""
    fetched = re.findall(r'grader\.start_from\("(\w+)"\)', answer.code)
    return all(
        other.verdict is Verdict.RIGHT
        for name, other in chosen.items()
        for variable in lesson.exercises[name].variables
        if variable not in fetched and re.search(rf"\b{variable}\b(?! *=[^=])", answer.code)
    )


def _in_turn(found: list[KnownAnswer]) -> list[KnownAnswer]:
    """Put answers in order: the first of each verdict, then the second of each; one of each slip before another."""
    met: Counter[tuple[str, str]] = Counter()
    ranked: list[tuple[int, int, KnownAnswer]] = []
    for place, answer in enumerate(found):
        ranked.append((met[answer.verdict, answer.slip], place, answer))
        met[answer.verdict, answer.slip] += 1
    turns: Counter[str] = Counter()
    ordered = []
    for _, place, answer in sorted(ranked, key=lambda one: one[:2]):
        ordered.append((turns[answer.verdict], place, answer))
        turns[answer.verdict] += 1
    return [answer for _, _, answer in sorted(ordered, key=lambda one: one[:2])]


def read_notebook(path: Path) -> dict[str, Any]:
    """Read a notebook as JSON."""
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return found


def hand_in(room: Room, learner: str, code: Mapping[str, str]) -> None:
    """Put a learner's notebook in the course: the released one with these answers typed in."""
    name = room.lesson.name
    folder = room.course.submission(learner, name)
    made = read_notebook(room.released / f"{name}.ipynb")
    for cell in made["cells"]:
        if cell["id"] in code:
            cell["source"] = code[cell["id"]]
    folder.mkdir(parents=True)
    (folder / f"{name}.ipynb").write_text(json.dumps(made), encoding="utf-8")


def autograde(room: Room) -> dict[str, dict[str, float]]:
    """Mark everything with stock nbgrader; give learner -> exercise -> score."""
    command = [sys.executable, "-m", "nbgrader", "autograde", room.lesson.name]
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONWARNINGS"}
    environment["JUPYTER_CONFIG_DIR"] = str(room.course.folder.parent / "no settings of anybody's")
    done = subprocess.run(command, cwd=room.course.folder, env=environment, capture_output=True, text=True)
    assert 0 == done.returncode, "\n".join(line for line in done.stderr.splitlines() if " | INFO] " not in line)[-4000:]
    with Gradebook(f"sqlite:///{room.course.folder / 'gradebook.db'}") as book:
        return {
            submission.student.id: {
                grade.name.removeprefix("check_"): grade.score for grade in submission.notebooks[0].grades
            }
            for submission in book.assignment_submissions(room.lesson.name)
        }


def built(folder: Path) -> Mapping[str, bytes]:
    """Build what learners get, without nbgrader."""
    return build.handout(read.lesson(str(folder)))


def contents(folder: Path) -> dict[str, bytes]:
    """Read every file below a folder."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def ids(folders: Sequence[Path]) -> list[str]:
    """Name each lesson by its folder."""
    return [folder.name for folder in folders]
