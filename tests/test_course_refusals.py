"""Every command with bad input says one useful line, ends with 1 or 2, and changes nothing."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from club_room import IDS, Facilitator, at_home, first_lesson, roster, tree

from grader.course.folder import Course, remember
from grader.course.mark import put_aside
from grader.errors import GraderError
from grader.kernel import receipt
from grader.kernel.progress import Tally

NAME = first_lesson().name
pytestmark = pytest.mark.xdist_group("club-refusals")


@pytest.fixture(scope="module")
def club(tmp_path_factory: pytest.TempPathFactory) -> Facilitator:
    """Give a facilitator with a course in which lesson 1 is released and nothing has come back."""
    made = Facilitator(tmp_path_factory.mktemp("facilitator"))
    assert 0 == made("new", "autumn", "--roster", roster(made.home)).code
    assert 0 == made("release", 1).code
    (made.home / "empty").mkdir()
    (made.home / "bad.csv").write_text("town,street\nYork,Fossgate\n", encoding="utf-8")
    (made.home / "odd.zip").write_bytes(b"PK\x03\x04 cut off")
    return made


def test_a_command_imports_no_grammar_of_addresses(club: Facilitator) -> None:
    """A command that reads the gradebook does without the grammar that jsonschema compiles and nothing here asks for."""
    with at_home(club.home):
        words = [sys.executable, "-X", "importtime", "-m", "grader.cli", "status"]
        done = subprocess.run(words, capture_output=True, text=True, check=True)
    imported = {line.rpartition("|")[2].strip() for line in done.stderr.splitlines()}

    assert {"nbgrader.api", "jsonschema"} <= imported
    assert not imported & {"rfc3987_syntax.syntax_helpers", "lark"}


def copy_of(club: Facilitator, home: Path) -> Facilitator:
    """Return the same facilitator in another home, to be changed."""
    shutil.copytree(club.home, home)
    made = Facilitator(home)
    with at_home(home):
        remember(Course(made.clubs / "autumn"))
    return made


BAD = [
    ("new",),
    ("new", "autumn"),
    ("new", "../up/../.."),
    ("new", "a b"),
    ("new", "Tuesday's club \N{HOT BEVERAGE}"),
    ("new", "spring", "--roster", "empty"),
    ("new", "spring", "--roster", "nowhere.csv"),
    ("new", "spring", "--roster", "bad.csv"),
    ("new", "spring", "--lesson", "1"),
    ("new", "spring", "--lesson", "1=someday"),
    ("new", "spring", "--lesson", "77=2026-12-02"),
    ("new", str(Path(__file__).parent / "club")),
    ("add", "--roster", "ids.csv"),
    ("add", "--roster", "nowhere.csv"),
    ("release", "77"),
    ("release", "1"),
    ("release", "1", "--due", "someday"),
    ("release", "../1"),
    ("collect", "1"),
    ("collect", "1", "--from", "nowhere"),
    ("collect", "1", "--from", "empty"),
    ("collect", "1", "--from", "odd.zip"),
    ("collect", "1", "--from", "empty", "--received", "yesterdayish"),
    ("collect", "1", "--assign", "x.ipynb=p01"),
    ("collect", "1", "--assign", "x.ipynb"),
    ("collect", "77", "--from", "empty"),
    ("mark", "1"),
    ("mark", "77"),
    ("mark", "1", "--jobs", "0"),
    ("mark", "1", "--json"),
    ("feedback", "1"),
    ("feedback", "77"),
    ("report", "1"),
    ("report", "77"),
    ("report",),
    ("report", "1", "--json"),
    ("after", "1", "--from", "nowhere"),
    ("after", "77"),
    ("after", "1"),
    ("status", "--course", "nowhere"),
    ("forget", "nobody", "--yes"),
    ("forget", "../submitted", "--yes"),
    ("forget", "", "--yes"),
    ("archive", "--course", "nowhere", "--yes"),
    ("export", "marks.txt"),
    ("export", "marks.csv"),
    ("panel", "--course", "nowhere"),
    ("print", "card", "77"),
    ("print",),
    ("print", "poster"),
    ("demo", "--to", "foothills-clubs"),
]


@pytest.mark.parametrize("words", BAD, ids=" ".join)
def test_bad_input_changes_nothing(club: Facilitator, words: tuple[str, ...]) -> None:
    """One line on standard error, nothing half done."""
    before = tree(club.home)
    said = club(*words)

    assert said.code in (1, 2)
    assert 1 == said.err.rstrip("\n").count("\n") + 1 and said.err.startswith("club: ")
    assert "Traceback" not in said.err + said.out and "Fossgate" not in said.err + said.out
    assert before == tree(club.home)
    if "--json" in words:
        assert "" == said.out


BOOK = [
    ("status",),
    ("add", "--roster", "more.csv"),
    ("release", "2"),
    ("collect", "1", "--from", "p02"),
    ("mark", "1", "--again"),
    ("feedback", "1"),
    ("report", "1"),
    ("report",),
    ("after", "1", "--from", "p02"),
    ("export", "marks.csv"),
    ("forget", "p01", "--yes"),
    ("archive", "--yes"),
    ("print", "certificate"),
    ("formgrader", "--no-browser"),
]


@pytest.mark.parametrize("words", BOOK, ids=" ".join)
@pytest.mark.parametrize(("content", "word"), [(None, "not there"), (b"not a database", "damaged")])
def test_a_gradebook_that_is_gone_or_damaged_is_said(
    marked: Facilitator, words: tuple[str, ...], content: bytes | None, word: str
) -> None:
    """No command begins an empty gradebook in its place, and none removes or writes anything."""
    (marked.home / "more.csv").write_text("id\nnew\n", encoding="utf-8")
    book = marked.clubs / "autumn" / "gradebook.db"
    whole = book.read_bytes()
    book.unlink()
    if content is not None:
        book.write_bytes(content)
    before = tree(marked.home)
    said = marked(*words)
    there = tree(marked.home)
    book.write_bytes(whole)

    assert (1, 1) == (said.code, said.err.count("\n")), said
    assert word in said.err and "from a copy" in said.err
    assert before == there


@pytest.mark.parametrize("words", [("forget", "p01"), ("archive",)], ids=" ".join)
def test_a_no_changes_nothing_and_says_so(marked: Facilitator, words: tuple[str, ...]) -> None:
    """Where the question is answered with no, or not at all, everything stays."""
    before = tree(marked.home)

    assert [(1, True), (1, True)] == [
        ((said := marked(*words, answer=answer)).code, said.err.endswith("club: stopped. Nothing was changed.\n"))
        for answer in ("n\n", "")
    ]
    assert before == tree(marked.home)


def test_ctrl_and_c_says_how_to_go_on(marked: Facilitator, monkeypatch: pytest.MonkeyPatch) -> None:
    """A command that is stopped in its midst says that the same command goes on."""

    def stopped(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("grader.course.status.status", stopped)
    said = marked("status")

    assert (1, True) == (said.code, "Type the same command again to go on." in said.err)


def test_without_a_course_the_way_to_one_is_said(tmp_path: Path) -> None:
    """In a home without courses, the line says how to make one."""
    said = Facilitator(tmp_path / "home")("status")

    assert (1, "club: There is no course here. Make one with: club new COURSE --roster names.csv\n") == (
        said.code,
        said.err,
    )


@pytest.fixture(scope="module")
def handed_in(club: Facilitator, tmp_path_factory: pytest.TempPathFactory) -> Facilitator:
    """Give a facilitator whose course has one notebook, and a large one that is still to be collected."""
    made = copy_of(club, tmp_path_factory.mktemp("other") / "home")
    home = made.home
    for id, size in (("p01", 1), ("p02", 90_000)):
        (home / id).mkdir()
        (home / id / f"{id}.ipynb").write_text(json.dumps({"cells": [], "x": "x" * size}), encoding="utf-8")
    assert 0 == made("collect", 1, "--from", "p01").code
    return made


@pytest.fixture(scope="module")
def marked(handed_in: Facilitator, tmp_path_factory: pytest.TempPathFactory) -> Facilitator:
    """Give a facilitator whose course has a notebook that was looked at, and one that is still to be collected."""
    made = copy_of(handed_in, tmp_path_factory.mktemp("marked") / "home")
    assert 0 == made("mark", 1).code
    return made


@contextmanager
def full_disk() -> Iterator[None]:
    """Let the system refuse every file of more than 2 kB."""
    resource = pytest.importorskip("resource")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (2_048, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@pytest.mark.parametrize(
    "words",
    [("collect", 1, "--from", "p02"), ("release", 1, "--update"), ("new", "winter"), ("report", 1)],
    ids=lambda words: words[0],
)
def test_a_full_disk_is_said_and_leaves_nothing_half_done(words: tuple[object, ...], handed_in: Facilitator) -> None:
    """When the system takes no more, one line says so, and the files are as they were."""
    before = tree(handed_in.home)
    with full_disk():
        said = handed_in(*words)

    assert (1, 1) == (said.code, said.err.count("\n")), said
    assert "full" in said.err
    assert before == tree(handed_in.home)


def test_a_week_of_receipts_alone_has_a_report(club: Facilitator, tmp_path: Path) -> None:
    """Where nobody sent a notebook, receipts are collected and counted, and nothing is marked."""
    made = copy_of(club, tmp_path / "home")
    exercises = first_lesson().exercises
    tallies = {name: Tally(tries=1, first="right", last="right") for name in exercises}
    text = receipt.write(NAME, tuple(exercises), tallies)
    (made.home / "form.csv").write_text("who,what\n" + "".join(f'{id},"{text}"\n' for id in IDS), encoding="utf-8")
    said = made("after", 1, "--from", "form.csv")
    data = made("report", 1, "--json").data

    assert (0, "") == (said.code, said.err) and f"{len(IDS)} receipts" in said.out
    assert (len(IDS), len(IDS)) == (data["handed_in"]["number"], data["by_receipt"]["number"])
    assert {1.0} == {one["share"] for one in data["exercises"]}


@pytest.mark.parametrize("problem", [GraderError("There is no sandbox."), OSError(28, "full"), KeyboardInterrupt()])
def test_a_marking_that_is_refused_or_stopped_leaves_earlier_marks(tmp_path: Path, problem: BaseException) -> None:
    """Where nothing could be marked, what was marked before is back in its place."""
    course = Course(tmp_path)
    marked = course.step("autograded") / "p01" / NAME / f"{NAME}.ipynb"
    marked.parent.mkdir(parents=True)
    marked.write_text("{}", encoding="utf-8")
    before = tree(course.step("autograded"))
    with pytest.raises(type(problem)), put_aside(course, NAME, ["p01", "p02"]):
        assert not marked.exists()
        raise problem

    assert before == tree(course.step("autograded"))


def test_without_the_lessons_checks_nobody_gets_no_points(marked: Facilitator) -> None:
    """Where a lesson's source was removed, marking is refused with the command that brings it back."""
    shutil.move(marked.clubs / "autumn" / "source" / NAME, marked.home / "source")
    before = tree(marked.home)
    said = marked("mark", 1, "--again")
    there = tree(marked.home)
    shutil.move(marked.home / "source", marked.clubs / "autumn" / "source" / NAME)

    assert 1 == said.code and "club release 1 --update" in said.err
    assert before == there
