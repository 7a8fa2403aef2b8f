"""A whole term by the commands alone, from `club new` to `club archive`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from club_room import Facilitator, roster, tree
from term_room import DUE, IDS, LESSONS, NAMELESS, hand_in

pytestmark = pytest.mark.xdist_group("club-term")


def test_a_term_from_new_to_archive(tmp_path: Path) -> None:
    """Every week goes well, the term view has everybody, and at its end only counts are left."""
    club = Facilitator(tmp_path / "home")
    assert 0 == club("new", "term", "--roster", roster(tmp_path, IDS)).code
    for lesson in LESSONS:
        assert 0 == club("release", lesson, "--due", DUE).code
        returned = hand_in(tmp_path / "back" / lesson, lesson)
        said = club("after", lesson, "--from", returned.folder)
        assert (0, "") == (said.code, said.err)
        assert "late by" in said.out and "1 notebook needs a look" in said.out and "1 file needs a name" in said.out
        assert 0 == club("collect", lesson, "--assign", f"{NAMELESS}={returned.nameless}").code
        again = club("after", lesson).out
        assert "From before:" in again and "For you to do: 1 notebook needs a look.\n" in again
    data = club("report", "--json", "--in-room").data
    status = club("status")

    sent, marked = len(IDS) - 1, len(IDS) - 2
    assert [sent] * len(LESSONS) == [one["handed_in"]["number"] for one in data["lessons"]]
    assert all(marked == sum(person["score"] is not None for person in one["people"]) for one in data["lessons"])
    assert len(LESSONS) == status.out.count(" yes ")
    assert (0, "") == ((said := club("archive", "--yes")).code, said.err)
    kept = tree(club.clubs / "term")
    assert {"counts.html", "counts.json"} == set(kept)
    text = (club.clubs / "term" / "counts.json").read_text("utf-8")
    assert len(LESSONS) == len(json.loads(text)["lessons"]) and "learner-" not in text
