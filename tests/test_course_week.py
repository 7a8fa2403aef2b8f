"""A facilitator's week by its commands, with nbgrader itself underneath, on one course that the tests share."""

from __future__ import annotations

import csv
import re
import zipfile

import club_week
import nbformat
import pytest
from club_room import at_home, first_lesson, tree
from club_week import IDS, NAME, Week
from openpyxl import load_workbook

from grader.checks.verdict import Verdict
from grader.lesson import build

pytestmark = pytest.mark.xdist_group("club-week")


@pytest.fixture
def week() -> Week:
    """Give the week that the tests share; they leave it as it is."""
    return club_week.week()


def named(text: str) -> list[str]:
    """Return the learners that a text names."""
    return [id for id in (*IDS, "ana ruiz") if re.search(rf"(?<![a-z]){id}(?![a-z])", text.casefold())]


def test_every_step_goes_well(week: Week) -> None:
    """Each command ends with 0 and names the course in its first line."""
    assert dict.fromkeys(week.said, (0, "")) == {step: (said.code, said.err) for step, said in week.said.items()}
    assert all(said.out.startswith("Course autumn (") for step, said in week.said.items() if step != "mark")


def test_the_release_is_what_club_open_gives(week: Week) -> None:
    """nbgrader's own step and our builder make the same cells and the same files."""
    handout = build.handout(first_lesson())
    folder = week.course / "release" / NAME
    ours = nbformat.reads(handout[f"{NAME}.ipynb"].decode(), as_version=4)

    assert ours["cells"] == nbformat.read(folder / f"{NAME}.ipynb", as_version=4)["cells"]
    assert set(handout) == set(tree(folder))
    assert all((folder / name).read_bytes() == content for name, content in handout.items() if name.endswith("pack"))


def test_what_is_given_out_passes_a_mail_system(week: Week) -> None:
    """The zip to send holds the released folder, and no kind of file that is held back."""
    with zipfile.ZipFile(week.course / "handouts" / f"{NAME}.zip") as handout:
        names = handout.namelist()

    assert {f"{NAME}/{name}" for name in tree(week.course / "release" / NAME)} == set(names)
    assert not [name for name in names if name.endswith((".py", ".html", ".js"))]


def test_what_came_back_is_matched(week: Week) -> None:
    """Zips, copies and names in any form find their owner; the rest is listed with the command that assigns it."""
    said = week.said["collect"].out

    assert "club collect 1 --assign untitled.ipynb=ID" in said
    assert "mei-li: mei_li (1).ipynb counts (not mei_li.ipynb)" in said
    assert "sam: late by 16 hours" in said
    assert "1 receipt" in said
    assert sorted(IDS[:6]) == sorted(path.name for path in (week.course / "submitted").iterdir())
    assert not list((week.course / "unmatched").rglob("*.ipynb"))


def test_lateness_is_in_the_gradebook(week: Week) -> None:
    """Only the one whose file's time is known to be late is late."""
    data = week.club("report", 1, "--json", "--in-room").data

    assert ["sam"] == [person["learner"] for person in data["people"] if person["late"]]


def test_marks_are_what_the_answer_bank_says(week: Week) -> None:
    """Stock nbgrader gives each notebook the score of its answers."""
    marked = {one["learner"]: one for one in week.said["mark"].data["marked"]}

    assert week.scores == {id: marked[id]["score"] for id in week.scores}
    assert "needs a look" == marked["ravi"]["outcome"] and marked["ravi"]["notes"]


def test_feedback_says_what_the_notebook_said(week: Week) -> None:
    """Each marked person has a page with their points; nothing in it can run or leave the page."""
    pages = {path.parts[-3]: path.read_text("utf-8") for path in (week.course / "feedback").rglob("*.html")}

    assert sorted(IDS[:5]) == sorted(pages)
    for id, page in pages.items():
        assert f"Points so far: {week.scores[id]:g} of" in page
        assert "<script" not in page and "http" not in page.replace("http-equiv", "")
    assert "ravi: no page." in week.said["feedback"].out


def test_one_message_is_for_the_whole_room(week: Week) -> None:
    """The message is printed, kept, and names nobody."""
    text = (week.course / "reports" / f"{NAME}-message.txt").read_text("utf-8")

    assert "\n".join(f"  {line}".rstrip() for line in text.splitlines()) in week.said["feedback"].out
    assert not named(text)


