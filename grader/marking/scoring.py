"""Scores from outputs: nbgrader's rules as they are, and the fairer ones behind a switch."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from grader.marking.gradebook import stock_grade
from grader.marking.marked import CellResult, CellScore
from grader.marking.notebook import Cell, checksum_of, is_grade, is_solution, is_task, is_test, marks_of, name_of
from grader.marking.outputs import Outputs, with_outputs

NO_RESPONSE = "No response."
NUMPY_NUMBER = re.compile(r"np\.(?:float|int|uint)\d+\((-?[\d.]+(?:e[+-]?\d+)?)\)")


def score_cells(
    cells: Sequence[Cell], reached: Mapping[str, bool], fair: bool
) -> tuple[tuple[CellScore, ...], tuple[str, ...]]:
    """Return the scores of a notebook's cells, and the names of test cells that gave more than their points.

    `reached` says by name which cells have run; one that has not has no score, and waits for a person.
    """
    scores, above = [], []
    for cell in cells:
        marks = marks_of(cell)
        name = marks.get("grade_id")
        if name is None or not (is_grade(marks) or is_solution(marks) or is_task(marks)):
            continue
        points = float(marks.get("points") or 0.0)
        score = None
        if is_grade(marks) and reached.get(name, True):
            try:
                score = stock_grade(cell)
            except (ValueError, KeyError, TypeError):
                above.append(name)
        fairer = _fair_grade(cell, points, score) if fair and score is not None else score
        comment = NO_RESPONSE if not is_task(marks) and marks.get("checksum") == checksum_of(cell) else None
        scores.append(
            CellScore(
                grade_id=name,
                score=fairer,
                points=points,
                comment=comment,
                graded=is_grade(marks),
                commented=is_solution(marks) or is_task(marks),
                changed_by_fair=fairer != score,
            )
        )
    return tuple(scores), tuple(above)


def scores_of_tests(cells: Sequence[Cell], results: Mapping[str, CellResult]) -> dict[str, float | None]:
    """Return the scores of the tests of a notebook that has run, by name."""
    shown = [with_outputs(cell, results.get(cell["id"]), Outputs()) for cell in cells]
    reached = {name_of(cell): results[cell["id"]].reached for cell in cells if cell["id"] in results}
    scores, _ = score_cells(shown, reached, fair=False)
    tests = {name_of(cell) for cell in cells if is_test(cell)}
    return {each.grade_id: each.score for each in scores if each.grade_id in tests}


def _fair_grade(cell: Mapping[str, Any], points: float, score: float) -> float:
    """Return the score where a warning is not a failure and a numpy number is a number."""
    marks = marks_of(cell)
    if cell["cell_type"] != "code" or is_solution(marks):
        return score
    outputs = cell["outputs"]
    if any(output["output_type"] == "error" for output in outputs):
        return score
    kept = [_plain_number(output) for output in outputs if output.get("name") != "stderr"]
    try:
        found = stock_grade({**cell, "outputs": kept})
    except (ValueError, KeyError, TypeError):
        return score
    return score if found is None else max(0.0, min(found, points))


def _plain_number(output: dict[str, Any]) -> dict[str, Any]:
    text = output.get("data", {}).get("text/plain") if output["output_type"] == "execute_result" else None
    found = NUMPY_NUMBER.fullmatch(text) if isinstance(text, str) else None
    return output | {"data": {"text/plain": found[1]}} if found else output
