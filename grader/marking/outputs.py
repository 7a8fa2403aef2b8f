"""nbgrader's own limits on output: lines of text, lines of a traceback, lines to leave out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from grader.marking.clean import clean_output
from grader.marking.marked import CellResult
from grader.marking.notebook import Cell, is_test


@dataclass(frozen=True)
class Outputs:
    """The settings of nbgrader's LimitOutput and IgnorePattern."""

    max_lines: int = 1000
    max_traceback: int = 100
    ignore: str = ""

    def limit(self, outputs: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
        """Return the outputs of a cell as nbgrader would keep them."""
        kept = []
        length = 0
        for output in outputs:
            if output["output_type"] == "stream":
                if self.ignore and output["name"] == "stderr" and re.search(self.ignore, output["text"]):
                    continue
                if self.max_lines != -1:
                    if length == self.max_lines:
                        continue
                    text = output["text"].split("\n")
                    if len(text) + length > self.max_lines:
                        text = [*text[: self.max_lines - length - 1], "... Output truncated ..."]
                    length += len(text)
                    output = output | {"text": "\n".join(text)}
            elif output["output_type"] == "error":
                output = output | {"traceback": self._short(output["traceback"])}
            kept.append(output)
        return kept

    def _short(self, lines: list[str]) -> list[str]:
        if self.max_traceback == -1 or len(lines) <= self.max_traceback:
            return lines
        start = self.max_traceback // 2
        return [*lines[:start], "... Traceback truncated ...", *lines[-(self.max_traceback - start - 1) :]]


def with_outputs(cell: Cell, result: CellResult | None, outputs: Outputs) -> Cell:
    """Return a code cell with what it showed: nothing that acts, no more than nbgrader keeps."""
    if cell["cell_type"] != "code" or result is None:
        return cell
    cleaned = [clean for output in result.outputs if (clean := clean_output(output, is_test(cell))) is not None]
    return cell | {"outputs": outputs.limit(cleaned), "execution_count": result.number}
