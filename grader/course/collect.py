"""Take in what came back: plan first, then write; nothing is lost and nothing is overwritten unseen."""

from __future__ import annotations

import datetime
import hashlib
import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from grader.course import log as logs
from grader.course import settings, sheets, unpack
from grader.course.files import write
from grader.course.folder import Course
from grader.course.identify import whose
from grader.course.log import Entry, Log
from grader.course.newest import Candidate, belongs, newest
from grader.course.roster import Learner
from grader.course.sidecar import Times
from grader.course.unpack import Piece, Refusal

NOTEBOOK = ".ipynb"
MOST = 50  # letters; each may be four of the 255 bytes that a name may have


@dataclass(frozen=True)
class Taken:
    """One learner's file that counts now. `instead_of` are the files that do not count."""

    learner: str
    came_as: str
    received: datetime.datetime | None = None
    again: bool = False
    instead_of: tuple[str, ...] = ()


@dataclass(frozen=True)
class Unmatched:
    """A file that nobody could be found for, under the name that `--assign` takes."""

    name: str
    why: str


@dataclass
class Collected:
    """What a collection came to, learner by learner and file by file."""

    taken: list[Taken] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    receipts: list[str] = field(default_factory=list)
    unmatched: list[Unmatched] = field(default_factory=list)
    refused: list[Refusal] = field(default_factory=list)
    elsewhere: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def named(self) -> set[str]:
        """The names of the files that nobody could be found for."""
        return {file.name for file in self.unmatched}

    @property
    def something(self) -> bool:
        """Whether anything was new."""
        return bool(self.taken or self.receipts or self.unmatched)


@dataclass(frozen=True)
class Lesson:
    """What collecting has to know: the assignment, its cells' names, its files, and the other lessons' names."""

    name: str
    cells: frozenset[str]
    others: tuple[str, ...] = ()


def lesson_of(course: Course, assignment: str, others: Sequence[str]) -> Lesson:
    """Return what tells a notebook of this lesson from another's."""
    cells: set[str] = set()
    for path in (course.step("release") / assignment).glob("*.ipynb"):
        for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
            grade_id = cell.get("metadata", {}).get("nbgrader", {}).get("grade_id")
            cells |= {grade_id} if grade_id else set()
    return Lesson(assignment, frozenset(cells), tuple(other for other in others if other != assignment))


def collect(
    course: Course,
    lesson: Lesson,
    learners: Sequence[Learner],
    source: Path,
    received: datetime.datetime | None = None,
) -> Collected:
    """Collect a lesson's work from a folder, a zip or one file."""
    pieces, refused = unpack.read(source)
    done, log = Collected(refused=refused), logs.load(course, lesson.name)
    times = Times(pieces)
    done.notes += times.notes
    mine: dict[str, list[Candidate]] = {}
    for piece in pieces:
        if not piece.name.lower().endswith(NOTEBOOK):
            _receipts(course, lesson, learners, piece, log, done)
        elif not belongs(piece, lesson.name, lesson.cells, lesson.others):
            done.elsewhere.append(piece.shown)
        else:
            found = whose(piece.parts, learners, lesson.name)
            candidate = Candidate(piece, received or times.of(piece))
            if found.learner:
                mine.setdefault(found.learner, []).append(candidate)
            else:
                _keep_unmatched(course, lesson.name, candidate, found.why, log, done)
    for learner, candidates in sorted(mine.items()):
        _take(course, lesson.name, learner, candidates, log, done)
    if done.something:
        logs.save(course, lesson.name, log)
    return done


def assign(
    course: Course, lesson: Lesson, learner: str, path: Path, received: datetime.datetime | None = None
) -> Collected:
    """Take one file as a learner's work, because a person said whose it is."""
    done, log = Collected(), logs.load(course, lesson.name)
    stamp = path.with_name(f"{path.name}.txt")
    if received is None and stamp.is_file():
        received = settings.moment(stamp.read_text(encoding="utf-8"))
    piece = Piece((path.name,), path.read_bytes())
    _take(course, lesson.name, learner, [Candidate(piece, received)], log, done)
    logs.save(course, lesson.name, log)
    if course.unmatched(lesson.name) in path.parents:
        path.unlink()
        stamp.unlink(missing_ok=True)
    return done


