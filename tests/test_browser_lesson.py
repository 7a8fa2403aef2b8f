"""A learner's first minutes, in a real browser: JupyterLab opens on the lesson, cells run, checks answer."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from browser_helpers import (
    CELLS,
    EXERCISE,
    IPYWIDGETS,
    OURS,
    RIGHT,
    Lab,
    Visit,
    closed_page,
    take_lesson,
    violations,
    words,
)
from playwright.sync_api import expect
from server_room import CLUB, own, served

from grader.lesson.read import lesson

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
LESSON = 1


@dataclass(frozen=True)
class Running:
    """A JupyterLab that `club open` started: what it printed, and the learner's home."""

    notebook: Path
    address: str
    variables: Mapping[str, str]

    def page_of(self, notebook: Path) -> str:
        """Give the address of a notebook, in a window of its own."""
        server, _, token = self.address.partition("/lab/tree/")
        name = quote(notebook.relative_to(self.notebook.parents[1]).as_posix())
        return f"{server}/lab/workspaces/{notebook.parent.name}/tree/{name}?{token.partition('?')[2]}"


@pytest.fixture(scope="module")
def running(browser: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """Run `club open 1 --no-browser` in a home of its own."""
    home = tmp_path_factory.mktemp("home")
    with served(home, "open", LESSON) as said:
        yield Running(Path(said[0]), said[-1], own(home))


@pytest.fixture(scope="module")
def lab(browser: Any, running: Running) -> Iterator[Lab]:
    """Open the address that was printed."""
    with closed_page(browser) as page:
        page.goto(running.address)
        yield Lab(page, lesson(LESSON))


@pytest.fixture(scope="module")
def visit(lab: Lab, artefacts: Path) -> Visit:
    """Take the first minutes of the lesson."""
    return take_lesson(lab, artefacts, "lab")


def test_the_address_opens_the_lesson(lab: Lab, visit: Visit, running: Running) -> None:
    """The printed address shows the lesson's notebook and asks nothing first."""
    assert f"/lab/tree/{running.notebook.parent.name}/{running.notebook.name}" in lab.page.url
    assert 0 == lab.page.get_by_text("Would you like to").count()


def test_the_first_cell_says_ready(visit: Visit) -> None:
    """The first cell says that the lesson is ready."""
    assert visit.first.startswith("Ready.")


def test_an_untouched_exercise_is_not_tried(visit: Visit) -> None:
    """An exercise that nobody has touched counts as not tried, never as a miss."""
    assert visit.untouched.startswith("Not tried yet.")


def test_a_known_slip_hears_its_own_sentence(visit: Visit) -> None:
    """An answer that is a known slip gets the sentence that the lesson has for it."""
    said = next(slip.say for slip in lesson(LESSON).exercises["rows_shown"].slips if slip.name == "empty_brackets")

    assert visit.slip.startswith("Not yet.")
    assert words(said) in words(visit.slip)


def test_the_right_answer_is_told_so(visit: Visit) -> None:
    """The right answer, written as code, is called right, and the lesson counts it."""
    assert visit.right.startswith("Right.")
    assert "1 of " in visit.right


def test_the_slider_changes_the_sentence(visit: Visit) -> None:
    """One step of the slider, by keyboard, changes the sentence under it."""
    before, after = visit.sentences

    assert before.startswith("Row 1 of ")
    assert after.startswith("Row 2 of ")


def test_nothing_leaves_and_nothing_complains(lab: Lab, visit: Visit) -> None:
    """The whole visit asks nothing of the internet, and the browser's console has no complaint."""
    assert [] == lab.page.outside  # type: ignore[attr-defined]
    assert () == visit.complaints


@dataclass(frozen=True)
class Walked:
    """A lesson that was walked down with the keyboard, as it stands in the browser and as it was saved."""

    lab: Lab
    on_the_slider: bool
    saved: Mapping[str, Any]


@pytest.fixture(scope="module")
def walked(browser: Any, running: Running, artefacts: Path) -> Iterator[Walked]:
    """Take a fresh copy of the lesson with the keyboard alone: walk, answer, move the slider, save."""
    again = [CLUB, "open", str(LESSON), "--fresh", "--no-launch"]
    said = subprocess.run(again, capture_output=True, text=True, check=True, env=running.variables)
    notebook = Path(said.stdout.splitlines()[-1])
    with closed_page(browser) as page:
        page.goto(running.page_of(notebook))
        lab, keys = Lab(page, lesson(LESSON)), page.keyboard
        lab.ready()
        walk(lab, EXERCISE)
        keys.press("Enter")
        keys.press("Control+A")
        keys.type(RIGHT)
        walk(lab, "text-13")
        page.screenshot(path=artefacts / "keyboard-1-right.png")
        walk(lab, "text-24")
        page.get_by_role("slider").wait_for()
        on_the_slider = back_to_the_slider(page)
        keys.press("ArrowRight")
        page.get_by_text("Row 2 of").wait_for()
        page.screenshot(path=artefacts / "keyboard-2-slider.png")
        lab.save()
        yield Walked(lab, on_the_slider, {cell["id"]: cell for cell in json.loads(notebook.read_text())["cells"]})


def test_a_lesson_needs_no_mouse(walked: Walked) -> None:
    """With the keyboard alone one walks down the lesson, answers, hears "Right.", moves the slider and saves."""
    assert walked.on_the_slider
    assert RIGHT == "".join(walked.saved[EXERCISE]["source"])
    assert "Right." in json.dumps(walked.saved[f"check_{EXERCISE}"]["outputs"])


def test_the_sliders_number_can_be_typed(walked: Walked) -> None:
    """Beside the slider is a box with a name of its own; a number typed in it changes the sentence too."""
    box = walked.lab.page.get_by_role("spinbutton", name="Row number")
    box.fill("12")
    box.press("Enter")

    expect(walked.lab.page.get_by_text("Row 12 of")).to_be_visible()
    expect(walked.lab.page.get_by_role("slider")).to_have_attribute("aria-valuetext", "12")


def test_keys_pressed_in_a_list_are_no_commands(walked: Walked) -> None:
    """Letters and arrows stay in the list: none adds, cuts, deletes or leaves a cell; in a cell, arrows go to the next."""
    page, lab = walked.lab.page, walked.lab
    box = page.get_by_role("combobox", name="File")
    box.focus()
    seen = []
    for key in ("a", "b", "x", "d", "d", "m", "y", "Home", "ArrowDown"):
        page.keyboard.press(key)
        page.wait_for_timeout(200)
        seen.append((page.locator(CELLS).count(), page.evaluate("document.activeElement.tagName")))
    expect(box).to_have_js_property("selectedIndex", 1)
    page.keyboard.press("Home")
    lab.cell("text-13").click()
    page.keyboard.press("ArrowDown")

    assert {(len(lab.names), "SELECT")} == set(seen)
    expect(page.locator(CELLS).nth(lab.names.index("text-13") + 1)).to_contain_class("jp-mod-active")


def test_the_lessons_own_content_is_accessible(walked: Walked) -> None:
    """axe-core finds nothing in the lesson's text and in what its cells, all of them run, show."""
    assert [] == violations(walked.lab.page, [OURS], [IPYWIDGETS])


def walk(lab: Lab, until: str) -> None:
    """Press Shift and Enter, as the lesson says, until the cell called `until` is selected."""
    while (here := lab.selected()) != until:
        lab.page.keyboard.press("Shift+Enter")
        if not here.startswith("text"):
            lab.ended(here)
        lab.page.wait_for_function(
            "([cells, place]) => !document.querySelectorAll(cells)[place].classList.contains('jp-mod-active')",
            arg=[CELLS, lab.names.index(here)],
        )


def back_to_the_slider(page: Any) -> bool:
    """Press Shift and Tab from the cell under the interactive until the slider has the focus: 3 times at most."""
    for _ in range(3):
        page.keyboard.press("Shift+Tab")
        if page.evaluate("document.activeElement.getAttribute('role') === 'slider'"):
            return True
    return False
