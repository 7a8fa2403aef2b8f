"""Write what was marked, one submission at a time: files aside, then the gradebook, then the files in their place."""

from __future__ import annotations

import errno
import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from sqlalchemy.exc import OperationalError

from grader.errors import GraderError
from grader.marking import words
from grader.marking.assignment import Assignment
from grader.marking.batch import Done
from grader.marking.gradebook import Book, read_timestamp
from grader.marking.marked import MarkedNotebook
from grader.marking.notebook import dump
from grader.marking.one_submission import Ready
from grader.marking.result import LOOK, MARKED, REPAIRED, Submission
from grader.marking.staging import Staging
from grader.marking.work import Work

GOOD_LEARNER = re.compile(r'[^<>"\x00-\x1f\x7f\ud800-\udfff]+')  # Formgrader shows an id as it is
OF_ITS_NAMES = (errno.ENAMETOOLONG, errno.EISDIR, errno.ENOTDIR, errno.EEXIST, errno.EINVAL, errno.EILSEQ)


class Writer:
    """Writes one submission at a time: files aside, then the gradebook, then the files in place."""

    def __init__(self, assignment: Assignment, book: Book, staging: Staging, work: Work) -> None:
        self._assignment, self._book, self._staging, self._work = assignment, book, staging, work
        self._kernels = {notebook.name: notebook.kernelspec for notebook in assignment.notebooks}

    def write(self, done: Done) -> Submission:
        """Write a submission that has been marked and return how it came out.

        Raises GraderError when the course's folder cannot be written, OperationalError when the gradebook cannot.
        """
        ready = done.ready
        if not GOOD_LEARNER.fullmatch(done.learner):
            return _needs_a_look(done, words.ODD_LEARNER)
        if ready is None:
            return replace(_needs_a_look(done, done.trouble), retry=True)
        if ready.looks:
            return _needs_a_look(done, " ".join(ready.looks))
        try:
            return self._put(done, ready)
        except (GraderError, OperationalError):
            raise
        except OSError as trouble:
            if trouble.errno in OF_ITS_NAMES:
                return _needs_a_look(done, words.UNWRITTEN.format(why=trouble.strerror))
            raise GraderError(
                f"The marked work of {done.learner} could not be written: {trouble.strerror}.",
                where=str(self._assignment.course.root),
                todo="See that the disk has room and the folder can be written, then mark again. Nothing is lost.",
            ) from None
        except Exception as bug:  # one submission's odd content must not stop the others
            return _needs_a_look(done, words.UNWRITTEN.format(why=type(bug).__name__))

    def _put(self, done: Done, ready: Ready) -> Submission:
        target = self._assignment.autograded(done.learner)
        folder = self._staging.make(self._files(ready), self._assignment.course.permissions())
        self._staging.take(target)  # while it is not there, the learner counts as not marked
        score = self._book.save(self._assignment.name, done.learner, read_timestamp(ready.timestamp), ready.marked)
        self._staging.put(folder, target)
        return _came_out(done, [each for each in ready.marked.values() if each], score)

    def _files(self, ready: Ready) -> dict[str, Path | str | bytes]:
        files: dict[str, Path | str | bytes] = {**ready.files, **self._work.data}
        for name, notebook in ready.marked.items():
            if notebook is not None:
                files[f"{name}.ipynb"] = dump(_document(notebook, self._kernels[name], self._work.languages[name]))
        return files


def _document(notebook: MarkedNotebook, kernel: dict[str, object], language: dict[str, object]) -> dict[str, object]:
    minor = min(max(notebook.minor, 0), 5)
    cells = [dict(cell) for cell in notebook.cells]
    if minor < 5:
        for cell in cells:
            cell.pop("id", None)
    metadata = {"language_info": language} | ({"kernelspec": kernel} if kernel else {})
    return {"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": minor}


def _needs_a_look(done: Done, sentence: str) -> Submission:
    return Submission(done.learner, LOOK, sentence, seconds=done.seconds)


def _came_out(done: Done, notebooks: Sequence[MarkedNotebook], score: float) -> Submission:
    """Return how a marked submission came out: needs a look, marked with repairs, or marked."""
    looks = [look for notebook in notebooks for look in notebook.looks]
    repairs = [repair for notebook in notebooks for repair in notebook.repairs]
    notes = tuple(remark for notebook in notebooks for remark in notebook.remarks)
    outcome = LOOK if looks else REPAIRED if repairs else MARKED
    changes = sum(cell.changed_by_fair for notebook in notebooks for cell in notebook.scores)
    return Submission(done.learner, outcome, " ".join(looks + repairs), score, done.seconds, notes, changes)
