"""The engines that are compared, each as a command that marks a whole course."""

from __future__ import annotations

import sys
from pathlib import Path

MARK = (
    "import sys; from pathlib import Path; from grader.marking.mark import mark_assignment; "
    "mark_assignment(Path(sys.argv[1]), sys.argv[2], compat=sys.argv[3] == 'compat')"
)
STOCK, SPLIT, COMPAT, OTTER = "nbgrader", "ours", "ours, --compat", "Otter"


def command(engine: str, course: Path, assignment: str) -> list[str]:
    """Return the command that marks an assignment with an engine."""
    if engine == STOCK:
        return [sys.executable, "-m", "nbgrader", "autograde", assignment]
    return [sys.executable, "-c", MARK, str(course), assignment, "compat" if engine == COMPAT else "split"]
