"""The learner's folder: work that is there is never overwritten, whatever is opened, updated or brought back."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from click.testing import CliRunner

from grader.cli import club
from grader.cli.open import find, outside
from grader.errors import GraderError
from grader.jupyter.folder import Opened, aside, place
from grader.jupyter.source import fingerprint

NAME = "01-counting"
NOTEBOOK = f"{NAME}.ipynb"


def notebook(*names: str, text: str = "") -> bytes:
    """Write a small notebook with these cells."""
    return json.dumps({"cells": [{"id": name, "source": text, "metadata": {}} for name in names]}).encode()


HANDOUT = {NOTEBOOK: notebook("n_rows"), "data/animals.csv": b"kind\ncat\n", "checks.pack": b"one"}
NEWER = {NOTEBOOK: notebook("n_rows", "more"), "data/animals.csv": b"kind\ncat\ndog\n", "checks.pack": b"two"}


def opening(home: Path, handout: Mapping[str, bytes] = HANDOUT, source: str = "a", **options: object) -> Opened:
    """Open the lesson in a home folder."""
    return place(home, NAME, source, lambda: handout, **options)  # type: ignore[arg-type]


def files(folder: Path) -> dict[str, bytes]:
    """Read all files that are not hidden."""
    found = [path for path in folder.rglob("*") if path.is_file() and not path.name.startswith(".")]
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


def forbidden() -> Mapping[str, bytes]:
    """Stand in for a build that must not happen."""
    raise AssertionError("built again")


def test_the_first_opening_gives_everything(tmp_path: Path) -> None:
    """A lesson opened for the first time is there whole, with nothing half-written beside it."""
    opened = opening(tmp_path / "home")

    assert Opened(tmp_path / "home" / NAME / NOTEBOOK) == opened
    assert HANDOUT == files(opened.notebook.parent)
    assert [NAME] == [path.name for path in (tmp_path / "home").iterdir()]


def test_opened_again_it_goes_on_and_builds_nothing(tmp_path: Path) -> None:
    """A lesson opened again keeps the work and does not build the lesson again."""
    opened = opening(tmp_path)
    opened.notebook.write_bytes(b"work")
    again = place(tmp_path, NAME, "a", forbidden)

    assert opened == again
    assert b"work" == again.notebook.read_bytes()


def test_an_update_keeps_the_notebook_and_says_so(tmp_path: Path) -> None:
    """After an update, data and checks are new, the notebook is the learner's, and a note says so."""
    opened = opening(tmp_path)
    opened.notebook.write_bytes(b"work")
    again = opening(tmp_path, NEWER, "b")

    assert {**NEWER, NOTEBOOK: b"work"} == files(again.notebook.parent)
    assert 1 == len(again.notes)
    assert "updated" in again.notes[0]
    assert () == opening(tmp_path, NEWER, "b").notes


def test_an_untouched_notebook_is_kept_too(tmp_path: Path) -> None:
    """Even a notebook that nobody changed stays as it was."""
    opening(tmp_path)

    assert HANDOUT[NOTEBOOK] == opening(tmp_path, NEWER, "b").notebook.read_bytes()


def test_a_rebuild_that_changes_nothing_is_silent(tmp_path: Path) -> None:
    """Where the source changed but the handout did not, there is nothing to say."""
    opening(tmp_path)

    assert () == opening(tmp_path, HANDOUT, "b").notes


def test_files_of_the_learners_own_stay(tmp_path: Path) -> None:
    """Other files in the folder are left alone."""
    folder = opening(tmp_path).notebook.parent
    (folder / "my notes.txt").write_text("mine")
    opening(tmp_path, NEWER, "b")

    assert "mine" == (folder / "my notes.txt").read_text()


@pytest.mark.parametrize(("handout", "source"), [(HANDOUT, "a"), (NEWER, "b")])
def test_changed_data_is_put_right_and_kept_aside(tmp_path: Path, handout: dict[str, bytes], source: str) -> None:
    """A data file that the learner changed is put right, and their version is kept beside it."""
    folder = opening(tmp_path).notebook.parent
    (folder / "data" / "animals.csv").write_bytes(b"changed")
    again = opening(tmp_path, handout, source)

    assert handout["data/animals.csv"] == (folder / "data" / "animals.csv").read_bytes()
    assert b"changed" == (folder / "data" / "animals-yours.csv").read_bytes()
    assert "data/animals-yours.csv" in again.notes[-1]


