"""Taking in what comes back: archives, copies, hostile files, times and receipts, without marking anything."""

from __future__ import annotations

import datetime
import io
import json
import os
import stat
import zipfile
from pathlib import Path

import pytest
from openpyxl import Workbook

from grader.course.collect import Collected, Lesson, assign, collect, late
from grader.course.folder import Course
from grader.course.roster import Learner
from grader.kernel import receipt
from grader.kernel.progress import Tally

LESSON = Lesson("01-rows", frozenset({"n_rows", "check_n_rows"}), ("02-counts",))
PEOPLE = (Learner("p01", "Ana Ruiz", "ana@d.example"), Learner("p02", "Mei Li", "mei@d.example"), Learner("p03"))


def notebook(answer: str = "n_rows = 1", name: str = "n_rows") -> bytes:
    """Return a notebook with one named cell."""
    cell = {"cell_type": "code", "metadata": {"nbgrader": {"grade_id": name}}, "source": answer, "outputs": []}
    return json.dumps({"cells": [cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}).encode()


@pytest.fixture
def course(tmp_path: Path) -> Course:
    """Give a course folder."""
    (tmp_path / "club" / "submitted").mkdir(parents=True)
    return Course(tmp_path / "club")


@pytest.fixture
def back(tmp_path: Path) -> Path:
    """Give a folder for what comes back."""
    folder = tmp_path / "back"
    folder.mkdir()
    return folder


def take(course: Course, back: Path, received: datetime.datetime | None = None) -> Collected:
    """Collect the folder."""
    return collect(course, LESSON, PEOPLE, back, received)


def work(course: Course, learner: str) -> bytes | None:
    """Return what counts as a learner's work now."""
    path = course.submission(learner, LESSON.name) / "01-rows.ipynb"
    return path.read_bytes() if path.is_file() else None


def test_the_newest_copy_counts_and_none_is_lost(course: Course, back: Path) -> None:
    """Of several copies the highest number counts; what was handed in before is kept."""
    for name, answer in (("Ana Ruiz.ipynb", "n_rows = 1"), ("Ana Ruiz (2).ipynb", "n_rows = 2")):
        (back / name).write_bytes(notebook(answer))
    take(course, back)
    first = work(course, "p01")
    (back / "Ana Ruiz (3).ipynb").write_bytes(notebook("n_rows = 3"))
    take(course, back)

    assert (notebook("n_rows = 2"), notebook("n_rows = 3")) == (first, work(course, "p01"))
    assert [notebook("n_rows = 2")] == [path.read_bytes() for path in (course.state / "earlier").rglob("*.ipynb")]


def test_a_later_time_counts_more_than_a_number(course: Course, back: Path) -> None:
    """Where a table beside the files gives times, the latest counts, and an older one never takes its place."""
    (back / "ana (1).ipynb").write_bytes(notebook("n_rows = 1"))
    (back / "Ana Ruiz (1).ipynb").write_bytes(notebook("n_rows = 1"))
    (back / "Ana Ruiz.ipynb").write_bytes(notebook("n_rows = 2"))
    (back / "mail.csv").write_text(
        "Attachment;Received\nAna Ruiz (1).ipynb;2/12/2026 12:30\nAna Ruiz.ipynb;2/12/2026 13:30\n", encoding="utf-8"
    )
    take(course, back)

    assert notebook("n_rows = 2") == work(course, "p01")
    (back / "Ana Ruiz.ipynb").unlink()
    again = take(course, back)
    assert notebook("n_rows = 2") == work(course, "p01") and any("older" in note for note in again.notes)


def test_lateness_never_comes_from_the_file_itself(course: Course, back: Path) -> None:
    """A file's own time says nothing; a timestamp file and --received do."""
    due = datetime.datetime(2026, 12, 2, 17, 0)
    for name in ("p01.ipynb", "p02.ipynb"):
        (back / name).write_bytes(notebook())
        os.utime(back / name, (2_000_000_000, 2_000_000_000))
    (back / "p02.timestamp.txt").write_text("2026-12-02 18:00:00 UTC", encoding="utf-8")
    done = take(course, back)

    assert {"p02": datetime.timedelta(hours=1)} == late(done, due)
    (back / "p03.ipynb").write_bytes(notebook())
    assert {"p03": datetime.timedelta(hours=2)} == late(take(course, back, due + datetime.timedelta(hours=2)), due)


def test_another_lessons_notebook_is_left_alone(course: Course, back: Path) -> None:
    """A notebook whose cells or name are another lesson's is not taken, and said."""
    (back / "p01.ipynb").write_bytes(notebook(name="other"))
    (back / "p02 02-counts.ipynb").write_bytes(notebook(name="x"))
    done = take(course, back)

    assert ["p01.ipynb", "p02 02-counts.ipynb"] == sorted(done.elsewhere)
    assert not list(course.step("submitted").iterdir())


def test_a_file_without_an_owner_waits_for_a_name(course: Course, back: Path) -> None:
    """It is kept with its time, and one command gives it to somebody."""
    (back / "untitled.ipynb").write_bytes(notebook())
    (back / "untitled.ipynb.txt").write_text("2026-12-02 12:00 UTC", encoding="utf-8")
    [waiting] = take(course, back).unmatched
    assign(course, LESSON, "p03", course.unmatched(LESSON.name) / waiting.name)

    assert notebook() == work(course, "p03")
    assert "2026-12-02 12:00" in (course.submission("p03", LESSON.name) / "timestamp.txt").read_text("utf-8")
    assert not list(course.unmatched(LESSON.name).iterdir())


def hostile() -> bytes:
    """Return a zip whose members lead out of it, are links, swell, or are locked away in more zips."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("../../p01.ipynb", notebook())
        archive.writestr("/tmp/p01.ipynb", notebook())
        archive.writestr("C:\\p01.ipynb", notebook())
        link = zipfile.ZipInfo("p02.ipynb")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, "/etc/passwd")
        archive.writestr("p03.ipynb", b" " * 30_000_000)
    inner = made.getvalue()
    for _ in range(6):
        made = io.BytesIO()
        with zipfile.ZipFile(made, "w") as archive:
            archive.writestr("p01.zip", inner)
            archive.writestr("Mei Li/01-rows.ipynb", notebook("n_rows = 9"))
        inner = made.getvalue()
    return inner


def test_hostile_archives_do_no_harm_and_stop_nobody(course: Course, back: Path, tmp_path: Path) -> None:
    """Paths out, links, swelling and endless zips are refused by name; the good file beside them is taken."""
    (back / "all.zip").write_bytes(hostile())
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("../p01.ipynb", notebook())
        archive.writestr("p03.ipynb", b" " * 30_000_000)
    (back / "two.zip").write_bytes(made.getvalue())
    (back / "link.ipynb").symlink_to("/etc/hostname")
    before = {path for path in tmp_path.rglob("*") if course.folder not in path.parents}
    done = take(course, back)

    assert notebook("n_rows = 9") == work(course, "p02")
    assert None is work(course, "p01") and None is work(course, "p03")
    told = " ".join(refusal.why for refusal in done.refused)
    assert all(word in told for word in ("leads out", "link", "swells", "too deep"))
    assert before == {path for path in tmp_path.rglob("*") if course.folder not in path.parents}


def damaged(method: int, name: str) -> bytes:
    """Return a zip whose one member does not read back as it was."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", method) as archive:
        archive.writestr(name, notebook() * 50)
    content = bytearray(made.getvalue())
    start = 30 + len(name.encode())
    content[start + 12 : start + 40] = b"\xff" * 28
    return bytes(content)


