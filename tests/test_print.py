"""What a facilitator prints or sends."""

from __future__ import annotations

import re
from pathlib import Path

import club_week
import pytest
from club_room import Facilitator
from club_week import IDS, Week

from grader.lesson import prose
from grader.lesson.folders import folders
from grader.print.notes import front_of

pytestmark = pytest.mark.xdist_group("club-week")
NUMBERS = [int(folder.name[:2]) for folder in folders()]
NEVER = r"\b(wrong|invalid|fail\w*|just|simply|easy|easily|obviously|please)\b|!|n't\b"


@pytest.fixture(scope="module")
def club(tmp_path_factory: pytest.TempPathFactory) -> Facilitator:
    """Give a facilitator without a course."""
    return Facilitator(tmp_path_factory.mktemp("printing"))


@pytest.fixture
def week(tmp_path: Path) -> Week:
    """Give a copy of the week that the tests share."""
    return club_week.copy_of(club_week.week(), tmp_path / "home")


def words_of(page: str) -> str:
    """Return a page's text, one line for each block."""
    body = re.sub(r"(?s)<head>.*?</head>|<table>.*?</table>", "", page)
    return re.sub(r"\n\s*\n+", "\n\n", re.sub(r"<[^>]+>", "\n", body)).strip()


@pytest.mark.browser
@pytest.mark.parametrize("number", NUMBERS)
def test_a_card_is_one_side_of_paper(number: int, club: Facilitator, page) -> None:  # type: ignore[no-untyped-def]
    """Each lesson's card fits on one A4 page and asks for nothing from outside."""
    said = club("print", "card", number)
    path = Path(said.out.removeprefix("Made: ").strip())
    page.goto(path.as_uri())

    assert 1 == len(re.findall(rb"/Type\s*/Page\b", page.pdf(prefer_css_page_size=True)))
    assert [] == page.outside


@pytest.mark.browser
@pytest.mark.parametrize("kind", ["card", "paper"])
@pytest.mark.parametrize("number", NUMBERS)
def test_a_sheet_fits_a_narrow_window(number: int, kind: str, club: Facilitator, page) -> None:  # type: ignore[no-untyped-def]
    """Read on a telephone, or at 400%, no sheet has to be moved sideways."""
    page.set_viewport_size({"width": 320, "height": 900})
    page.goto(Path(club("print", kind, number).out.removeprefix("Made: ").strip()).as_uri())

    assert page.evaluate("document.documentElement.scrollWidth") <= 320


@pytest.mark.parametrize("number", NUMBERS)
def test_the_paper_version_keeps_its_answers_apart(number: int, club: Facilitator) -> None:
    """The questions come without their answers; those are for the facilitator, on a page of their own."""
    said = club("print", "paper", number)
    page = Path(said.out.removeprefix("Made: ").strip()).read_text("utf-8")
    questions, _, answers = page.partition("For the facilitator: the answers")
    listed = re.findall(r"<li value='\d+'>(.*?)</li>", answers)

    assert listed
    assert not [answer for answer in listed if len(answer) > 12 and answer in questions]


def test_the_code_words_so_far_stop_at_the_lesson(club: Facilitator) -> None:
    """The card has the words of earlier lessons and of this one, and none of a later one."""
    last = NUMBERS[1]
    page = Path(club("print", "words", last).out.removeprefix("Made: ").strip()).read_text("utf-8")
    titles = {int(folder.name[:2]): front_of(folder).title for folder in folders()}

    assert titles[last] in page
    assert not [title for number, title in titles.items() if number > last and title in page]


@pytest.mark.parametrize("words", [("invitation", "1"), ("try-my-desk",)])
def test_texts_to_send_are_plain(words: tuple[str, ...], club: Facilitator) -> None:
    """They are printed whole, in plain English of grade 8 or less, and blame nobody."""
    said = club("print", *words)
    text = Path(said.out.partition("\n")[0].removeprefix("Made: ")).read_text("utf-8")

    assert text.strip() in said.out
    assert prose.grade(text) <= 8 and not re.search(NEVER, text, flags=re.IGNORECASE)


def test_the_privacy_note_says_what_this_course_keeps(week: Week) -> None:
    """A list of pseudonyms is called one, and the note is plain English."""
    week.club("print", "privacy")
    text = words_of((week.course / "print" / "privacy.html").read_text("utf-8"))

    assert "a short id in place of your name" in text and "e-mail" not in text
    assert prose.grade(text) <= 8 and not re.search(NEVER, text, flags=re.IGNORECASE)


def test_each_certificate_says_what_was_done(week: Week) -> None:
    """Everyone whose work is known gets one, and its count is their own."""
    week.club("print", "certificate")
    made = {
        path.stem.removeprefix("certificate-"): path.read_text("utf-8") for path in (week.course / "print").iterdir()
    }

    assert {*IDS[:5], "nia"} == set(made)
    for id, score in week.scores.items():
        assert f"{score:g} of" in made[id]


def test_the_security_page_names_every_part_and_its_licence(club: Facilitator) -> None:
    """Every locked package that is installed is there, and the questions are answered."""
    page = Path(club("print", "security").out.removeprefix("Made: ").strip()).read_text("utf-8")

    for package in ("pandas", "nbgrader", "jupyterlab"):
        assert re.search(rf'<th scope="row">{package}</th><td>[\d.]+</td><td>\w', page)
    named = re.findall(r'<th scope="row">([^<]+)', page)
    assert len(named) == len(set(named))
    for heading in ("installed", "addresses", "Whose code runs where", "data sits", "remove all", "untested"):
        assert re.search(rf"<h2>[^<]*{heading}", page)
