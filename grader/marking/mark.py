"""Mark an assignment: children in parallel, one writer, one transaction a submission."""

from __future__ import annotations

import contextlib
import datetime
import os
import time
from collections.abc import Callable
from pathlib import Path

from grader.errors import GraderError
from grader.marking.assignment import Assignment, read_assignment
from grader.marking.batch import Supply, all_done
from grader.marking.course_lock import only_one
from grader.marking.engine import Broken, Warm
from grader.marking.gradebook import Course, read_timestamp
from grader.marking.kernels import other_pythons, refuse_kernels
from grader.marking.result import SKIPPED, MarkingSummary, Submission, Times
from grader.marking.sandbox.enter import Limits
from grader.marking.sandbox.layers import choose
from grader.marking.saved_results import LABEL, all_ours
from grader.marking.source import read_source
from grader.marking.staging import Staging
from grader.marking.submission import small_text
from grader.marking.work import Work, cell_time, read_work, warmed
from grader.marking.writer import Writer

NONE = "none"
Progress = Callable[[int, int, Submission], None]


def mark_assignment(
    course_dir: Path,
    name: str,
    *,
    jobs: int | None = None,
    compat: bool = False,
    fair: bool = False,
    again: bool = False,
    progress: Progress | None = None,
    limits: Limits | None = None,
    layer: str | None = None,
) -> MarkingSummary:
    """Mark what was handed in for an assignment and return how each submission came out.

    `compat` runs the tests in the learner's own child, as nbgrader does; otherwise they run in another.
    `again` marks what is marked already once more. `layer` is a sandbox by name, else the best there is.
    """
    began = time.monotonic()
    course = Course(course_dir)
    staging = Staging(course.root)
    with only_one(course.root), course.gradebook() as book:
        staging.clear()
        assignment = read_assignment(course, book, name)
        layer = layer or _layer(assignment)
        refuse_kernels(assignment.kernels, name, layer)
        limits = limits or Limits(cell_time=cell_time(course))
        waiting, skipped = _waiting(assignment, again)
        jobs = max(1, min(jobs or os.cpu_count() or 1, len(waiting) or 1))
        submissions = [Submission(learner, SKIPPED, "It had been marked before.") for learner in skipped]
        times = Times()
        unverified: list[str] = []
        if waiting:
            with _supplied(assignment, layer, limits) as supply:
                work = _prepared(supply, lambda warm: read_work(assignment, warm, compat, fair))
                unverified = [cell for plan in work.plans.values() for cell in sorted(plan.unverified)]
                writer = Writer(assignment, book, staging, work)
                for done in all_done(assignment, supply, work, waiting, jobs):
                    submissions.append(writer.write(done))
                    for notebook in done.ready.marked.values() if done.ready else ():
                        times.add(notebook.seconds if notebook else {})
                    if progress is not None:
                        progress(len(submissions) - len(skipped), len(waiting), submissions[-1])
        staging.clear()
    return MarkingSummary(
        assignment=name,
        mode=LABEL if layer == NONE else "compat" if compat else "split",
        sandbox=layer,
        submissions=tuple(sorted(submissions, key=lambda each: each.learner)),
        unverified=tuple(unverified),
        slowest=times.slowest(),
        seconds=time.monotonic() - began,
        fair=fair,
        kernels=tuple((notebook, kernel.title) for notebook, kernel in assignment.kernels.items()),
        other_pythons=other_pythons(assignment.notebooks),
    )


def _layer(assignment: Assignment) -> str:
    """Return the layer to mark under: none for our own lessons on a machine without one, where saved results do."""
    try:
        return choose(assignment.name)
    except GraderError:
        if all_ours([read_source(assignment.course, assignment.name, each) for each in assignment.notebooks]):
            return NONE
        raise


def _supplied(assignment: Assignment, layer: str, limits: Limits) -> contextlib.AbstractContextManager[Supply | None]:
    if layer == NONE:
        return contextlib.nullcontext()
    return Supply(lambda: warmed(assignment, layer, limits))


def _prepared(supply: Supply | None, prepare: Callable[[Warm | None], Work]) -> Work:
    """Do what comes before the first submission, again with another warm process when one goes meanwhile."""
    try:
        return supply.use(prepare) if supply else prepare(None)
    except Broken as trouble:
        raise GraderError(
            f"The sandbox did not hold: {trouble}.", todo="Run club doctor to see what this machine allows."
        ) from None


def _waiting(assignment: Assignment, again: bool) -> tuple[list[str], list[str]]:
    waiting: list[str] = []
    skipped: list[str] = []
    learners = assignment.course.learners(assignment.name)
    if not learners:
        folder = assignment.submitted("LEARNER")
        raise GraderError(
            f'Nothing was handed in for "{assignment.name}".', where=str(folder), todo="Collect it first."
        )
    for learner in learners:
        done = assignment.autograded(learner)
        new = _time_of(assignment.submitted(learner))
        old = _time_of(done)
        newer = new is not None and old is not None and new > old
        (waiting if again or newer or not done.is_dir() else skipped).append(learner)
    return waiting, skipped


def _time_of(folder: Path) -> datetime.datetime | None:
    return read_timestamp(small_text(folder / "timestamp.txt"))


__all__ = ["mark_assignment"]
