"""Marking that is stopped half-way goes on where it was."""

from __future__ import annotations

from pathlib import Path

import club_week
import pytest
from club_room import at_home
from club_week import NAME

from grader.course import engine, gradebook
from grader.course.choice import FAST, STOCK, Choice
from grader.course.folder import Course

pytestmark = pytest.mark.xdist_group("club-week")


@pytest.mark.parametrize("chosen", [FAST, STOCK])
def test_a_stopped_marking_goes_on_where_it_was(chosen: str, tmp_path: Path) -> None:
    """What was marked before the stop is not marked again, the rest is, and the marks are those of a whole run."""
    week = club_week.copy_of(club_week.week(), tmp_path / "home")
    course = Course(week.course)
    seen: list[str] = []

    def stop_at_three(learner: str) -> None:
        seen.append(learner)
        if len(seen) == 3:
            raise KeyboardInterrupt

    with at_home(week.club.home):
        with pytest.raises(KeyboardInterrupt):
            engine.mark(course, NAME, Choice(chosen, jobs=1), again=True, progress=stop_at_three)
        run = engine.mark(course, NAME, Choice(chosen, jobs=1))

    before = set(run.unchanged)
    done = before - {"ravi"}  # that file is broken, and known to be
    assert 2 <= len(done) <= 3 and done <= set(seen)
    assert {*week.scores, "ravi"} == before | {one.learner for one in run.marked}
    with gradebook.opened(course) as book:
        scores = {marks.learner: marks.score for marks in gradebook.marks_of(book, NAME)}
    assert week.scores == {id: scores[id] for id in week.scores}
