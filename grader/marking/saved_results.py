"""Where no sandbox is: nothing is run, and the results that our own checks had saved in the notebook are read.

They are what the learner saw, and a learner can write them by hand, so they are labelled so.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from grader.marking.marked import CellResult
from grader.marking.notebook import CHECK, Cell, grade_id_of, is_test, text_of
from grader.marking.parts import Source
from grader.marking.rebuild import Rebuilt

LABEL = "as the learner saw it"
NOT_RUN = "the check had not been run when the notebook was saved."


def all_ours(sources: Sequence[Source]) -> bool:
    """Say whether every test is one of our own checks, whose results say how they came out."""
    tests = [part for source in sources for part in source.parts if is_test(part.cell)]
    return bool(tests) and all(CHECK in part.text for part in tests)


def read_saved(rebuilt: Rebuilt, submitted: Sequence[Cell]) -> dict[str, CellResult]:
    """Return the saved outputs of the check cells as results, by the cells' ids in the rebuilt notebook."""
    saved = {grade_id_of(cell): cell for cell in submitted if CHECK in text_of(cell)}
    found = {}
    for cell in rebuilt.cells:
        if is_test(cell):
            outputs = _outputs(saved.get(grade_id_of(cell), {}))
            trouble = "" if outputs else NOT_RUN
            found[cell["id"]] = CellResult(tuple(outputs), None, trouble, reached=bool(outputs))
    return found


def _outputs(cell: Mapping[str, Any]) -> list[dict[str, Any]]:
    held = cell.get("outputs")
    return [output for output in held if type(output) is dict] if type(held) is list else []
