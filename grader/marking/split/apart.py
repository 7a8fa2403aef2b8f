"""Mark a notebook with its tests apart: once, and once more where an answer changed what it was tested with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from grader.marking import words
from grader.marking.marked import CellResult
from grader.marking.notebook import is_test, name_of
from grader.marking.one_child import run_together
from grader.marking.scoring import scores_of_tests
from grader.marking.split.two_children import SplitNotebook, run_in_two


def run_apart(notebook: SplitNotebook) -> dict[str, CellResult]:
    """Return the result of each code cell by its id."""
    results, seen = run_in_two(notebook)
    if seen.changes - notebook.plan.changes:
        results |= _worse(notebook, results)
    unverified = [cell for cell in notebook.cells if is_test(cell) and name_of(cell) in notebook.plan.unverified]
    if unverified:
        together = run_together(notebook.warm, notebook.cells, notebook.files, notebook.skip)
        results |= {cell["id"]: together[cell["id"]] for cell in unverified if cell["id"] in together}
    return results


def _worse(notebook: SplitNotebook, results: Mapping[str, CellResult]) -> dict[str, CellResult]:
    """Return results of tests that come out worse when the answers cannot change the data they are tested with.

    Where the reference answer changes no data of a test, an answer that passes only because it does has not passed.
    """
    guarded = frozenset(name_of(cell) for cell in notebook.cells if is_test(cell)) - notebook.plan.changes
    again, _ = run_in_two(notebook, guarded)
    before, after = scores_of_tests(notebook.cells, results), scores_of_tests(notebook.cells, again)
    worse = {name for name, score in before.items() if (after.get(name) or 0.0) < (score or 0.0)}
    cells = [cell["id"] for cell in notebook.cells if is_test(cell) and name_of(cell) in worse]
    return {name: replace(again[name], trouble=again[name].trouble or words.CHANGED) for name in cells}
