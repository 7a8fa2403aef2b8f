"""What the reference's answers import: where a learner binds such a name to code, tests use the instructor's own."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping
from typing import Any

from grader.marking.split.names import EVERYTHING
from grader.marking.split.stand_ins import Inert
from grader.marking.split.values import MISSING

CODE = ("function", "class", "object", "module", "type")


class Imported:
    """The tests' end: the names, and what they are once asked for.

    `lines` gives for each name the line that imports it; those that import all of a module are under "*".
    """

    def __init__(self, lines: Mapping[str, str]) -> None:
        self._lines = dict(lines)
        self._everything: dict[str, Any] | None = None

    @property
    def names(self) -> set[str]:
        """Every name that is imported."""
        if self._everything is None:
            self._everything = _run(self._lines.pop(EVERYTHING, ""))
        return {*self._lines, *self._everything}

    def in_place_of(self, name: str, data: Any, answers: set[str]) -> Any:
        """Return what tests use in place of what a learner's end says of a name; MISSING where that is good as it is."""
        kind = data.get("is") if isinstance(data, dict) else None
        if kind not in CODE or name not in self.names or (name in answers and name not in self._lines):
            return MISSING
        found = _run(self._lines[name]) if name in self._lines else self._everything or {}
        if name not in found:
            return MISSING
        same = kind != "module" or getattr(found[name], "__name__", "") == data["name"]
        return found[name] if same else Inert("module")


def _run(lines: str) -> dict[str, Any]:
    found: dict[str, Any] = {}
    with contextlib.suppress(Exception):
        exec(lines, found)
    return {name: value for name, value in found.items() if not name.startswith("__")}
