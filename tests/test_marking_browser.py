"""What learners show, opened in a browser: feedback pages of both kinds and Formgrader. Nothing of theirs runs or leaves."""

from __future__ import annotations

import contextlib
import socket
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import marking_room as room
import pytest
from hostile import display
from server_room import served

from grader.course import gradebook
from grader.course.folder import Course
from grader.marking.mark import mark_assignment
from grader.marking.result import LOOK, MARKED
from grader.marking.words import ODD_LEARNER
from grader.report import feedback_page

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("marking-browser")]

PAGES = ["html", "written", "code"]
ODD = "<img src=x onerror=window.__owned=1>'\"&{{7*7}}"
# nbgrader's own page asks for these, whoever's work it shows.
OF_NBGRADER = ("https://cdnjs.cloudflare.com/", "https://cdn.jsdelivr.net/", "https://unpkg.com/", "https://fonts.g")
ACTS = """() => ({
    owned: window.__owned,
    acting: [...document.querySelectorAll('*')].flatMap(each => [...each.attributes]
        .filter(one => /^on/.test(one.name) || /^\\s*(javascript|vbscript|data:text)/i.test(one.value)).map(one => one.value)),
    schemes: [...document.links].map(each => each.protocol).filter(each => !/^(https?|mailto|file):$/.test(each)),
    covers: [...document.querySelectorAll('.output *, .wide *, .border-box-sizing *')].filter(each => getComputedStyle(each).position == 'fixed').length,
})"""


@pytest.fixture(scope="module")
def door() -> Iterator[socket.socket]:
    """Give a port of this machine that everything which leaves a page would knock at."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.setblocking(False)
        yield listening


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory, door: socket.socket) -> Path:
    """Give a marked course in which everything of the display attacks was handed in, by few."""
    made = room.make_course(tmp_path_factory.mktemp("browser") / "course")
    port = str(door.getsockname()[1])

    def hand_in(learner: str, **answers: str) -> None:
        room.hand_in(made, learner, room.RIGHT | {name: text.replace("@PORT@", port) for name, text in answers.items()})

    shows = "from IPython.display import HTML, display\n" + "".join(
        f"display(HTML({text!r}))\n" for text in display.HTML
    )
    long = 5_000
    codes = [
        a.answers["total"]
        for n, a in display.ATTACKS.items()
        if "total" in a.answers and "a page of the web" not in n and "thousand" not in n
    ]
    hand_in("html", total=shows)
    hand_in("written", why="\n\n".join(text for text in display.MARKDOWN if len(text) < long))
    hand_in("code", total="\n".join(codes))
    hand_in(ODD, total=shows)
    summary = mark_assignment(made, room.NAME)
    assert {*PAGES} == {each.learner for each in summary.submissions if each.outcome == MARKED}
    assert {ODD_LEARNER} == {each.sentence for each in summary.submissions if each.outcome == LOOK}
    return made


def look(page: Any, address: str, door: socket.socket) -> None:
    """Open a page, wake all that could act in it, and see that nothing did."""
    dialogs: list[str] = []
    page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    page.goto(address)
    page.wait_for_timeout(500)
    page.evaluate("() => document.querySelectorAll('details').forEach(each => { each.open = true })")
    for frame in page.frames:
        found = frame.evaluate(ACTS)
        assert found["owned"] is None
        assert [] == [each for each in found["acting"] if "owned" in each or "/left" in each]
        assert [] == found["schemes"]
        assert 0 == found["covers"]
    assert [] == dialogs
    assert [] == [asked for asked in page.outside if not asked.startswith(OF_NBGRADER)]
    with pytest.raises(BlockingIOError):
        door.accept()


@pytest.mark.parametrize("learner", PAGES)
def test_our_feedback_page_does_nothing(
    course: Path, page: Any, door: socket.socket, tmp_path: Path, learner: str
) -> None:
    """Our page of feedback shows what was shown, and nothing of it acts."""
    with gradebook.opened(Course(course)) as book:
        marks = {made.learner: made for made in gradebook.marks_of(book, room.NAME)}
    notebook = course / "autograded" / learner / room.NAME / f"{room.NAME}.ipynb"
    made = feedback_page.page(notebook, frozenset(), marks[learner], {})
    (tmp_path / "page.html").write_text(made)

    look(page, (tmp_path / "page.html").as_uri(), door)


def test_the_feedback_pages_of_nbgrader_do_nothing(course: Path, page: Any, door: socket.socket) -> None:
    """nbgrader's own pages of what we marked show it, and nothing of it acts."""
    done = room.nbgrader(course, "generate_feedback", room.NAME)

    assert done.returncode == 0, done.stderr[-2000:]
    for learner in PAGES:
        made = course / "feedback" / learner / room.NAME / f"{room.NAME}.html"
        assert "kept" in made.read_text() or learner != "code"
        look(page, made.as_uri(), door)


@pytest.fixture
def formgrader(course: Path, tmp_path: Path) -> Iterator[str]:
    """Open Formgrader on the course and give its address."""
    with served(tmp_path, "formgrader", "--course", course) as said:
        yield said[-1]


def test_formgrader_does_nothing(course: Path, page: Any, door: socket.socket, formgrader: str) -> None:
    """Formgrader's view of each submission, and its lists with an odd learner's id in them, show it and nothing acts."""
    with contextlib.closing(sqlite3.connect(course / "gradebook.db")) as book:
        ids = [row[0] for row in book.execute("select id from submitted_notebook")]
    start, _, token = formgrader.partition("?")

    look(page, formgrader, door)
    for part in (
        "manage_students",
        f"manage_submissions/{room.NAME}",
        f"gradebook/{room.NAME}",
        f"gradebook/{room.NAME}/{room.NAME}",
        *(f"submissions/{each}" for each in ids),
    ):
        look(page, f"{start}/{part}?{token}", door)
