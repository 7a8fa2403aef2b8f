"""The commands on courses that others made with nbgrader, as they left them."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import marking_room as room
import pytest
from club_room import Facilitator

pytestmark = pytest.mark.xdist_group("course-others")

FOLDERS = """c = get_config()
c.CourseDirectory.submitted_directory = "handed-in"
c.CourseDirectory.release_directory = "given out"
c.CourseDirectory.autograded_directory = "marked"
c.CourseDirectory.db_url = "sqlite:///marks.db"
"""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a course with one hand-in that is right in everything."""
    course = room.make_course(tmp_path_factory.mktemp("others") / "course")
    room.hand_in(course, "ana", room.RIGHT)
    return course


def marked(club: Facilitator, *words: object) -> tuple[int, list[tuple[str, float]]]:
    """Mark and return the exit code, and each learner's score."""
    said = club("mark", room.NAME, "--json", *words)
    return said.code, [(one["learner"], one["score"]) for one in said.data["marked"]] if not said.code else []


RIGHT = [("ana", 11.0)]  # 4 exercises of 2 points and one of 3; what a person marks is not in yet


def test_a_course_without_settings_of_its_own_is_a_course(made: Path, tmp_path: Path) -> None:
    """No nbgrader_config.py, a name with spaces, and no released folder any more: it is marked all the same."""
    course = shutil.copytree(made, tmp_path / "Python course (2026)")
    (course / "nbgrader_config.py").unlink()
    shutil.rmtree(course / "release")

    assert (0, RIGHT) == marked(Facilitator(tmp_path / "home"), "--course", course)


def test_marking_says_what_came_of_it_and_what_took_longest(made: Path, tmp_path: Path) -> None:
    """The summary counts the outcomes, and names up to three exercises with their seconds where they are felt."""
    course = shutil.copytree(made, tmp_path / "course")

    said = Facilitator(tmp_path / "home")("mark", room.NAME, "--course", course).out

    assert re.search(rf"^Marked {room.NAME} \(.*\): 1 marked\.$", said, re.MULTILINE)
    longest = re.search(r"What took longest, for one person: (.+)\.$", said, re.MULTILINE)
    named = longest[1].split(", ") if longest else []
    assert all(re.fullmatch(r"\w+ \d+\.\d s", each) and not each.endswith(" 0.0 s") for each in named)
    assert (1 <= len(named) <= 3) != ("No exercise took as long as 0.1 s for one person." in said)


def test_folders_and_gradebook_of_other_names_are_found(made: Path, tmp_path: Path) -> None:
    """Names that nbgrader_config.py gives to folders and to the gradebook are the ones that are used."""
    course = shutil.copytree(made, tmp_path / "course")
    (course / "nbgrader_config.py").write_text(FOLDERS)
    for old, new in (("submitted", "handed-in"), ("release", "given out"), ("gradebook.db", "marks.db")):
        (course / old).rename(course / new)

    assert (0, RIGHT) == marked(Facilitator(tmp_path / "home"), "--course", course)
    assert (course / "marked" / "ana" / room.NAME / f"{room.NAME}.ipynb").is_file()
    assert not (course / "autograded").exists() and not (course / "gradebook.db").exists()


@pytest.mark.parametrize(
    ("setting", "said"),
    [
        ('c.CourseDirectory.directory_structure = "{student_id}/{assignment_id}"', "not laid out in nbgrader's usual"),
        ("c.Course Directory", "It cannot be read: SyntaxError"),
    ],
)
def test_settings_that_cannot_be_followed_are_refused(made: Path, tmp_path: Path, setting: str, said: str) -> None:
    """Another layout of folders, or settings that Python cannot read: one line, and nothing is touched."""
    course = shutil.copytree(made, tmp_path / "course")
    (course / "nbgrader_config.py").write_text(f"c = get_config()\n{setting}\n")

    refused = Facilitator(tmp_path / "home")("mark", room.NAME, "--course", course)

    assert 1 == refused.code and said in refused.err
    assert not (course / "autograded").exists()


def test_a_course_inside_the_checkout_is_refused(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """People's work has no place in the Foothills folder, whoever made the course."""
    course = shutil.copytree(made, tmp_path / "checkout" / "course")
    monkeypatch.setattr("grader.course.folder.CHECKOUT", tmp_path / "checkout")

    refused = Facilitator(tmp_path / "home")("mark", room.NAME, "--course", course)

    assert 1 == refused.code and "cannot be inside the Foothills folder" in refused.err
    assert not (course / "autograded").exists()
