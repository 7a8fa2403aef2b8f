"""nbgrader's course and gradebook, with which `club mark` reads and writes: nothing else of it imports nbgrader."""

from __future__ import annotations

import contextlib
import datetime
import logging
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from nbformat import from_dict
from nbgrader.api import (
    Assignment,
    Comment,
    Grade,
    Gradebook,
    Student,
    SubmittedAssignment,
    SubmittedNotebook,
)
from nbgrader.coursedir import CourseDirectory
from nbgrader.plugins import LateSubmissionPlugin
from nbgrader.utils import determine_grade, parse_utc
from sqlalchemy.exc import OperationalError
from traitlets.utils.importstring import import_item

from grader.errors import GraderError
from grader.marking.gradebook_rows import StoredNotebook, cell_ids, score_of, stored
from grader.marking.marked import CellScore, MarkedNotebook
from grader.marking.settings import settings

LOCK_SECONDS = 120
A_PATH = re.compile(r"(?<!\w)/|/(?!\w)")  # the reader of dates would open it, to find a time zone in it


class Course:
    """A course folder with its nbgrader settings."""

    def __init__(self, root: Path) -> None:
        self.root = root.resolve()
        self.config = settings(self.root)
        self.config.CourseDirectory.root = str(self.root)
        self._folders = CourseDirectory(config=self.config)
        logging.getLogger("traitlets").setLevel(logging.ERROR)

    @property
    def ignore(self) -> tuple[str, ...]:
        """Return the file patterns that nbgrader leaves out."""
        return tuple(self._folders.ignore)

    def folder(self, step: str, assignment: str, learner: str = ".") -> Path:
        """Return the folder of one of nbgrader's steps."""
        name = getattr(self._folders, f"{step}_directory")
        return Path(self._folders.format_path(name, learner, assignment))

    def learners(self, assignment: str) -> list[str]:
        """Return the learners who have a folder for the assignment, in order."""
        pattern = Path(self._folders.format_path(self._folders.submitted_directory, "*", assignment))
        depth = pattern.parts.index("*") if "*" in pattern.parts else -1
        if depth < 0:
            raise GraderError(
                "This course's folders are not laid out by learner.", todo="Set directory_structure back."
            )
        base = Path(*pattern.parts[:depth])
        rest = pattern.parts[depth + 1 :]
        excluded = {name.strip() for name in self._folders.student_id_exclude.split(",")}
        found = sorted(path.name for path in base.glob("*") if path.is_dir() and path.joinpath(*rest).is_dir())
        return [name for name in found if name not in excluded and not name.startswith(".")]

    def setting(self, name: str, default: Any, *sections: str) -> Any:
        """Return a setting from the first section of nbgrader_config.py that has it."""
        for section in sections:
            if section in self.config and name in self.config[section]:
                return self.config[section][name]
        return default

    def permissions(self) -> int:
        """Return the mode nbgrader gives to autograded files."""
        default = 664 if self._folders.groupshared else 444
        return int(str(self.setting("permissions", default, "Autograde", "BaseConverter")), 8)

    @contextlib.contextmanager
    def gradebook(self) -> Iterator[Book]:
        """Open the gradebook for a run: one connection, one session."""
        url = self._folders.db_url
        if url.startswith("sqlite:///") and not Path(url.removeprefix("sqlite:///")).exists():
            raise GraderError(
                "This course has no gradebook yet.", where=str(self.root), todo="Release an assignment first."
            )
        if url.startswith("sqlite:") and "?" not in url:
            url += f"?timeout={LOCK_SECONDS}"
        try:
            book = Gradebook(url, self._folders.course_id)
            try:
                book.check_course()  # stock nbgrader leaves a second course row of this name
                yield Book(book, self)
            finally:
                book.close()
        except OperationalError as trouble:
            raise GraderError(
                f"The gradebook could not be written: {trouble.orig}.",
                where=str(self.root),
                todo="Close other programs that use it, see that the disk has room, then mark again. Nothing is lost.",
            ) from None


