"""The control panel: a whole week by its buttons in a real browser, from the keyboard, as the commands would do it."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import club_week
import pytest
from browser_helpers import CELLS, violations
from club_room import Facilitator, at_home, roster
from club_week import IDS, NAME, Week

from grader.course import gradebook
from grader.course.folder import Course
from grader.panel.notebook import notebook
from grader.panel.running import Ended, Shown, run
from grader.panel.steps import STEPS, Asked

CLUB = Path(sys.executable).with_name("club")
PATIENCE = 120_000


@pytest.fixture
def week() -> Week:
    """Give the week that was run by commands."""
    return club_week.week()


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[tuple[Path, str]]:
    """Start a course by command and open its panel; give the course and the address."""
    club = Facilitator(tmp_path)
    club("new", "autumn", "--roster", roster(tmp_path, IDS), "--title", "Autumn")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("JUPYTER", "XDG_"))}
    running = subprocess.Popen(
        [CLUB, "panel", "--no-browser", "--course", club.clubs / "autumn"],
        env=kept | {"HOME": str(tmp_path)},
        stdout=subprocess.PIPE,
        text=True,
    )
    assert running.stdout is not None
    try:
        yield club.clubs / "autumn", next(line.strip() for line in running.stdout if line.startswith("http"))
    finally:
        running.send_signal(signal.SIGINT)
        running.communicate(timeout=60)


def ran(course: Path, words: list[str], progress: Shown) -> Ended:
    """Run a command as the panel does; in a thread, because Playwright keeps a loop running in this one."""
    with ThreadPoolExecutor(1) as apart:
        return apart.submit(lambda: asyncio.run(run(course, [*words, "--course", str(course)], progress))).result()


def marks(course: Path) -> dict[str, Any]:
    """Return everybody's marks from a course's gradebook."""
    with gradebook.opened(Course(course)) as book:
        return {made.learner: made.marks for made in gradebook.marks_of(book, NAME)}


@pytest.mark.browser
@pytest.mark.xdist_group("club-week")
def test_a_week_by_keyboard_gives_the_gradebook_that_the_commands_give(
    opened: tuple[Path, str], week: Week, page: Any, artefacts: Path
) -> None:
    """Release, collect, mark, feedback and report, each by Enter on its button; axe finds nothing of ours."""
    course, address = opened
    page.goto(address)
    page.get_by_text("| Idle").wait_for(timeout=PATIENCE)
    page.wait_for_timeout(1_000)
    page.locator(CELLS).nth(1).locator(".jp-InputPrompt").first.click()
    page.keyboard.press("Shift+Enter")
    page.get_by_role("button", name=STEPS[0].button).wait_for(timeout=PATIENCE)
    page.get_by_label("Lesson").select_option(label="1. What exactly is in this file")
    said = {}
    for step in STEPS:
        if step.needs_source:
            page.get_by_label("Where the work is").fill(str(week.returned))
        page.get_by_role("button", name=step.button, exact=True).focus()
        page.keyboard.press("Enter")
        done = page.locator("[role=status]", has_text=f"one: {step.button}.")
        done.wait_for(timeout=PATIENCE)
        said[step.name] = done.inner_text()
        page.screenshot(path=artefacts / f"panel-{step.name}.png", full_page=True)
        if step.name == "collect":
            with at_home(course.parents[1]):
                Facilitator(course.parents[1])("collect", 1, "--assign", "untitled.ipynb=zoe", "--course", course)

    assert {name: text.splitlines()[0] for name, text in said.items()} == {
        step.name: f"Done: {step.button}." for step in STEPS
    }
    assert "4 notebooks" in said["collect"] or "5 notebooks" in said["collect"]
    assert marks(course) == marks(week.course) and marks(course)
    assert page.frame_locator("iframe[title='The report']").get_by_role("heading").count()
    assert violations(page, [".jp-OutputArea-output"]) == []
    assert page.outside == []


def test_a_step_that_cannot_be_done_is_told(tmp_path: Path) -> None:
    """A command that refuses ends as not done, with its one line."""
    club = Facilitator(tmp_path)
    club("new", "autumn", "--roster", roster(tmp_path, IDS))
    course = club.clubs / "autumn"

    ended = ran(course, ["mark", "1"], lambda *_: None)

    assert not ended.done
    assert "Traceback" not in ended.text and len(ended.text.splitlines()) == 1


def test_progress_is_heard_line_by_line(week: Week, tmp_path: Path) -> None:
    """While marking, the panel hears how many of how many are done, up to the last."""
    copied = club_week.copy_of(week, tmp_path)
    heard: list[tuple[int, int]] = []

    ended = ran(copied.course, ["mark", "1", "--again"], lambda *far: heard.append(far))

    assert ended.done, ended.text
    assert heard and heard[-1][0] == heard[-1][1]
    assert "progress" not in ended.text


def test_every_button_says_what_it_will_do() -> None:
    """Each step has a name of its own, a sentence, and a command that `club` has."""
    asked = Asked("1", "folder")
    assert len({step.button for step in STEPS}) == len(STEPS)
    assert all(step.does.endswith(".") for step in STEPS)
    assert [step.words(asked)[0] for step in STEPS] == ["release", "collect", "mark", "feedback", "report"]


def test_the_panels_notebook_is_the_same_each_time() -> None:
    """The notebook holds one cell to run, and its bytes do not change."""
    import nbformat

    made = nbformat.reads(notebook().decode(), as_version=4)
    nbformat.validate(made)
    assert [cell.cell_type for cell in made.cells] == ["markdown", "code"]
    assert notebook() == notebook()


def test_formgrader_says_when_there_is_nothing_to_mark(tmp_path: Path) -> None:
    """Before anything is marked there is no page to open: one line, and what to run first."""
    club = Facilitator(tmp_path)
    club("new", "autumn", "--roster", roster(tmp_path, IDS))

    told = club("formgrader")

    assert told.code == 1
    assert "nothing to mark by hand yet" in told.err and "club mark LESSON" in told.err


@pytest.mark.browser
@pytest.mark.xdist_group("club-week")
def test_formgrader_opens_on_the_course(week: Week, tmp_path: Path, page: Any) -> None:
    """nbgrader's own page comes up on the course, with the lesson in its list for marking by hand."""
    copied = club_week.copy_of(week, tmp_path)
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("JUPYTER", "XDG_"))}
    running = subprocess.Popen(
        [CLUB, "formgrader", "--no-browser", "--course", copied.course],
        env=kept | {"HOME": str(tmp_path)},
        stdout=subprocess.PIPE,
        text=True,
    )
    assert running.stdout is not None
    try:
        page.goto(next(line.strip() for line in running.stdout if line.startswith("http")))
        page.get_by_role("link", name="Manual Grading").first.click()
        page.get_by_role("link", name=NAME).wait_for(timeout=PATIENCE)
    finally:
        running.send_signal(signal.SIGINT)
        running.communicate(timeout=60)
