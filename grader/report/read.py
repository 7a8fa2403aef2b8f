"""Read what came of a lesson from the course: the gradebook, the marked notebooks, what people saw, and receipts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from grader.checks import pack as packs
from grader.checks.exercise import Exercise as Checked
from grader.checks.verdict import JSON_TYPE, Verdict
from grader.course import gradebook, log, settings
from grader.course.folder import Course
from grader.errors import GraderError
from grader.kernel import receipt as receipts
from grader.lesson import answers as bank
from grader.lesson.answers import KnownAnswer
from grader.lesson.folders import folders
from grader.marking import submission
from grader.marking.notebook import Unreadable, parse
from grader.report.results import LOOK, NOTEBOOK, RECEIPT, Answer, Exercise, Person, Results, Slip, same


def read(course: Course, name: str) -> Results:
    """Return what came of a lesson so far."""
    from grader.course.mark import handed_in  # it needs nbgrader

    with gradebook.opened(course) as book:
        roster = {learner.id: learner.name for learner in gradebook.learners_of(book)}
        marks = {made.learner: made for made in gradebook.marks_of(book, name)}
    exercises = exercises_of(course, name, marks)
    found = {
        learner: _person(course, name, learner, marks.get(learner), exercises) for learner in handed_in(course, name)
    }
    for learner, made in _receipts(course, name).items():
        if learner not in found or found[learner].how == LOOK:
            found[learner] = _from_receipt(learner, made, exercises)
    return Results(
        settings.load(course).title,
        name,
        _title(course, name),
        exercises,
        tuple(found[learner] for learner in sorted(found)),
        roster,
    )


def exercises_of(course: Course, name: str, marks: Mapping[str, gradebook.Marks]) -> tuple[Exercise, ...]:
    """Return what carries points in a lesson, in the page's order."""
    pack = _pack(course, name)
    in_bank = _bank(name)
    found = []
    for cell, title in _graded(course.step("release") / name):
        labels = cell["metadata"]["nbgrader"]
        exercise = str(labels["grade_id"]).removeprefix("check_")
        known = pack.exercise(exercise) if pack and exercise in pack.entries else None
        found.append(
            Exercise(
                exercise,
                title or exercise,
                known.level if known else "core",
                float(labels.get("points", 0)),
                bool(labels.get("task") or labels.get("solution")),
                _slips(known) | _described(in_bank, exercise),
                frozenset(same(answer.code) for answer in in_bank if answer.exercise == exercise),
            )
        )
    return tuple(found)


def _graded(folder: Path) -> Iterator[tuple[dict[str, Any], str]]:
    """Yield the cells that carry points, each with the heading above it."""
    for path in sorted(folder.glob("*.ipynb")):
        title = ""
        for cell in notebook_cells(path):
            if cell["cell_type"] == "markdown":
                headings = re.findall(r"^#{2,4} (.+)$", source_of(cell), flags=re.MULTILINE)
                title = headings[-1].strip() if headings else title
            labels = cell.get("metadata", {}).get("nbgrader") or {}
            if labels.get("grade") or labels.get("task"):
                yield cell, title


def notebook_cells(path: Path) -> list[dict[str, Any]]:
    """Return a notebook's cells; none where it cannot be read."""
    try:
        cells = parse(submission.read(path))["cells"]
        return [cell for cell in cells if isinstance(cell.get("metadata", {}), dict)]
    except Unreadable:
        return []


def source_of(cell: Mapping[str, Any]) -> str:
    """Return a cell's text."""
    source = cell.get("source", "")
    return "".join(map(str, source)) if isinstance(source, list) else str(source)


