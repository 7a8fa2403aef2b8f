"""Stock nbgrader, for who asks for it by name: no sandbox, one at a time."""

from __future__ import annotations

import subprocess
import sys
import time

from grader.marking.gradebook import Course
from grader.marking.result import LOOK, MARKED, MarkingSummary, Submission


def mark_with_nbgrader(course: Course, assignment: str, again: bool) -> MarkingSummary:
    """Run `nbgrader autograde`, learner by learner so that one cannot stop the others."""
    began = time.monotonic()
    submissions = []
    for learner in course.learners(assignment):
        start = time.monotonic()
        command = [sys.executable, "-m", "nbgrader", "autograde", assignment, "--student", learner]
        done = subprocess.run(
            [*command, *(["--force"] if again else [])], cwd=course.root, capture_output=True, check=False
        )
        marked = course.folder("autograded", assignment, learner).is_dir()
        sentence = "" if marked else "nbgrader could not mark it."
        outcome = MARKED if marked and done.returncode == 0 else LOOK
        submissions.append(Submission(learner, outcome, sentence, seconds=time.monotonic() - start))
    return MarkingSummary(assignment, "nbgrader", "none", tuple(submissions), seconds=time.monotonic() - began)
