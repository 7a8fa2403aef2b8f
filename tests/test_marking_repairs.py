"""Nothing stops the batch: whatever is handed in ends as marked, marked with repairs, or needs a look, with a sentence."""

from __future__ import annotations

import copy
import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import marking_room as room
import pytest

from grader.marking.mark import mark_assignment
from grader.marking.result import LOOK, MARKED, REPAIRED, MarkingSummary, Submission

pytestmark = pytest.mark.xdist_group("marking-repairs")

FULL = {"total_test": 2.0, "by_place_test": 2.0, "doubled_test": 2.0, "share_test": 3.0, "drawn_test": 2.0}


def at(handed: dict[str, Any], name: str) -> int:
    """Return the place of a cell."""
    return next(
        place
        for place, cell in enumerate(handed["cells"])
        if cell["metadata"].get("nbgrader", {}).get("grade_id") == name
    )


def without(*names: str) -> Callable[[dict[str, Any]], None]:
    """Return a change that deletes cells."""

    def change(handed: dict[str, Any]) -> None:
        for name in names:
            del handed["cells"][at(handed, name)]

    return change


def copied(handed: dict[str, Any]) -> None:
    """Paste an earlier, empty copy of an answer and a test before the good ones."""
    place = at(handed, "total")
    for offset in (1, 0):
        again = copy.deepcopy(handed["cells"][place + offset])
        again["id"] = f"again-{offset}"
        again["source"] = "def total(table):\n    return 0" if offset == 0 else again["source"]
        handed["cells"].insert(place, again)


def stripped(handed: dict[str, Any]) -> None:
    """Take away all metadata, as other programs do when they save."""
    for cell in handed["cells"]:
        cell["metadata"] = {}


def relabelled(handed: dict[str, Any]) -> None:
    """Give tests many points and call them answers; call an answer locked."""
    for name in FULL:
        marks = handed["cells"][at(handed, name)]["metadata"]["nbgrader"]
        marks["points"], marks["solution"], marks["checksum"] = 100, True, "0"
    handed["cells"][at(handed, "total")]["metadata"]["nbgrader"].update({"locked": True, "solution": False})


def easier(handed: dict[str, Any]) -> None:
    """Write tests that always pass, under answers that are not there."""
    for name in FULL:
        handed["cells"][at(handed, name)]["source"] = "assert True"
        handed["cells"][at(handed, name.removesuffix("_test"))]["source"] = "pass"


def turned_round(handed: dict[str, Any]) -> None:
    """Put the last cells first."""
    handed["cells"].reverse()


def odd(handed: dict[str, Any]) -> None:
    """Add cells that no program would save."""
    handed["cells"] += [None, 3, {"cell_type": "other"}, {"cell_type": "code"}, {"cell_type": "markdown", "source": 5}]
    handed["cells"].append(
        {"cell_type": "code", "source": ["1 +", " 1"], "metadata": [], "id": "x" * 900, "outputs": 7}
    )
    handed["metadata"], handed["nbformat_minor"] = [], "many"


def many(handed: dict[str, Any]) -> None:
    """Add thousands of cells."""
    handed["cells"] += [room.cell("code" if n % 10 == 0 else "markdown", f"{n}", name=f"m{n}") for n in range(4_000)]


CHANGES: dict[str, tuple[Any, str, dict[str, float]]] = {
    "as given": (None, MARKED, FULL),
    "copied": (copied, REPAIRED, FULL),
    "without a test": (without("total_test"), REPAIRED, FULL),
    "without an answer and its test": (without("total", "total_test"), REPAIRED, FULL | {"total_test": 0.0}),
    "without the written answer": (without("why"), REPAIRED, FULL),
    "without the task": (without("task"), REPAIRED, FULL),
    "stripped": (stripped, REPAIRED, FULL),
    "relabelled": (relabelled, REPAIRED, FULL),
    "easier": (easier, REPAIRED, dict.fromkeys(FULL, 0.0)),
    "turned round": (turned_round, REPAIRED, {}),
    "odd": (odd, MARKED, FULL),
    "many": (many, MARKED, FULL),
}


