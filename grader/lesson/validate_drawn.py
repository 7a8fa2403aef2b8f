"""Rules for the charts that worked examples draw: a title with a message, bars from 0, a plain scale (C1, C3)."""

from __future__ import annotations

from collections.abc import Iterator

from grader.checks.snapshot import Drawn
from grader.kernel.drawing import describe
from grader.lesson.problem import Problem
from grader.lesson.prose import words
from grader.lesson.read import fill
from grader.lesson.rehearse import Rehearsal
from grader.lesson.validate_charts import draws
from grader.lesson.validate_subject import Subject

PAGE = "lesson.md"
LEAST_WORDS, MOST_WORDS = 3, 15


def drawn(subject: Subject, rehearsal: Rehearsal) -> Iterator[Problem]:
    """Look at what each cell that draws has drawn."""
    for cell in subject.cells:
        source = fill(cell.source, subject.lesson.figures)
        if cell.role in ("example", "run") and draws(source):
            rehearsal.show(source)
            figures = rehearsal.session.watch.runs["below"].figures  # type: ignore[union-attr]
            for chart in [chart for figure in figures for chart in describe(figure)]:
                yield from (Problem(PAGE, cell.place, what, todo) for what, todo in _off(chart))


def _off(chart: Drawn) -> Iterator[tuple[str, str]]:
    title = chart.title.strip()
    if not title:
        yield "The chart has no title.", "Give it one that says what a reader sees."
    elif not LEAST_WORDS <= len(words(title)) <= MOST_WORDS:
        yield (
            f"The chart's title has {len(words(title))} words.",
            f"Say what a reader sees in {LEAST_WORDS} to {MOST_WORDS} words.",
        )
    elif title.endswith("."):
        yield 'The chart\'s title ends in ".".', "Take the full stop off."
    low, high = chart.x_limits if chart.direction == "across" else chart.y_limits
    if chart.bars and (low != 0 or low > high):
        yield f"The bars start at {low:g}.", "Let them start at 0, so that their lengths can be compared."
