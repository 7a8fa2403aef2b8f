"""Mark an assignment: children in parallel, one writer, one transaction a submission."""

from __future__ import annotations

import os
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from grader.errors import GraderError
from grader.marking.engine import Broken, Limits, Warm
from grader.marking.gradebook import Book, Course, StoredNotebook, read_timestamp
from grader.marking.outputs import Outputs
from grader.marking.prepare import Ready, Work, mark_submission
from grader.marking.result import LOOK, MARKED, REPAIRED, SKIPPED, MarkedNotebook, MarkingSummary, Submission, slowest
from grader.marking.sandbox.layers import choose
from grader.marking.source import data_files, dump, imported, read_source
from grader.marking.split.plan import Plan
from grader.marking.split.verify import plans_for
from grader.marking.stock import mark_with_nbgrader
from grader.marking.write import Staging

Progress = Callable[[int, int, Submission], None]
NEW_KERNEL = ("python3", "python", "")


@dataclass(frozen=True)
class _Done:
    learner: str
    ready: Ready | None
    trouble: str
    seconds: float


def mark_assignment(
    course_dir: Path,
    assignment: str,
    *,
    jobs: int | None = None,
    compat: bool = False,
    sandbox: bool = True,
    fair: bool = False,
    again: bool = False,
    progress: Progress | None = None,
    limits: Limits | None = None,
    layer: str | None = None,
) -> MarkingSummary:
    """Mark what was handed in for an assignment and return how each submission came out.

    `compat` runs the tests in the learner's own child, as nbgrader does; otherwise they run in another.
    `sandbox=False` hands the work to `nbgrader autograde`. `again` marks what is marked already once more.
    """
    began = time.monotonic()
    course = Course(course_dir)
    if not sandbox:
        return mark_with_nbgrader(course, assignment, again)
    layer = layer or choose(assignment)
    limits = limits or Limits(cell_time=_cell_time(course))
    staging = Staging(course.root)
    staging.clear()
    with course.gradebook() as book:
        stored = book.notebooks(assignment)
        _refuse_other_kernels(stored)
        waiting, skipped = _waiting(course, assignment, again)
        jobs = max(1, min(jobs or os.cpu_count() or 1, len(waiting) or 1))
        submissions = [Submission(learner, SKIPPED, "It had been marked before.") for learner in skipped]
        marked: list[MarkedNotebook] = []
        plans: dict[str, Plan] = {}
        if waiting:
            with _warmed(course, assignment, stored, layer, limits) as warm:
                work, plans = _work(course, assignment, stored, warm, compat, fair)
                writer = _Writer(course, book, staging, assignment, stored, warm.language)
                for done in _all_done(course, assignment, warm, work, waiting, jobs):
                    submissions.append(writer.write(done))
                    marked += [each for each in (done.ready.marked.values() if done.ready else ()) if each]
                    marked = [_light(each) for each in marked]
                    if progress is not None:
                        progress(len(submissions) - len(skipped), len(waiting), submissions[-1])
    staging.clear()
    return MarkingSummary(
        assignment,
        "compat" if compat else "split",
        layer,
        tuple(sorted(submissions, key=lambda each: each.learner)),
        () if compat else tuple(name for plan in plans.values() for name in sorted(plan.unverified)),
        slowest(marked),
        time.monotonic() - began,
        fair,
    )


def _cell_time(course: Course) -> float:
    value = course.setting("timeout", 30, "Execute", "ExecutePreprocessor")
    return float(value) if isinstance(value, (int, float)) and value > 0 else 30.0


def _refuse_other_kernels(stored: Sequence[StoredNotebook]) -> None:
    for notebook in stored:
        language = notebook.kernelspec.get("language", "python")
        if str(language).lower() != "python":
            raise GraderError(
                f"{notebook.name} asks for the kernel {notebook.kernelspec.get('display_name', language)}.",
                todo="Only Python runs in the sandbox here. Repeat the command with --no-sandbox to mark it with nbgrader.",
            )


def _waiting(course: Course, assignment: str, again: bool) -> tuple[list[str], list[str]]:
    waiting, skipped = [], []
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


def _time_of(folder: Path) -> object:
    path = folder / "timestamp.txt"
    if path.is_symlink() or not path.is_file():
        return None
    return read_timestamp(path.read_text(encoding="ascii", errors="replace")[:100])


def _warmed(course: Course, assignment: str, stored: Sequence[StoredNotebook], layer: str, limits: Limits) -> Warm:
    try:
        return Warm(layer, limits, imported(course, assignment, [notebook.name for notebook in stored]))
    except Broken as trouble:
        raise GraderError(
            f"The sandbox did not start: {trouble}.", todo="Run club doctor to see what this machine allows."
        ) from None