class Book:
    """The gradebook of one run. Used by one thread."""

    def __init__(self, book: Gradebook, course: Course) -> None:
        self._book, self._db, self._course = book, book.db, course
        self._db().expire_on_commit = False  # else each submission reads all cells anew, one by one
        self._held: list[Any] = []  # what is held here is not read again
        plugin = course.setting("plugin_class", LateSubmissionPlugin, "AssignLatePenalties")
        self._late = (import_item(plugin) if isinstance(plugin, str) else plugin)(config=course.config)

    def notebooks(self, assignment: str) -> list[StoredNotebook]:
        """Return the assignment's notebooks; raise GraderError when nbgrader does not know it."""
        found = self._db.query(Assignment).filter(Assignment.name == assignment).one_or_none()
        if found is None or not found.notebooks:
            raise GraderError(
                f'The gradebook has no assignment called "{assignment}".',
                where=str(self._course.root),
                todo="Release it first, then mark it.",
            )
        self._held += [found, *found.notebooks]
        for row in found.notebooks:
            self._held += [*row.grade_cells, *row.solution_cells, *row.task_cells]
        return [stored(notebook) for notebook in found.notebooks]

    def save(
        self,
        assignment: str,
        learner: str,
        timestamp: datetime.datetime | None,
        marked: Mapping[str, MarkedNotebook | None],
    ) -> float:
        """Write one submission in one transaction and return its score; None stands for a notebook not handed in."""
        try:
            score = self._save(assignment, learner, timestamp, marked)
            self._db.commit()
        except BaseException:
            self._db.rollback()
            raise
        return score

    def _save(
        self,
        assignment: str,
        learner: str,
        timestamp: datetime.datetime | None,
        marked: Mapping[str, MarkedNotebook | None],
    ) -> float:
        if self._db.get(Student, learner) is None:
            if not self._course.setting("create_student", True, "Autograde"):
                raise GraderError(f"The gradebook has no learner called {learner}.")
            self._db.add(Student(id=learner))
        submission = self._submission(assignment, learner)
        if timestamp is not None:
            submission.timestamp = timestamp
        total = 0.0
        for row in submission.notebooks:
            notebook = marked.get(row.notebook.name)
            grades = {grade.cell.name: grade for grade in row.grades}
            comments = {comment.cell.name: comment for comment in row.comments}
            if notebook is None:
                for grade in grades.values():
                    grade.auto_score, grade.needs_manual_grade = 0, False
            for cell in notebook.scores if notebook else ():
                _enter(cell, grades.get(cell.grade_id), comments.get(cell.grade_id))
            score = sum(map(score_of, grades.values()))
            row.late_submission_penalty = (
                self._penalty(submission, learner, score) if notebook else row.late_submission_penalty
            )
            total += score
        return total

    def _submission(self, assignment: str, learner: str) -> SubmittedAssignment:
        work = self._db.query(Assignment).filter(Assignment.name == assignment).one()
        found = (
            self._db.query(SubmittedAssignment)
            .filter(SubmittedAssignment.assignment_id == work.id, SubmittedAssignment.student_id == learner)
            .one_or_none()
        )
        if found is not None:
            return found
        notebooks = [(notebook.id, *cell_ids(notebook)) for notebook in work.notebooks]
        submission = SubmittedAssignment(assignment_id=work.id, student_id=learner)
        self._db.add(submission)
        self._db.flush()
        for notebook, graded, commented in notebooks:
            row = SubmittedNotebook(notebook_id=notebook, assignment_id=submission.id)
            self._db.add(row)
            self._db.flush()
            self._db.add_all([Grade(cell_id=cell, notebook_id=row.id) for cell in graded])
            self._db.add_all([Comment(cell_id=cell, notebook_id=row.id) for cell in commented])
        self._db.flush()
        return submission

    def _penalty(self, submission: SubmittedAssignment, learner: str, score: float) -> float | None:
        self._db.flush()
        late = submission.total_seconds_late
        if late <= 0:
            return None
        penalty = self._late.late_submission_penalty(learner, score, late)
        return None if penalty is None else min(max(penalty, 0), score)


def _enter(cell: CellScore, grade: Grade | None, comment: Comment | None) -> None:
    if grade is not None and cell.graded:
        grade.auto_score = cell.score
        grade.needs_manual_grade = grade.manual_score is not None or cell.score is None
    if comment is not None and cell.commented:
        comment.auto_comment = cell.comment


def stock_grade(cell: Mapping[str, Any]) -> float | None:
    """Return nbgrader's own score of a grade cell; raise ValueError when it gives more than its points."""
    read: Any = from_dict
    score: float | None = determine_grade(read(dict(cell)), _silent)[0]
    return score


def read_timestamp(text: str) -> datetime.datetime | None:
    """Return the time that a timestamp.txt holds, or None."""
    if not text.strip() or A_PATH.search(text):
        return None
    try:
        found: datetime.datetime | None = parse_utc(text.strip())
    except Exception:  # whatever odd signs make a reader of dates raise
        return None
    return found


_silent = logging.getLogger("marking.nbgrader")
_silent.addHandler(logging.NullHandler())
_silent.propagate = False
