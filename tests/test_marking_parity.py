"""The engine gives what nbgrader gives: the same small course, marked by both."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import marking_room as room
import pytest

from grader.marking.mark import mark_assignment
from grader.marking.result import MARKED

pytestmark = pytest.mark.xdist_group("marking-parity")

WAYS = {
    "right": {},
    "another way": {
        "total": "def total(table):\n    found = 0\n    for each in table['amount']:\n        found += each\n    return found",
        "share": "def share(table):\n    return {k: float(t['amount'].mean()) for k, t in table.groupby('kind')}",
        "drawn": "def drawn(table):\n    by_place(table).plot.bar(title='By place')\n    return plt.gca()",
    },
    "in part": {
        "by_place": "def by_place(table):\n    return table.groupby('place')['amount'].sum()",
        "share": "def share(table):\n    return table.groupby('kind')['amount'].max()",
        "doubled": "def doubled(table):\n    return table.assign(twice=table['amount'] * 2)",
        "why": "",
    },
    "trouble": {
        "total": "def total(table)\n    return 1",
        "by_place": "def by_place(table):\n    return table.groupbye('place')",
        "drawn": "plt.plot([1, 2])\nplt.title('A picture')\nplt.show()\nprint('seen')\ndef drawn(table):\n    return None",
        "share": "import warnings\ndef share(table):\n    warnings.warn('this way is old')\n    return table.groupby('kind')['amount'].mean()",
        "doubled": "import sys\nprint('to the side', file=sys.stderr)\n" + room.RIGHT["doubled"],
    },
}  # fmt: skip


@pytest.fixture(scope="module")
def handed_in(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a course with five submissions, one late and one untouched."""
    course = room.make_course(tmp_path_factory.mktemp("handed") / "course")
    for number, (name, answers) in enumerate(WAYS.items()):
        room.hand_in(course, f"l{number}", room.RIGHT | answers, day=9 if name == "in part" else 1)
    room.hand_in(course, "untouched")
    config = course / "nbgrader_config.py"
    config.write_text(config.read_text() + 'c.LateSubmissionPlugin.penalty_method = "zero"\n')
    return course


@pytest.fixture(scope="module")
def by_nbgrader(handed_in: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the course as stock nbgrader has marked it."""
    return room.marked_by_nbgrader(handed_in, tmp_path_factory.mktemp("stock"))


@pytest.fixture
def course(handed_in: Path, tmp_path: Path) -> Path:
    """Give a copy of the course that nobody has marked."""
    return shutil.copytree(handed_in, tmp_path / "course")


def saved(course: Path, learner: str) -> dict[str, Any]:
    """Return a marked notebook without the times of its run, memory addresses and the sentence on a warning's file."""
    found = room.autograded(course, learner)
    for cell in found["cells"]:
        cell["metadata"].pop("execution", None)
    found["metadata"].pop("language_info")
    return found


@pytest.mark.parametrize("compat", [True, False], ids=["in one process", "apart"])
def test_grades_and_comments_are_those_of_nbgrader(compat: bool, course: Path, by_nbgrader: Path) -> None:
    """Every score, comment, time and penalty of every learner is what stock nbgrader wrote."""
    summary = mark_assignment(course, room.NAME, jobs=2, compat=compat)

    assert {each.outcome for each in summary.submissions} == {MARKED}
    assert room.rows(course) == room.rows(by_nbgrader)
    assert summary.unverified == ()


def test_notebooks_in_one_process_are_those_of_nbgrader(course: Path, by_nbgrader: Path) -> None:
    """The autograded notebooks hold the same cells with the same outputs, pictures too."""
    mark_assignment(course, room.NAME, compat=True)

    for learner in ("l0", "l1", "l2", "untouched"):
        assert saved(course, learner) == saved(by_nbgrader, learner)


def test_nbgrader_goes_on_from_ours(course: Path) -> None:
    """After our marking nbgrader exports the marks and finds nothing left to mark."""
    mark_assignment(course, room.NAME)

    again = room.nbgrader(course, "autograde", room.NAME)
    export = room.nbgrader(course, "export")

    assert [0, 0] == [again.returncode, export.returncode]
    assert len((course / "grades.csv").read_text().splitlines()) == 1 + len(WAYS) + 1


def test_as_a_step_of_nbgrader(course: Path, by_nbgrader: Path) -> None:
    """With one setting `nbgrader autograde` runs cells in our sandbox, and writes the same grades and comments."""
    config = course / "nbgrader_config.py"
    step = (
        "from grader.marking.stock_execute import PREPROCESSORS\nc.Autograde.autograde_preprocessors = PREPROCESSORS\n"
    )
    config.write_text(config.read_text() + step)

    done = room.nbgrader(course, "autograde", room.NAME)

    assert done.returncode == 0, done.stderr
    assert room.rows(course) == room.rows(by_nbgrader)
