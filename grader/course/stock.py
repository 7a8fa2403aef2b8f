"""nbgrader's own steps: generate_assignment, and autograde in a child process, kept going where it would stop."""

from __future__ import annotations

import logging
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

from nbgrader.converters import GenerateAssignment
from nbgrader.converters.base import NbGraderException

from grader.course.database import own_programs_first
from grader.course.folder import Course
from grader.course.gradebook import directory_of
from grader.course.lessons import short
from grader.errors import GraderError
from grader.marking.settings import settings

Progress = Callable[[str], None]

REASONS = (
    (
        r"NotJSONError|JSONDecodeError|does not appear to be valid JSON|UnicodeDecodeError",
        "The file is not a whole notebook. Ask for it again.",
    ),
    (
        r"SchemaTooOldError|old version",
        "A cell was copied or has lost its label. Open the notebook and take the copy out.",
    ),
    (r"SchemaTooNewError|newer version", "The notebook comes from a newer nbgrader than this one."),
    (r"DeadKernelError", "Python ended while a cell ran."),
    (r"CellTimeoutError|TimeoutError", "A cell took too long and did not let go. Is there a loop that never ends?"),
    (
        r"Inconsistent checksums|ValidationError|AttributeError: (cells|'.*cells)",
        "The labels of its cells were changed.",
    ),
    (r"KeyError", "Cells were copied, moved or taken out, and could not be put back."),
    (r"No notebooks", "There is no notebook of this lesson in it."),
    (r"ValueError.*(points|score)", "A check gave more points than there are."),
)
UNKNOWN = "nbgrader could not mark it."


def generate(course: Course, name: str) -> None:
    """Make the release of a source, quietly; what nbgrader complains of becomes a GraderError."""
    directory = directory_of(course)
    directory.assignment_id = name
    log, heard = logging.getLogger("foothills.release"), _Heard()
    log.handlers, log.propagate = [heard], False
    step = GenerateAssignment(coursedir=directory, config=settings(course.folder), log=log)
    step.force = True
    try:
        step.start()
    except NbGraderException:
        raise GraderError(
            f"nbgrader could not release it: {heard.said or 'it gave no reason'}.",
            where=name,
            todo=f"Try: club lesson check {short(name)}",
        ) from None


class _Heard(logging.Handler):
    """Keeps the last line of a complaint."""

    said = ""

    def emit(self, record: logging.LogRecord) -> None:
        if record.levelno >= logging.ERROR and not record.getMessage().startswith(("Please see", "There was")):
            self.said = record.getMessage().strip().splitlines()[-1].rstrip(".")


def autograde(course: Course, name: str, learners: Iterable[str], progress: Progress) -> dict[str, str]:
    """Mark these learners' work; return, for those that could not be marked, why."""
    pending, failed = set(learners), dict[str, str]()
    everybody = {path.name for path in course.step("submitted").iterdir() if path.is_dir()}
    while pending:
        heard = _run(course, name, everybody - pending, progress)
        marked = {learner for learner in pending if any((course.step("autograded") / learner / name).glob("*.ipynb"))}
        stopped = {learner: why for learner, why in heard.items() if learner in pending - marked}
        if not marked and not stopped:
            stopped = dict.fromkeys(pending, UNKNOWN)
        failed |= stopped
        pending -= marked | set(stopped)
    return failed


def _run(course: Course, name: str, left_out: Iterable[str], progress: Progress) -> dict[str, str]:
    """Run nbgrader once; return why each learner's work could not be marked, as far as it got."""
    command = [
        sys.executable,
        "-m",
        "nbgrader",
        "autograde",
        name,
        f"--CourseDirectory.student_id_exclude={','.join(sorted(left_out))}",
    ]
    own_programs_first()
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONWARNINGS"}
    child = subprocess.Popen(
        command,
        cwd=course.folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        errors="replace",
    )
    assert child.stderr is not None
    reading = _Reading(name, progress)
    with child:
        try:
            for line in child.stderr:
                reading.hear(line)
        except BaseException:
            child.terminate()
            raise
    return reading.failed if child.returncode == 0 else reading.whole()


class _Reading:
    """Follows what nbgrader says, line by line."""

    def __init__(self, name: str, progress: Progress) -> None:
        self.name, self.progress = name, progress
        self.failed: dict[str, str] = {}
        self.now, self.finished = "", False

    def hear(self, line: str) -> None:
        started = re.search(r"\] Sanitizing (.+)$", line)
        if started:
            self.now, self.finished = Path(started[1].strip()).parent.parent.name, False
            self.progress(self.now)
        elif "Setting destination file permissions" in line:
            self.finished = True
        elif found := re.search(r"error processing assignment: (.+)$", line):
            self.now = Path(found[1].strip()).parent.name
            self.failed.setdefault(self.now, UNKNOWN)
        elif self.now and not self.finished and self.failed.get(self.now, UNKNOWN) == UNKNOWN:
            why = next((why for pattern, why in REASONS if re.search(pattern, line)), "")
            if why:
                self.failed[self.now] = why

    def whole(self) -> dict[str, str]:
        """Return the reasons, with the one that stopped the run if it did not say so itself."""
        if self.now and not self.finished:
            self.failed.setdefault(self.now, UNKNOWN)
        return self.failed
