"""A written question of ours: given out without its mark scheme, marked by a person in Formgrader, in the report."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from club_room import Facilitator, at_home, roster
from playwright.sync_api import expect
from server_room import served

from grader.course import engine
from grader.course.folder import Course
from grader.course.release import release
from grader.lesson import template, validate
from grader.lesson.notebook import WRITE_HERE

pytestmark = pytest.mark.xdist_group("written-answers")

NAME = "14-our-data"
TASK = """
<!-- #region task="advice" points=3 -->
### 14.9 Give your advice

Your director asks when all 3 teams are at work. Answer in 2 sentences.

### BEGIN MARK SCHEME
scheme-canary: 1 for a date, 1 for naming the place, 1 for the source
### END MARK SCHEME
<!-- #endregion -->

"""


@pytest.fixture(scope="module")
def lessons(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a folder of lessons with one, in which a written question comes last."""
    root = tmp_path_factory.mktemp("lessons")
    page = template.copy(NAME, root) / "lesson.md"
    text = page.read_text("utf-8")
    before = text.index("\n## ", text.rindex("### 14."))
    page.write_text(text[:before] + TASK + text[before:], "utf-8")
    return root


@pytest.fixture(scope="module")
def club(lessons: Path, tmp_path_factory: pytest.TempPathFactory) -> Facilitator:
    """Give a facilitator whose course has one hand-in, marked by us and not yet by a person."""
    made = Facilitator(tmp_path_factory.mktemp("home"))
    assert 0 == made("new", "autumn", "--roster", roster(made.home, ("p01", "p02"))).code
    course = Course(made.clubs / "autumn")
    with at_home(made.home):
        release(course, NAME, root=lessons)
        given = json.loads((course.step("release") / NAME / f"{NAME}.ipynb").read_text("utf-8"))
        [place] = [place for place, cell in enumerate(given["cells"]) if "".join(cell["source"]) == WRITE_HERE]
        given["cells"][place]["source"] = "## My advice\n\nFrom 4 January. Scotland has the 2nd as well."
        shutil.copytree(course.step("release") / NAME, course.submission("p01", NAME))
        (course.submission("p01", NAME) / f"{NAME}.ipynb").write_text(json.dumps(given), "utf-8")
        run = engine.mark(course, NAME)
    assert [("p01", 1)] == [(one.learner, one.waiting) for one in run.marked]
    return made


def test_the_lesson_check_takes_it_and_its_handout_has_no_scheme(
    lessons: Path, club: Facilitator, tmp_path: Path
) -> None:
    """It adds no problem to the example's; people get the question and a place to write, not what it is marked by."""
    handed = (club.clubs / "autumn" / "release" / NAME / f"{NAME}.ipynb").read_text("utf-8")

    assert validate.check(template.copy(NAME, tmp_path)) == validate.check(lessons / NAME)
    assert "scheme-canary" not in handed and "Give your advice" in handed
    cells = json.loads(handed)["cells"]
    place = next(place for place, cell in enumerate(cells) if "Give your advice" in "".join(cell["source"]))
    assert WRITE_HERE == "".join(cells[place + 1]["source"])
    assert cells[place + 1]["metadata"].get("editable", True)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("points=3", "", "It has no points."),
        ('task="advice"', 'task="My advice"', "The name is not one that Python can use."),
        ("### BEGIN MARK SCHEME", "", "It has no mark scheme."),
    ],
)
def test_what_a_written_question_lacks_is_said(lessons: Path, tmp_path: Path, old: str, new: str, said: str) -> None:
    """No points, a name that cannot be used, no scheme: each is a problem with the place and what to do."""
    copied = shutil.copytree(lessons / NAME, tmp_path / NAME)
    page = copied / "lesson.md"
    page.write_text(page.read_text("utf-8").replace(old, new, 1), "utf-8")

    assert said in "\n".join(map(str, validate.check(copied)))


@pytest.fixture
def formgrader(club: Facilitator) -> Iterator[str]:
    """Open Formgrader on the course and give its address."""
    with served(club.home, "formgrader", "--course", club.clubs / "autumn") as said:
        yield said[-1]


@pytest.mark.browser
def test_a_person_marks_it_and_the_report_has_the_mark(club: Facilitator, formgrader: str, page: Any) -> None:
    """Formgrader shows the answer and the scheme; the mark typed there is in the report and in the export."""
    before = club("report", 14, "--json", "--in-room").data
    page.goto(formgrader)
    page.get_by_role("link", name="Manual Grading").first.click()
    page.get_by_role("link", name=NAME).click()
    page.wait_for_url(f"**/{NAME}*")
    page.get_by_role("link", name=NAME).last.click()
    page.get_by_role("link", name="Submission #1").click()
    page.get_by_text("Scotland has the 2nd as well.").wait_for()
    expect(page.get_by_text("scheme-canary")).to_be_visible()
    expect(page.locator("input.extra-credit").last).to_have_attribute("placeholder", "0")  # the page hears its boxes
    with page.expect_response(lambda got: "/api/grade/" in got.url and got.request.method == "PUT"):
        page.locator("input.score").last.fill("2")
        page.locator("input.score").last.press("Tab")
    after = club("report", 14, "--json", "--in-room").data
    feedback = club("feedback", 14)
    told = (club.clubs / "autumn" / "feedback" / "p01" / NAME / f"{NAME}.html").read_text("utf-8")

    assert [("advice", 0)] == [(one["exercise"], one["marked"]["number"]) for one in before["written"]]
    assert [("advice", 1)] == [(one["exercise"], one["marked"]["number"]) for one in after["written"]]
    [was], [now] = ([one["score"] for one in data["people"] if one["learner"] == "p01"] for data in (before, after))
    assert was + 2 == now
    assert 0 == feedback.code and "scheme-canary" not in told and "My advice" in told and "Scotland has the 2nd" in told
    assert "You left this empty." not in told[told.index("Give your advice") :]
