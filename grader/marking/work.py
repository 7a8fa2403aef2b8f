"""What an assignment is marked with: its sources, data, settings and plans, and a warm process for it."""

from __future__ import annotations

from collections.abc import Sequence

from grader.errors import GraderError
from grader.marking.engine import Broken, Limits, Warm
from grader.marking.gradebook import Course
from grader.marking.outputs import Outputs
from grader.marking.prepare import Work
from grader.marking.source import data_files, imported, read_source
from grader.marking.split.plan import Plan
from grader.marking.split.verify import plans_for
from grader.marking.stored import StoredNotebook


def cell_time(course: Course) -> float:
    """Return the seconds that the course allows for one cell."""
    value = course.setting("timeout", 30, "Execute", "ExecutePreprocessor")
    return float(value) if isinstance(value, (int, float)) and value > 0 else 30.0


def warmed(course: Course, assignment: str, stored: Sequence[StoredNotebook], layer: str, limits: Limits) -> Warm:
    """Return a warm process that has imported what the assignment's notebooks import."""
    try:
        return Warm(layer, limits, imported(course, assignment, [notebook.name for notebook in stored]))
    except Broken as trouble:
        raise GraderError(
            f"The sandbox did not start: {trouble}.", todo="Run club doctor to see what this machine allows."
        ) from None


def read_work(
    course: Course, assignment: str, stored: Sequence[StoredNotebook], warm: Warm | None, compat: bool, fair: bool
) -> tuple[Work, dict[str, Plan]]:
    """Return what an assignment is marked with, and the plans of its notebooks."""
    sources = tuple(read_source(course, assignment, notebook) for notebook in stored)
    data = data_files(course, assignment)
    outputs = Outputs(
        course.setting("max_lines", 1000, "LimitOutput"),
        course.setting("max_traceback", 100, "LimitOutput"),
        course.setting("pattern", "", "IgnorePattern") if course.setting("enabled", False, "IgnorePattern") else "",
    )
    plans = {} if compat or warm is None else plans_for(course, assignment, sources, data, warm)
    return Work(sources, data, course.ignore, plans, outputs, compat, fair), plans
