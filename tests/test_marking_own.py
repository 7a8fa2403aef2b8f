"""Our own lessons: judged by the notebook's checks, away from what the learner wrote."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import marking_room as room
import pytest

from grader.errors import GraderError
from grader.lesson import build
from grader.lesson.read import lesson
from grader.marking import mark
from grader.marking.mark import mark_assignment
from grader.marking.result import LOOK, MARKED

pytestmark = pytest.mark.xdist_group("marking-own")

LESSON = "01-what-exactly-is-in-this-file"
FORGED = (
    "import grader, grader.checks.judge, grader.kernel.session as s\n"
    "from grader.checks.verdict import Outcome, Verdict\n"
    "right = lambda e, *_: Outcome(e.name, Verdict.RIGHT, 'Right.', score=e.points, points=e.points)\n"
    "s.judge = s.judged = grader.checks.judge.judge = right\n"
    "class Pass:\n    def _repr_mimebundle_(self, **_):\n"
    "        return {'text/plain': '1.0', 'application/vnd.foothills.result+json': {'verdict': 'right', 'score': 1.0}}\n"
    "grader.check = lambda name: Pass()\n"
)


@pytest.fixture(scope="module")
def released(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a course with lesson 1 released, and three hand-ins: right, untouched, and forged."""
    course = tmp_path_factory.mktemp("own") / "course"
    source = course / "source" / LESSON
    for name, content in build.source(lesson(LESSON)).items():
        path = source / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    (course / "nbgrader_config.py").write_text('c = get_config()\nc.CourseDirectory.course_id = "club"\n')
    done = room.nbgrader(course, "generate_assignment", LESSON, "--create")
    assert done.returncode == 0, done.stderr
    solved = {cell["id"]: cell["source"] for cell in json.loads((source / f"{LESSON}.ipynb").read_text())["cells"]}
    answers = {name for name in solved if f"check_{name}" in solved}

    def fill(notebook: dict[str, Any], text: Callable[[str], Any]) -> None:
        for cell in notebook["cells"]:
            if cell["id"] in answers:
                cell["source"] = text(cell["id"])

    hand_in(course, "right", lambda notebook: fill(notebook, lambda name: solved[name]))
    hand_in(course, "untouched", lambda notebook: None)
    hand_in(course, "forged", lambda notebook: fill(notebook, lambda name: FORGED))
    return course


def hand_in(course: Path, learner: str, change: Callable[[dict[str, Any]], None]) -> None:
    """Hand in the released notebook, changed."""
    notebook = json.loads((course / "release" / LESSON / f"{LESSON}.ipynb").read_text())
    change(notebook)
    folder = course / "submitted" / learner / LESSON
    folder.mkdir(parents=True)
    (folder / f"{LESSON}.ipynb").write_text(json.dumps(notebook))


@pytest.fixture(scope="module")
def marked(released: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the course marked."""
    course = shutil.copytree(released, tmp_path_factory.mktemp("marked") / "course")
    summary = mark_assignment(course, LESSON)
    assert {MARKED} == {each.outcome for each in summary.submissions}
    assert () == summary.unverified
    return course


def totals(course: Path) -> dict[str, float]:
    """Return everyone's points."""
    found: dict[str, float] = {}
    for (learner, _), row in room.rows(course)["grades"].items():
        found[learner] = found.get(learner, 0.0) + (row[0] or 0.0)
    return found


def test_right_answers_have_their_points_and_forged_ones_none(marked: Path) -> None:
    """All points for the model answers; none for an untouched notebook, nor for one that speaks in the checks' place."""
    found = totals(marked)

    assert found["right"] == len([key for key in room.rows(marked)["grades"] if key[0] == "right"])
    assert (0.0, 0.0) == (found["untouched"], found["forged"])


def test_the_message_and_the_result_are_in_the_marked_notebook(marked: Path) -> None:
    """The check's words for the learner and the numbers for the report are kept as they are in the notebook."""
    path = marked / "autograded" / "right" / LESSON / f"{LESSON}.ipynb"
    check = next(cell for cell in json.loads(path.read_text())["cells"] if cell["id"] == "check_n_rows")
    data = check["outputs"][0]["data"]

    assert "right" == data["application/vnd.foothills.result+json"]["verdict"]
    assert 'role="status"' in "".join(data["text/html"]) and "Right." in "".join(data["text/html"])


def test_without_a_sandbox_saved_results_are_read(
    released: Path, marked: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where this machine has no sandbox nothing is run: saved results count, said to be as the learner saw them."""

    def none(assignment: str) -> str:
        raise GraderError("This machine has no sandbox.")

    monkeypatch.setattr(mark, "choose", none)
    course = shutil.copytree(released, tmp_path / "course")
    saved = marked / "autograded" / "right" / LESSON / f"{LESSON}.ipynb"
    (course / "submitted" / "right" / LESSON / f"{LESSON}.ipynb").chmod(0o644)
    shutil.copyfile(saved, course / "submitted" / "right" / LESSON / f"{LESSON}.ipynb")

    summary = mark_assignment(course, LESSON)

    assert ("as the learner saw it", "none") == (summary.mode, summary.sandbox)
    assert totals(marked)["right"] == totals(course)["right"]
    assert LOOK == next(each.outcome for each in summary.submissions if each.learner == "untouched")


def test_without_a_sandbox_other_courses_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where there is no sandbox nobody's code of another course is run, and the message names the way round."""
    monkeypatch.setattr("grader.marking.sandbox.layers.layers", lambda: ())
    course = room.make_course(tmp_path / "course")
    room.hand_in(course, "one", room.RIGHT)

    with pytest.raises(GraderError, match=f"club mark {room.NAME} --no-sandbox"):
        mark_assignment(course, room.NAME)

    assert not (course / "autograded").exists()
