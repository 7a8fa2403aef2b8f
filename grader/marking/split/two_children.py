"""Run a notebook in two children: the learner's cells in one, the lesson's tests in the other; carry what they say."""

from __future__ import annotations

import contextlib
import secrets
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from grader.marking import words
from grader.marking.engine import Child, Warm
from grader.marking.frame import Ended, Frame, Late
from grader.marking.marked import CellResult
from grader.marking.notebook import CHECK, Cell, is_lesson_code, is_test, name_of, text_of
from grader.marking.progress import GRACE, Progress, begun, started
from grader.marking.split.names import classes_of_lesson, needed_beside_tests
from grader.marking.split.plan import Plan
from grader.marking.split.talk import Pair, Talk


@dataclass(frozen=True)
class SplitNotebook:
    """A notebook that is run in two children of a warm process, and what they need for it.

    `files` are for the learner's child, `own` (the lesson's data) for the tests'; `skip` has the ids of cells that do
    not run.
    """

    warm: Warm
    plan: Plan
    cells: Sequence[Cell]
    files: Mapping[str, bytes]
    own: Mapping[str, bytes]
    skip: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Seen:
    """What a run showed, cells by name: the names that a cell changed (`touched`), the tests that looked at objects of
    learners' classes (`objects`), those whose own data an answer changed (`changes`), and the files that cells wrote.
    """

    touched: Mapping[str, frozenset[str]]
    objects: frozenset[str]
    changes: frozenset[str]
    files: frozenset[str]


def run_in_two(notebook: SplitNotebook, guarded: frozenset[str] = frozenset()) -> tuple[dict[str, CellResult], Seen]:
    """Return the result of each code cell by its id, and what the run showed about the tests.

    In `guarded` tests, changes that answers make to the tests' own data are not taken over.
    """
    progress = begun(notebook.warm, notebook.cells, notebook.skip)
    runs = _Runs(progress, notebook, guarded)
    return progress.to_the_end(runs.once), runs.seen


class _Runs:
    """The runs of one notebook, from the start each time, leaving out cells that had ended a child."""

    def __init__(self, progress: Progress, notebook: SplitNotebook, guarded: frozenset[str]) -> None:
        self._progress, self._notebook, self._plan, self._guarded = progress, notebook, notebook.plan, guarded
        self._beside = needed_beside_tests(progress.cells)
        self._classes = sorted(classes_of_lesson(progress.cells))
        self._tests = frozenset(cell["id"] for cell in progress.cells if is_test(cell))
        self._touched: dict[str, set[str]] = {}
        self._objects: set[str] = set()
        self._changes: set[str] = set()
        self._files: set[str] = set()

    @property
    def seen(self) -> Seen:
        """What the runs have shown."""
        touched = {name: frozenset(names) for name, names in self._touched.items()}
        return Seen(touched, frozenset(self._objects), frozenset(self._changes), frozenset(self._files))

    def once(self) -> bool:
        """Run in two new children; say whether both were of use to the end."""
        plan, own = self._plan, self._notebook.own
        kept = {
            "shared": sorted(plan.shared),
            "kept_files": [name for name in own if name not in plan.files],
            "classes": self._classes,
            "chance": secrets.randbits(32),
        }
        asked = {"answers": sorted(plan.answers), "words": sorted(plan.words), "imports": dict(plan.imports)}
        checks = any(is_test(cell) and CHECK in text_of(cell) for cell in self._progress.cells)
        with contextlib.ExitStack() as closing:
            answers = started(self._progress.warm, self._notebook.files, "answers", lesson=checks, **kept)
            closing.callback(answers.close)
            tests = started(self._progress.warm, own, "tests", **asked, **kept)
            closing.callback(tests.close)
            return self._run_cells(Pair(answers, tests))

    def _run_cells(self, pair: Pair) -> bool:
        """Run the cells in their order until the time is up; say whether both children are still of use."""
        number = 1
        for cell in self._progress.cells:
            if self._progress.late:
                break
            if cell["id"] not in self._progress.left_out and not self._run_cell(pair, cell, number):
                return False
            number += bool(text_of(cell).strip())
        return True

    def _run_cell(self, pair: Pair, cell: Cell, number: int) -> bool:
        if is_test(cell):
            return self._run_in(pair, pair.tests, cell, number)
        if cell["id"] in self._beside and not self._run_in(pair, pair.tests, cell, number, quiet=True):
            return False
        return self._run_in(pair, pair.answers, cell, number)

    def _run_in(self, pair: Pair, child: Child, cell: Cell, number: int, quiet: bool = False) -> bool:
        """Run one cell in one child while the other answers; keep its result; say whether both are still of use."""
        progress, name, seconds, token = self._progress, cell["id"], self._progress.seconds, secrets.token_hex(8)
        talk = Talk(pair, child, seconds)
        wish = {"op": "run", "id": name, "token": token, "code": text_of(cell), "number": number, "quiet": quiet}
        wish |= {"live": name_of(cell) in self._plan.objects, "guarded": name_of(cell) in self._guarded}
        try:
            child.tell(wish, (), talk.until)
            frame = talk.until_done()
            if frame.data.get("token") != token:
                raise Ended
            if not quiet:
                more = self._figures(pair, frame) if child is pair.tests else []
                frame.data["outputs"] = [*frame.data["outputs"], *more]
                fixed = self._tests if child is pair.answers else frozenset()
                interrupted = words.TIME.format(seconds=round(seconds)) if talk.interrupted else ""
                progress.keep(name, frame, interrupted, fixed)
            pair.other(child).tell(
                {"op": "sync", "sync": frame.data.get("sync")}, frame.parts, time.monotonic() + GRACE
            )
            self._note(cell, frame, child is pair.answers)
        except Late:
            talk.turn.stop()
            progress.lost(name, words.STUCK.format(seconds=round(seconds)))
            return False
        except (Ended, KeyError, TypeError, ValueError, AttributeError):
            progress.ended(name, talk.turn)
            return False
        if talk.interrupted:
            progress.left_out.add(name)
        return True

    def _figures(self, pair: Pair, frame: Frame) -> list[dict[str, Any]]:
        """Have the learner's child show the figures that a test left open, as the end of a cell does."""
        if not frame.data.get("asked"):
            return []
        talk = Talk(pair, pair.answers, GRACE)
        pair.answers.tell({"op": "ask", "what": "figures", "wish": {}, "sync": {}}, (), talk.until)
        shown = talk.until_done("answer").data["sync"]["shown"]
        return [output for output in shown if output.get("output_type") == "display_data"]

    def _note(self, cell: Cell, frame: Frame, learners: bool) -> None:
        if not is_lesson_code(cell):
            self._touched.setdefault(name_of(cell) or cell["id"], set()).update(frame.data.get("touched", ()))
        if not learners and frame.data.get("objects"):
            self._objects.add(name_of(cell))
        if not learners and frame.data.get("changed_ours"):
            self._changes.add(name_of(cell))
        if not is_lesson_code(cell):
            self._files.update(frame.data.get("wrote", ()))
