"""What an assignment is marked with: its sources, data, settings and plans, and a warm process for it."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from typing import Any

from grader.errors import GraderError
from grader.marking.engine import Broken, Late, Limits, Warm
from grader.marking.gradebook import Course
from grader.marking.kernels import MODULES, Kernel, to_show
from grader.marking.outputs import Outputs
from grader.marking.prepare import Work
from grader.marking.source import data_files, imported, read_source
from grader.marking.split.plan import Plan
from grader.marking.split.verify import plans_for
from grader.marking.stored import StoredNotebook

PYTHON: dict[str, Any] = {"name": "python"}


def cell_time(course: Course) -> float:
    """Return the seconds that the course allows for one cell."""
    value = course.setting("timeout", 30, "Execute", "ExecutePreprocessor")
    return float(value) if isinstance(value, (int, float)) and value > 0 else 30.0


def warmed(
    course: Course,
    assignment: str,
    stored: Sequence[StoredNotebook],
    layer: str,
    limits: Limits,
    kernels: Mapping[str, Kernel],
) -> Warm:
    """Return a warm process that has imported what the assignment's notebooks import."""
    modules = imported(course, assignment, [notebook.name for notebook in stored if notebook.name not in kernels])
    try:
        return Warm(layer, limits, [*modules, *(MODULES if kernels else ())], to_show(kernels.values()))
    except Broken as trouble:
        raise GraderError(
            f"The sandbox did not start: {trouble}.", todo="Run club doctor to see what this machine allows."
        ) from None


def languages(
    assignment: str, warm: Warm | None, stored: Sequence[StoredNotebook], kernels: Mapping[str, Kernel]
) -> dict[str, dict[str, Any]]:
    """Return what each notebook says of its language: what its kernel says, which is started here to ask it."""
    if warm is None:
        return {notebook.name: PYTHON for notebook in stored}
    others = {name: _language(assignment, warm, kernel) for name, kernel in kernels.items()}
    return {notebook.name: others.get(notebook.name, warm.language) for notebook in stored}


def _language(assignment: str, warm: Warm, kernel: Kernel) -> dict[str, Any]:
    child = warm.fork()
    try:
        ready = child.ask({"op": "start", "role": "kernel", "kernel": kernel.to_json()}, (), time.monotonic() + 60)
        return dict(ready.data["language"])
    except (Broken, Late) as trouble:
        raise GraderError(
            f"The kernel {kernel.title} did not start in the sandbox: {trouble or 'it took too long'}.",
            todo=f"To mark with nbgrader, without a sandbox: club mark {assignment} --no-sandbox",
        ) from None
    finally:
        child.close()


def read_work(
    course: Course,
    assignment: str,
    stored: Sequence[StoredNotebook],
    warm: Warm | None,
    compat: bool,
    fair: bool,
    kernels: Mapping[str, Kernel],
) -> tuple[Work, dict[str, Plan]]:
    """Return what an assignment is marked with, and the plans of its notebooks."""
    sources = tuple(read_source(course, assignment, notebook) for notebook in stored)
    data = data_files(course, assignment)
    outputs = Outputs(
        course.setting("max_lines", 1000, "LimitOutput"),
        course.setting("max_traceback", 100, "LimitOutput"),
        course.setting("pattern", "", "IgnorePattern") if course.setting("enabled", False, "IgnorePattern") else "",
    )
    python = [source for source in sources if source.name not in kernels]
    plans = {} if compat or warm is None else plans_for(course, assignment, python, data, warm)
    return Work(sources, data, course.ignore, plans, outputs, compat, fair, kernels), plans
