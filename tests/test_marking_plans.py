"""How tests are marked apart is found out once for a lesson, and again when what decides it has changed."""

from __future__ import annotations

from pathlib import Path

import marking_room as room
import pytest

from grader.marking.mark import mark_assignment
from grader.marking.split import verify


def test_a_plan_is_kept_until_the_source_or_a_package_changes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Marked four times: first, again, with another pandas, and with another line in the reference."""
    course = room.make_course(tmp_path / "course")
    room.hand_in(course, "ana", room.RIGHT)
    made: list[str] = []
    make_plan = verify.make_plan
    monkeypatch.setattr(verify, "make_plan", lambda *given: made.append("") or make_plan(*given))

    def marked() -> int:
        before = len(made)
        [ana] = mark_assignment(course, room.NAME, again=True).submissions
        assert "marked" == ana.outcome
        return len(made) - before

    assert 1 == marked()
    assert 0 == marked()
    monkeypatch.setattr(verify, "version", lambda name: f"another {name}")
    assert 1 == marked()
    path = course / "source" / room.NAME / f"{room.NAME}.ipynb"
    path.write_text(path.read_text(encoding="utf-8").replace("def total(table):", "def total(table):  # sum"), "utf-8")
    assert 1 == marked()
