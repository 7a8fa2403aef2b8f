"""Lists of names from any spreadsheet, and whose a file is by its name alone."""

from __future__ import annotations

import pytest

from grader.course import roster
from grader.course.identify import copy_number, whose
from grader.course.roster import Learner
from grader.errors import GraderError

PEOPLE = (
    Learner("p07", "Ana Ruiz", "ana.ruiz@dept.example"),
    Learner("p08", "João Pérez", "joao.perez@dept.example"),
    Learner("p09", "Ana Maria Ruiz", "ana.maria@dept.example"),
    Learner("li", "Mei Li", "mei.li@dept.example"),
    Learner("12", "Sam O'Neill", "sam.oneill@dept.example"),
)
LESSON = "01-what-exactly-is-in-this-file"


@pytest.mark.parametrize(
    ("parts", "learner"),
    [
        ((f"{LESSON}.ipynb",), ""),
        (("p07.ipynb",), "p07"),
        ((f"{LESSON} P08 (2).ipynb",), "p08"),
        (("lesson 1 joao perez final.ipynb",), "p08"),
        (("PEREZ, João - lesson (1).ipynb",), "p08"),
        (("Ruiz_Ana.ipynb",), "p07"),
        (("ana maria ruiz.ipynb",), "p09"),
        (("mei.li@dept.example.ipynb",), "li"),
        (("MeiLi notebook.ipynb",), "li"),
        (("everything.zip", "Mei Li", f"{LESSON}.ipynb"), "li"),
        (("ana.ruiz@dept.example.zip", f"{LESSON}.ipynb"), "p07"),
        (("my work.ipynb",), ""),
        (("Ana.ipynb",), ""),
        (("sam oneill 12.ipynb",), "12"),
        (("lesson 12.ipynb",), ""),
        (("p07 and p08.ipynb",), ""),
    ],
)
def test_a_name_says_whose_a_file_is(parts: tuple[str, ...], learner: str) -> None:
    """Id, name or e-mail in any order, case or accents; what could be two people's is nobody's."""
    assert learner == whose(parts, PEOPLE, LESSON).learner


@pytest.mark.parametrize(
    ("name", "number"),
    [("lesson (2).ipynb", 2), ("lesson.ipynb", 0), ("lesson - Copy.ipynb", 1), ("lesson v3.ipynb", 3)],
)
def test_copies_are_numbered(name: str, number: int) -> None:
    """A browser's and a sync service's copies have a number; a plain name has none."""
    assert number == copy_number(name)


@pytest.mark.parametrize(
    "content",
    [
        b"id\np01\np02\n",
        "id\np01\np02\n".encode("utf-8-sig"),
        "id\r\np01\r\np02\r\n".encode("utf-16"),
        b"Pseudonym;Notes\np01;x\np02;y\n",
        b"p01\np02\n",
        b"\n\nID\n p01 \n\np02\n,\n",
        b"sep=;\r\nID;Notes\r\np01;x\r\np02;y\r\n",
        b"Sign-up of the Tuesday club,\n,\nID,Notes\np01,x\np02,y\n",
    ],
)
def test_a_list_of_pseudonyms_is_read_from_any_spreadsheet(content: bytes) -> None:
    """Encodings, byte-order marks, dividers, headings and blank lines make no difference."""
    assert ["p01", "p02"] == [learner.id for learner in roster.read(content, "ids.csv").learners]


def test_names_with_accents_in_an_old_encoding_are_read_and_said() -> None:
    """A file that is not UTF-8 is read as Windows text, and the person is told to check it."""
    made = roster.read("First name,Surname,Work e-mail\nJosé,Núñez,jose@d.example\n".encode("cp1252"), "names.csv")

    assert (Learner("jose", "José Núñez", "jose@d.example"),) == made.learners
    assert any("accents" in note for note in made.notes)


@pytest.mark.parametrize(
    "content",
    [
        b'Ana Ruiz <ana@d.example>; "O\'Hara, Pat" <pat@d.example>\n',
        b"Ruiz, Ana <ana@d.example>; O'Hara, Pat <pat@d.example>\n",
        b"Name\nAna Ruiz <ana@d.example>\nPat O'Hara <pat@d.example>\n",
        b"Person,E-mail\nx,Ana Ruiz <ana@d.example>\ny,Pat O'Hara <pat@d.example>\n",
    ],
)
def test_addresses_copied_from_an_e_mail_are_people(content: bytes) -> None:
    """A list of addresses, in one line or one a row, gives each person's name and e-mail."""
    people = roster.read(content, "names.csv").learners

    assert [("Ana Ruiz", "ana@d.example"), ("Pat O'Hara", "pat@d.example")] == [(one.name, one.email) for one in people]


def test_who_is_there_twice_is_taken_once_and_said() -> None:
    """A person twice is one learner; two people of one name are two."""
    made = roster.read(
        b"name,email\nAna Ruiz,ana@d.example\nAna Ruiz,ANA@d.example\nAna Ruiz,ana@e.example\n", "names.csv"
    )

    assert ["ana", "ana-2"] == [learner.id for learner in made.learners]
    assert any("left out" in note for note in made.notes)


@pytest.mark.parametrize("wanted", ["../up", "con", "a/b", "Ana Ruiz", "..", "çé", "x" * 90, "a:b", " -- "])
def test_ids_are_safe_as_folder_names(wanted: str) -> None:
    """No id leads out of its folder or is a name that Windows keeps for itself."""
    made = roster.safe(wanted)

    assert made and made == made.strip(". ") and not set(made) & set('/\\:*?"<>|. ')
    assert made.lower() not in ("con", "prn", "aux", "nul") and len(made) <= 64


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (b"", "nobody"),
        (b"id\n", "nobody"),
        (b"town,street\nYork,Fossgate\n", "No column"),
        (b"PK\x03\x04rest", "spreadsheet"),
        (b"\x00\x01\x02\x00", "text file"),
    ],
)
def test_a_list_that_cannot_be_read_is_refused_in_one_line(content: bytes, word: str) -> None:
    """The line says what the file is and what to do, and repeats nothing from inside it."""
    with pytest.raises(GraderError) as told:
        roster.read(content, "names.csv")

    assert word in str(told.value) and "\n" not in str(told.value) and "Fossgate" not in str(told.value)
    assert told.value.todo