def test_a_second_changed_version_is_kept_as_well(tmp_path: Path) -> None:
    """A version kept aside is itself never overwritten."""
    folder = opening(tmp_path).notebook.parent
    for text in (b"first", b"second"):
        (folder / "data" / "animals.csv").write_bytes(text)
        opening(tmp_path)

    assert b"first" == (folder / "data" / "animals-yours.csv").read_bytes()
    assert b"second" == (folder / "data" / "animals-yours-2.csv").read_bytes()
    assert "a-yours-2.csv" == aside("a.csv", {"a-yours.csv"})


@pytest.mark.parametrize("gone", list(HANDOUT))
def test_what_was_removed_comes_back(tmp_path: Path, gone: str) -> None:
    """A file that was removed, even the notebook, is put back."""
    folder = opening(tmp_path).notebook.parent
    (folder / gone).unlink()
    opening(tmp_path)

    assert HANDOUT == files(folder)


@pytest.mark.parametrize("state", ["", "[]", "{}", '{"given": 3, "source": 1}'])
def test_a_spoilt_record_loses_nothing(tmp_path: Path, state: str) -> None:
    """Where our own record is missing or spoilt, work is still kept."""
    opened = opening(tmp_path)
    opened.notebook.write_bytes(b"work")
    (opened.notebook.parent / ".foothills.json").write_text(state)
    opening(tmp_path, NEWER, "b")

    assert b"work" == opened.notebook.read_bytes()
    assert NEWER["checks.pack"] == (opened.notebook.parent / "checks.pack").read_bytes()


def test_fresh_starts_beside_and_is_what_opens_next(tmp_path: Path) -> None:
    """--fresh begins a new copy beside the old, says so, and the newest copy is what opens from then on."""
    old = opening(tmp_path)
    old.notebook.write_bytes(b"work")
    second, third = opening(tmp_path, fresh=True), opening(tmp_path, fresh=True)

    assert [f"{NAME}-2", f"{NAME}-3"] == [opened.notebook.parent.name for opened in (second, third)]
    assert b"work" == old.notebook.read_bytes()
    assert NAME in second.notes[0]
    assert third.notebook == opening(tmp_path).notebook


def test_fresh_with_nothing_there_begins(tmp_path: Path) -> None:
    """--fresh on a first opening is a first opening."""
    assert Opened(tmp_path / NAME / NOTEBOOK) == opening(tmp_path, fresh=True)


def test_a_saved_notebook_is_brought_back(tmp_path: Path) -> None:
    """A notebook given with --from becomes the work, with data and checks around it."""
    work = notebook("n_rows", text="answer")
    opened = opening(tmp_path, work=work)

    assert {**HANDOUT, NOTEBOOK: work} == files(opened.notebook.parent)


def test_bringing_back_overwrites_nothing(tmp_path: Path) -> None:
    """Where there is other work already, the notebook given goes into a copy beside it."""
    old = opening(tmp_path)
    old.notebook.write_bytes(b"work")
    work = notebook("n_rows", text="answer")
    opened = opening(tmp_path, work=work)

    assert b"work" == old.notebook.read_bytes()
    assert f"{NAME}-2" == opened.notebook.parent.name
    assert work == opened.notebook.read_bytes()


def test_bringing_back_the_same_twice_makes_one_copy(tmp_path: Path) -> None:
    """The same notebook given again opens the copy that is there."""
    work = notebook("n_rows", text="answer")

    assert opening(tmp_path, work=work).notebook == opening(tmp_path, work=work).notebook


