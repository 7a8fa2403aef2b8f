"""`club mark` on a machine that has nothing to keep a learner's code inside."""

from __future__ import annotations

from pathlib import Path

import marking_room as room
import pytest
from club_room import Facilitator
from club_week import copy_of, week

from grader.marking.sandbox import layers

pytestmark = pytest.mark.xdist_group("club-week")


@pytest.fixture(autouse=True)
def bare_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take every layer away."""
    gone = tuple(layers.Layer(name, False, stops, "gone") for name, stops in layers.STOPS.items())
    monkeypatch.setattr(layers, "layers", lambda: gone)


def test_our_own_lesson_has_the_marks_that_each_learner_saw(tmp_path: Path) -> None:
    """Nothing is run: the results saved in the notebooks count, and the summary says that this is so."""
    made = copy_of(week(), tmp_path / "home")

    said = made.club("mark", 1, "--again", "--json")
    scores = {one["learner"]: one["score"] for one in said.data["marked"] if one["outcome"] != "needs a look"}

    assert (0, "none") == (said.code, said.data["sandbox"])
    assert made.scores == scores
    assert any("as the learner saw them" in note for note in said.data["notes"])


def test_other_courses_are_refused_until_the_course_remembers_otherwise(tmp_path: Path) -> None:
    """The refusal names the command to repeat; with --remember, the next mark needs no option."""
    club = Facilitator(tmp_path / "home")
    course = room.make_course(tmp_path / "course")
    room.hand_in(course, "one", room.RIGHT)

    refused = club("mark", room.NAME, "--course", course)
    chosen = club("mark", room.NAME, "--course", course, "--no-sandbox", "--remember")
    after = club("mark", room.NAME, "--course", course, "--again", "--json")

    assert 1 == refused.code and f"club mark {room.NAME} --no-sandbox" in refused.err
    assert 0 == chosen.code and "(stock engine)" in chosen.out
    assert (0, "stock", "") == (after.code, after.data["engine"], after.data["sandbox"])
