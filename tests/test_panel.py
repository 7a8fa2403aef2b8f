"""The control panel: what its buttons say and refuse, its page by keyboard alone and in little room."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import club_week
import pytest
from browser_helpers import violations
from club_room import Facilitator, roster, tree
from club_week import IDS, NAME, Week
from panel_room import FOCUSED, OURS, PanelPage
from playwright.sync_api import TimeoutError, expect
from server_room import served

from grader.cli import COMMANDS
from grader.course.folder import Course
from grader.course.status import LessonStatus, Status
from grader.panel import steps
from grader.panel.notebook import notebook
from grader.panel.running import Ended, Shown, run
from grader.panel.steps import Step
from grader.panel.titles import title
from grader.panel.view import Panel
from grader.panel.wording import buttons, told

NARROW, ZOOMED = 320, 640  # a window 1280 wide has room for 640 at 200%


@pytest.fixture
def week(tmp_path: Path) -> Week:
    """Give a copy of the week that was run by commands."""
    return club_week.copy_of(club_week.week(), tmp_path / "home")


def ran(words: list[str], progress: Shown = lambda done, of: None) -> Ended:
    """Run a command as the panel does; in a thread, because Playwright keeps a loop running in this one."""
    with ThreadPoolExecutor(1) as apart:
        return apart.submit(lambda: asyncio.run(run(words, progress))).result()


def test_a_step_that_cannot_be_done_is_told(home: Path) -> None:
    """A command that refuses ends as not done, with its one line, whether it had named the course before or not."""
    club = Facilitator(home)
    club("new", "autumn", "--roster", roster(home, IDS))
    course = str(club.clubs / "autumn")

    for words in (["mark", "1", "--course", course], ["new", "autumn"], ["mark", "77", "--course", course]):
        ended = ran(words)
        assert not ended.done
        assert "Traceback" not in ended.text and 1 == len(ended.text.splitlines())
        assert not ended.text.startswith(("Course", "club:"))


def test_progress_is_heard_line_by_line(week: Week) -> None:
    """While marking, the panel hears how many of how many are done, up to the last."""
    heard: list[tuple[int, int]] = []

    ended = ran(["mark", "1", "--again", "--course", str(week.course)], lambda *far: heard.append(far))

    assert ended.done, ended.text
    assert heard and heard[-1][0] == heard[-1][1]
    assert "progress" not in ended.text


def test_every_button_says_what_it_will_do() -> None:
    """Each has a name of its own, a sentence, and a command that `club` has."""
    known = {name for entries in COMMANDS.values() for name in entries}
    assert len({step.button for step in steps.ALL}) == len(steps.ALL)
    assert all(step.does.endswith(".") for step in steps.ALL)
    assert {step.command.split()[0] for step in steps.ALL} <= known


@pytest.mark.parametrize(
    ("said", "step", "lesson"),
    [
        ("Run: club release 1", steps.RELEASE, " for lesson 1"),
        ("Run: club mark 2 --again", steps.MARK_AGAIN, " for lesson 2"),
        ("Run first: club mark LESSON", steps.MARK, ""),
        ("Afterwards: club after 3 --from FOLDER", steps.COLLECT, " for lesson 3"),
        ("Add people with: club add --roster names.csv", steps.ADD, ""),
        ("written answers for you to mark: club formgrader", steps.FORMGRADER, ""),
    ],
)
def test_a_command_in_what_is_said_becomes_its_button(said: str, step: Step, lesson: str) -> None:
    """Where a command names another one, the panel names the button that does the same."""
    assert buttons(said).endswith(f"“{step.button}”{lesson}")
    assert "club" not in buttons(said)


def test_a_command_without_a_button_stays() -> None:
    """What the panel has no button for is said as it is typed."""
    assert "club doctor says why." == buttons("club doctor says why.")
    assert "club mark 1 --no-sandbox" == buttons("club mark 1 --no-sandbox")


def test_files_without_a_name_are_listed_without_the_command(week: Week) -> None:
    """Collecting lists such a file and why nobody was found for it, not what to type."""
    said = told(week.said["collect"].out.splitlines())

    assert "untitled.ipynb: " in said
    assert "--assign" not in said and "=ID" not in said


def test_the_panels_notebook_is_the_same_each_time() -> None:
    """The notebook holds one cell to run, and its bytes do not change."""
    import nbformat

    made = nbformat.reads(notebook().decode(), as_version=4)
    nbformat.validate(made)
    assert ["code"] == [cell.cell_type for cell in made.cells]
    assert notebook() == notebook()


def test_formgrader_says_when_there_is_nothing_to_mark(tmp_path: Path) -> None:
    """Before anything is marked there is no page to open: one line, and what to run first."""
    club = Facilitator(tmp_path)
    club("new", "autumn", "--roster", roster(tmp_path, IDS))

    told = club("formgrader")

    assert told.code == 1
    assert "nothing to mark by hand yet" in told.err and "club mark LESSON" in told.err


def found(within: Any, description: str) -> Any:
    """Find a control by its words."""
    for child in within.children:
        if getattr(child, "description", "") == description:
            return child
        if (inside := found(child, description) if hasattr(child, "children") else None) is not None:
            return inside
    return None


def after(course: Course | None, do: Callable[[Panel], None]) -> Panel:
    """Do something with a panel and wait until nothing runs."""

    async def act() -> Panel:
        panel = Panel(course)
        do(panel)
        if panel.desk.task is not None:
            await panel.desk.task
        return panel

    with ThreadPoolExecutor(1) as apart:
        return apart.submit(lambda: asyncio.run(act())).result()


def press(*descriptions: str) -> Callable[[Panel], None]:
    """Press buttons, one after the other."""

    def act(panel: Panel) -> None:
        for one in descriptions:
            found(panel.page, one).click()

    return act


def test_without_a_course_nothing_but_the_start_is_shown(home: Path) -> None:
    """There is one form, and a start without a title makes nothing and says what is missing."""
    before = tree(home)
    panel = after(None, press(steps.NEW.button))

    assert "none" == panel.page.children[2].layout.display
    assert "Say first what the course is called." in panel.start.outcome.said.value
    assert before == tree(home)


def lesson(name: str, **counts: Any) -> LessonStatus:
    """Make up how far a lesson is."""
    return LessonStatus(
        name, "", **{"released": True, "handed_in": 3, "notebooks": 3, "marked": 3, "feedback": 3} | counts
    )


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([], ("1-b", steps.RELEASE)),
        ([lesson("1-b", released=False)], ("1-b", steps.RELEASE)),
        ([lesson("1-b", handed_in=0, notebooks=0, marked=0, feedback=0)], ("1-b", steps.COLLECT)),
        ([lesson("1-b", marked=1, looks=1, feedback=0)], ("1-b", steps.MARK)),
        ([lesson("1-b", marked=2, looks=1, feedback=1)], ("1-b", steps.FEEDBACK)),
        ([lesson("1-b")], ("2-c", steps.RELEASE)),
        ([lesson("1-b"), lesson("2-c")], ("2-c", None)),
    ],
)
def test_whose_turn_it_is(rows: list[LessonStatus], expected: tuple[str, Step | None]) -> None:
    """The first lesson that waits for something, and the button for it; then the next lesson; at last none."""
    name, due = Status("Autumn", (), tuple(rows)).turn(["0-a", "1-b", "2-c"])

    assert expected == (name, steps.DUE.get(due))


@pytest.mark.parametrize(
    ("step", "group", "line"),
    [
        (steps.COLLECT, "week", "Say first where the work is"),
        (steps.ADD, "people", "Say first who joins"),
        (steps.FORGET, "people", "Choose first who is to be forgotten"),
        (steps.ASSIGN, "week", "Choose first whose a file is"),
    ],
)
def test_what_is_not_chosen_yet_is_asked_for(
    week: Week, step: Step, group: str, line: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A button that lacks something says what, and changes nothing."""
    monkeypatch.setenv("HOME", str(week.club.home))
    (week.course / "unmatched" / NAME).mkdir(parents=True, exist_ok=True)
    (week.course / "unmatched" / NAME / "who.ipynb").write_text("{}", encoding="utf-8")
    before = tree(week.course)

    def act(panel: Panel) -> None:
        panel.week.lesson.value = NAME
        press(step.button)(panel)

    panel = after(Course(week.course), act)

    assert f"Not done: {step.button}." in getattr(panel, group).outcome.said.value
    assert line in getattr(panel, group).outcome.said.value
    assert before == tree(week.course)


