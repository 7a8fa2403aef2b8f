"""Run answers the way a notebook would, many in a second: one IPython shell, each answer from a known state.

The state before an exercise is that of a reader who ran every cell above it and answered right.
"""

from __future__ import annotations

import contextlib
import copy
import io
import os
import tempfile
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

import pandas as pd

from grader.checks.snapshot import Snapshot
from grader.checks.verdict import Outcome
from grader.errors import GraderError
from grader.kernel import session as sessions
from grader.kernel.watch import Watch
from grader.lesson import build, notebook
from grader.lesson.read import Lesson, fill


@dataclass(frozen=True)
class Ran:
    """An answer that was run: what the check saw, and what it said."""

    snapshot: Snapshot
    outcome: Outcome


class Rehearsal:
    """A lesson ready to run answers. Use as a context manager: it works in a temporary copy of the lesson.

    A cell of the lesson that stops raises GraderError; with `keep_on` it is put in `stopped`, and the next one runs.
    With `untouched` the reader above each exercise has answered nothing.
    """

    def __init__(self, lesson: Lesson, *, keep_on: bool = False, untouched: bool = False) -> None:
        self.lesson, self._keep_on, self._untouched = lesson, keep_on, untouched
        self.stopped: list[GraderError] = []
        self._texts = notebook.standard_figures(lesson)
        self._states: dict[str, dict[str, Any]] = {}
        self._stack = contextlib.ExitStack()

    def __enter__(self) -> Rehearsal:
        import matplotlib

        matplotlib.use("agg")
        folder = Path(self._stack.enter_context(tempfile.TemporaryDirectory(prefix="foothills-")))
        _write(folder, build.beside(self.lesson))
        self._stack.callback(os.chdir, Path.cwd())
        os.chdir(folder)
        self.shell = _quiet_shell()
        self.session = sessions.Session(Path.cwd(), self.shell, Watch(self.shell))
        sessions.hold(self.session)
        self._stack.callback(sessions.hold, None)
        self._fill_states()
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    def run(self, exercise: str, code: str) -> Ran:
        """Run one answer to an exercise from its known state, and judge it."""
        if exercise not in self._states:
            raise GraderError(f"There is no exercise {exercise}.", where=self.lesson.name, todo="Check the name.")
        self._restore(self._states[exercise])
        self._run_cell(fill(code, self._texts), exercise)
        made = self.session.exercise(exercise)
        snapshot = self.session.snapshot(made)
        outcome = sessions.judged(made, snapshot, self.session.pack.words)
        return Ran(snapshot, outcome)

    def _fill_states(self) -> None:
        """Run the lesson once from the top with its solutions, keeping the state before each exercise."""
        for cell in self.lesson.cells:
            source = fill(cell.source, self._texts)
            if cell.role == "exercise":
                self._states[cell.name] = _kept(self.shell.user_ns)
                if self._untouched:
                    self._run_cell(source, "above")
            elif cell.role == "solution" and not self._untouched:
                self._must_run(source, f"solution {cell.name}")
            elif cell.role in ("setup", "example", "run"):
                self._must_run(source, cell.place)
        self._last = _kept(self.shell.user_ns)

    def _must_run(self, source: str, place: str) -> None:
        trouble = self._run_cell(source, "above")
        if trouble is None:
            return
        what = f"It stops with {type(trouble).__name__}: {trouble}."
        if not self._keep_on:
            raise GraderError(what, where=f"{self.lesson.name}/lesson.md, {place}", todo="Mend that cell.")
        self.stopped.append(GraderError(what, where=place, todo="Mend that cell."))

    def show(self, source: str) -> tuple[Any, BaseException | None]:
        """Run a cell after all others; return what it shows, and the exception that stopped it, if one did."""
        self._restore(self._last)
        trouble = self._run_cell(source, "below")
        return self.session.watch.runs["below"].shown, trouble  # type: ignore[union-attr]

    def _run_cell(self, source: str, cell_id: str) -> BaseException | None:
        import matplotlib.pyplot as plt

        quiet = io.StringIO()
        with contextlib.redirect_stdout(quiet), contextlib.redirect_stderr(quiet), warnings.catch_warnings():
            warnings.simplefilter("ignore")
            result = self.shell.run_cell(source, store_history=False, cell_id=cell_id)
        plt.close("all")
        stopped: BaseException | None = result.error_before_exec or result.error_in_exec
        return stopped

    def _restore(self, state: dict[str, Any]) -> None:
        for name in [name for name in self.shell.user_ns if not name.startswith("_") and name not in state]:
            if name not in self.shell.user_ns_hidden:
                del self.shell.user_ns[name]
        self.shell.user_ns.update(_kept(state))
        self.session.watch.runs.clear()  # type: ignore[union-attr]


def _kept(names: dict[str, Any]) -> dict[str, Any]:
    """Return the learner's names with values that a later cell cannot change."""
    kept: dict[str, Any] = {}
    for name, value in names.items():
        if name.startswith("_") or isinstance(value, ModuleType):
            continue
        if isinstance(value, (pd.DataFrame, pd.Series)):
            kept[name] = value.copy()
        else:
            kept[name] = copy.deepcopy(value) if isinstance(value, (list, dict, set)) else value
    modules = {
        name: value for name, value in names.items() if isinstance(value, ModuleType) and not name.startswith("_")
    }
    return kept | modules


def _quiet_shell() -> Any:
    from IPython.core.interactiveshell import InteractiveShell

    shell: Any = InteractiveShell()  # type: ignore[no-untyped-call]
    shell.history_manager.enabled = False
    shell.showtraceback = lambda *_, **__: None  # the error is read from the result
    shell.showsyntaxerror = lambda *_, **__: None
    return shell


def _write(folder: Path, files: dict[str, bytes]) -> None:
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


@contextlib.contextmanager
def rehearsal(lesson: Lesson) -> Iterator[Rehearsal]:
    """Yield a lesson ready to run answers."""
    with Rehearsal(lesson) as ready:
        yield ready