def _person(
    course: Course, name: str, learner: str, marks: gradebook.Marks | None, exercises: tuple[Exercise, ...]
) -> Person:
    marked = sorted((course.step("autograded") / learner / name).glob("*.ipynb"))
    late = bool(marks and marks.seconds_late > 0)
    if not marked or marks is None:
        return Person(learner, LOOK, {}, late=late)
    said = _said(marked, exercises)
    saw = _said(sorted((course.step("submitted") / learner / name).glob("*.ipynb")), exercises)
    written = _written(marked)
    scores = {mark.cell.removeprefix("check_"): mark for mark in marks.marks}
    answers = {}
    for exercise in exercises:
        mark, told = scores.get(exercise.name), said.get(exercise.name, {})
        answers[exercise.name] = Answer(
            _verdict(told.get("verdict")),
            told["slip"] if told.get("slip") in exercise.slips else "",
            mark.score if mark else None,
            exercise.points,
            _verdict(saw.get(exercise.name, {}).get("first")),
            written.get(exercise.name, ""),
        )
    return Person(learner, NOTEBOOK, answers, marks.score, marks.points, late, marks.waiting)


def _said(paths: list[Path], exercises: tuple[Exercise, ...]) -> dict[str, dict[str, Any]]:
    """Return what each check said, from its saved output; it is a learner's file, so nothing in it is trusted."""
    names = {exercise.name for exercise in exercises}
    found: dict[str, dict[str, Any]] = {}
    for path in paths:
        for cell in notebook_cells(path):
            outputs = cell.get("outputs")
            for output in outputs if isinstance(outputs, list) else ():
                data = output.get("data") if isinstance(output, dict) else None
                told = data.get(JSON_TYPE) if isinstance(data, dict) else None
                if isinstance(told, dict) and told.get("exercise") in names:
                    found[told["exercise"]] = told
    return found


def _written(paths: list[Path]) -> dict[str, str]:
    """Return the text of each answer cell by its name."""
    return {
        str(labels["grade_id"]): source_of(cell)
        for path in paths
        for cell in notebook_cells(path)
        if (labels := cell.get("metadata", {}).get("nbgrader") or {}).get("solution")
    }


def _verdict(word: Any) -> Verdict | None:
    return Verdict(word) if isinstance(word, str) and word in set(Verdict) else None


def _receipts(course: Course, name: str) -> dict[str, receipts.Receipt]:
    found = {}
    for learner in log.load(course, name).receipts:
        path = log.receipt_text(course, name, learner)
        made = receipts.read(path.read_text(encoding="utf-8")) if path.is_file() else None
        if made is not None and made.lesson == name:
            found[learner] = made
    return found


def _from_receipt(learner: str, made: receipts.Receipt, exercises: tuple[Exercise, ...]) -> Person:
    """Return what a receipt says; its score is the points of what it says is done."""
    answers = {}
    for exercise in exercises:
        verdict, _, first = made.exercises.get(exercise.name, (None, 0, None))
        done = verdict is not None and verdict.done
        answers[exercise.name] = Answer(verdict, "", exercise.points if done else 0.0, exercise.points, first)
    score = sum(answer.score or 0.0 for answer in answers.values())
    return Person(learner, RECEIPT, answers, score, sum(exercise.points for exercise in exercises))


def _pack(course: Course, name: str) -> packs.Pack | None:
    path = course.step("release") / name / packs.NAME
    try:
        return packs.from_bytes(path.read_bytes()) if path.is_file() else None
    except GraderError:
        return None


def _title(course: Course, name: str) -> str:
    pack = _pack(course, name)
    return pack.title if pack and pack.title else name


def _slips(known: Checked | None) -> dict[str, Slip]:
    """Return the slips that the check itself tells apart."""
    if known is None:
        return {}
    slips = [*known.slips, *(slip for case in known.cases.values() for slip in case.slips)]
    return {slip.name: Slip(slip.name.replace("_", " ")) for slip in slips}


def _bank(name: str) -> list[KnownAnswer]:
    """Return the lesson's answer bank; empty for somebody else's assignment."""
    path = next((folder / bank.FILE for folder in folders() if folder.name == name), None)
    return bank.read(path.read_text(encoding="utf-8"))[0] if path is not None and path.is_file() else []


def _described(known: Sequence[KnownAnswer], exercise: str) -> dict[str, Slip]:
    """Return the slips that the bank describes for an exercise, with the facilitator's line for each."""
    found: dict[str, Slip] = {}
    for answer in known:
        if answer.exercise == exercise and answer.slip and not answer.verdict.done:
            found.setdefault(answer.slip, Slip(answer.title, answer.say))
    return found
