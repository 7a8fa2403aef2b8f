"""The gradebook, through nbgrader's own models: who is in the course, what is released, what was scored."""

from __future__ import annotations

import contextlib
import datetime
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from nbgrader.api import BaseCell, Grade, Gradebook, MissingEntry, SubmittedAssignment, SubmittedNotebook
from nbgrader.coursedir import CourseDirectory

from grader.course import settings as settings_of
from grader.course.database import told
from grader.course.folder import Course
from grader.course.roster import Learner
from grader.errors import GraderError
from grader.marking.settings import settings


@dataclass(frozen=True)
class Mark:
    """One cell that carries points: `score` is None while a person still has to look."""

    cell: str
    score: float | None
    points: float
    by_hand: bool = False


@dataclass(frozen=True)
class Marks:
    """What one learner got for one lesson."""

    learner: str
    marks: tuple[Mark, ...]
    submitted: datetime.datetime | None = None
    seconds_late: float = 0.0

    @property
    def score(self) -> float:
        """The points earned so far."""
        return sum(mark.score or 0.0 for mark in self.marks)

    @property
    def points(self) -> float:
        """The points there are."""
        return sum(mark.points for mark in self.marks)

    @property
    def waiting(self) -> int:
        """How many cells wait for a person."""
        return sum(mark.score is None for mark in self.marks)


def directory_of(course: Course) -> CourseDirectory:
    """Return nbgrader's own picture of the course."""
    made = CourseDirectory(config=settings(course.folder))
    made.root = str(course.folder)
    return made


@contextmanager
def opened(course: Course) -> Iterator[Gradebook]:
    """Open the gradebook and close it again; refuse where it was and is no longer: nbgrader would begin an empty one."""
    directory = directory_of(course)
    if (path := database_of(course)) and not path.is_file() and _had_one(course):
        raise GraderError(
            "The gradebook, which holds the people and their marks, is not there.",
            where=f"{course.name}/{path.name}",
            todo="Put the file back from a copy; nothing was changed.",
        )
    with told(course.name), Gradebook(directory.db_url, directory.course_id) as book:
        yield book


def _had_one(course: Course) -> bool:
    """Tell whether a course had a gradebook: `club new` makes one at once, nbgrader with the first release."""
    return settings_of.path(course).is_file() or any(course.step("autograded").glob("*/*/*.ipynb"))


def new(path: Path, name: str, learners: Iterable[Learner]) -> None:
    """Make a gradebook file with these people in it."""
    with told(name), Gradebook(f"sqlite:///{path}", name) as book:
        add_learners(book, learners)


def add_learners(book: Gradebook, learners: Iterable[Learner]) -> None:
    """Put people in the gradebook; a person who is there already is updated."""
    for learner in learners:
        first, _, last = learner.name.rpartition(" ")
        book.update_or_create_student(
            learner.id, first_name=first or None, last_name=last or None, email=learner.email or None
        )


def learners_of(book: Gradebook) -> tuple[Learner, ...]:
    """Return the people in the course, by id."""
    found = [
        Learner(s.id, " ".join(part for part in (s.first_name, s.last_name) if part), s.email or "")
        for s in book.students
    ]
    return tuple(sorted(found, key=lambda learner: learner.id))


def knows(course: Course, assignment: str) -> bool:
    """Say whether an assignment was released at some time, whatever has become of its folder."""
    if not (path := database_of(course)) or not path.is_file():
        return False
    with opened(course) as book:
        return any(found.name == assignment and found.notebooks for found in book.assignments)


def due_date(book: Gradebook, assignment: str) -> datetime.datetime | None:
    """Return when a lesson's work is due, in UTC, if it is."""
    try:
        return book.find_assignment(assignment).duedate  # type: ignore[no-any-return]
    except MissingEntry:
        return None


def set_due_date(book: Gradebook, assignment: str, due: datetime.datetime) -> None:
    """Set when a lesson's work is due, in UTC."""
    book.update_or_create_assignment(assignment, duedate=due)


def marks_of(book: Gradebook, assignment: str) -> tuple[Marks, ...]:
    """Return everybody's marks for a lesson."""
    try:
        work = book.find_assignment(assignment)
    except MissingEntry:
        return ()
    submissions = work.submissions
    # as columns in one query: as nbgrader's objects, the grades of a thousand learners take half the memory of a run
    grades = (
        book.db.query(
            SubmittedNotebook.assignment_id,
            BaseCell.name,
            Grade.auto_score,
            Grade.manual_score,
            Grade.score,
            Grade.max_score,
        )
        .join(SubmittedNotebook, Grade.notebook_id == SubmittedNotebook.id)
        .join(BaseCell, Grade.cell_id == BaseCell.id)
        .join(SubmittedAssignment, SubmittedNotebook.assignment_id == SubmittedAssignment.id)
        .filter(SubmittedAssignment.assignment_id == work.id)
    )
    found: dict[str, list[Mark]] = {submission.id: [] for submission in submissions}
    for submission, name, auto, manual, score, points in grades:
        waiting = auto is None and manual is None
        found[submission].append(Mark(name, None if waiting else float(score), float(points or 0), manual is not None))
    made = (
        Marks(each.student_id, tuple(found[each.id]), each.timestamp, float(each.total_seconds_late or 0))
        for each in submissions
    )
    return tuple(sorted(made, key=lambda marks: marks.learner))


def comments_of(book: Gradebook, assignment: str, learner: str) -> dict[str, str]:
    """Return what a person wrote about one learner's work, by cell."""
    try:
        notebooks = book.find_submission(assignment, learner).notebooks
    except MissingEntry:
        return {}
    return {
        comment.name: comment.manual_comment
        for notebook in notebooks
        for comment in notebook.comments
        if comment.manual_comment
    }


def remove_learner(book: Gradebook, learner: str) -> int:
    """Take one learner out of the gradebook, marks and comments too; return how many lessons had some."""
    try:
        lessons = len(book.find_student(learner).submissions)
    except MissingEntry:
        return 0
    book.remove_student(learner)
    return lessons


def database_of(course: Course) -> Path | None:
    """Return the gradebook's file, or None where it is kept on a server."""
    url = str(directory_of(course).db_url)
    return Path(url.removeprefix("sqlite:///")) if url.startswith("sqlite:///") else None


def vacuum(path: Path) -> None:
    """Write the gradebook's file anew, so that nothing deleted is left in its unused pages."""
    with told(path.parent.name), contextlib.closing(sqlite3.connect(path, isolation_level=None)) as database:
        database.execute("PRAGMA secure_delete = ON")
        database.execute("VACUUM")


def clear(book: Gradebook, assignment: str, learner: str) -> None:
    """Take back what an engine gave one submission, so that none is left over; what a person gave stays."""
    try:
        notebooks = book.find_submission(assignment, learner).notebooks
    except MissingEntry:
        return
    grades = [grade for notebook in notebooks for grade in notebook.grades]
    if not comments_of(book, assignment, learner) and all(grade.manual_score is None for grade in grades):
        book.remove_submission(assignment, learner)
        return
    for grade in grades:
        grade.auto_score, grade.needs_manual_grade = None, True
    book.db.commit()