def test_damaged_archives_and_odd_names_stop_nobody(course: Course, back: Path) -> None:
    """Archives that no reader likes, and names that a terminal obeys or a disk refuses, are named; the good file is taken."""
    for method in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA):
        (back / f"{method}.zip").write_bytes(damaged(method, "p01\x1b[2J\u202e.ipynb"))
    nameless = damaged(zipfile.ZIP_STORED, "n").replace(b"\x01\x00\x00\x00n", b"\x00\x00\x00\x00n")
    (back / "nameless.zip").write_bytes(nameless)
    (back / f"{'字' * 80}.ipynb").write_bytes(notebook("n_rows = 5"))
    with zipfile.ZipFile(back / "good.zip", "w") as archive:
        archive.writestr(f"{'字' * 200}.ipynb", notebook("n_rows = 6"))
        archive.writestr("Mei Li/01-rows.ipynb", notebook("n_rows = 9"))
    done = take(course, back)

    assert notebook("n_rows = 9") == work(course, "p02") and None is work(course, "p01")
    assert 2 == len(done.unmatched) == len(list(course.unmatched(LESSON.name).iterdir()))
    assert 4 <= len(done.refused) and all(refusal.shown.isprintable() for refusal in done.refused)


def test_a_synced_folder_is_read(course: Course, back: Path) -> None:
    """Long paths, a service's own copies, half-synced and hidden files make no difference."""
    deep = back
    for _ in range(8):
        deep = deep / ("A folder with quite a long name " * 2).strip()
    deep.mkdir(parents=True)
    (deep / "Mei Li's copy (1).ipynb").write_bytes(notebook())
    (back / "~$p01.ipynb").write_bytes(b"lock")
    (back / ".p01.ipynb.icloud").write_bytes(b"not here yet")
    (back / ".ipynb_checkpoints").mkdir()
    (back / ".ipynb_checkpoints" / "p01-checkpoint.ipynb").write_bytes(notebook())
    done = take(course, back)

    assert ["p02"] == [taken.learner for taken in done.taken]
    assert [] == done.refused + done.unmatched