def test_a_no_to_what_cannot_be_undone_changes_nothing(week: Week, monkeypatch: pytest.MonkeyPatch) -> None:
    """Closing the term asks first; the answer no is said, and everything is there."""
    monkeypatch.setenv("HOME", str(week.club.home))
    before = tree(week.course)
    asked = []

    def act(panel: Panel) -> None:
        panel.term.archive.button.click()
        asked.append(panel.term.archive.question.value)
        panel.term.archive.no.click()

    panel = after(Course(week.course), act)

    assert "Are you sure?" in asked[0] and "cannot be undone" in asked[0]
    assert "Nothing was changed." in panel.term.outcome.said.value and "" == panel.term.archive.question.value
    assert before == tree(week.course)


def test_a_question_about_one_course_is_not_answered_for_another(week: Week, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where another course comes up in between, the answer yes closes neither."""
    monkeypatch.setenv("HOME", str(week.club.home))
    week.club("new", "spring")
    before = tree(week.club.clubs)

    def act(panel: Panel) -> None:
        panel.term.archive.button.click()
        panel.go(Course(week.club.clubs / "spring"))
        assert "" == panel.term.archive.question.value
        panel.term.archive.yes.click()

    panel = after(Course(week.course), act)

    assert panel.desk.task is None
    assert before == tree(week.club.clubs)


def test_a_second_press_while_one_runs_starts_nothing(week: Week, monkeypatch: pytest.MonkeyPatch) -> None:
    """One command runs at a time; the other button says which."""
    monkeypatch.setenv("HOME", str(week.club.home))
    said = []

    def act(panel: Panel) -> None:
        press(steps.REPORT.button)(panel)
        first = panel.desk.task
        press(steps.RELEASE_AGAIN.button)(panel)
        said.append(panel.care.outcome.said.value)
        assert panel.desk.task is first

    panel = after(Course(week.course), act)

    assert f"Working: {steps.REPORT.button}." in said[0]
    assert f"{steps.REPORT.button}: it has ended." in panel.care.outcome.said.value


def test_a_question_waits_for_what_runs(week: Week, monkeypatch: pytest.MonkeyPatch) -> None:
    """The answer yes does nothing while a command runs, and the question stays to be answered again."""
    monkeypatch.setenv("HOME", str(week.club.home))
    asked = []

    def act(panel: Panel) -> None:
        panel.week.lesson.value = NAME
        panel.term.archive.button.click()
        press(steps.REPORT.button)(panel)
        first = panel.desk.task
        panel.term.archive.yes.click()
        asked.append(panel.term.archive.question.value)
        assert panel.desk.task is first

    panel = after(Course(week.course), act)

    assert "Are you sure?" in asked[0] and week.course.is_dir()
    assert f"Done: {steps.REPORT.button}." in panel.week.outcome.said.value


def test_another_course_is_gone_to_and_said(week: Week, monkeypatch: pytest.MonkeyPatch) -> None:
    """The panel goes to the course that is chosen, says so, and lists the one that it left."""
    monkeypatch.setenv("HOME", str(week.club.home))
    week.club("new", "spring")

    panel = after(Course(week.course), press(steps.OPEN.button))

    assert "spring" == panel.desk.place.name
    assert "00-start-here" != panel.week.lesson.value, "lesson 0 is for people's own start"
    assert f"Done: {steps.OPEN.button}." in panel.week.outcome.said.value
    assert [week.course.name] == [name for name, _ in panel.start.others.options]


def test_what_nobody_thought_of_is_told_and_not_hidden(week: Week, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a step stops in a way that is our fault, the page says so, goes on, and the reason is in the log."""
    monkeypatch.setenv("HOME", str(week.club.home))

    async def stumble(*_: object) -> Ended:
        raise ZeroDivisionError

    monkeypatch.setattr("grader.panel.desk.run", stumble)
    made: list[Panel] = []

    def act(panel: Panel) -> None:
        made.append(panel)
        press(steps.REPORT.button)(panel)

    with pytest.raises(ZeroDivisionError):
        after(Course(week.course), act)

    assert f"Not done: {steps.REPORT.button}." in made[0].week.outcome.said.value
    assert made[0].desk.free(made[0].week.outcome)


def test_reading_the_course_anew_says_what_is_in_the_way(week: Week, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the gradebook is gone, looking again is not done, and the page says why."""
    monkeypatch.setenv("HOME", str(week.club.home))
    (week.course / "gradebook.db").unlink()

    async def look() -> Panel:
        panel = Panel(Course(week.course))
        found(panel.page, steps.STATUS.button).click()
        assert panel._reading is not None
        await panel._reading
        return panel

    with ThreadPoolExecutor(1) as apart:
        panel = apart.submit(lambda: asyncio.run(look())).result()

    assert f"Not done: {steps.STATUS.button}." in panel.term.outcome.said.value
    assert "gradebook" in panel.term.outcome.said.value


TOO_WIDE = """() => {
  const panel = document.querySelector('.club-panel'), right = panel.getBoundingClientRect().right + 1;
  const wide = [...panel.querySelectorAll('*')].filter(one => one.getBoundingClientRect().right > right);
  if (document.documentElement.scrollWidth > window.innerWidth || right > window.innerWidth + 1) wide.push(panel);
  return wide.map(one => one.outerHTML.slice(0, 120));
}"""


def walk(page: Any) -> list[str]:
    """Go through the panel with the Tab key; give the words of each control, once where it takes several presses."""
    names: list[str] = []
    for _ in range(200):
        page.keyboard.press("Tab")
        name = page.evaluate(FOCUSED)
        if name is None and names:
            return names
        if name is not None and (not names or names[-1] != name):
            names.append(name)
    raise AssertionError(f"no way out of the panel: {names}")


def fitted(page: Any) -> None:
    """Wait until nothing is wider than the window; where it stays so, say what is."""
    with contextlib.suppress(TimeoutError):
        page.wait_for_function(f"() => ({TOO_WIDE})().length === 0", timeout=20_000)
    assert [] == page.evaluate(TOO_WIDE)


@pytest.fixture
def opened(week: Week, page: Any) -> Iterator[PanelPage]:
    """Open the panel of a course that has had a week."""
    with served(week.club.home, "panel", "--course", week.course) as said:
        made = PanelPage(page, said[-1])
        page.get_by_text("Next: ").wait_for()
        yield made


@pytest.mark.browser
@pytest.mark.xdist_group("club-week")
def test_the_panel_by_keyboard_alone(week: Week, opened: PanelPage, artefacts: Path) -> None:
    """Tab reaches every control, each with words in sight, the week first; letters and arrows stay in the list."""
    page = opened.page
    names = walk(page)
    of_the_week = [step.button for step in steps.WEEK]
    rest = [
        step.button
        for step in (
            *(steps.FORMGRADER, steps.RELEASE_AGAIN, steps.MARK_AGAIN, steps.ADD, steps.FORGET),
            *(steps.STATUS, steps.TERM, steps.EXPORT, steps.ARCHIVE, steps.NEW),
        )
    ]
    assert all(names), names
    assert [*of_the_week, *rest] == [name for name in names if name in (*of_the_week, *rest)]

    (week.course / "unmatched" / NAME / "who.ipynb").write_text("{}", encoding="utf-8")
    lesson = page.get_by_label("Lesson", exact=True)
    lesson.focus()
    for key in ("d", "d", "x", "m", "1", "a"):
        page.keyboard.press(key)
    assert 1 == page.locator(".jp-Cell").count() and 1 == page.locator(".jp-CodeCell").count()
    page.keyboard.press("Home")
    page.keyboard.press("ArrowDown")
    expect(lesson.locator("option:checked")).to_have_text(title(NAME))
    opened.at("Lesson")

    page.get_by_role("heading", name="1 file needs a name").wait_for()  # the kernel has heard which lesson
    opened.press(steps.REPORT)
    opened.at(steps.REPORT.button)
    page.frame_locator("iframe").get_by_role("heading").first.wait_for()
    opened.enter(opened.button(steps.ARCHIVE))
    page.get_by_role("button", name="No, change nothing").wait_for()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    opened.at("No, change nothing")
    page.keyboard.press("Enter")
    opened.ended(steps.ARCHIVE, done=False)
    opened.at(steps.ARCHIVE.button)

    assert violations(page, [OURS]) == []
    for width in (ZOOMED, NARROW):
        page.set_viewport_size({"width": width, "height": 900})
        fitted(page)
        lesson.scroll_into_view_if_needed()
        page.screenshot(path=artefacts / f"panel-{width}.png")
    assert page.outside == []  # type: ignore[attr-defined]


@pytest.mark.browser
@pytest.mark.xdist_group("club-week")
def test_formgrader_opens_from_the_panel(opened: PanelPage) -> None:
    """Its button gives a link to nbgrader's own page on the course, with the lesson in its list for marking by hand."""
    page = opened.page
    assert "Manual grading" in opened.press(steps.FORMGRADER)
    page.goto(str(page.get_by_role("link", name="Formgrader").get_attribute("href")))
    page.get_by_role("link", name="Manual Grading").first.click()
    page.get_by_role("link", name=NAME).wait_for()


@pytest.mark.browser
@pytest.mark.xdist_group("club-week")
def test_a_person_is_forgotten_with_a_second_button(opened: PanelPage, week: Week) -> None:
    """The name is chosen, the second button says it again, and what was removed is listed."""
    page = opened.page
    page.get_by_label("Person to forget").select_option("sam")
    opened.enter(opened.button(steps.FORGET))
    opened.told(r"Are you sure\?")
    opened.enter(page.get_by_role("button", name="Yes, forget sam"))

    assert "submitted/sam" in opened.ended(steps.FORGET)
    page.get_by_text(f"{len(IDS) - 1} people").wait_for()
    named = page.get_by_label("Person to forget").locator("option")
    expect(named.filter(has_text="sam")).to_have_count(0)  # the page may draw its list after its text
    expect(named).to_have_count(len(IDS))
    assert not list(week.course.rglob("sam"))
