"""What other people's courses do in their tests: marked by nbgrader and by us, and every cell has the same marks."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from types import ModuleType
from typing import Any

import marking_room as room
import pytest
from courses import library, objects, town

from grader.marking.mark import mark_assignment
from grader.marking.result import MARKED, MarkingSummary

pytestmark = [pytest.mark.xdist_group("marking-idioms"), pytest.mark.timeout(900)]

WAYS = ("right", "other form", "in part", "raises", "warns")
MIXED = ("broken", "prints", "other form", "raises", "in part", "warns", "right")
NOTEBOOKS = (library, objects, town)


def cells_of(notebook: ModuleType) -> list[dict[str, Any]]:
    """Return the source of a notebook: a locked start, a free cell, and each exercise with its tests."""
    made = [room.cell("code", notebook.START.strip(), room.marks(f"{notebook.NAME}_start", locked=True))]
    if hasattr(notebook, "FREE"):
        made.append(room.cell("code", notebook.FREE))
    for exercise in notebook.EXERCISES:
        body = f"### BEGIN SOLUTION\n{exercise.reference}\n### END SOLUTION"
        made.append(room.cell("code", body, room.marks(exercise.name, solution=True)))
        for number, test in enumerate(exercise.tests):
            flags = {"grade": True, "locked": True, "points": 1 + number}
            made.append(room.cell("code", test, room.marks(f"{exercise.name}_test{number}", **flags)))
    return made


def with_answers(handed: dict[str, Any], notebook: ModuleType, way: str) -> dict[str, Any]:
    """Return a released notebook with answers of one kind; "turns" takes each exercise another way."""
    for number, exercise in enumerate(notebook.EXERCISES):
        answers = exercise.ways()
        for cell in handed["cells"]:
            if cell["metadata"].get("nbgrader", {}).get("grade_id") == exercise.name:
                cell["source"] = answers[MIXED[number] if way == "turns" else way]
    if way == "turns":
        handed["cells"].insert(3, room.cell("code", "mine = 1\nprint('mine')\nmine", name="mine"))
    return handed


@pytest.fixture(scope="module")
def handed_in(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a course of three notebooks with seven submissions, one of them untouched."""
    course = tmp_path_factory.mktemp("idioms") / "course"
    source = course / "source" / room.NAME
    for notebook in NOTEBOOKS:
        source.mkdir(parents=True, exist_ok=True)
        (source / f"{notebook.NAME}.ipynb").write_text(json.dumps(room.notebook(cells_of(notebook))))
        for name, text in notebook.FILES.items():
            (source / name).parent.mkdir(exist_ok=True)
            (source / name).write_text(text)
    (course / "nbgrader_config.py").write_text('c = get_config()\nc.CourseDirectory.course_id = "club"\n')
    assert room.nbgrader(course, "generate_assignment", room.NAME, "--create").returncode == 0
    for way in (*WAYS, "turns", ""):
        folder = shutil.copytree(
            course / "release" / room.NAME, course / "submitted" / (way or "untouched") / room.NAME
        )
        for notebook in NOTEBOOKS if way else ():
            path = folder / f"{notebook.NAME}.ipynb"
            path.write_text(json.dumps(with_answers(json.loads(path.read_text()), notebook, way)))
    return course


@pytest.fixture(scope="module")
def by_nbgrader(handed_in: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the course as stock nbgrader marks it."""
    return room.marked_by_nbgrader(handed_in, tmp_path_factory.mktemp("stock"))


@pytest.fixture(scope="module", params=["apart", "in one process"])
def by_us(request: pytest.FixtureRequest, handed_in: Path, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """Give the course as we mark it, and the summary."""
    course = shutil.copytree(handed_in, tmp_path_factory.mktemp("ours") / "course")
    return course, mark_assignment(course, room.NAME, jobs=2, compat=request.param != "apart")


def test_every_cell_has_the_marks_of_nbgrader(by_us: tuple[Path, MarkingSummary], by_nbgrader: Path) -> None:
    """Every score, comment, time and penalty of every learner is what stock nbgrader wrote."""
    course, summary = by_us

    ours, stock = room.rows(course), room.rows(by_nbgrader)
    assert {each.outcome for each in summary.submissions} == {MARKED}
    assert {at: row for at, row in ours["grades"].items() if row != stock["grades"].get(at)} == {}
    assert ours == stock
    assert summary.unverified == ()


def test_the_course_tells_answers_apart(by_nbgrader: Path) -> None:
    """The tests pass the reference and answers of another form in full, and others in part."""
    totals = {way: sum(room.scores(by_nbgrader, way).values()) for way in WAYS}  # type: ignore[arg-type]

    most = sum(1 + n for notebook in NOTEBOOKS for each in notebook.EXERCISES for n in range(len(each.tests)))
    assert totals["right"] == most
    assert 0 < totals["in part"] < totals["other form"] <= most
    assert totals["raises"] < totals["right"] and totals["warns"] < most
