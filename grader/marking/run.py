"""Run a rebuilt notebook in children and see to it that a limit or an ending costs one cell, not the notebook."""

from __future__ import annotations

import secrets
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from grader.marking import words
from grader.marking.engine import Child, Warm
from grader.marking.frame import Ended, Frame, Late
from grader.marking.kernels import Kernel
from grader.marking.notebook import Cell, text_of
from grader.marking.result import CellResult

GRACE = 3.0
RESTARTS = 12
MAX_SHOWN = 12_000_000
OUT_OF_MEMORY = ("MemoryError", "_ArrayMemoryError")


@dataclass
class Progress:
    """Where the run of one notebook is."""

    warm: Warm
    files: Mapping[str, bytes]
    until: float
    kernel: Kernel | None = None
    results: dict[str, CellResult] = field(default_factory=dict)
    left_out: set[str] = field(default_factory=set)
    killed: set[str] = field(default_factory=set)
    greedy: set[str] = field(default_factory=set)
    restarts: int = 0


def run_together(
    warm: Warm,
    cells: Sequence[Cell],
    files: Mapping[str, bytes],
    skip: frozenset[str],
    kernel: Kernel | None = None,
) -> dict[str, CellResult]:
    """Run all cells in one child, nbgrader's way; return the result of each code cell by its id.

    `kernel` is another language's, which the child then starts; otherwise they run in the child itself.
    """
    progress = Progress(warm, files, time.monotonic() + warm.limits.notebook_time, kernel, left_out=set(skip))
    wanted = [cell for cell in cells if cell["cell_type"] == "code" and cell["id"] not in skip]
    while len(progress.results) < len(wanted) and progress.restarts <= RESTARTS:
        if not _run_once(progress, wanted):
            progress.restarts += 1
    for cell in wanted:
        progress.results.setdefault(cell["id"], not_reached(warm, progress.until))
    return progress.results


def _run_once(progress: Progress, wanted: Sequence[Cell]) -> bool:
    """Run from the start in a new child; say whether the end was reached. Cells that had ended a child are left out."""
    if progress.kernel:
        child = start(progress.warm, progress.files, "kernel", kernel=progress.kernel.to_json())
    else:
        child = start(progress.warm, progress.files)
    try:
        for cell in wanted:
            if cell["id"] in progress.left_out:
                continue
            if time.monotonic() >= progress.until:
                for late in wanted:
                    progress.results.setdefault(late["id"], not_reached(progress.warm, progress.until))
                return True
            if not run_cell(progress, child, cell):
                return False
        return finish(child)
    finally:
        child.close()


def start(warm: Warm, files: Mapping[str, bytes], role: str = "", **more: Any) -> Child:
    """Return a new child with its files in place."""
    child = warm.fork()
    try:
        child.ask(
            {"op": "start", "role": role, "files": list(files), **more}, list(files.values()), time.monotonic() + 60
        )
        child.runs_now()
    except BaseException:
        child.close()
        raise
    return child


def finish(child: Child) -> bool:
    """Have the child say goodbye: without it, nothing it did counts."""
    try:
        return child.ask({"op": "end"}, (), time.monotonic() + GRACE).op == "bye"
    except (Late, Ended):
        return True  # every cell has answered; only the goodbye is missing


def run_cell(progress: Progress, child: Child, cell: Cell) -> bool:
    """Run one cell, keep its result, and say whether the child is still of use."""
    limits = progress.warm.limits
    seconds = min(limits.cell_time, max(0.5, progress.until - time.monotonic()))
    name = cell["id"]
    try:
        token = secrets.token_hex(8)
        child.tell({"op": "run", "id": name, "token": token, "code": text_of(cell)}, (), time.monotonic() + seconds)
        frame, interrupted = wait(child, seconds)
        if frame.data.get("token") != token:  # the cell spoke in our place
            raise Ended
    except Late:
        child.stop()
        lost(progress, name, words.STUCK.format(seconds=round(seconds)))
        return False
    except Ended:
        ended(progress, name, child)
        return False
    try:
        keep(progress, name, frame, words.TIME.format(seconds=round(seconds)) if interrupted else "")
    except (KeyError, TypeError, ValueError, AttributeError):
        ended(progress, name, child)
        return False
    if interrupted:
        progress.left_out.add(name)
    return True


def wait(child: Child, seconds: float) -> tuple[Frame, bool]:
    """Wait for a cell to end; when its time is up, interrupt it as the stop button does and wait a little more."""
    until = time.monotonic() + seconds
    try:
        return child.hear(until), False
    except Late:
        child.interrupt()
        return child.hear(time.monotonic() + GRACE), True


