"""One learner out of a course, and a course closed: nothing of a person is left anywhere."""

from __future__ import annotations

import io
import shutil
import sqlite3
import zipfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import club_week
import pytest
from club_room import tree
from club_week import IDS, NAME, Week

from grader.course import exchange as exchanges
from grader.course import gradebook
from grader.course.folder import Course
from grader.course.roster import Learner

pytestmark = pytest.mark.xdist_group("club-week")
PERSON = Learner("zoe-of-foothills", "Zoë Björk-Quill", "z.bjork-quill@dept.example")
WORDS = ("zoe-of-foothills", "Björk-Quill", "bjork-quill", "zoe of foothills")


@pytest.fixture
def week(tmp_path: Path) -> Week:
    """Give a copy of the shared week in which one person has a name of their own, everywhere they can be."""
    made = club_week.copy_of(club_week.week(), tmp_path / "home")
    _rename(made.course, "zoe", PERSON)
    exchange = tmp_path / "exchange"
    config = made.course / "nbgrader_config.py"
    config.write_text(f"{config.read_text('utf-8')}\nc.Exchange.root = {str(exchange)!r}\n", encoding="utf-8")
    sent = exchange / "autumn" / "inbound" / f"{PERSON.id}+{NAME}+2026-12-02 12:00:00 UTC+abc"
    sent.mkdir(parents=True)
    (sent / f"{NAME}.ipynb").write_text("{}", encoding="utf-8")
    (sent / "submission_secret.txt").write_text("secret", encoding="utf-8")
    page = exchange / "autumn" / "feedback" / exchanges.page_name(sent / "submission_secret.txt", NAME)
    page.parent.mkdir()
    page.write_text(f"<p>{PERSON.id}</p>", encoding="utf-8")
    downloaded = made.course / "downloaded" / NAME
    downloaded.mkdir(parents=True)
    with zipfile.ZipFile(downloaded / "all.zip", "w") as archive:
        archive.writestr(f"{PERSON.name}.ipynb", "{}")
    unmatched = made.course / "unmatched" / NAME
    unmatched.mkdir(parents=True, exist_ok=True)
    (unmatched / f"for {PERSON.email}.ipynb").write_text("{}", encoding="utf-8")
    (made.course / ".nbgrader.log").write_text(f"autograded {PERSON.id}\n", encoding="utf-8")
    shutil.copy(made.course / "gradebook.db", made.course / "gradebook.db.2026-12-01")
    return made


def _rename(course: Path, id: str, person: Learner) -> None:
    with closing(sqlite3.connect(course / "gradebook.db")) as book:
        book.execute("UPDATE submitted_assignment SET student_id = ? WHERE student_id = ?", (person.id, id))
        book.execute(
            "UPDATE student SET id = ?, last_name = ?, email = ? WHERE id = ?",
            (person.id, person.name, person.email, id),
        )
        book.commit()
    for path in [path for path in course.rglob(id) if path.is_dir()]:
        path.rename(path.with_name(person.id))
    for path in (course / ".foothills").rglob("*.json"):
        path.write_text(path.read_text("utf-8").replace(f'"{id}"', f'"{person.id}"'), encoding="utf-8")
    kept = course / ".foothills" / "earlier" / person.id / NAME
    kept.mkdir(parents=True)
    (kept / "1.ipynb").write_text("{}", encoding="utf-8")
    receipt = course / ".foothills" / "receipts" / NAME / f"{person.id}.txt"
    receipt.parent.mkdir(parents=True, exist_ok=True)
    receipt.write_text("FOOTHILLS", encoding="utf-8")


def traces(folder: Path) -> list[str]:
    """Return every file in which a word of the person is found: in its path, its bytes, or inside a zip."""
    found = []
    for path in folder.rglob("*"):
        texts = [path.relative_to(folder).as_posix()]
        texts += [text for part in _parts(path) for text in _decoded(part)]
        if any(word.casefold() in text.casefold() for word in WORDS for text in texts):
            found.append(texts[0])
    return sorted(found)


def _parts(path: Path) -> Iterator[bytes]:
    if path.is_file():
        content = path.read_bytes()
        yield content
        if zipfile.is_zipfile(io.BytesIO(content)):
            with zipfile.ZipFile(path) as archive:
                for info in archive.infolist():
                    yield info.filename.encode()
                    yield archive.read(info)


def _decoded(content: bytes) -> list[str]:
    return [content.decode("utf-8", "replace"), content.decode("utf-16-le", "replace")]


def test_forget_leaves_no_trace(week: Week, tmp_path: Path) -> None:
    """Folders, exchange, archives, logs, unused pages of the database: the person is found nowhere afterwards."""
    assert len(traces(tmp_path)) > 12

    said = week.club("forget", PERSON.id, "--yes")

    assert [] == traces(tmp_path)
    assert (0, "") == (said.code, said.err)
    assert all(f"{step}/{PERSON.id}" in said.out for step in ("submitted", "autograded", "feedback"))


def test_forget_touches_nobody_else(week: Week) -> None:
    """Everybody else's files stay byte for byte, and their marks stay in the gradebook."""
    others = {name: mark for name, mark in tree(week.course).items() if name.startswith(("submitted", "autograded"))}
    before = {name: mark for name, mark in others.items() if PERSON.id not in name}
    week.club("forget", PERSON.email, "--yes")
    rows = week.club("export", week.club.home / "rows.csv")

    assert before == {name: mark for name, mark in tree(week.course).items() if name.startswith(("submitted", "auto"))}
    assert 0 == rows.code
    with gradebook.opened(Course(week.course)) as book:
        left = {marks.learner: marks.score for marks in gradebook.marks_of(book, NAME)}
    assert {id: score for id, score in week.scores.items() if id != "zoe"} == {
        id: left[id] for id in week.scores if id != "zoe"
    }


def test_forget_asks_first(week: Week) -> None:
    """Without a yes, nothing is removed."""
    before = tree(week.course)

    assert 1 == week.club("forget", PERSON.id, answer="n\n").code
    assert before == tree(week.course)


def test_archive_keeps_only_counts(week: Week, tmp_path: Path) -> None:
    """After the end of a term there is a page and a file of counts, nobody's work, and the facilitator's own notes."""
    (week.course / "my-notes.txt").write_text("Bring biscuits.", encoding="utf-8")
    said = week.club("archive", "--yes")

    assert (0, "") == (said.code, said.err)
    assert {"counts.html", "counts.json", "my-notes.txt"} == set(tree(week.course))
    assert [] == traces(tmp_path)
    page = (week.course / "counts.html").read_text("utf-8")
    assert not [id for id in IDS if f">{id}<" in page] and "12321" not in page
    assert 1 == week.club("status").code


def test_archive_waits_for_the_marking(week: Week) -> None:
    """A course with work that nobody has marked is not closed."""
    path = week.course / "submitted" / "tom" / NAME / f"{NAME}.ipynb"
    path.parent.mkdir(parents=True)
    path.write_text("{}", encoding="utf-8")
    before = tree(week.course)
    said = week.club("archive", "--yes")

    assert 1 == said.code and "club after 1" in said.err
    assert before == tree(week.course)
