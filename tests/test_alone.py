"""Alone but not lost: what a learner without a club is told about their work, their progress and what comes next."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from types import SimpleNamespace

import pytest

import grader
from grader.checks import pack as packs
from grader.kernel import progress as progresses
from grader.kernel import session as sessions
from grader.kernel.lesson import ON_BINDER
from grader.lesson import template
from grader.lesson.build import make_pack

CORE = ("one_row", "days_off", "days_chart")


@cache
def example() -> packs.Pack:
    """Make the checks of the example lesson, once."""
    return make_pack(template.lesson())


def put(home: Path, number: int, done: Sequence[str]) -> Path:
    """Put a lesson into the learner's folder, some of its exercises done."""
    name = f"{number:02d}-lesson"
    made = dataclasses.replace(
        example(),
        lesson=name,
        title=f"Title {number}",
        idea=f"Idea {number}.",
        question=f"Question {number}?",
        files=(),
    )
    folder = home / name
    folder.mkdir()
    (folder / packs.NAME).write_bytes(packs.to_bytes(made))
    tallies = {exercise: {"tries": 1, "first": "right", "last": "right"} for exercise in done}
    (folder / progresses.NAME).write_text(json.dumps({"exercises": tallies}))
    return folder


def open_at(folder: Path) -> None:
    """Open the lesson in a folder, as a kernel would."""
    sessions.hold(sessions.Session(folder, SimpleNamespace(user_ns={}), None))


@pytest.fixture(autouse=True)
def leave() -> Iterator[None]:
    """Let go of the lesson after each test."""
    yield
    sessions.hold(None)


def test_progress_says_what_is_next_here(tmp_path: Path) -> None:
    """In a lesson that is under way, the next exercise is named, and nothing is called learned yet."""
    open_at(put(tmp_path, 1, ["one_row"]))
    said = repr(grader.progress())

    assert "1 of 3 core exercises done." in said
    assert "14.1 one_row: done" in said and "14.2 days_off: not tried yet" in said
    assert "Exercise 14.2, days_off." in said
    assert "Idea 1." not in said


def test_progress_after_a_lesson_leads_to_the_next(tmp_path: Path) -> None:
    """When a lesson is done, its idea stands under what was learned, and the next lesson that is not done is named."""
    put(tmp_path, 0, CORE)
    put(tmp_path, 2, CORE)
    put(tmp_path, 3, ["one_row"])
    open_at(put(tmp_path, 1, CORE))
    said = repr(grader.progress())

    assert all(f"Idea {number}." in said for number in (0, 1, 2)) and "Idea 3." not in said
    assert "- Lesson 3, Title 3\n" in said
    assert "Lesson 3, Title 3: 1 of 3 core exercises done" in said
    assert "grader.certificate" in said


def test_the_last_lesson_there_names_the_command_for_the_next(tmp_path: Path) -> None:
    """Where no later lesson lies beside a finished one, the command that opens the next is named."""
    open_at(put(tmp_path, 1, CORE))
    alone = repr(grader.progress())
    put(tmp_path, 2, [])

    assert "./club open 2" in alone
    assert "./club open" not in repr(grader.progress())


def test_questions_come_back_spaced(tmp_path: Path) -> None:
    """The questions of lessons 2, 4 and 7 back are asked again; those between, and of lessons not done, are not."""
    for number in range(8):
        put(tmp_path, number, CORE)
    put(tmp_path, 9, ["one_row"])
    open_at(put(tmp_path, 8, CORE))
    said = repr(grader.progress())

    assert [1, 4, 6] == [number for number in range(10) if f"Question {number}?" in said]


def test_a_lesson_that_cannot_be_read_is_passed_over(tmp_path: Path) -> None:
    """A damaged lesson in the next folder does not stop the story of this one."""
    (put(tmp_path, 2, CORE) / packs.NAME).write_bytes(b"damaged")
    open_at(put(tmp_path, 1, CORE))

    assert "Idea 1." in repr(grader.progress())


