"""The engines that are compared, each as the command that a person would type to mark a whole course."""

from __future__ import annotations

import sys
from pathlib import Path

STOCK, SPLIT, COMPAT, OTTER = "nbgrader", "ours", "ours, --compat", "Otter"


def command(engine: str, course: Path, assignment: str) -> list[str]:
    """Return the command with which nbgrader or an engine of ours marks an assignment."""
    if engine == STOCK:
        return [sys.executable, "-m", "nbgrader", "autograde", assignment]
    ours = [sys.executable, "-m", "grader.cli", "mark", assignment, "--course", str(course), "--fast"]
    return [*ours, "--compat"] if engine == COMPAT else ours
