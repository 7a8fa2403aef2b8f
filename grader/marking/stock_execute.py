"""Our engine as a step of `nbgrader autograde`. In nbgrader_config.py:

    from grader.marking.stock_execute import PREPROCESSORS
    c.Autograde.autograde_preprocessors = PREPROCESSORS

nbgrader keeps its own way with folders, scores and the gradebook; only where and how cells run is ours.
"""

from __future__ import annotations

import atexit
from pathlib import Path
from typing import Any

from nbformat import from_dict
from nbgrader.coursedir import CourseDirectory
from nbgrader.preprocessors import (
    AssignLatePenalties,
    CheckCellMetadata,
    IgnorePattern,
    LimitOutput,
    NbGraderPreprocessor,
    SaveAutoGrades,
)
from traitlets import Bool

from grader.marking import submission
from grader.marking.assignment import read_assignment
from grader.marking.engine import Warm
from grader.marking.gradebook import Course
from grader.marking.kernels import refuse_kernels
from grader.marking.notebook import Cell
from grader.marking.one_child import run_together
from grader.marking.outputs import Outputs, with_outputs
from grader.marking.parts import Source
from grader.marking.sandbox.enter import Limits
from grader.marking.sandbox.layers import choose
from grader.marking.split.apart import run_apart
from grader.marking.split.two_children import SplitNotebook
from grader.marking.work import Work, cell_time, read_work, warmed

_ready: dict[tuple[str, str, bool], tuple[Warm, Work]] = {}


class Execute(NbGraderPreprocessor):  # type: ignore[misc]
    """Runs a notebook's cells in sandboxed children of a warm process, its tests apart from the learner's code."""

    compat = Bool(False, help="Run the tests in the learner's own process, as nbgrader does.").tag(config=True)

    def preprocess(self, nb: Any, resources: Any) -> tuple[Any, Any]:
        """Run all code cells and put their outputs in place."""
        about = resources["nbgrader"]
        root = Path(CourseDirectory(config=self.config).root).resolve()
        warm, work = _made_ready(root, str(about["assignment"]), self.compat)
        source = next(each for each in work.sources if each.name == about["notebook"])
        cells = _cells(source, nb.cells)
        handed = submission.find(Path(resources["metadata"]["path"]), [each.name for each in work.sources], work.ignore)
        files = submission.contents(handed.files)
        kernel = work.kernels.get(source.name)
        if self.compat or kernel:
            results = run_together(warm, cells, files, frozenset(), kernel)
        else:
            own = {name: path.read_bytes() for name, path in work.data.items()}
            results = run_apart(SplitNotebook(warm, work.plans[source.name], cells, files, own))
        everything = Outputs(max_lines=-1, max_traceback=-1)  # nbgrader's LimitOutput comes after
        for place, cell in enumerate(cells):
            result = results.get(cell["id"])
            if result is None:
                continue
            if not result.reached:
                raise RuntimeError(f"Not marked: {result.trouble}")
            shown = with_outputs(cell, result, everything)
            nb.cells[place].outputs = [from_dict(output) for output in shown["outputs"]]  # type: ignore[no-untyped-call]
            nb.cells[place].execution_count = shown["execution_count"]
        nb.metadata["language_info"] = work.languages[source.name]
        return nb, resources


def _made_ready(root: Path, assignment: str, compat: bool) -> tuple[Warm, Work]:
    key = (str(root), assignment, compat)
    if key not in _ready:
        course = Course(root)
        with course.gradebook() as book:
            found = read_assignment(course, book, assignment)
        layer = choose(assignment)
        refuse_kernels(found.kernels, assignment, layer)
        warm = warmed(found, layer, Limits(cell_time=cell_time(course)))
        atexit.register(warm.close)
        _ready[key] = warm, read_work(found, warm, compat, fair=False)
    return _ready[key]


def _cells(source: Source, cells: Any) -> list[Cell]:
    """Return the cells as they run: what they are is the source's word, whatever the notebook says."""
    known = {part.grade_id: part for part in source.parts}
    made = []
    for place, cell in enumerate(cells):
        part = known.get(cell.metadata.get("nbgrader", {}).get("grade_id"))
        text = part.text if part is not None and part.locked else str(cell.source)
        metadata = {"nbgrader": dict(part.marks)} if part is not None else {}
        made.append({"cell_type": cell.cell_type, "id": f"cell-{place}", "metadata": metadata, "source": text})
    return made


PREPROCESSORS = [Execute, IgnorePattern, LimitOutput, SaveAutoGrades, AssignLatePenalties, CheckCellMetadata]
__all__ = ["PREPROCESSORS", "Execute"]
