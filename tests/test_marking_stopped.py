"""Stopped at any moment, in any way: run again, and the gradebook is that of a run nobody disturbed."""

from __future__ import annotations

import contextlib
import json
import random
import shutil
import sqlite3
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import marking_room as room
import psutil
import pytest

from grader.bench import kills
from grader.course import engine
from grader.course.choice import FAST, Choice
from grader.course.folder import Course
from grader.errors import GraderError
from grader.marking import batch, gradebook
from grader.marking.mark import mark_assignment
from grader.marking.one_submission import mark_submission
from grader.marking.result import LOOK, MARKED, SKIPPED

pytestmark = pytest.mark.xdist_group("marking-stopped")

LEARNERS = {f"l{n}": room.RIGHT | ({"total": "def total(table):\n    return 0"} if n % 2 else {}) for n in range(4)}
SEED = 20_261_129
RUN = """
import sys
from pathlib import Path
from grader.errors import GraderError
from grader.marking.mark import mark_assignment
try:
    mark_assignment(Path(sys.argv[1]), sys.argv[2], jobs=2)
except GraderError as trouble:
    sys.exit(str(trouble))
"""


@pytest.fixture(scope="module")
def handed_in(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a course with submissions whose lesson has been looked at before."""
    course = room.make_course(tmp_path_factory.mktemp("stopped") / "course")
    room.hand_in(course, "first", room.RIGHT)
    mark_assignment(course, room.NAME)
    for learner, answers in LEARNERS.items():
        room.hand_in(course, learner, answers)
    return course


@pytest.fixture(scope="module")
def undisturbed(handed_in: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """Give what the gradebook holds after a run that nobody disturbed."""
    course = shutil.copytree(handed_in, tmp_path_factory.mktemp("whole") / "course")
    mark_assignment(course, room.NAME)
    return room.rows(course)


@pytest.fixture
def course(handed_in: Path, tmp_path: Path) -> Path:
    """Give a copy of the course."""
    return shutil.copytree(handed_in, tmp_path / "course")


def whole(course: Path) -> list[str]:
    """Return the learners whose marked notebook is there and complete."""
    found = sorted((course / "autograded").glob(f"*/{room.NAME}/{room.NAME}.ipynb"))
    return [path.parts[-3] for path in found if json.loads(path.read_text())["cells"]]


@pytest.mark.parametrize("after", [0, 2])
def test_killed_and_run_again(course: Path, undisturbed: dict[str, Any], after: int) -> None:
    """A run is killed when some submissions are marked; the next run finishes what is left, and marks nothing twice."""
    began = len(whole(course))
    with subprocess.Popen([sys.executable, "-c", RUN, str(course), room.NAME], stderr=subprocess.PIPE) as run:
        while run.poll() is None and len(whole(course)) < began + after:
            time.sleep(0.02)
        time.sleep(random.random() * (4 if after == 0 else 0.5))
        run.kill()
    there = set(whole(course))

    summary = mark_assignment(course, room.NAME)

    assert there == {each.learner for each in summary.submissions if each.outcome == SKIPPED}
    assert undisturbed == room.rows(course)
    assert sorted([*LEARNERS, "first"]) == whole(course)
    assert [] == list((course / ".foothills" / "staging").glob("*"))


def test_the_warm_process_and_children_killed(course: Path, undisturbed: dict[str, Any]) -> None:
    """When every process of the engine but the first is killed, the run goes on and no one loses a mark."""

    def kill(done: int, total: int, submission: object) -> None:
        if done in (1, 3):
            for process in psutil.Process().children(recursive=True):
                with contextlib.suppress(psutil.NoSuchProcess):
                    if any("grader.marking.warm" in part for part in process.cmdline()):
                        process.kill()

    summary = mark_assignment(course, room.NAME, jobs=2, progress=kill)

    assert {MARKED, SKIPPED} == {each.outcome for each in summary.submissions}
    assert undisturbed == room.rows(course)


def test_killed_at_moments_of_chance(course: Path, tmp_path: Path) -> None:
    """The command, the warm process or a child is killed four times in all, and the course is as one undisturbed."""
    for number in range(4, 11):
        room.hand_in(course, f"l{number}", LEARNERS[f"l{number % 4}"])
    scratch = tmp_path / "kills"
    scratch.mkdir()

    found = kills.disturb(course, room.NAME, 4, SEED, scratch)

    assert [] == found.differences, f"seed {SEED}: {found}"
    assert 4 == len(found.victims)


def test_what_the_engine_could_not_mark_is_tried_again(course: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Work that was not marked through the engine's fault needs a look, and the next run marks it."""

    def stumble(warm: object, work: object, folder: Path) -> Any:
        if "l1" in folder.parts:
            raise RuntimeError("a fault of ours")
        return mark_submission(warm, work, folder)  # type: ignore[arg-type]

    with monkeypatch.context() as patched:
        patched.setattr(batch, "mark_submission", stumble)
        first = engine.mark(Course(course), room.NAME, Choice(FAST))
    again = engine.mark(Course(course), room.NAME, Choice(FAST))

    assert ["l1"] == [one.learner for one in first.marked if one.outcome == LOOK]
    assert [("l1", MARKED)] == [(one.learner, one.outcome) for one in again.marked]


def test_a_locked_gradebook_loses_nothing(
    course: Path, undisturbed: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """While another program holds the gradebook there is one sentence; afterwards a run is complete."""
    monkeypatch.setattr(gradebook, "LOCK_SECONDS", 0.3)
    with contextlib.closing(sqlite3.connect(course / "gradebook.db", isolation_level=None)) as other:
        other.execute("begin exclusive")
        with pytest.raises(GraderError, match="gradebook could not be written"):
            mark_assignment(course, room.NAME)

    mark_assignment(course, room.NAME)

    assert undisturbed == room.rows(course)


def test_a_full_disk_loses_nothing(course: Path, undisturbed: dict[str, Any]) -> None:
    """When nothing more can be written there is one sentence and no half file; afterwards a run is complete."""
    size = (course / "gradebook.db").stat().st_size // 2
    limit = f"import resource, signal; signal.signal(signal.SIGXFSZ, signal.SIG_IGN); resource.setrlimit(resource.RLIMIT_FSIZE, ({size}, {size}))\n"

    done = subprocess.run([sys.executable, "-c", limit + RUN, str(course), room.NAME], capture_output=True, text=True)
    assert done.returncode == 1 and "Nothing is lost." in done.stderr and "Traceback" not in done.stderr
    mark_assignment(course, room.NAME)

    assert undisturbed == room.rows(course)
    assert sorted([*LEARNERS, "first"]) == whole(course)


def test_two_runs_at_once_do_not_meet(course: Path) -> None:
    """A second run on the same course is told to wait."""
    refused = []

    def again(done: int, total: int, submission: object) -> None:
        with pytest.raises(GraderError, match="being marked already") as told:
            mark_assignment(course, room.NAME)
        refused.append(told)

    mark_assignment(course, room.NAME, progress=again)

    assert len(LEARNERS) == len(refused)


def test_marked_again_keeps_marks_given_by_hand(course: Path) -> None:
    """Marking again writes the same scores and leaves a person's marks and comments as they are."""
    mark_assignment(course, room.NAME)
    with contextlib.closing(sqlite3.connect(course / "gradebook.db")) as book:
        book.execute("update grade set manual_score = 3, needs_manual_grade = 0 where auto_score is null")
        book.execute("update comment set manual_comment = 'Well said.'")
        book.commit()
    before = room.rows(course)

    summary = mark_assignment(course, room.NAME, again=True)

    assert {MARKED} == {each.outcome for each in summary.submissions}
    after = room.rows(course)
    assert before["comments"] == after["comments"]
    assert {k: v[:2] for k, v in before["grades"].items()} == {k: v[:2] for k, v in after["grades"].items()}
