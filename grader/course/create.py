"""Make a course: a folder that nbgrader's own commands accept too."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from grader.course import files, gradebook, settings
from grader.course.folder import CONFIG, STATE, Course, synced
from grader.course.roster import Roster
from grader.course.settings import Settings
from grader.errors import GraderError

STEPS = ("source", "release", "submitted", "autograded", "feedback")

CONFIG_TEXT = '''"""This course's settings for nbgrader. `club new` made it; you may add to it."""

c = get_config()  # noqa: F821  nbgrader gives this function

c.CourseDirectory.course_id = "{name}"

# Each exercise has its own starter, so PutStarters stands where nbgrader has ClearSolutions.
c.GenerateAssignment.preprocessors = [
    "nbgrader.preprocessors.IncludeHeaderFooter",
    "nbgrader.preprocessors.InstantiateTests",
    "nbgrader.preprocessors.LockCells",
    "grader.course.starter.PutStarters",
    "nbgrader.preprocessors.ClearOutput",
    "nbgrader.preprocessors.CheckCellMetadata",
    "nbgrader.preprocessors.ComputeChecksums",
    "nbgrader.preprocessors.SaveCells",
    "nbgrader.preprocessors.ClearHiddenTests",
    "nbgrader.preprocessors.ClearMarkScheme",
    "nbgrader.preprocessors.ComputeChecksums",
    "nbgrader.preprocessors.CheckCellMetadata",
]

# A check cell that somebody deleted is put back, so that the answer above it still counts.
c.OverwriteCells.add_missing_cells = True

# Seconds for one cell, and for Python to start.
c.ExecutePreprocessor.timeout = 60
c.ExecutePreprocessor.startup_timeout = 120
'''

SYNCED = (
    "{name} is in a folder that a sync service seems to keep ({part}). The gradebook can be damaged there, and "
    "people's work is copied elsewhere. A folder outside it is better."
)


def create(
    folder: Path, roster: Roster | None, title: str = "", dates: Mapping[str, str] | None = None
) -> tuple[Course, tuple[str, ...]]:
    """Make the course and return it with what is worth saying; a folder with something in it is refused."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        what = (
            "There is a course of that name already."
            if (folder / CONFIG).is_file()
            else "There is something in that folder already."
        )
        raise GraderError(what, where=str(folder), todo="Choose another name.")
    above = next((parent for parent in folder.parents if (parent / CONFIG).is_file()), None)
    if above is not None:
        raise GraderError(
            f"This folder is inside another course, {above.name}.", where=str(folder), todo="Choose another place."
        )
    made = Course(folder)
    with files.beside(folder) as part:
        for step in STEPS:
            (part / step).mkdir()
        (part / STATE).mkdir()
        (part / CONFIG).write_text(CONFIG_TEXT.format(name=folder.name), encoding="utf-8")
        settings.save(Course(part), Settings(title or folder.name, dict(dates or {})))
        gradebook.new(part / "gradebook.db", folder.name, roster.learners if roster else ())
    part_of = synced(folder)
    return made, ((SYNCED.format(name=folder.name, part=part_of),) if part_of else ())
