"""The source of a notebook in parts: the cells that nbgrader keeps, with the text that learners were given. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from grader.marking.notebook import Cell, is_locked, is_task


@dataclass(frozen=True)
class Part:
    """A cell that the source keeps in the gradebook. `shown` is the text learners were given."""

    grade_id: str
    cell_type: str
    text: str
    shown: str
    marks: Mapping[str, Any]
    id: str = ""
    metadata: Mapping[str, Any] = field(default_factory=dict)

    @property
    def locked(self) -> bool:
        """Whether the text belongs to the source."""
        return is_locked(self.marks) or is_task(self.marks)

    @property
    def cell(self) -> Cell:
        """The cell as the source has it, its answer included."""
        return {"cell_type": self.cell_type, "metadata": {"nbgrader": dict(self.marks)}, "source": self.text}


@dataclass(frozen=True)
class Source:
    """The source of one notebook: its gradebook cells in order, and the notebook's own metadata."""

    name: str
    parts: tuple[Part, ...]
    metadata: Mapping[str, Any] = field(default_factory=dict)
    minor: int = 5
