"""Run a notebook in one child, nbgrader's way: answers and tests together, or all of it in another language's kernel."""

from __future__ import annotations

import secrets
import time
from collections.abc import Mapping, Sequence
from typing import Any

from grader.marking import words
from grader.marking.engine import Child, Warm
from grader.marking.frame import Ended, Frame, Late
from grader.marking.kernels import Kernel
from grader.marking.marked import CellResult
from grader.marking.notebook import Cell, text_of
from grader.marking.progress import GRACE, Progress, begun, started


def run_together(
    warm: Warm,
    cells: Sequence[Cell],
    files: Mapping[str, bytes],
    skip: frozenset[str],
    kernel: Kernel | None = None,
) -> dict[str, CellResult]:
    """Return the result of each code cell by its id.

    `kernel` is another language's, which the child then starts; otherwise the cells run in the child itself.
    """
    progress = begun(warm, cells, skip)
    return progress.to_the_end(lambda: _once(progress, files, kernel))


def _once(progress: Progress, files: Mapping[str, bytes], kernel: Kernel | None) -> bool:
    """Run the cells from the start in a new child until the time is up; say whether the child was of use to the end."""
    role: dict[str, Any] = {"role": "kernel", "kernel": kernel.to_json()} if kernel else {}
    child = started(progress.warm, files, **role)
    try:
        for cell in progress.cells:
            if progress.late:
                break
            if cell["id"] not in progress.left_out and not _run_cell(progress, child, cell):
                return False
        return True
    finally:
        child.close()


def _run_cell(progress: Progress, child: Child, cell: Cell) -> bool:
    """Run one cell, keep its result, and say whether the child is still of use."""
    seconds, name, token = progress.seconds, cell["id"], secrets.token_hex(8)
    try:
        child.tell({"op": "run", "id": name, "token": token, "code": text_of(cell)}, (), time.monotonic() + seconds)
        frame, interrupted = _wait(child, seconds)
        if frame.data.get("token") != token:  # the cell spoke in our place
            raise Ended
        progress.keep(name, frame, words.TIME.format(seconds=round(seconds)) if interrupted else "")
    except Late:
        child.stop()
        progress.lost(name, words.STUCK.format(seconds=round(seconds)))
        return False
    except (Ended, KeyError, TypeError, ValueError, AttributeError):
        progress.ended(name, child)
        return False
    if interrupted:
        progress.left_out.add(name)
    return True


def _wait(child: Child, seconds: float) -> tuple[Frame, bool]:
    """Wait for a cell to end; when its time is up, interrupt it as the stop button does and wait a little more."""
    until = time.monotonic() + seconds
    try:
        return child.hear(until), False
    except Late:
        child.interrupt()
        return child.hear(time.monotonic() + GRACE), True
