"""Notebooks whose source asks for another kernel than Python's: run in that kernel, inside the sandbox."""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path

import marking_room as room
import pytest

from grader.errors import GraderError
from grader.marking.gradebook_rows import StoredNotebook
from grader.marking.kernels import kernels_of, other_pythons
from grader.marking.mark import mark_assignment
from grader.marking.result import MARKED
from grader.marking.sandbox.enter import LANDLOCK, Limits

pytestmark = pytest.mark.xdist_group("marking-kernels")

SPEC = {"display_name": "Tally", "language": "tally", "name": "tally"}
SETTINGS = """c = get_config()
c.CourseDirectory.course_id = "club"
c.ClearSolutions.code_stub = {"tally": "set a 0"}
c.Execute.timeout = 4
"""
CELLS = (
    room.cell("code", "set start 1", room.marks("start", locked=True)),
    room.cell("code", "set a 5", room.marks("a", solution=True)),
    room.cell("code", "expect start 1\nexpect a 5", room.marks("a_test", grade=True, locked=True, points=2)),
    room.cell("code", "set b 7", room.marks("b", solution=True)),
    room.cell("code", "show b\nexpect b 7", room.marks("b_test", grade=True, locked=True, points=3)),
)


@pytest.fixture
def course(released: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a course with a released notebook in the language tally, on a machine that has its kernel."""
    monkeypatch.setenv("JUPYTER_PATH", str(released.parent / "jupyter"))
    return shutil.copytree(released, tmp_path / "course")


@pytest.fixture(scope="module")
def released(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make the kernel, and the course with its notebook released."""
    home = tmp_path_factory.mktemp("tally")
    place = shutil.copytree(Path(__file__).parent / "kernels", home / "jupyter" / "kernels") / "tally"
    start = [sys.executable, str(place / "tally.py"), "-f", "{connection_file}"]
    (place / "kernel.json").write_text(json.dumps(SPEC | {"argv": start}))
    root = home / "course"
    source = root / "source" / room.NAME
    source.mkdir(parents=True)
    made = room.notebook([dict(cell) for cell in CELLS])
    made["metadata"]["kernelspec"] = SPEC
    (source / f"{room.NAME}.ipynb").write_text(json.dumps(made))
    (root / "nbgrader_config.py").write_text(SETTINGS)
    done = room.nbgrader(root, "generate_assignment", room.NAME, "--create")
    assert done.returncode == 0, done.stderr
    return root


def test_grades_and_notebooks_are_those_of_nbgrader(course: Path) -> None:
    """Right, half right, untouched and raising: the same gradebook and the same outputs as stock nbgrader's."""
    for learner, answers in {
        "right": {"a": "set a 5", "b": "set b 7"},
        "half": {"a": "set a 4", "b": "set b 7\nshow b"},
        "untouched": {},
        "raising": {"a": "show nothing", "b": "set b 7"},
    }.items():
        room.hand_in(course, learner, answers)
    stock = shutil.copytree(course, course.parent / "stock")

    summary = mark_assignment(course, room.NAME)
    assert room.nbgrader(stock, "autograde", room.NAME).returncode == 0

    assert {MARKED} == {one.outcome for one in summary.submissions}
    assert (("first", "Tally"),) == summary.kernels
    assert room.rows(stock) == room.rows(course)
    for learner in ("right", "half", "untouched", "raising"):
        ours, theirs = room.autograded(course, learner), room.autograded(stock, learner)
        assert [cell.get("outputs") for cell in theirs["cells"]] == [cell.get("outputs") for cell in ours["cells"]]
        assert "tally" == theirs["metadata"]["language_info"]["name"] == ours["metadata"]["language_info"]["name"]


def test_the_sandbox_and_its_limits_hold_for_it(course: Path) -> None:
    """A kernel cannot read the course; one that waits or ends costs its own cell and nobody else's."""
    secret = course / "source" / room.NAME / "secret.txt"
    secret.write_text("canary")
    room.hand_in(course, "reads", {"a": f"read {secret}", "b": "set b 7"})
    room.hand_in(course, "waits", {"a": "set a 5\nwait", "b": "set b 7"})
    room.hand_in(course, "leaves", {"a": "leave", "b": "set b 7"})
    room.hand_in(course, "right", {"a": "set a 5", "b": "set b 7"})

    mark_assignment(course, room.NAME, limits=Limits(cell_time=3))

    assert {"a_test": 0.0, "b_test": 3.0} == room.scores(course, "reads")
    assert {"a_test": 2.0, "b_test": 3.0} == room.scores(course, "waits")
    assert {"a_test": 0.0, "b_test": 3.0} == room.scores(course, "leaves")
    assert {"a_test": 2.0, "b_test": 3.0} == room.scores(course, "right")
    assert "canary" not in json.dumps(room.autograded(course, "reads"))
    assert "a loop that never ends" in json.dumps(room.autograded(course, "waits"))


def test_a_kernel_that_is_not_here_is_named(course: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the kernel nothing is marked, and the message says which one is missing."""
    room.hand_in(course, "right", {"a": "set a 5"})
    monkeypatch.delenv("JUPYTER_PATH")

    with pytest.raises(GraderError, match=r"asks for the kernel Tally \(tally\), which is not on this machine"):
        mark_assignment(course, room.NAME)

    assert not (course / "autograded").exists()


def test_the_lighter_sandbox_says_how_to_go_on(course: Path) -> None:
    """Where no program can be started in the sandbox, the message has the command that marks with nbgrader."""
    room.hand_in(course, "right", {"a": "set a 5"})

    with pytest.raises(GraderError, match=f"club mark {room.NAME} --no-sandbox"):
        mark_assignment(course, room.NAME, layer=LANDLOCK)


def test_a_python_of_another_name_runs_in_ours_and_is_named(tmp_path: Path) -> None:
    """A kernel that is somebody's own Python need not be here: the notebook is marked, and the run says where."""
    spec = {"name": "conda-env-stats-py", "display_name": "Python [stats]", "language": "python"}
    usual = {"name": "python3", "display_name": "Python 3"}
    asked = [StoredNotebook("own", spec, ()), StoredNotebook("usual", usual, ()), StoredNotebook("none", {}, ())]

    assert {} == kernels_of(asked, tmp_path)
    assert (("own", "Python [stats]"),) == other_pythons(asked)
