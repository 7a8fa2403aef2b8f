"""`club lesson check` names everything that is not right in a lesson folder, in one run."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Sequence
from pathlib import Path

import pytest
from click.testing import CliRunner

from grader.cli import club
from grader.errors import GraderError
from grader.lesson import folders, template
from grader.lesson.problem import Problem
from grader.lesson.prose import grade, sentences, syllables
from grader.lesson.read import lesson
from grader.lesson.validate import check

Break = tuple[str, str, str, str, str]  # file, what stands there, what is put there, where it is named, what is said

CONTENT: Sequence[Break] = (
    ("lesson.md", "{question: 4,", "{question: 5,", "lesson.md", r"The parts make 46 minutes, not 45"),
    ("lesson.md", "holidays.head(3)", 'holidays.query("year > 0")', "lesson.md", r'"\.query" in line 1 is not in the course'),
    ("lesson.md", "It is not one list.", "It is simply not one list.", "lesson.md", r'W7: "simply"'),
    ("lesson.md", "{{good_fridays}} times", "1,234 times", "lesson.md", r"The figure 1,234 is typed"),
    ("lesson.md", "has it every year.", "has it every year, in 30 rows.", "lesson.md", r"The figure 30 is typed"),
    ("lesson.md", "Edinburgh.\n", "Edinburgh, {{no_such_figure}}.\n", "lesson.md", r"\{\{no_such_figure\}\} has no value"),
    ("lesson.md", "## Pick a year\n", "![](years.png)\n\n## Pick a year\n", "lesson.md", r"The chart has no text alternative"),
    ("lesson.md", 'value_counts().head(5)', 'value_counts().head(5).plot.barh()', "lesson.md", r"The chart has no text alternative under it"),
    ("lesson.md", "head(5).plot.barh()", "head(5).plot.barh()", "lesson.md", r"The chart has no title"),
    ("lesson.md", "## Close\n", "#### Close\n", "lesson.md", r"It jumps from level 2 to level 4"),
    ("lesson.md", 'one_row = "..."', 'one_row = "b"', "lesson.md", r'exercise one_row: As it comes it is not "not tried"'),
    ("lesson.md", 'days_off = holidays["division"].value_counts()', 'days_off = holidays["year"].value_counts()', "lesson.md", r"solution days_off: It does not get full marks"),
    ("lesson.md", "Look back at your first guess.", f"Look back at {'your first guess and then at ' * 8}it.", "lesson.md", r"The sentence has \d\d words. The most is 35"),
    ("checks.py", '"Read the first row aloud, column by column."', '"It is \\"b\\", of course."', "checks.py", r"It gives the answer away"),
    ("checks.py", 'slip("years", holidays["year"].value_counts()', 'slip("years", days_off', "checks.py", r"slip years: Its value is accepted as right"),
    ("checks.py", "The divisions do not have the same number of days.", "All 4,321 are there.", "checks.py", r"The figure 4,321 is typed"),
    ("answers.md", "- slip: no_brackets", "- slip: no_column", "answers.md", r"listed with the slip no_column"),
    ("answers.md", "- slip: untitled\n- score: 0.8", "- slip: untitled\n- score: 0.5", "answers.md", r"listed with the score 0.5, and gets 0.8"),
    ("answers.md", "## one_row", "## one_rwo", "answers.md", r"exercise one_rwo: The lesson has no exercise of that name"),
    ("facilitator.md", "## What to skip", "## Other", "facilitator.md", r'There is no part called "What to skip"'),
    ("interactive.py", 'description="Year"', 'description=""', "interactive.py", r"A control needs a name"),
)  # fmt: skip
CANNOT_BE_READ: Sequence[Break] = (
    ("lesson.md", "title: Does", "title: [Does", "lesson.md", r"front matter: It is not YAML"),
    ("lesson.md", 'python step="example"\nholidays.head(3)', "python\nholidays.head(3)", "lesson.md", r"This code cell has no role"),
    ("lesson.md", 'kind="interpret" minutes=2', 'kind="guess"', "lesson.md", r'kind is "guess"'),
    ("lesson.md", 'days_off = holidays["division"].value_counts()\n```', "days_off = holidays[\n```", "lesson.md", r"solution days_off: Python cannot read line 1"),
    ("checks.py", "EXERCISES = [", "EXERCISES = [(", "checks.py", r"line \d+: Python cannot read it"),
    ("answers.md", "### Right: barh", "### Rihgt: barh", "answers.md", r"The heading does not say how it comes out"),
    ("answers.md", "- slip: untitled", "- slipp: untitled", "answers.md", r"slipp is not a line it knows"),
    ("facilitator.md", "rubric:", "rubric: [", "facilitator.md", r"front matter: It is not YAML"),
    ("interactive.py", "def days_in(", "def days_in(:", "interactive.py", r"line \d+: Python cannot read it"),
)  # fmt: skip
IN_ONE_PLACE: Sequence[Break] = (
    ("lesson.md", 'exercise="days_off"', 'exercise="days_of"', "checks.py", r"exercise days_off: lesson.md has no cell for it"),
    ("lesson.md", 'exercise="days_off"', 'exercise="days_of"', "lesson.md", r"exercise days_of: checks.py has no check for it"),
    ("lesson.md", 'exercise="days_off"', 'exercise="days_of"', "lesson.md", r"exercise days_of: It has no solution"),
    ("lesson.md", 'exercise="days_off"', 'exercise="days_of"', "lesson.md", r"solution days_off: There is no exercise of that name"),
)  # fmt: skip


def broken(tmp_path: Path, breaks: Sequence[Break]) -> Path:
    """Copy the example lesson and break it."""
    folder = tmp_path / "14-broken"
    shutil.copytree(template.FOLDER, folder)
    for file, there, put, _, _ in breaks:
        path = folder / file
        text = path.read_text(encoding="utf-8")
        assert there in text or put in text, there
        path.write_text(text.replace(there, put), encoding="utf-8")
    return folder


def missed(problems: Sequence[Problem], breaks: Sequence[Break]) -> list[str]:
    """Give the breaks that no problem names in the file where it can be mended."""
    return [
        said
        for *_, file, said in breaks
        if not any(one.file == file and re.search(said, str(one)) and one.todo for one in problems)
    ]


@pytest.mark.parametrize("breaks", [CONTENT, CANNOT_BE_READ, IN_ONE_PLACE], ids=["content", "unreadable", "names"])
def test_everything_is_named_in_one_run(tmp_path: Path, breaks: Sequence[Break]) -> None:
    """However many things are broken, each is named with its file, and with what to do."""
    assert [] == missed(check(broken(tmp_path, breaks)), breaks)


@pytest.mark.parametrize(
    ("file", "there", "put", "said"),
    [
        ("checks.py", "EXERCISES = [", "EXERCISES = [3, ", "checks.py: EXERCISES is not a list of exercises."),
        ("checks.py", "EXERCISES = [", "OTHER = [", "checks.py: There is no EXERCISES."),
        ("checks.py", "FIGURES = {", "FIGURES = 3\nOTHER = {", "checks.py: FIGURES is not a dictionary."),
        ("checks.py", "GIVEN = {", "GIVEN = 3\nOTHER = {", "checks.py: GIVEN is not a dictionary."),
        (
            "checks.py",
            "GIVEN = {",
            "raise SystemExit(3)\nGIVEN = {",
            "checks.py, line 11: It stopped with SystemExit: 3.",
        ),
        ("checks.py", '"bank-holidays"', '"no-holidays"', "no-holidays"),
        ("lesson.md", "data: [bank-holidays]", "data: [no-holidays]", "no-holidays"),
        ("lesson.md", "minutes=2", "minutes=two", "This code cell has no role."),
    ],
)
def test_what_is_of_another_kind_is_named(tmp_path: Path, file: str, there: str, put: str, said: str) -> None:
    """What is there and of another kind than it should be is named like all else, and stops nothing."""
    problems = check(broken(tmp_path, [(file, there, put, "", "")]))

    assert [] != [one for one in problems if said in str(one) and one.file == file]


def test_a_file_in_other_letters_is_named_with_its_line(tmp_path: Path) -> None:
    """A file that is not saved as UTF-8 is named with the line, and read as far as it can be."""
    folder = broken(tmp_path, CONTENT[:1])
    path = folder / "lesson.md"
    path.write_bytes(path.read_bytes().replace(b"Belfast", "Béal Feirste".encode("latin-1")))
    problems = check(folder)

    assert ["line 37"] == [one.place for one in problems if one.what == "A letter is not in UTF-8."]
    assert [] == missed(problems, CONTENT[:1])


def test_the_line_ends_of_windows_change_nothing(tmp_path: Path) -> None:
    """Files that a Windows editor has saved are as good as any."""
    folder = template.copy("14-our-data", tmp_path)
    before = check(folder)
    for path in folder.iterdir():
        text = path.read_text(encoding="utf-8")
        path.write_bytes(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())

    assert before == check(folder)


def test_missing_files_are_named_beside_the_rest(tmp_path: Path) -> None:
    """A file that is not there is named, and the files that are there are looked at all the same."""
    folder = broken(tmp_path, CONTENT[2:5])
    (folder / "checks.py").unlink()
    (folder / "facilitator.md").unlink()
    problems = check(folder)

    assert [] == missed(problems, CONTENT[2:5])
    assert {"checks.py", "facilitator.md"} == {one.file for one in problems if one.what == "The file is missing."}


def test_a_cell_that_stops_is_named_with_the_cells_after_it(tmp_path: Path) -> None:
    """A worked example that stops does not keep the answers below it from being run."""
    breaks = (
        ("lesson.md", "holidays.head(3)", "holiday.head(3)", "lesson.md", r"holiday.head.*It stops with NameError"),
        CONTENT[16],
    )

    assert [] == missed(check(broken(tmp_path, breaks)), breaks)


def test_a_page_that_needs_an_answer_is_named(tmp_path: Path) -> None:
    """A cell that stops where the exercise above it is not answered is named, as is a solution that needs one."""
    breaks = (
        ("lesson.md", "### 14.3", '```python step="run"\ndays_off.head(2)\n```\n\n### 14.3', "lesson.md", r"nothing above it is answered: It stops"),
        ("lesson.md", 'days_off = grader.start_from("days_off")\n', "", "lesson.md", r"solution days_chart: Where nothing above it is answered"),
    )  # fmt: skip

    assert [] == missed(check(broken(tmp_path, breaks)), breaks)


def test_a_new_lesson_is_right_but_for_what_is_still_the_examples(tmp_path: Path) -> None:
    """A lesson that was started a moment ago can be built, and says only what its author has to write."""
    folder = template.copy("21-our-data", tmp_path)
    problems = check(folder)

    assert 21 == lesson(str(folder)).front.lesson
    assert {"It is still the example's."} == {one.what for one in problems}
    assert {"lesson.md", "interactive.py", "facilitator.md"} == {one.file for one in problems}


@pytest.mark.parametrize("name", ["our-data", "21_our_data", "21-Our-Data", "../21-x", "021-x", ""])
def test_a_name_that_is_not_a_lessons_is_refused(tmp_path: Path, name: str) -> None:
    """A folder's name is 2 figures and words in small letters; nothing is made for any other."""
    with pytest.raises(GraderError, match="2 figures"):
        template.copy(name, tmp_path)

    assert [] == list(tmp_path.iterdir())


