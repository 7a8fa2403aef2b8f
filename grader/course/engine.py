"""Which engine marks: nbgrader's own, or the fast one of `grader.marking`; both end in the same kind of run."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from grader.checks import pack
from grader.course import gradebook, settings
from grader.course.choice import DEFAULT, FAST, STOCK, Choice
from grader.course.folder import Course
from grader.course.lessons import short
from grader.course.mark import (
    LOOK,
    Marked,
    Run,
    finished,
    is_autograded,
    keep,
    mark_with_stock,
    put_aside,
    scores,
    to_mark,
)
from grader.errors import GraderError
from grader.lesson.folders import folders
from grader.marking.result import MarkingSummary, Submission

NOTHING_RAN = (
    "This machine has no sandbox, so nobody's code was run. The marks are the results saved in each notebook, as the"
    " learner saw them."
)
LIGHTER = "The lighter sandbox was used, in which a cell cannot start another program; club doctor says why."
UNVERIFIED = "{cell} was marked nbgrader's way; its marks are unverified."
OTHER_KERNEL = "{notebook} ran in the kernel {title}, its tests where its answers ran, as nbgrader does it."
OTHER_PYTHON = "{notebook} asks for the kernel {title}; it ran in the Python and packages of this club."
FAIR = "The fairer rules changed the score of {count}."


def mark(
    course: Course,
    name: str,
    choice: Choice = Choice(),  # noqa: B008  it cannot be changed
    *,
    again: bool = False,
    progress: Callable[[str], None] = lambda learner: None,
) -> Run:
    """Mark what is new for a lesson, or everything again; marks given by hand stay."""
    _refuse_without_checks(course, name)
    kept = settings.load(course)
    engine = choice.engine or kept.engine or DEFAULT
    if choice.remember and engine != kept.engine:
        settings.save(course, replace(kept, engine=engine))
    if engine == STOCK:
        return mark_with_stock(course, name, again=again, progress=progress)
    return _fast(course, name, choice, again, progress)


def _refuse_without_checks(course: Course, name: str) -> None:
    """Refuse a lesson of ours whose checks are not in the course any more: everybody would get no points."""
    if name in {folder.name for folder in folders()} and not (course.step("source") / name / pack.NAME).is_file():
        raise GraderError(
            "The files that mark this lesson are not in the course any more.",
            where=f"{course.name}/{course.step('source').name}/{name}",
            todo=f"Run: club release {short(name)} --update",
        )


def _fast(course: Course, name: str, choice: Choice, again: bool, progress: Callable[[str], None]) -> Run:
    from grader.marking.mark import mark_assignment  # it takes a second to import

    wanted = to_mark(course, name, again)
    before = scores(course, name)
    if not wanted:
        return finished(course, name, FAST, (), before)

    def heard(done: int, total: int, one: Submission) -> None:
        # kept one by one, so that a run that is stopped goes on where it was
        why = one.sentence if one.outcome == LOOK else ""
        keep(course, name, {one.learner: why}, [one.learner] if one.retry else ())
        progress(one.learner)

    with put_aside(course, name, wanted):
        summary = mark_assignment(
            course.folder,
            name,
            jobs=choice.jobs,
            compat=choice.compat,
            fair=choice.fair,
            progress=heard,
        )
    ours = [one for one in summary.submissions if one.learner in wanted]
    with gradebook.opened(course) as book:
        for one in ours:
            if one.outcome == LOOK and not is_autograded(course, name, one.learner):
                gradebook.clear(book, name, one.learner)
        known = {made.learner: made for made in gradebook.marks_of(book, name)}
    ended = [_ended(one, known.get(one.learner)) for one in ours]
    made = finished(course, name, FAST, tuple(ended), before, _notes(summary))
    return replace(made, slowest=summary.slowest, sandbox=summary.sandbox)


def _notes(summary: MarkingSummary) -> tuple[str, ...]:
    """Return what has to be known of a run besides how each submission ended."""
    notes = [{"none": NOTHING_RAN, "landlock": LIGHTER}.get(summary.sandbox, "")]
    notes += [OTHER_KERNEL.format(notebook=name, title=title) for name, title in summary.kernels]
    notes += [OTHER_PYTHON.format(notebook=name, title=title) for name, title in summary.other_pythons]
    notes += [UNVERIFIED.format(cell=cell) for cell in summary.unverified]
    if summary.fair:
        changes = summary.fair_changes
        notes.append(FAIR.format(count=f"{changes} cell{'' if changes == 1 else 's'}"))
    return tuple(note for note in notes if note)


def _ended(one: Submission, marks: gradebook.Marks | None) -> Marked:
    said = tuple(part for part in (one.sentence, *one.notes) if part)
    if one.score is None or marks is None:
        return Marked(one.learner, one.outcome, notes=said, retry=one.retry)
    return Marked(one.learner, one.outcome, marks.score, marks.points, said, marks.waiting)