def bad_files(course: Path) -> None:
    """Hand in what is no notebook, or not here."""
    room.hand_in(course, "renamed", room.RIGHT, filename=f"{room.NAME} (1).ipynb")
    whole = room.hand_in(course, "cut short") / f"{room.NAME}.ipynb"
    whole.write_text(whole.read_text()[:3000])
    (room.hand_in(course, "huge") / f"{room.NAME}.ipynb").write_bytes(b'{"cells": "' + b"x" * 60_000_000)
    for name, content in (("a list", b"[1]"), ("deep", b"[" * 200_000), ("bytes", b"\xff\xfe\x00"), ("empty", b"")):
        (room.hand_in(course, name) / f"{room.NAME}.ipynb").write_bytes(content)
    linked = room.hand_in(course, "linked") / f"{room.NAME}.ipynb"
    linked.unlink()
    linked.symlink_to(course / "submitted" / "as given" / room.NAME / f"{room.NAME}.ipynb")
    waiting = room.hand_in(course, "a pipe") / f"{room.NAME}.ipynb"
    waiting.unlink()
    os.mkfifo(waiting)
    nothing = room.hand_in(course, "nothing") / f"{room.NAME}.ipynb"
    nothing.unlink()
    (room.hand_in(course, "other files") / "..odd name\n.csv").write_text("x")


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a course in which everything has been handed in."""
    made = room.make_course(tmp_path_factory.mktemp("repairs") / "course")
    for name, (change, _, _) in CHANGES.items():
        room.hand_in(made, name, room.RIGHT, change)
    bad_files(made)
    return made


@pytest.fixture(scope="module")
def summary(course: Path) -> MarkingSummary:
    """Give the summary of marking all of it."""
    return mark_assignment(course, room.NAME, jobs=2)


def of(summary: MarkingSummary, learner: str) -> Submission:
    """Return how one learner's work came out."""
    return next(each for each in summary.submissions if each.learner == learner)


@pytest.mark.parametrize("name", CHANGES)
def test_changed_notebooks_are_put_right(summary: MarkingSummary, course: Path, name: str) -> None:
    """Copied, deleted, moved and relabelled cells are put right, said so, and marked as they should be."""
    _, outcome, expected = CHANGES[name]

    found = of(summary, name)

    assert outcome == found.outcome, found.sentence
    assert bool(found.sentence) == (outcome != MARKED)
    assert expected.items() <= {k: v for k, v in room.scores(course, name).items() if k in FULL}.items()


@pytest.mark.parametrize(
    "name", ["cut short", "huge", "a list", "deep", "bytes", "empty", "linked", "a pipe", "nothing"]
)
def test_what_is_no_notebook_needs_a_look(summary: MarkingSummary, course: Path, name: str) -> None:
    """A file that cannot be read is said in one sentence; nobody gets a score for it and nothing is written."""
    found = of(summary, name)

    assert LOOK == found.outcome
    assert found.sentence.endswith(".") and found.score is None
    assert {} == room.scores(course, name)
    assert not (course / "autograded" / name).exists()


def test_a_renamed_notebook_is_found(summary: MarkingSummary, course: Path) -> None:
    """The only notebook of a folder is taken for the one that is missing."""
    assert REPAIRED == of(summary, "renamed").outcome
    assert FULL.items() <= room.scores(course, "renamed").items()


def test_nothing_of_a_learners_gets_into_the_frame(summary: MarkingSummary, course: Path) -> None:
    """Marked notebooks have the lesson's tests, points and labels, whatever was handed in."""
    tests = {
        name: room.autograded(course, "as given")["cells"][at(room.autograded(course, "as given"), name)]
        for name in FULL
    }

    for learner in ("relabelled", "easier", "stripped", "copied"):
        handed = room.autograded(course, learner)
        for name, test in tests.items():
            found = handed["cells"][at(handed, name)]
            assert (test["source"], test["metadata"]) == (found["source"], found["metadata"])


def test_nbgrader_reads_all_that_was_written(summary: MarkingSummary, course: Path) -> None:
    """Every marked notebook is sound for nbgrader: its feedback step takes them all."""
    done = room.nbgrader(course, "generate_feedback", room.NAME)

    assert done.returncode == 0, done.stderr[-2000:]


def test_the_summary_is_json_and_counts_everyone(summary: MarkingSummary) -> None:
    """The summary has everyone in it, by outcome, and can be written as JSON."""
    told = json.loads(json.dumps(summary.to_json()))

    assert len(summary.submissions) == sum(told["counts"].values()) == len(told["submissions"])
    assert told["slowest"] and told["sandbox"]