def _work(
    course: Course, assignment: str, stored: Sequence[StoredNotebook], warm: Warm, compat: bool, fair: bool
) -> tuple[Work, dict[str, Plan]]:
    sources = tuple(read_source(course, assignment, notebook) for notebook in stored)
    data = data_files(course, assignment)
    outputs = Outputs(
        course.setting("max_lines", 1000, "LimitOutput"),
        course.setting("max_traceback", 100, "LimitOutput"),
        course.setting("pattern", "", "IgnorePattern") if course.setting("enabled", False, "IgnorePattern") else "",
    )
    plans = {} if compat else plans_for(course, assignment, sources, data, warm)
    return Work(sources, data, course.ignore, plans, outputs, compat, fair), plans


def _all_done(
    course: Course, assignment: str, warm: Warm, work: Work, learners: Sequence[str], jobs: int
) -> Iterator[_Done]:
    """Mark in threads, a few ahead of the writer, and give the results in order."""

    def one(learner: str) -> _Done:
        began = time.monotonic()
        try:
            ready, trouble = mark_submission(warm, work, course.folder("submitted", assignment, learner)), ""
        except Broken as broken:
            ready, trouble = None, f"Not marked, and not because of what was handed in: {broken}."
        except Exception as bug:  # our own mistake must not stop the others, and must not look like a score
            ready, trouble = None, f"Not marked: the marking engine met {type(bug).__name__}: {bug}."
        return _Done(learner, ready, trouble, time.monotonic() - began)

    with ThreadPoolExecutor(jobs) as pool:
        ahead: deque[Future[_Done]] = deque()
        for learner in learners:
            ahead.append(pool.submit(one, learner))
            if len(ahead) > jobs * 2:
                yield ahead.popleft().result()
        while ahead:
            yield ahead.popleft().result()


class _Writer:
    """Writes one submission at a time: files aside, then the gradebook, then the files in place."""

    def __init__(
        self,
        course: Course,
        book: Book,
        staging: Staging,
        assignment: str,
        stored: Sequence[StoredNotebook],
        language: dict[str, object],
    ) -> None:
        self._course, self._book, self._staging, self._assignment = course, book, staging, assignment
        self._kernels = {notebook.name: notebook.kernelspec for notebook in stored}
        self._language = language
        self._data = data_files(course, assignment)

    def write(self, done: _Done) -> Submission:
        """Write a submission that has been marked and return how it came out."""
        ready = done.ready
        if ready is None or (ready.looks and not any(ready.marked.values())):
            sentence = done.trouble or " ".join(ready.looks if ready else ())
            return Submission(done.learner, LOOK, sentence, seconds=done.seconds)
        if ready.looks:
            return Submission(done.learner, LOOK, " ".join(ready.looks), seconds=done.seconds)
        folder = self._staging.make(self._files(ready), self._course.permissions())
        score = self._book.save(self._assignment, done.learner, read_timestamp(ready.timestamp), ready.marked)
        self._staging.put(folder, self._course.folder("autograded", self._assignment, done.learner))
        return _came_out(done, [each for each in ready.marked.values() if each], score)

    def _files(self, ready: Ready) -> dict[str, Path | str | bytes]:
        files: dict[str, Path | str | bytes] = {**ready.files, **self._data}
        for name, notebook in ready.marked.items():
            if notebook is not None:
                files[f"{name}.ipynb"] = dump(_document(notebook, self._kernels[name], self._language))
        return files


def _document(notebook: MarkedNotebook, kernel: dict[str, object], language: dict[str, object]) -> dict[str, object]:
    minor = min(max(notebook.minor, 0), 5)
    cells = [dict(cell) for cell in notebook.cells]
    if minor < 5:
        for cell in cells:
            cell.pop("id", None)
    metadata = {"language_info": language} | ({"kernelspec": kernel} if kernel else {})
    return {"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": minor}


def _came_out(done: _Done, notebooks: Sequence[MarkedNotebook], score: float) -> Submission:
    looks = [look for notebook in notebooks for look in notebook.looks]
    repairs = [repair for notebook in notebooks for repair in notebook.repairs]
    notes = tuple(remark for notebook in notebooks for remark in notebook.remarks)
    outcome = LOOK if looks else REPAIRED if repairs else MARKED
    changes = sum(cell.changed_by_fair for notebook in notebooks for cell in notebook.scores)
    return Submission(done.learner, outcome, " ".join(looks + repairs), score, done.seconds, notes, changes)


def _light(notebook: MarkedNotebook) -> MarkedNotebook:
    return MarkedNotebook(notebook.name, (), (), seconds=notebook.seconds)


__all__ = ["mark_assignment"]