def test_the_report_names_nobody(week: Week) -> None:
    """The page and the notebook hold no id, and the answers in it are nameless."""
    for path in (week.course / "reports").glob(f"{NAME}-report.*"):
        assert not named(path.read_text("utf-8")), path.suffix


def test_answers_nobody_has_described_are_ready_to_paste(week: Week) -> None:
    """A new answer is in the report once, without its note; known answers are not."""
    data = week.club("report", 1, "--json").data
    page = (week.course / "reports" / f"{NAME}-report.html").read_text("utf-8")

    assert [{"exercise": "n_rows", "answers": ["n_rows = 12321"]}] == data["undescribed"]
    assert "### Wrong: (say in a few words what they did)" in page and "signed" not in page


def test_the_room_sees_names_and_all_counts(week: Week) -> None:
    """In the room: who, who has sent nothing, every count, first tries, in a file marked private."""
    data = week.club("report", 1, "--json", "--in-room").data
    exercises = {one["exercise"]: one for one in data["exercises"]}
    page = (week.course / "reports" / f"{NAME}-report-private.html").read_text("utf-8")
    done = {Verdict.RIGHT.value, Verdict.OTHER_FORM.value}
    got = sum(person["answers"].get("n_rows") in done for person in data["people"])

    assert (7, 6, 1) == tuple(data[name]["number"] for name in ("handed_in", "marked", "needs_a_look"))
    assert ["tom"] == data["nothing_yet"]
    assert got == exercises["n_rows"]["got"]["number"]
    assert exercises["one_row"]["first_try"]["number"] < exercises["one_row"]["got"]["number"]
    assert "Private" in page and all(id in page for id in IDS)


def test_every_misconception_has_its_line(week: Week) -> None:
    """A slip that the bank describes comes with the facilitator's line."""
    data = week.club("report", 1, "--json", "--in-room").data
    missed = {(one["exercise"], each["slip"]): each for one in data["exercises"] for each in one["missed"]}

    assert "Read me what is inside the brackets." == missed["rows_shown", "empty_brackets"]["say"]


def test_nothing_is_done_twice(week: Week) -> None:
    """The same command again says that there is nothing new, ends with 1 and changes no file."""
    before = tree(week.course)
    again = [
        week.club("collect", 1, "--from", week.returned),
        week.club("mark", 1),
        week.club("feedback", 1),
        week.club("release", 1),
        week.club("new", "autumn"),
    ]

    assert [1] * 5 == [said.code for said in again]
    assert all(said.err.count("\n") == 1 for said in again)
    assert {name: mark for name, mark in before.items() if "untitled" not in name} == {
        name: mark for name, mark in tree(week.course).items() if "untitled" not in name
    }


def test_status_counts(week: Week) -> None:
    """The term at a glance, and with --names who has sent nothing."""
    said = week.club("status", "--names")

    assert f"{NAME}, nothing yet from: tom." in said.out
    row = next(line for line in said.out.splitlines() if line.strip().startswith(NAME) and "yes" in line)
    assert ["yes", "7", "5", "5", "1"] == row.split()[1:]


def test_marks_can_be_saved_as_tables(week: Week) -> None:
    """CSV and spreadsheet hold a row for each person and lesson, and no cell that is a formula."""
    week.club("export", week.club.home / "marks.csv")
    week.club("export", week.club.home / "marks.xlsx")
    with open(week.club.home / "marks.csv", encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    sheet = load_workbook(week.club.home / "marks.xlsx").active

    assert week.scores == {row["learner"]: float(row["score"]) for row in rows if row["learner"] in week.scores}
    assert [list(rows[0])] + [[row["lesson"], row["learner"]] for row in rows] == [
        [cell.value for cell in line] if place == 0 else [line[0].value, line[1].value]
        for place, line in enumerate(sheet.iter_rows())
    ]


def test_stock_nbgrader_takes_the_course_for_its_own(week: Week) -> None:
    """nbgrader's own application finds the assignment and everybody's marks."""
    from nbgrader.apps.api import NbGraderAPI

    from grader.course.folder import Course
    from grader.course.gradebook import directory_of

    with at_home(week.club.home):
        found = {one["student"]: one for one in NbGraderAPI(directory_of(Course(week.course))).get_submissions(NAME)}

    assert week.scores == {id: found[id]["score"] for id in week.scores}
