"""Mark what was collected with stock nbgrader, and say how each one ended."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from grader.course import files, gradebook, stock
from grader.course.choice import STOCK
from grader.course.folder import Course
from grader.course.lessons import short
from grader.errors import GraderError
from grader.marking import submission
from grader.marking.notebook import Unreadable

MARKED, REPAIRED, LOOK = "marked", "marked with repairs", "needs a look"


@dataclass(frozen=True)
class Marked:
    """How one learner's work ended: `outcome` is one of the three above. `retry`: the next run marks it again."""

    learner: str
    outcome: str
    score: float | None = None
    points: float = 0.0
    notes: tuple[str, ...] = ()
    waiting: int = 0
    retry: bool = False


@dataclass(frozen=True)
class Run:
    """What marking came to.

    `changed` gives the score before and after, where marking again changed it; `slowest` the exercises that took
    longest, with their mean seconds; `sandbox` the layer that learners' code ran in ("" where nbgrader ran it).
    """

    assignment: str
    engine: str
    marked: tuple[Marked, ...]
    unchanged: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    changed: Mapping[str, tuple[float, float]] = field(default_factory=dict)
    slowest: tuple[tuple[str, float], ...] = ()
    sandbox: str = ""

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
            f"Nothing has been collected for {name}.",
            where=course.name,
            todo=f"Run: club after {short(name)} --from FOLDER",
        )
    before = _kept(course, name)
    return tuple(learner for learner in there if again or _is_new(course, name, learner, before.get(learner)))


def _is_new(course: Course, name: str, learner: str, before: Mapping[str, str] | None) -> bool:
    if before is None or before["version"] != _sum(course, name, learner):
        return True
    return not before["look"] and not is_autograded(course, name, learner)


def mark_with_stock(
    course: Course, name: str, *, again: bool = False, progress: stock.Progress = lambda learner: None
) -> Run:
    """Mark with stock nbgrader; marks given by hand stay."""
    wanted = to_mark(course, name, again)
    before = scores(course, name)
    with put_aside(course, name, wanted):
        failed = stock.autograde(course, name, wanted, _KeptAsItGoes(course, name, progress)) if wanted else {}
    with gradebook.opened(course) as book:
        for learner in failed:
            gradebook.clear(book, name, learner)
        marks = {made.learner: made for made in gradebook.marks_of(book, name)}
    ended = tuple(_ended(learner, failed.get(learner, ""), marks.get(learner)) for learner in wanted)
    return finished(course, name, STOCK, ended, before)


def finished(
    course: Course,
    name: str,
    engine: str,
    ended: tuple[Marked, ...],
    before: Mapping[str, float],
    notes: tuple[str, ...] = (),
) -> Run:
    """Keep how each one ended, and return the run."""
    keep(
        course,
        name,
        {one.learner: " ".join(one.notes) if one.outcome == LOOK else "" for one in ended},
        [one.learner for one in ended if one.retry],
    )
    now = {one.learner for one in ended}
    rest = tuple(learner for learner in handed_in(course, name) if learner not in now)
    return Run(name, engine, ended, rest, notes, differences(before, scores(course, name)))


@contextmanager
def put_aside(course: Course, name: str, learners: Sequence[str]) -> Iterator[None]:
    """Take away what these learners' work was marked as before; bring back what nothing new has taken the place of.

    Where marking was refused, all is as before; where it was stopped half-way, the next run goes on with the rest.
    """
    aside = course.state / "aside" / name
    files.remove(aside)
    aside.mkdir(parents=True)
    places = {learner: course.step("autograded") / learner / name for learner in learners}
    try:
        for learner, place in places.items():
            if place.is_dir():
                place.rename(aside / learner)
        yield
    except BaseException as problem:
        back = [learner for learner in learners if (aside / learner).is_dir() and not places[learner].exists()]
        for learner in back:
            (aside / learner).rename(places[learner])
        if not isinstance(problem, GraderError):
            with suppress(OSError):  # on a full disk what was marked before is what counts
                keep(course, name, dict.fromkeys(back, ""), back)
        raise
    finally:
        files.remove(aside.parent)


class _KeptAsItGoes:
    """Remembers each learner as marked when the next one begins, so that a stopped run goes on where it was."""

    def __init__(self, course: Course, name: str, progress: stock.Progress) -> None:
        self.course, self.name, self.progress = course, name, progress
        self.now = ""

    def __call__(self, learner: str) -> None:
        if self.now and is_autograded(self.course, self.name, self.now):
            keep(self.course, self.name, {self.now: ""})
        self.now = learner
        self.progress(learner)


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


def is_autograded(course: Course, name: str, learner: str) -> bool:
    """Tell whether a learner's work has been marked."""
    return any((course.step("autograded") / learner / name).glob("*.ipynb"))


def _sum(course: Course, name: str, learner: str) -> str:
    """Return a checksum of what a learner handed in."""
    folder = course.submission(learner, name)
    made = hashlib.sha256()
    for path in sorted(Path(where, one) for where, _, ones in os.walk(folder) for one in ones):
        try:
            content = submission.read(path)
        except Unreadable:  # no ordinary file, or one too large to read for this
            content = b""
        made.update(os.fsencode(path.relative_to(folder)) + b"\0" + content)
    return made.hexdigest()


def _path(course: Course, name: str) -> Path:
    return course.state / "marked" / f"{name}.json"


def _kept(course: Course, name: str) -> dict[str, dict[str, str]]:
    try:
        return dict(json.loads(_path(course, name).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return {}


def keep(course: Course, name: str, ended: Mapping[str, str], retry: Collection[str] = ()) -> None:
    """Remember which version of each learner's work was marked, and why it was not where it was not.

    Those in `retry` count as new the next time.
    """
    versions = {learner: "" if learner in retry else _sum(course, name, learner) for learner in ended}
    now = {learner: {"version": versions[learner], "look": why} for learner, why in ended.items()}
    files.write(_path(course, name), json.dumps(_kept(course, name) | now, sort_keys=True).encode())


def looks(course: Course, name: str) -> dict[str, str]:
    """Return the learners whose work needs a person, and why."""
    return {
        learner: entry["look"]
        for learner, entry in _kept(course, name).items()
        if entry["look"] and course.submission(learner, name).is_dir()
    }
