"""Mark what was collected, with the fast engine or with stock nbgrader, and say how each one ended."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from grader.course import files, gradebook, stock
from grader.course.folder import Course
from grader.course.log import load
from grader.errors import GraderError

MARKED, REPAIRED, LOOK = "marked", "marked with repairs", "needs a look"
STOCK, FAST = "stock", "fast"


@dataclass(frozen=True)
class Marked:
    """How one learner's work ended: `outcome` is one of the three above."""

    learner: str
    outcome: str
    score: float | None = None
    points: float = 0.0
    notes: tuple[str, ...] = ()
    waiting: int = 0


@dataclass(frozen=True)
class Run:
    """What marking came to. `changed` gives the score before and after, where marking again changed it."""

    assignment: str
    engine: str
    marked: tuple[Marked, ...]
    unchanged: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    changed: Mapping[str, tuple[float, float]] = field(default_factory=dict)

    def count(self, outcome: str) -> int:
        """How many ended that way."""
        return sum(one.outcome == outcome for one in self.marked)


def handed_in(course: Course, name: str) -> tuple[str, ...]:
    """Return the learners who have work for a lesson in the course."""
    found = course.step("submitted").glob(f"*/{name}")
    return tuple(sorted(path.parent.name for path in found if path.is_dir() and not path.parent.name.startswith(".")))


def to_mark(course: Course, name: str, again: bool) -> tuple[str, ...]:
    """Return the learners whose work is new, has changed since it was marked, or has to be marked again."""
    there = handed_in(course, name)
    if not there:
        raise GraderError(
            f"Nothing has been collected for {name}.", where=course.name, todo="Run: club collect LESSON --from FOLDER"
        )
    before = _seen(course, name)
    wanted = tuple(
        learner
        for learner in there
        if again or before.get(learner) != _sum(course, name, learner) or not _autograded(course, name, learner)
    )
    return wanted


def mark(course: Course, name: str, *, again: bool = False, progress: stock.Progress = lambda learner: None) -> Run:
    """Mark with stock nbgrader; marks given by hand stay."""
    wanted = to_mark(course, name, again)
    before = scores(course, name)
    for learner in wanted:
        files.remove(course.step("autograded") / learner / name)
    failed = stock.autograde(course, name, wanted, progress) if wanted else {}
    with gradebook.opened(course) as book:
        for learner in failed:
            gradebook.clear(book, name, learner)
        marks = {made.learner: made for made in gradebook.marks_of(book, name)}
    keep_seen(course, name, [learner for learner in wanted if learner not in failed])
    ended = tuple(_ended(learner, failed.get(learner, ""), marks.get(learner)) for learner in wanted)
    rest = tuple(learner for learner in handed_in(course, name) if learner not in wanted)
    return Run(name, STOCK, ended, rest, changed=differences(before, scores(course, name)))


def _ended(learner: str, why: str, marks: gradebook.Marks | None) -> Marked:
    if why or marks is None:
        return Marked(learner, LOOK, notes=(why or stock.UNKNOWN,))
    return Marked(learner, MARKED, marks.score, marks.points, waiting=marks.waiting)


def scores(course: Course, name: str) -> dict[str, float]:
    """Return everybody's score for a lesson."""
    with gradebook.opened(course) as book:
        return {marks.learner: marks.score for marks in gradebook.marks_of(book, name) if marks.marks}


def differences(before: Mapping[str, float], after: Mapping[str, float]) -> dict[str, tuple[float, float]]:
    """Return the score before and after, of those whose score is another one now."""
    return {
        name: (before[name], after[name]) for name in sorted(before) if name in after and before[name] != after[name]
    }


def _autograded(course: Course, name: str, learner: str) -> bool:
    return any((course.step("autograded") / learner / name).glob("*.ipynb"))


def _sum(course: Course, name: str, learner: str) -> str:
    entry = load(course, name).work.get(learner)
    return entry.checksum if entry else ""


def _path(course: Course, name: str) -> Path:
    return course.state / "marked" / f"{name}.json"


def _seen(course: Course, name: str) -> dict[str, str]:
    try:
        return dict(json.loads(_path(course, name).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return {}


def keep_seen(course: Course, name: str, learners: list[str]) -> None:
    """Remember which version of each learner's work was marked."""
    log = load(course, name)
    now = {learner: log.work[learner].checksum if learner in log.work else "" for learner in learners}
    files.write(_path(course, name), json.dumps(_seen(course, name) | now, indent=1, sort_keys=True).encode())
