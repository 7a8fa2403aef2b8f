"""A mistake of ours in the middle of a term: release again, mark again, and say whose score changed."""

from __future__ import annotations

import shutil
from pathlib import Path

import club_week
import pytest
from club_week import NAME, Week

from grader.course import gradebook
from grader.course.folder import Course
from grader.lesson import folders

pytestmark = pytest.mark.xdist_group("club-week")


@pytest.fixture
def week(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Week:
    """Give a copy of the shared week, and lessons in which 5 is the answer to exercise 1.2."""
    shared = club_week.week()
    lessons = tmp_path / "lessons"
    shutil.copytree(folders.find(1), lessons / NAME)
    checks = lessons / NAME / "checks.py"
    text = checks.read_text("utf-8")
    assert "number(len(rescues.head(3)))" in text
    checks.write_text(text.replace("number(len(rescues.head(3)))", "number(5)"), encoding="utf-8")
    lesson = lessons / NAME / "lesson.md"
    lesson.write_text(lesson.read_text("utf-8").replace("rows_shown = 3", "rows_shown = 5"), encoding="utf-8")
    monkeypatch.setattr(folders, "ROOT", lessons)
    return club_week.copy_of(shared, tmp_path / "home")


def scores(week: Week) -> dict[str, float]:
    """Return everybody's score in the gradebook."""
    with gradebook.opened(Course(week.course)) as book:
        return {marks.learner: marks.score for marks in gradebook.marks_of(book, NAME)}


def test_marking_again_keeps_hand_marks_and_lists_whose_score_changed(week: Week) -> None:
    """The new check counts for everybody, a mark given by hand stays, and each change is told from and to."""
    with gradebook.opened(Course(week.course)) as book:
        grade = book.find_grade("check_n_rows", NAME, NAME, "zoe")
        grade.manual_score = 0.5
        book.db.commit()
    before = scores(week)
    released = week.club("release", 1, "--update")
    said = week.club("mark", 1, "--stock", "--again")
    after = scores(week)
    changed = {id for id in week.scores if before[id] != after[id]}

    assert (0, 0) == (released.code, said.code), said.err
    assert "club mark 1 --again" in released.out
    assert "zoe" in changed and after["zoe"] == before["zoe"] + 1
    assert after["ana-ruiz"] == before["ana-ruiz"] - 1
    for id in changed:
        assert f"{id}: the score was {before[id]:g} and is now {after[id]:g}." in said.out
    with gradebook.opened(Course(week.course)) as book:
        assert 0.5 == book.find_grade("check_n_rows", NAME, NAME, "zoe").score