def keep(
    progress: Progress, name: str, frame: Frame, interrupted: str = "", fixed: frozenset[str] = frozenset()
) -> None:
    """Keep what a cell answered, unless it had answered in an earlier child; it changes nothing shown in `fixed` cells.

    Raises ValueError, or another error of the data's, when the answer is none that a child of ours gives or that counts.
    """
    for earlier, outputs in frame.data["changed"].items():
        if earlier in progress.results and earlier != name and earlier not in fixed:
            progress.results[earlier] = _shown_anew(progress.results[earlier], _outputs(outputs))
    if name in progress.results:
        return
    outputs = _outputs(frame.data["outputs"])
    limits = progress.warm.limits
    if frame.data["left_out"]:
        outputs.append(stream(words.OUTPUT.format(kilobytes=limits.output // 1000)))
    trouble = interrupted
    if not trouble and any(output.get("ename") in OUT_OF_MEMORY for output in outputs):
        if progress.greedy - progress.left_out - {name}:
            raise ValueError  # an earlier cell holds the memory: `ended` sees to that
        trouble = words.MEMORY.format(megabytes=limits.memory // 1_000_000)
        progress.greedy.add(name)
    if trouble:
        outputs.append(error(trouble))
    number, seconds = frame.data["number"], float(frame.data["seconds"])
    if not (number is None or (type(number) is int and 0 <= number < 1_000_000)) or not 0 <= seconds < 1e6:
        raise ValueError
    progress.results[name] = CellResult(tuple(outputs), number, trouble, seconds)


def _outputs(data: Any) -> list[dict[str, Any]]:
    if type(data) is not list or not all(type(output) is dict and "output_type" in output for output in data):
        raise ValueError
    if _letters(data) > MAX_SHOWN:  # no child that keeps to the limits shows so much
        raise ValueError
    return list(data)


def _letters(value: Any) -> int:
    if isinstance(value, dict):
        return sum(len(key) + _letters(item) for key, item in value.items())
    return sum(map(_letters, value)) if isinstance(value, list) else len(value) if isinstance(value, str) else 8


def _shown_anew(result: CellResult, outputs: Sequence[dict[str, Any]]) -> CellResult:
    """Return a result whose displays a later cell has updated; what decides a score cannot change."""
    kinds = [output["output_type"] for output in outputs]
    if kinds != [output["output_type"] for output in result.outputs[: len(kinds)]]:
        return result
    shown = [
        new if new["output_type"] == "display_data" else old for old, new in zip(result.outputs, outputs, strict=False)
    ]
    return replace(result, outputs=(*shown, *result.outputs[len(kinds) :]))


def lost(progress: Progress, name: str, trouble: str) -> None:
    """Give a cell that ended its child the result of that, and leave it out from now on."""
    progress.left_out.add(name)
    progress.results.setdefault(name, CellResult((error(trouble),), None, trouble, 0.0))


def ended(progress: Progress, name: str, child: Child) -> None:
    """Deal with a cell whose child has gone; one that was killed from outside has another go.

    So has one that came after a cell which had taken all memory: it may hold it still, and is left out from now on.
    """
    child.stop()
    why = child.why()
    if progress.greedy - progress.left_out - {name}:
        progress.left_out |= progress.greedy
        return
    if why.startswith("signal") and name not in progress.killed:
        progress.killed.add(name)
        return
    if why == "memory":
        lost(progress, name, words.MEMORY.format(megabytes=progress.warm.limits.memory // 1_000_000))
    else:
        lost(progress, name, words.PROCESSES if why == "processes" else words.ENDED)


def not_reached(warm: Warm, until: float) -> CellResult:
    """Return the result of a cell that did not run: it has no score."""
    late = time.monotonic() >= until
    trouble = words.NOTEBOOK_TIME.format(seconds=round(warm.limits.notebook_time)) if late else words.NOT_REACHED
    return CellResult((error(trouble),), None, trouble, 0.0, reached=False)


def error(sentence: str) -> dict[str, Any]:
    """Return an output that says why there is no result."""
    return {"output_type": "error", "ename": words.STOPPED, "evalue": sentence, "traceback": [sentence]}


def stream(sentence: str) -> dict[str, Any]:
    """Return an output that is one line of text."""
    return {"output_type": "stream", "name": "stdout", "text": f"{sentence}\n"}
