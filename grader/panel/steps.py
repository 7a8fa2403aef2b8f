"""The buttons: what each is called, what it will do, and the command that does it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Step:
    """One button. `command` is what is typed after `club`; the button's own choices are added to it."""

    button: str
    does: str
    command: str


RELEASE = Step("Release the lesson", "Makes the folder and the zip to give out before lunch.", "release")
COLLECT = Step(
    "Collect what came back", "Takes the notebooks in from the place named above. Nothing there is changed.", "collect"
)
ASSIGN = Step("These are theirs", "Takes each file in as the work of the person you chose.", "collect")
MARK = Step("Mark it", "Marks what was collected and not yet marked. Marks that you gave by hand stay.", "mark")
FEEDBACK = Step(
    "Write the feedback",
    "Writes a page for each person, and one message for the whole room. It sends nothing by itself.",
    "feedback",
)
REPORT = Step(
    "Show the report",
    "Shows here how the group did and what to say next week. It holds no names unless you ask for them.",
    "report",
)
WEEK = (RELEASE, COLLECT, MARK, FEEDBACK, REPORT)
DUE = {step.command: step for step in WEEK}  # by what a lesson waits for

FORMGRADER = Step(
    "Open Formgrader", "Starts nbgrader's page for marking written answers by hand, and gives its link.", "formgrader"
)
RELEASE_AGAIN = Step(
    "Release it again",
    "Makes the folder and the zip anew, where something in the lesson was put right.",
    "release --update",
)
MARK_AGAIN = Step(
    "Mark it again",
    "Marks everybody's work for this lesson again, and says whose score changed. Marks that you gave by hand stay.",
    "mark --again",
)

ADD = Step("Add these people", "Adds the people in the list. Those who are there stay as they are.", "add")
FORGET = Step(
    "Forget this person", "Removes everything of one person: work, marks and pages. It asks you once more.", "forget"
)

STATUS = Step("Look again", "Reads the course anew, where you changed something outside this page.", "status")
TERM = Step("Show the term so far", "Shows here how the lessons went, week by week, without names.", "report")
EXPORT = Step("Save the marks", "Saves everybody's marks as a table for a spreadsheet.", "export")
ARCHIVE = Step(
    "Close the term",
    "Removes everybody's work, marks and names, and keeps only counts. It asks you once more.",
    "archive",
)

NEW = Step(
    "Start the course",
    "Makes its folder in foothills-clubs, in your home folder, with a gradebook for these people.",
    "new",
)
OPEN = Step("Go to this course", "Shows that course here in place of this one.", "panel")

ALL = (
    *WEEK, ASSIGN, FORMGRADER, RELEASE_AGAIN, MARK_AGAIN, ADD, FORGET, STATUS, TERM, EXPORT, ARCHIVE, NEW, OPEN,
)  # fmt: skip