def test_a_number_that_is_taken_is_refused(tmp_path: Path) -> None:
    """Two lessons never have the same number, and the first stays as it is."""
    first = template.copy("21-our-data", tmp_path)
    with pytest.raises(GraderError, match="21-our-data"):
        template.copy("21-other-data", tmp_path)

    assert [first] == list(tmp_path.iterdir())


def test_the_command_lists_problems_and_ends_with_1(tmp_path: Path) -> None:
    """The command says file, place, what and what to do, and its exit code says that something is not right."""
    folder = broken(tmp_path, CONTENT[:1])
    done = CliRunner().invoke(club, ["lesson", "check", str(folder)])

    assert 1 == done.exit_code
    assert "front matter, minutes: The parts make 46 minutes, not 45. Change them until they do." in done.stdout


def test_the_command_gives_json_alone(tmp_path: Path) -> None:
    """With --json standard output is one document, with every problem by lesson."""
    folder = broken(tmp_path, CONTENT[:1])
    done = CliRunner().invoke(club, ["lesson", "check", str(folder), "--json"])
    found = json.loads(done.stdout)["problems"][folder.name]

    assert "The parts make 46 minutes, not 45." in [one["what"] for one in found]
    assert {"file", "place", "what", "todo"} == set(found[0])


def test_the_command_starts_a_lesson(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`club lesson new` makes the folder, says where it is and what to type next, and does it once."""
    monkeypatch.setattr(folders, "ROOT", tmp_path)
    done = CliRunner().invoke(club, ["lesson", "new", "21-our-data"])
    again = CliRunner().invoke(club, ["lesson", "new", "21-our-data"])

    assert (0, 1) == (done.exit_code, again.exit_code)
    assert str(tmp_path / "21-our-data") in done.stdout
    assert "club lesson check 21" in done.stdout
    assert "Lesson 21 is there already" in again.stderr


def test_a_lesson_that_is_not_there_is_a_refusal() -> None:
    """A number that no lesson has is told with the numbers there are."""
    done = CliRunner().invoke(club, ["lesson", "check", "77"])

    assert 1 == done.exit_code
    assert "There is no lesson 77." in done.stderr


@pytest.mark.parametrize(
    ("word", "count"),
    [("cat", 1), ("table", 2), ("named", 1), ("counted", 2), ("places", 2), ("idea", 3), ("period", 3),
     ("government", 3), ("organisation", 5), ("whole", 1), ("1,234", 1), ("value_counts", 1)],
)  # fmt: skip
def test_syllables_are_counted_as_a_dictionary_does(word: str, count: int) -> None:
    """Syllables come out as in a dictionary; a number or a piece of code is one."""
    assert count == syllables(word)


def test_plain_words_read_lower_than_office_words() -> None:
    """The reading grade tells a plain sentence from one out of an office."""
    plain = "The crew went out at nine. They found a cat in the roof and brought it down."
    office = "Operational personnel facilitated the retrieval of a domesticated feline from an elevated residential structure."

    assert grade(plain) < 4
    assert grade(office) > 14


def test_sentences_end_where_people_stop() -> None:
    """A full stop inside a number or a file's name does not end a sentence."""
    assert ["It took 2.5 hours.", "Open data.csv now."] == sentences("It took 2.5 hours. Open data.csv now.")
