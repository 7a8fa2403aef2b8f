"""How far the run of a notebook is: what each cell came to. A limit or an ending costs one cell, not the notebook."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from grader.marking import words
from grader.marking.engine import Child, Warm
from grader.marking.frame import Frame
from grader.marking.marked import CellResult
from grader.marking.notebook import Cell

GRACE = 3.0  # seconds that a cell has to end in, once it has been asked to
RESTARTS = 12
MAX_SHOWN = 12_000_000
OUT_OF_MEMORY = ("MemoryError", "_ArrayMemoryError", "numpy._core._exceptions._ArrayMemoryError")
OUT_OF_THREADS = "can't start new thread"  # those that there are hold memory too


@dataclass
class Progress:
    """The run of one notebook, in as many children as it takes. Cells go by their ids.

    `until` is a time of `time.monotonic`. `left_out` are cells that run no more, `killed` those whose child has been
    killed from outside once, `greedy` those that met the end of the memory and may hold it still.
    """

    warm: Warm
    cells: Sequence[Cell]
    until: float
    results: dict[str, CellResult] = field(default_factory=dict)
    left_out: set[str] = field(default_factory=set)
    killed: set[str] = field(default_factory=set)
    greedy: set[str] = field(default_factory=set)

    @property
    def late(self) -> bool:
        """Whether the notebook's time is up."""
        return time.monotonic() >= self.until

    @property
    def seconds(self) -> float:
        """How long the next cell may take."""
        return min(self.warm.limits.cell_time, max(0.5, self.until - time.monotonic()))

    def to_the_end(self, run: Callable[[], bool]) -> dict[str, CellResult]:
        """Run the cells from the start, again while `run` says that it did not reach the end; return their results."""
        for _ in range(RESTARTS + 1):
            if len(self.results) == len(self.cells) or self.late or run():
                break
        for cell in self.cells:
            self.results.setdefault(cell["id"], self._not_reached())
        return self.results

    def keep(self, name: str, frame: Frame, interrupted: str = "", fixed: frozenset[str] = frozenset()) -> None:
        """Keep what a cell answered, unless it had answered in an earlier child; nothing shown in `fixed` cells changes.

        Raises ValueError, or another error of the data's, when the answer is none that a child of ours gives or that
        counts.
        """
        for earlier, outputs in frame.data["changed"].items():
            if earlier in self.results and earlier != name and earlier not in fixed:
                self.results[earlier] = _shown_anew(self.results[earlier], _outputs(outputs))
        if name in self.results:
            return
        outputs = _outputs(frame.data["outputs"])
        limits = self.warm.limits
        if frame.data["left_out"]:
            outputs.append(_stream(words.OUTPUT.format(kilobytes=limits.output // 1000)))
        trouble = interrupted
        if self._held_by_others(name) and any(map(_tells_of_memory, outputs)):
            raise ValueError  # an earlier cell holds the memory: `ended` sees to that
        if not trouble and any(output.get("ename") in OUT_OF_MEMORY for output in outputs):
            trouble = words.MEMORY.format(megabytes=limits.memory // 1_000_000)
            self.greedy.add(name)
        elif any(output.get("evalue") == OUT_OF_THREADS for output in outputs):
            self.greedy.add(name)
        if trouble:
            outputs.append(_error(trouble))
        number, seconds = frame.data["number"], float(frame.data["seconds"])
        if not (number is None or (type(number) is int and 0 <= number < 1_000_000)) or not 0 <= seconds < 1e6:
            raise ValueError
        self.results[name] = CellResult(tuple(outputs), number, trouble, seconds)

    def lost(self, name: str, trouble: str) -> None:
        """Give a cell that ended its child the result of that, and leave it out from now on."""
        self.left_out.add(name)
        self.results.setdefault(name, CellResult((_error(trouble),), None, trouble, 0.0))

    def ended(self, name: str, child: Child) -> None:
        """Deal with a cell whose child has gone; one that was killed from outside has another go.

        So has one that came after a cell which had taken all memory: it may hold it still, and is left out from now on.
        """
        child.stop()
        why = child.why()
        if self._held_by_others(name):
            self.left_out |= self.greedy
            return
        if why.startswith("signal") and name not in self.killed:
            self.killed.add(name)
            return
        if why == "memory":
            self.lost(name, words.MEMORY.format(megabytes=self.warm.limits.memory // 1_000_000))
        else:
            self.lost(name, words.PROCESSES if why == "processes" else words.ENDED)

    def _held_by_others(self, name: str) -> bool:
        return bool(self.greedy - self.left_out - {name})

    def _not_reached(self) -> CellResult:
        """Return the result of a cell that did not run: it has no score."""
        limit = round(self.warm.limits.notebook_time)
        trouble = words.NOTEBOOK_TIME.format(seconds=limit) if self.late else words.NOT_REACHED
        return CellResult((_error(trouble),), None, trouble, 0.0, reached=False)


def begun(warm: Warm, cells: Sequence[Cell], skip: frozenset[str]) -> Progress:
    """Return the run of a notebook's code cells, but for those of the ids in `skip`; its time begins now."""
    wanted = [cell for cell in cells if cell["cell_type"] == "code" and cell["id"] not in skip]
    return Progress(warm, wanted, time.monotonic() + warm.limits.notebook_time)


def started(warm: Warm, files: Mapping[str, bytes], role: str = "", **more: Any) -> Child:
    """Return a new child with its files in place; what it says from now on may be a learner's doing."""
    child = warm.fork()
    try:
        wish = {"op": "start", "role": role, "files": list(files), **more}
        child.ask(wish, list(files.values()), time.monotonic() + 60)
        child.runs_now()
    except BaseException:
        child.close()
        raise
    return child


def _tells_of_memory(output: Mapping[str, Any]) -> bool:
    """Say whether an output tells that there was no memory, also where there was none left to say so in full."""
    lines = output.get("text", "").splitlines() if output.get("name") == "stderr" else ()
    return output.get("ename") in OUT_OF_MEMORY or any(line.startswith(OUT_OF_MEMORY) for line in lines)


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


def _error(sentence: str) -> dict[str, Any]:
    return {"output_type": "error", "ename": words.STOPPED, "evalue": sentence, "traceback": [sentence]}


def _stream(sentence: str) -> dict[str, Any]:
    return {"output_type": "stream", "name": "stdout", "text": f"{sentence}\n"}