def test_of_two_copies_the_furthest_counts(tmp_path: Path) -> None:
    """Where a lesson was begun afresh beside a finished copy, it stays finished."""
    put(tmp_path, 1, CORE).rename(tmp_path / "01-lesson-2")
    put(tmp_path, 1, [])
    open_at(put(tmp_path, 2, []))

    assert "Lesson 1, Title 1: done" in repr(grader.progress())


def test_the_page_of_progress_has_words_before_colour(tmp_path: Path) -> None:
    """In a notebook, progress is one region with lists, and no heading that would break into the lesson's own."""
    open_at(put(tmp_path, 1, CORE))
    made = grader.progress()._repr_html_()

    assert 1 == made.count('role="status"') and "<ul" in made
    assert "<h" not in made


def test_a_certificate_states_what_was_done(tmp_path: Path) -> None:
    """The certificate lists the lessons that are done, and only those, and says how they were checked."""
    put(tmp_path, 0, CORE)
    put(tmp_path, 2, ["one_row"])
    folder = put(tmp_path, 1, CORE)
    open_at(folder)
    said = repr(grader.certificate("Ana <b>Smith</b>"))
    made = (folder / "certificate.html").read_text(encoding="utf-8")

    assert "certificate.html" in said
    assert "2 lessons of Foothills done" in made and "Lesson 0, Title 0" in made and "Lesson 1, Title 1" in made
    assert "Title 2" not in made
    assert "3 of 3 core exercises" in made
    assert "Ana &lt;b&gt;Smith&lt;/b&gt;" in made
    assert "It is not an exam." in made
    assert 'lang="en-GB"' in made and "<script" not in made


def test_a_certificate_needs_a_lesson_done(tmp_path: Path) -> None:
    """Before a lesson is done there is no certificate, and the learner is told how far it is."""
    folder = put(tmp_path, 1, ["one_row"])
    open_at(folder)
    said = repr(grader.certificate())

    assert "once a lesson is done" in said and "1 of 3" in said
    assert not (folder / "certificate.html").exists()


def test_the_last_core_exercise_shows_the_way_on(tmp_path: Path) -> None:
    """The check that completes the lesson names the page of progress; an earlier one does not."""
    folder = put(tmp_path, 1, ["days_off", "days_chart"])
    session = sessions.Session(folder, SimpleNamespace(user_ns={"one_row": "b"}), None)

    assert "grader.progress()" in session.check("one_row").extra

    first = sessions.Session(put(tmp_path, 2, []), SimpleNamespace(user_ns={"one_row": "b"}), None)

    assert "grader.progress()" not in first.check("one_row").extra


def test_on_binder_the_first_cell_says_that_nothing_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """On Binder, and only there, the first cell says how to keep the work and bring it back."""
    open_at(put(tmp_path, 1, []))
    monkeypatch.delenv(ON_BINDER, raising=False)
    at_home = repr(grader.ready())
    monkeypatch.setenv(ON_BINDER, "https://mybinder.org/")
    on_binder = repr(grader.ready())

    assert "Binder" not in at_home
    assert on_binder.startswith("Ready.")
    assert "keeps nothing" in on_binder and "Download" in on_binder and "Upload Files" in on_binder


def test_the_start_leads_to_every_lesson(tmp_path: Path) -> None:
    """The first cell of lesson 0 links to the lessons beside it; other lessons keep their first cell short."""
    put(tmp_path, 1, [])
    put(tmp_path, 2, []).rename(tmp_path / "02-lesson-2")
    open_at(put(tmp_path, 0, []))
    made = grader.ready()._repr_html_()
    open_at(tmp_path / "01-lesson")

    assert 'href="../01-lesson/01-lesson.ipynb"' in made and 'href="../02-lesson-2/02-lesson.ipynb"' in made
    assert "00-lesson" not in made
    assert "<a" not in grader.ready()._repr_html_()


def test_a_lesson_has_a_question_to_come_back_to() -> None:
    """The example lesson's last question is in its checks, its figures filled in."""
    assert "What would you ask before you compare 2 counts?" == example().question
