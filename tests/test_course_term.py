"""A whole term by the commands alone, from `club new` to `club archive`."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest
from club_room import Facilitator, roster, tree

from grader.course.pretend_room import work
from grader.lesson.read import folders, lesson

pytestmark = pytest.mark.xdist_group("club-term")
IDS = tuple(f"learner-{number:02d}" for number in range(1, 7))


def hand_in(folder: Path, number: int, ids: tuple[str, ...]) -> Path:
    """Write what came back from these people: late, missing, broken and renamed files among it."""
    made = lesson(number)
    folder.mkdir(parents=True)
    chance = random.Random(number)
    files = dict(zip(ids, work(made, len(ids), seed=number), strict=True))
    missing, broken, late, renamed = chance.sample(ids, 4)
    for id, content in files.items():
        if id == missing:
            continue
        name = f"lesson ({chance.randint(1, 3)}) {id.upper()} final.ipynb" if id == renamed else f"{id}.ipynb"
        (folder / name).write_bytes(content[: len(content) // 2] if id == broken else content)
    (folder / f"{late}.timestamp.txt").write_text("2027-01-31 10:00 UTC", encoding="utf-8")
    return folder


def test_a_term_from_new_to_archive(tmp_path: Path) -> None:
    """Every week goes well, the term view has everybody, and at its end only counts are left."""
    club = Facilitator(tmp_path / "home")
    numbers = [int(folder.name[:2]) for folder in folders()[1:3]]
    assert 0 == club("new", "term", "--roster", roster(tmp_path, IDS)).code
    for number in numbers:
        assert 0 == club("release", number, "--due", "2027-01-30").code
        returned = hand_in(tmp_path / f"back-{number}", number, IDS)
        said = club("after", number, "--from", returned)
        assert (0, "") == (said.code, said.err)
        assert "late by" in said.out and "1 notebook needs a look" in said.out
    data = club("report", "--json", "--in-room").data
    status = club("status")

    assert [5, 5] == [one["handed_in"]["number"] for one in data["lessons"]]
    assert all(4 == sum(person["score"] is not None for person in one["people"]) for one in data["lessons"])
    assert 2 == status.out.count(" yes ")
    assert (0, "") == ((said := club("archive", "--yes")).code, said.err)
    kept = tree(club.clubs / "term")
    assert {"counts.html", "counts.json"} == set(kept)
    text = (club.clubs / "term" / "counts.json").read_text("utf-8")
    assert 2 == len(json.loads(text)["lessons"]) and "learner-" not in text
