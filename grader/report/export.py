"""Everybody's marks as a table, for a spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from pathlib import Path

from grader.course import files, gradebook, settings
from grader.course.folder import Course
from grader.errors import GraderError

HEADINGS = ("lesson", "learner", "score", "points", "handed in", "minutes late", "waiting for a person")


def rows(course: Course, names: bool = False) -> list[dict[str, object]]:
    """Return a row for each learner and lesson that has been marked."""
    from grader.course import lessons

    found: list[dict[str, object]] = []
    with gradebook.opened(course) as book:
        people = {learner.id: learner for learner in gradebook.learners_of(book)}
        for name in lessons.names(course):
            for marks in gradebook.marks_of(book, name):
                person = people.get(marks.learner)
                extra = {"name": person.name, "email": person.email} if names and person else {}
                values = (
                    name, marks.learner, marks.score, marks.points, settings.shown(marks.submitted),
                    round(marks.seconds_late / 60), marks.waiting,
                )  # fmt: skip
                found.append(dict(zip(HEADINGS, values, strict=True)) | extra)
    return found


def save(path: Path, table: Sequence[dict[str, object]]) -> None:
    """Write the table as CSV or as a spreadsheet, by the ending of its name."""
    if path.exists():
        raise GraderError("There is a file of that name already.", where=str(path), todo="Give another name.")
    if not path.parent.is_dir():
        raise GraderError("There is no such folder.", where=str(path.parent), todo="Give a folder that is there.")
    if path.suffix.lower() == ".csv":
        files.write(path, _csv(table))
    elif path.suffix.lower() == ".xlsx":
        files.write(path, _xlsx(table))
    else:
        raise GraderError(f'"{path.name}" is not a kind of table it can write.', todo="End the name in .csv or .xlsx.")


def _csv(table: Sequence[dict[str, object]]) -> bytes:
    made = io.StringIO(newline="")
    writer = csv.writer(made)
    writer.writerow(table[0])
    writer.writerows([_harmless(value) for value in row.values()] for row in table)
    return made.getvalue().encode("utf-8-sig")  # the mark tells spreadsheets that it is UTF-8


def _harmless(value: object) -> object:
    """Return a cell that no spreadsheet takes for a formula."""
    return f"'{value}" if isinstance(value, str) and value.startswith(("=", "+", "-", "@", "\t")) else value


def _xlsx(table: Sequence[dict[str, object]]) -> bytes:
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    sheet.title = "Marks"
    sheet.append(list(table[0]))
    for row in table:
        sheet.append([_harmless(value) for value in row.values()])
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()