def test_work_in_another_form_is_said(course: Course, back: Path) -> None:
    """E-mails, packed files, pictures, empty files: each is named with what to do; what came beside a notebook is not."""
    forms = ("p01.eml", "p02.msg", "p03.rar", "p04.pdf", "p05.ipynb.crdownload", "p06.url")
    for name in forms:
        (back / name).write_bytes(b"anything")
    (back / "p07.ipynb").write_bytes(b"")
    (back / "p02").mkdir()
    (back / "p02" / "work.ipynb").write_bytes(notebook())
    (back / "p02" / "certificate.html").write_bytes(b"<p>")
    (back / "desktop.ini").write_bytes(b"x")
    done = take(course, back)

    assert sorted([*forms, "p07.ipynb"]) == sorted(refusal.shown for refusal in done.refused)
    assert all(refusal.why.endswith(".") for refusal in done.refused)
    assert ["p02"] == [taken.learner for taken in done.taken]


@pytest.mark.parametrize("name", ["p01.ipynb.txt", "p01.ipynb.json", "p01.json", "p01.txt"])
def test_a_notebook_that_was_saved_as_text_counts(course: Course, back: Path, name: str) -> None:
    """What a browser called text is the notebook that it holds, and no time is looked for in it."""
    (back / name).write_bytes(notebook())
    (back / "settings.json").write_bytes(b"{}")
    done = take(course, back)

    assert ["p01"] == [taken.learner for taken in done.taken]
    assert [] == done.notes + done.refused + done.unmatched


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="nothing is locked for root")
def test_a_locked_file_is_said_and_stops_nobody(course: Course, back: Path) -> None:
    """A file that cannot be opened is named, and the others are taken."""
    for name in ("p01.ipynb", "p02.ipynb"):
        (back / name).write_bytes(notebook())
    (back / "p01.ipynb").chmod(0)
    done = take(course, back)

    assert ["p02"] == [taken.learner for taken in done.taken]
    assert ["p01.ipynb"] == [refusal.shown for refusal in done.refused]


def block(right: bool = True) -> str:
    """Return a receipt."""
    tally = Tally(tries=1, first="right" if right else "not_yet", last="right" if right else "not_yet")
    return receipt.write(LESSON.name, ("n_rows",), {"n_rows": tally})


def test_receipts_come_from_a_form_or_a_chat(course: Course, back: Path) -> None:
    """A form's CSV or spreadsheet and a chat's text give each receipt to its owner; the latest counts."""
    (back / "form.csv").write_text(f'Email,Answer\nana@d.example,"{block(False)}"\n', encoding="utf-8-sig")
    book = Workbook()
    book.active.append(["Completion time", "Name", "Your receipt"])
    book.active.append([datetime.datetime(2026, 12, 2, 12), "Mei Li", block()])
    book.save(back / "form.xlsx")
    wrapped = block().replace(" ", "\n", 2)
    (back / "chat.txt").write_text(f"[12:01] p03: here is mine\n{wrapped}\n[12:02] bye\n", encoding="utf-8")
    done = take(course, back)

    assert ["p01", "p02", "p03"] == sorted(done.receipts)
    assert [] == done.refused


def test_a_receipt_that_was_changed_is_not_taken(course: Course, back: Path) -> None:
    """A receipt that is not whole, or has no owner, is said with its place."""
    (back / "form.csv").write_text(
        f'who,what\np01,"{block(False).replace("M1M", "R1R")}"\nsomebody,"{block()}"\n', encoding="utf-8"
    )
    done = take(course, back)

    assert [] == done.receipts
    assert ["form.csv, line 2", "form.csv, line 3"] == [refusal.shown for refusal in done.refused]
