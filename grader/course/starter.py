"""nbgrader's ClearSolutions with one change: where a cell brings its own starter, that is put in."""

from __future__ import annotations

from typing import Any

from nbgrader.preprocessors import ClearSolutions

from grader.lesson.notebook import STARTER


class PutStarters(ClearSolutions):  # type: ignore[misc]
    """Put each exercise's own starter in place of its solution; other cells get nbgrader's stub."""

    def preprocess_cell(self, cell: Any, resources: Any, cell_index: int) -> tuple[Any, Any]:
        """Return the cell as a learner gets it."""
        starter = cell.metadata.pop(STARTER, None)
        if starter is None:
            return super().preprocess_cell(cell, resources, cell_index)  # type: ignore[no-any-return]
        cell.source = starter
        return cell, resources
