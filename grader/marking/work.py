"""What an assignment is marked with: its sources, data, settings and plans, and a warm process for it."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from grader.errors import GraderError
from grader.marking.assignment import Assignment
from grader.marking.engine import Broken, Warm
from grader.marking.frame import Late
from grader.marking.gradebook import Course
from grader.marking.kernels import MODULES, Kernel, to_show
from grader.marking.outputs import Outputs
from grader.marking.parts import Source
from grader.marking.sandbox.enter import Limits
from grader.marking.source import data_files, imported, read_source
from grader.marking.split.plan import Plan
from grader.marking.split.verify import plans_for
from grader.marking.surroundings import trees_to_show

PYTHON: dict[str, Any] = {"name": "python"}


@dataclass(frozen=True)
class Work:
    """What every submission of an assignment is marked with. `languages` is what each notebook says of its own."""

    sources: tuple[Source, ...]
    data: Mapping[str, Path]
    ignore: tuple[str, ...]
    plans: Mapping[str, Plan] = field(default_factory=dict)
    outputs: Outputs = field(default_factory=Outputs)
    compat: bool = False
    fair: bool = False
    kernels: Mapping[str, Kernel] = field(default_factory=dict)
    languages: Mapping[str, dict[str, Any]] = field(default_factory=dict)


def cell_time(course: Course) -> float:
    """Return the seconds that the course allows for one cell."""
    value = course.setting("timeout", 30, "Execute", "ExecutePreprocessor")
    return float(value) if isinstance(value, (int, float)) and value > 0 else 30.0


def warmed(assignment: Assignment, layer: str, limits: Limits) -> Warm:
    """Return a warm process that has imported what the assignment's notebooks import."""
    kernels = assignment.kernels
    python = [notebook.name for notebook in assignment.notebooks if notebook.name not in kernels]
    modules = [*imported(assignment.course, assignment.name, python), *(MODULES if kernels else ())]
    try:
        return Warm(layer, limits, modules, [*trees_to_show(assignment.course.root), *to_show(kernels.values())])
    except Broken as trouble:
        raise GraderError(
            f"The sandbox did not start: {trouble}.", todo="Run club doctor to see what this machine allows."
        ) from None


def read_work(assignment: Assignment, warm: Warm | None, compat: bool, fair: bool) -> Work:
    """Return what an assignment is marked with; plans for the split are made where there are none yet."""
    course, name, kernels = assignment.course, assignment.name, assignment.kernels
    sources = tuple(read_source(course, name, notebook) for notebook in assignment.notebooks)
    data = data_files(course, name)
    outputs = Outputs(
        course.setting("max_lines", 1000, "LimitOutput"),
        course.setting("max_traceback", 100, "LimitOutput"),
        course.setting("pattern", "", "IgnorePattern") if course.setting("enabled", False, "IgnorePattern") else "",
    )
    python = [source for source in sources if source.name not in kernels]
    plans = {} if compat or warm is None else plans_for(course, name, python, data, warm)
    return Work(sources, data, course.ignore, plans, outputs, compat, fair, kernels, _languages(assignment, warm))


def _languages(assignment: Assignment, warm: Warm | None) -> dict[str, dict[str, Any]]:
    """Return what each notebook says of its language: what its kernel says, which is started here to ask it."""
    python = warm.language if warm else PYTHON
    found = {notebook.name: python for notebook in assignment.notebooks}
    if warm is not None:
        found |= {name: _language(assignment.name, warm, kernel) for name, kernel in assignment.kernels.items()}
    return found


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
