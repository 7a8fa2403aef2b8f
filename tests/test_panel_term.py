"""A whole term from new to archive, by the commands alone and by the panel alone: the same gradebook, and the same left.

FOOTHILLS_WHOLE_TERM=1 makes it 25 learners and 4 lessons.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from browser_helpers import violations
from club_room import Facilitator, roster, tree
from panel_room import OURS, PanelPage
from server_room import served
from term_room import DUE, IDS, LESSONS, NAMELESS, WHOLE, Returned, hand_in

from grader.course import gradebook
from grader.course.folder import Course
from grader.panel import steps
from grader.panel.titles import title

pytestmark = [pytest.mark.browser, pytest.mark.timeout(7_200 if WHOLE else 1_200)]
VISITOR = "visitor-01"  # joins late, and is forgotten again
Ledger = dict[str, Any]


def ledger(folder: Path) -> Ledger:
    """Return all that a gradebook says: who is in it, and each grade and comment by learner, lesson and cell."""
    with gradebook.opened(Course(folder)) as book:
        grades = {
            (submission.student_id, lesson, grade.name): (
                grade.auto_score, grade.manual_score, grade.extra_credit, grade.needs_manual_grade, grade.max_score,
            )
            for lesson in LESSONS
            for submission in book.find_assignment(lesson).submissions
            for notebook in submission.notebooks
            for grade in notebook.grades
        }  # fmt: skip
        comments = {
            (submission.student_id, lesson, comment.name): (comment.auto_comment, comment.manual_comment)
            for lesson in LESSONS
            for submission in book.find_assignment(lesson).submissions
            for notebook in submission.notebooks
            for comment in notebook.comments
        }
        times = {
            (submission.student_id, lesson): (submission.timestamp, submission.total_seconds_late)
            for lesson in LESSONS
            for submission in book.find_assignment(lesson).submissions
        }
        return {
            "learners": [learner.id for learner in gradebook.learners_of(book)],
            "due": {lesson: gradebook.due_date(book, lesson) for lesson in LESSONS},
            "grades": grades,
            "comments": comments,
            "times": times,
        }


def by_commands(home: Path, returned: Mapping[str, Returned]) -> tuple[Ledger, dict[str, str]]:
    """Run the term by typing; give the gradebook before its end, and what is left after."""
    club = Facilitator(home)

    def typed(*words: object) -> None:
        said = club(*words)
        assert (0, "") == (said.code, said.err), words

    typed("new", "term", "--title", "Term", "--roster", roster(home, IDS), "--lesson", f"{LESSONS[0]}={DUE}")
    typed("add", "--roster", roster(home / "late", [VISITOR]))
    for lesson, back in returned.items():
        typed("release", lesson, "--due", DUE)
        typed("collect", lesson, "--from", back.folder)
        typed("collect", lesson, "--assign", f"{NAMELESS}={back.nameless}")
        typed("mark", lesson)
        typed("feedback", lesson)
        typed("report", lesson)
    typed("release", LESSONS[0], "--update")
    typed("mark", LESSONS[0], "--again")
    typed("export", home / "marks.csv")
    typed("forget", VISITOR, "--yes")
    kept = ledger(club.clubs / "term")
    typed("archive", "--yes")
    return kept, tree(club.clubs / "term")


class Term:
    """The term by buttons alone. What axe finds on the way is in `found`."""

    def __init__(self, panel: PanelPage, home: Path, artefacts: Path) -> None:
        self.panel, self.page, self.home, self.artefacts = panel, panel.page, home, artefacts
        self.found: dict[str, list[str]] = {}

    def look(self, state: str) -> None:
        """Keep a picture of the page, and what axe says of our part of it."""
        self.page.screenshot(path=self.artefacts / f"panel-term-{state}.png")
        if lines := violations(self.page, [OURS]):
            self.found[state] = lines

    def start(self) -> None:
        """Start the course from a list that is chosen, then add a person from a list that is typed."""
        page = self.page
        self.look("start")
        page.get_by_label("What it is called").fill("Term")
        self.panel.choose("Or choose a list", [roster(self.home, IDS)])
        page.get_by_label(title(LESSONS[0])).fill(DUE)
        self.panel.press(steps.NEW)
        self.panel.at("Lesson")
        page.get_by_text(f"{len(IDS)} people. Next: “{steps.RELEASE.button}”").wait_for()
        page.get_by_label("List of people who join").fill(str(roster(self.home / "late", [VISITOR])))
        self.panel.press(steps.ADD)

    def week(self, lesson: str, back: Returned, by_path: bool) -> None:
        """Run one lesson's week."""
        page, panel = self.page, self.panel
        page.get_by_label("Lesson", exact=True).select_option(label=title(lesson))
        page.get_by_label("Day the work is due").fill(DUE)
        panel.press(steps.RELEASE)
        if by_path:
            page.get_by_label("Where the work is").fill(str(back.folder))
        else:
            panel.choose("Or choose files", sorted(back.folder.iterdir()))
        panel.press(steps.COLLECT)
        page.get_by_label(f"{NAMELESS} is from").select_option(label=back.nameless)
        self.look("unmatched")
        panel.press(steps.ASSIGN)
        page.get_by_label(f"{NAMELESS} is from").wait_for(state="detached")
        panel.enter(panel.button(steps.MARK))
        page.get_by_text(f" of {len(IDS) - 1}").first.wait_for(state="attached")
        self.look("marking")
        panel.ended(steps.MARK)
        panel.press(steps.FEEDBACK)
        page.get_by_label("Show the report with names").check()  # a small group's chart is for its facilitator alone
        panel.press(steps.REPORT)
        page.frame_locator("iframe").locator("figure").first.wait_for()
        self.look("report")

    def end(self) -> Ledger:
        """Put something right, save the marks, forget a person and close the term; give the gradebook before that."""
        page, panel, course = self.page, self.panel, self.home / "foothills-clubs" / "term"
        page.get_by_label("Lesson", exact=True).select_option(label=title(LESSONS[0]))
        panel.press(steps.RELEASE_AGAIN)
        panel.press(steps.MARK_AGAIN)
        panel.press(steps.TERM)
        page.get_by_label("Where to save the marks").fill("marks.csv")
        panel.press(steps.EXPORT)
        page.get_by_label("Person to forget").select_option(label=VISITOR)
        panel.enter(panel.button(steps.FORGET))
        panel.told(r"Are you sure\?")
        self.look("forget")
        panel.enter(page.get_by_role("button", name=f"Yes, forget {VISITOR}"))
        assert f"Removed {VISITOR}" in panel.ended(steps.FORGET)
        kept = ledger(course)
        panel.enter(panel.button(steps.ARCHIVE))
        panel.told(r"Are you sure\?")
        self.look("archive")
        panel.enter(page.get_by_role("button", name="Yes, close term"))
        panel.ended(steps.ARCHIVE)
        self.look("closed")
        return kept


def test_a_term_by_the_panel_gives_what_the_commands_give(tmp_path: Path, page: Any, artefacts: Path) -> None:
    """Same people, grades, comments, times and dates before the end; the same counts after it; axe finds nothing."""
    returned = {lesson: hand_in(tmp_path / "back" / lesson, lesson) for lesson in LESSONS}
    typed, left = by_commands(tmp_path / "typed", returned)

    home = tmp_path / "pressed"
    home.mkdir()
    with served(home, "panel") as said:
        term = Term(PanelPage(page, said[-1]), home, artefacts)
        term.start()
        for place, (lesson, back) in enumerate(returned.items()):
            term.week(lesson, back, by_path=place % 2 == 0)
        pressed = term.end()

    assert pressed == typed
    assert len(typed["grades"]) > len(IDS) and len({lesson for _, lesson, _ in typed["grades"]}) == len(LESSONS)
    assert math.isclose(len(LESSONS), sum(late > 0 for _, late in typed["times"].values()))
    assert tree(home / "foothills-clubs" / "term") == left and left
    assert (home / "marks.csv").read_text("utf-8-sig") == (tmp_path / "typed" / "marks.csv").read_text("utf-8-sig")
    assert term.found == {}
    assert page.outside == []