def _take(course: Course, name: str, learner: str, candidates: Sequence[Candidate], log: Log, done: Collected) -> None:
    """Put a learner's newest file in place; keep what it takes the place of."""
    chosen = newest(candidates)
    before = log.work.get(learner)
    mark = _checksum(chosen.piece.content)
    if before and before.checksum == mark:
        done.unchanged.append(learner)
        return
    if before and before.received and chosen.received and settings.stamp(chosen.received) < before.received:
        done.unchanged.append(learner)
        done.notes.append(f"{learner}: {chosen.piece.shown} is older than what is there, so it was left out.")
        return
    folder = course.submission(learner, name)
    _put_aside(course, name, learner, folder)
    write(folder / f"{name}{NOTEBOOK}", chosen.piece.content)
    if chosen.received:
        write(folder / "timestamp.txt", settings.stamp(chosen.received).encode())
    rest = tuple(sorted({one.piece.shown for one in candidates if _checksum(one.piece.content) != mark}))
    log.work[learner] = Entry(chosen.piece.shown, mark, settings.stamp(chosen.received) if chosen.received else "")
    done.taken.append(Taken(learner, chosen.piece.shown, chosen.received, before is not None, rest))


def _put_aside(course: Course, name: str, learner: str, folder: Path) -> None:
    """Move what was handed in before out of the way, numbered."""
    old = folder / f"{name}{NOTEBOOK}"
    if old.is_file():
        kept = logs.earlier(course, name, learner)
        number = len(list(kept.glob(f"*{NOTEBOOK}"))) + 1
        write(kept / f"{number}{NOTEBOOK}", old.read_bytes())
        old.unlink()
    (folder / "timestamp.txt").unlink(missing_ok=True)


def _keep_unmatched(course: Course, name: str, candidate: Candidate, why: str, log: Log, done: Collected) -> None:
    """Keep a copy of a file without an owner, so that one short command can assign it."""
    mark = _checksum(candidate.piece.content)
    if any(entry.checksum == mark for entry in log.work.values()):
        return
    folder = course.unmatched(name)
    for there in folder.glob(f"*{NOTEBOOK}"):
        if _checksum(there.read_bytes()) == mark:
            done.unmatched.append(Unmatched(there.name, why))
            return
    free = _free_name(candidate.piece, {path.name for path in folder.glob("*")})
    write(folder / free, candidate.piece.content)
    if candidate.received:
        write(folder / f"{free}.txt", settings.stamp(candidate.received).encode())
    done.unmatched.append(Unmatched(free, why))


def _free_name(piece: Piece, taken: Collection[str]) -> str:
    name = "".join(letter if letter.isalnum() or letter in " ._()-" else "-" for letter in piece.name)[-MOST:]
    stem, number = name[: -len(NOTEBOOK)], 2
    while name in taken:
        name = f"{stem}-{number}{NOTEBOOK}"
        number += 1
    return name


def _receipts(
    course: Course, lesson: Lesson, learners: Sequence[Learner], piece: Piece, log: Log, done: Collected
) -> None:
    """Take in the receipts of a sheet; a later one of the same learner counts."""
    for slip in sheets.read(piece, learners, lesson.name):
        if not slip.whole:
            done.refused.append(Refusal(slip.place, "The receipt is not whole. Ask for it again."))
        elif not slip.whose.learner:
            done.refused.append(Refusal(slip.place, f"A receipt without an owner: {slip.whose.why}"))
        else:
            learner, mark = slip.whose.learner, _checksum(slip.text.encode())
            if learner in log.receipts and log.receipts[learner].checksum == mark:
                done.unchanged.append(learner)
                continue
            write(logs.receipt_text(course, lesson.name, learner), slip.text.encode())
            log.receipts[learner] = Entry(slip.place, mark, settings.stamp(slip.received) if slip.received else "")
            done.receipts.append(learner)


def _checksum(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def late(done: Collected, due: datetime.datetime | None) -> Mapping[str, datetime.timedelta]:
    """Return who was late and by how much, of those whose time is known."""
    known = {
        taken.learner: taken.received - due for taken in done.taken if due and taken.received and taken.received > due
    }
    return dict(sorted(known.items()))