@pytest.mark.parametrize(
    ("work", "words"),
    [(b"PK\x03", "not a notebook"), (b"[1]", "not a notebook"), (notebook("other"), "no exercise of")],
)
def test_another_file_is_not_brought_back(tmp_path: Path, work: bytes, words: str) -> None:
    """A file that is no notebook, or another lesson's, is refused and nothing is made."""
    with pytest.raises(GraderError, match=words):
        opening(tmp_path, work=work)

    assert [] == list(tmp_path.iterdir())


def test_a_build_that_stops_leaves_nothing(tmp_path: Path) -> None:
    """A lesson that cannot be built leaves the learner's folder as it was."""
    build: Callable[[], Mapping[str, bytes]] = forbidden
    with pytest.raises(AssertionError):
        place(tmp_path, NAME, "a", build)

    assert [] == list(tmp_path.iterdir())


def test_two_windows_opening_at_once_share_one_copy(tmp_path: Path) -> None:
    """When another window begins the same copy in the same moment, both end on that copy."""

    def slow() -> Mapping[str, bytes]:
        opening(tmp_path).notebook.write_bytes(b"work")
        return HANDOUT

    opened = place(tmp_path, NAME, "a", slow)

    assert b"work" == opened.notebook.read_bytes()
    assert [NAME] == [path.name for path in tmp_path.iterdir()]


def test_a_folder_that_cannot_be_used_is_named(tmp_path: Path) -> None:
    """Where the folder's place is taken by a file, the message names it."""
    (tmp_path / "home").write_text("")

    with pytest.raises(GraderError, match="home: The folder cannot be used"):
        opening(tmp_path / "home")


# The command


@pytest.mark.parametrize("inside", ["", "lessons", "new/folder"])
def test_a_folder_inside_the_checkout_is_refused(tmp_path: Path, inside: str) -> None:
    """Work is never put into the checkout itself."""
    with pytest.raises(GraderError, match="inside the Foothills folder"):
        outside(tmp_path / inside, root=tmp_path)


def test_a_folder_beside_the_checkout_is_fine(tmp_path: Path) -> None:
    """A folder whose name begins like the checkout's is not inside it."""
    assert tmp_path / "main-work" == outside(tmp_path / "main-work", root=tmp_path / "main")


@pytest.mark.parametrize("reference", ["1", "01", NAME])
def test_a_lesson_is_found_by_number_or_name(tmp_path: Path, reference: str) -> None:
    """A number, with or without its nought, or the folder's name finds a lesson."""
    for name in ("00-start", NAME, "11-later"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "lesson.md").write_text("")

    assert tmp_path / NAME == find(reference, tmp_path)


def test_a_lesson_that_is_not_there_is_told_with_those_that_are() -> None:
    """A lesson that does not exist gives one line on standard error, exit code 1 and no output."""
    result = CliRunner().invoke(club, ["open", "99", "--no-launch"])

    assert (1, "") == (result.exit_code, result.stdout)
    assert result.stderr.startswith("club: There is no lesson 99.")
    assert 1 == result.stderr.count("\n")


def test_a_mistyped_command_says_where_the_help_is() -> None:
    """A command that does not exist gives one line and exit code 2."""
    result = CliRunner().invoke(club, ["opne"])

    assert (2, 1) == (result.exit_code, result.stderr.count("\n"))
    assert "club --help" in result.stderr


def test_the_sum_changes_with_every_ingredient(tmp_path: Path) -> None:
    """Lesson text, data, checks' code and the locked packages each change what is built."""
    parts = ["lessons/01/lesson.md", "datasets/a/a.csv", "grader/checks/x.py", "requirements.txt"]
    for name in [*parts, "lessons/01/.hidden", "grader/checks/__pycache__/x.pyc", "grader/cli/open.py"]:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("before")
    sums = [fingerprint(tmp_path, tmp_path / "lessons" / "01")]
    for name in parts:
        (tmp_path / name).write_text("after")
        sums.append(fingerprint(tmp_path, tmp_path / "lessons" / "01"))

    assert 5 == len(set(sums))

    for name in ["lessons/01/.hidden", "grader/checks/__pycache__/x.pyc", "grader/cli/open.py"]:
        (tmp_path / name).write_text("after")

    assert sums[-1] == fingerprint(tmp_path, tmp_path / "lessons" / "01")
