"""Somebody else's nbgrader assignment, and somebody's hostile notebook: the same commands, the same care."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from club_room import Facilitator

from grader.course.gradebook import Mark, Marks
from grader.report import feedback_page

pytestmark = pytest.mark.xdist_group("club-refusals")


def cell(kind: str, source: str, name: str = "", **marks: object) -> dict[str, object]:
    """Return a notebook cell, with nbgrader's labels where it has a name."""
    made: dict[str, object] = {"cell_type": kind, "id": name or f"text-{len(source)}", "metadata": {}, "source": source}
    if name:
        labels = {"grade": False, "solution": False, "locked": False, "task": False, "schema_version": 3}
        made["metadata"] = {"nbgrader": labels | {"grade_id": name} | marks}
    return made | ({"outputs": [], "execution_count": None} if kind == "code" else {})


def notebook(*cells: dict[str, object]) -> str:
    """Return cells as a notebook's text."""
    spec = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    return json.dumps({"cells": list(cells), "metadata": spec, "nbformat": 4, "nbformat_minor": 5})


def test_a_course_of_nbgraders_own_is_run_by_the_same_commands(tmp_path: Path) -> None:
    """Release, collect, mark, feedback and report work on any assignment; hidden tests are never shown."""
    folder = tmp_path / "their-course"
    source = folder / "source" / "ps1"
    source.mkdir(parents=True)
    (folder / "nbgrader_config.py").write_text("c = get_config()\nc.CourseDirectory.course_id = 'theirs'\n", "utf-8")
    tests = "assert square(3) == 9\n### BEGIN HIDDEN TESTS\nassert square(-41) == 1681\n### END HIDDEN TESTS"
    answer = "### BEGIN SOLUTION\ndef square(x):\n    return x * x\n### END SOLUTION"
    cells = [
        cell("markdown", "# Squares\n\n## One\n\nWrite square."),
        cell("code", answer, "square", solution=True),
        cell("code", tests, "test_square", grade=True, locked=True, points=2),
        cell("markdown", "## Why?"),
        cell("markdown", "say", "why", grade=True, solution=True, points=3),
    ]
    (source / "ps1.ipynb").write_text(notebook(*cells), encoding="utf-8")
    club = Facilitator(tmp_path / "home")
    course = ("--course", folder)
    (tmp_path / "ids.csv").write_text("id\nana\nben\n", encoding="utf-8")
    assert 0 == club("add", "--roster", tmp_path / "ids.csv", *course).code
    assert 0 == club("release", "ps1", *course).code
    back = tmp_path / "back"
    back.mkdir()
    released = (folder / "release" / "ps1" / "ps1.ipynb").read_text("utf-8")
    assert "1681" not in released
    for name, body in (("ana", "return x * x"), ("ben", "return 9")):
        given = json.loads(released)
        given["cells"][1]["source"] = f"def square(x):\n    {body}"
        given["cells"][4]["source"] = "Because."
        (back / f"{name}.ipynb").write_text(json.dumps(given), encoding="utf-8")
    assert 0 == club("after", "ps1", "--from", back, "--stock", *course).code
    data = club("report", "ps1", "--json", "--in-room", *course).data
    page = (folder / "feedback" / "ben" / "ps1" / "ps1.html").read_text("utf-8")

    assert {"ana": 2.0, "ben": 0.0} == {person["learner"]: person["score"] for person in data["people"]}
    assert [("test_square", 1)] == [(one["exercise"], one["got"]["number"]) for one in data["exercises"]]
    assert [("why", 0)] == [(one["exercise"], one["marked"]["number"]) for one in data["written"]]
    assert "return 9" in page and "1681" not in page and "-41" not in page


def test_what_was_written_below_another_courses_task_is_the_learners(tmp_path: Path) -> None:
    """Every cell below a task that was not given out is the learner's, headings and code too; the lesson's own is not."""
    given = [
        cell("markdown", "# Rivers\n\n## One\n\nSay why.", "why", task=True, points=3),
        cell("markdown", "Two <b>sentences</b> do."),
        cell("markdown", "## Two", "two", locked=True),
        cell("markdown", "Say how.", "how", task=True, points=3),
        cell("code", "ready_made()"),
        cell("markdown", "## The end"),
    ]
    own = [cell("markdown", "## My view\n\nBecause of rain."), cell("code", "mine()"), cell("markdown", "### Last")]
    work = [*given[:2], *own[:2], *given[2:6], own[2]]
    for name, cells in (("given", given), ("work", work)):
        (tmp_path / f"{name}.ipynb").write_text(notebook(*cells), encoding="utf-8")
    marks = Marks("ana", (Mark("why", None, 3.0), Mark("how", None, 3.0)))
    made = feedback_page.page(tmp_path / "work.ipynb", feedback_page.given_in(tmp_path / "given.ipynb"), marks, {})
    headings = re.findall(r"<h2[^>]*>(.*?)</h2>", made)
    one, _, two = made.partition(">Two</h2>")

    assert ["One", "Two"] == headings
    assert "My view" in one and "Because of rain." in one and "mine()" in one and "sentences" not in one
    assert "You left this empty." in two and "ready_made()" not in made and "The end" not in made


HOSTILE = [
    {"output_type": "execute_result", "data": {"text/html": "<script>document.title='taken'</script><b>kept</b>"}},
    {"output_type": "execute_result", "data": {"text/html": "<img src=x onerror=\"document.title='taken'\">"}},
    {"output_type": "execute_result", "data": {"text/html": "<iframe src='http://203.0.113.9/'></iframe>"}},
    {"output_type": "execute_result", "data": {"text/html": "<img src='http://203.0.113.9/p.png'>"}},
    {"output_type": "stream", "text": "</pre><script>document.title='taken'</script>"},
    {"output_type": "error", "ename": "<script>", "evalue": "document.title='taken'</script>"},
    {"output_type": "display_data", "data": {"text/plain": {"not": "text"}}},
    "not an output",
]


@pytest.mark.browser
def test_nothing_of_a_learners_runs_in_a_feedback_page(tmp_path: Path, page) -> None:  # type: ignore[no-untyped-def]
    """Scripts, handlers, frames and addresses in outputs, code and written answers do nothing and fetch nothing."""
    check = cell("code", "test()", "check", grade=True, locked=True, points=1)
    check["outputs"] = HOSTILE
    cells = [
        cell("markdown", "# A <script>document.title='taken'</script> title"),
        cell("code", "'</code></pre><script>document.title=\"taken\"</script>'", "answer", solution=True),
        check,
        cell(
            "markdown", "<img src=x onerror=alert(1)> ![x](http://203.0.113.9/x.png)", "why", grade=True, solution=True
        ),
    ]
    path = tmp_path / "work.ipynb"
    path.write_text(notebook(*cells), encoding="utf-8")
    marks = Marks("ana", (Mark("check", 1.0, 1.0), Mark("why", None, 3.0)))
    made = tmp_path / "page.html"
    comments = {"why": "<script>document.title='taken'</script>"}
    made.write_text(feedback_page.page(path, frozenset(), marks, comments), "utf-8")
    said: list[str] = []
    page.on("dialog", lambda dialog: said.append(dialog.message))
    page.goto(made.as_uri())

    assert "taken" != page.title() and [] == said and [] == page.outside
    assert 0 == page.locator("script, iframe, [onerror]").count()
    assert "kept" in page.inner_text("main")
