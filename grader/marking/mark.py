"""Mark an assignment: children in parallel, one writer, one transaction a submission."""

from __future__ import annotations

import contextlib
import datetime
import os
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar

from grader.errors import GraderError
from grader.marking.batch import Supply, all_done
from grader.marking.engine import Broken, Limits, Warm
from grader.marking.gradebook import Course, read_timestamp
from grader.marking.kernels import Kernel, kernels_of
from grader.marking.prepare import Work
from grader.marking.result import SKIPPED, MarkingSummary, Submission, Times
from grader.marking.sandbox.layers import choose
from grader.marking.saved import LABEL, all_ours
from grader.marking.source import read_source
from grader.marking.split.plan import Plan
from grader.marking.stored import StoredNotebook
from grader.marking.work import cell_time, languages, read_work, warmed
from grader.marking.write import Staging, only_one
from grader.marking.writer import Writer

NONE = "none"
Prepared = TypeVar("Prepared")
Progress = Callable[[int, int, Submission], None]


def mark_assignment(
    course_dir: Path,
    assignment: str,
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
        stored = book.notebooks(assignment)
        layer = layer or _layer(course, assignment, stored)
        kernels = kernels_of(assignment, stored, course.root, layer)
        limits = limits or Limits(cell_time=cell_time(course))
        waiting, skipped = _waiting(course, assignment, again)
        jobs = max(1, min(jobs or os.cpu_count() or 1, len(waiting) or 1))
        submissions = [Submission(learner, SKIPPED, "It had been marked before.") for learner in skipped]
        times = Times()
        plans: dict[str, Plan] = {}
        if waiting:
            with _supplied(course, assignment, stored, layer, limits, kernels) as supply:

                def prepare(warm: Warm | None) -> tuple[Work, dict[str, Plan], dict[str, dict[str, Any]]]:
                    made = read_work(course, assignment, stored, warm, compat, fair, kernels)
                    return *made, languages(assignment, warm, stored, kernels)

                work, plans, spoken = _prepared(supply, prepare)
                writer = Writer(course, book, staging, assignment, stored, spoken)
                for done in all_done(course, assignment, supply, work, waiting, jobs):
                    submissions.append(writer.write(done))
                    for notebook in done.ready.marked.values() if done.ready else ():
                        times.add(notebook.seconds if notebook else {})
                    if progress is not None:
                        progress(len(submissions) - len(skipped), len(waiting), submissions[-1])
        staging.clear()
    return MarkingSummary(
        assignment,
        LABEL if layer == NONE else "compat" if compat else "split",
        layer,
        tuple(sorted(submissions, key=lambda each: each.learner)),
        tuple(name for plan in plans.values() for name in sorted(plan.unverified)),
        times.slowest(),
        time.monotonic() - began,
        fair,
        tuple((name, kernel.title) for name, kernel in kernels.items()),
    )


def _layer(course: Course, assignment: str, stored: Sequence[StoredNotebook]) -> str:
    """Return the layer to mark under: none for our own lessons on a machine without one, where saved results do."""
    try:
        return choose(assignment)
    except GraderError:
        if all_ours([read_source(course, assignment, notebook) for notebook in stored]):
            return NONE
        raise


def _supplied(
    course: Course,
    assignment: str,
    stored: Sequence[StoredNotebook],
    layer: str,
    limits: Limits,
    kernels: Mapping[str, Kernel],
) -> contextlib.AbstractContextManager[Supply | None]:
    if layer == NONE:
        return contextlib.nullcontext()
    return Supply(lambda: warmed(course, assignment, stored, layer, limits, kernels))


def _prepared(supply: Supply | None, prepare: Callable[[Warm | None], Prepared]) -> Prepared:
    """Do what comes before the first submission, again with another warm process when one goes meanwhile."""
    try:
        return supply.use(prepare) if supply else prepare(None)
    except Broken as trouble:
        raise GraderError(
            f"The sandbox did not hold: {trouble}.", todo="Run club doctor to see what this machine allows."
        ) from None


def _waiting(course: Course, assignment: str, again: bool) -> tuple[list[str], list[str]]:
    waiting: list[str] = []
    skipped: list[str] = []
    learners = course.learners(assignment)
    if not learners:
        folder = course.folder("submitted", assignment, "LEARNER")
        raise GraderError(f'Nothing was handed in for "{assignment}".', where=str(folder), todo="Collect it first.")
    for learner in learners:
        done = course.folder("autograded", assignment, learner)
        new = _time_of(course.folder("submitted", assignment, learner))
        old = _time_of(done)
        newer = new is not None and old is not None and new > old
        (waiting if again or newer or not done.is_dir() else skipped).append(learner)
    return waiting, skipped


def _time_of(folder: Path) -> datetime.datetime | None:
    path = folder / "timestamp.txt"
    if path.is_symlink() or not path.is_file():
        return None
    return read_timestamp(path.read_text(encoding="ascii", errors="replace")[:100])


__all__ = ["mark_assignment"]
