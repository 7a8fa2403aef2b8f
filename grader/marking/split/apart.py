"""Mark a notebook with its tests apart: once, and once more where an answer changed what it was tested with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from grader.marking.engine import Warm
from grader.marking.notebook import Cell
from grader.marking.rebuild import Rebuilt
from grader.marking.result import CellResult
from grader.marking.run import run_together
from grader.marking.scoring import scores_of_tests
from grader.marking.split.plan import Plan, is_test, name_of
from grader.marking.split.two_children import watch_apart


def run_apart(
    warm: Warm,
    plan: Plan,
    rebuilt: Rebuilt,
    files: Mapping[str, bytes],
    own: Mapping[str, bytes],
    skip: frozenset[str],
) -> dict[str, CellResult]:
    """Return the result of each code cell by its id.

    `files` are for the learner's child, `own` (the lesson's data) for the tests'.
    """
    results, seen = watch_apart(warm, plan, rebuilt.cells, files, own, skip)
    if seen.changes - plan.changes:
        results |= _worse(warm, plan, rebuilt.cells, files, own, skip, results)
    unverified = [cell for cell in rebuilt.cells if is_test(cell) and name_of(cell) in plan.unverified]
    if unverified:
        together = run_together(warm, rebuilt.cells, files, skip)
        results |= {cell["id"]: together[cell["id"]] for cell in unverified if cell["id"] in together}
    return results


def _worse(
    warm: Warm,
    plan: Plan,
    cells: Sequence[Cell],
    files: Mapping[str, bytes],
    own: Mapping[str, bytes],
    skip: frozenset[str],
    results: Mapping[str, CellResult],
) -> dict[str, CellResult]:
    """Return results of tests that come out worse when the answers cannot change the data they are tested with.

    Where the reference answer changes no data of a test, an answer that passes only because it does has not passed.
    """
    guarded = frozenset(name_of(cell) for cell in cells if is_test(cell)) - plan.changes
    again, _ = watch_apart(warm, plan, cells, files, own, skip, guarded)
    before, after = scores_of_tests(cells, results), scores_of_tests(cells, again)
    worse = {name for name, score in before.items() if (after.get(name) or 0.0) < (score or 0.0)}
    return {cell["id"]: again[cell["id"]] for cell in cells if is_test(cell) and name_of(cell) in worse}
