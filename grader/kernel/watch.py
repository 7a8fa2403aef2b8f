"""Remember what each cell last did: its text, its trouble, what it showed and the charts it drew.

Hooks on IPython's own events. A chart drawn in a cell is closed when the cell ends, so it is caught as it is
made, by wrapping the one matplotlib function that every new figure passes through.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass, field
from typing import Any

from grader.checks.snapshot import Trouble
from grader.kernel.pictures import give_words

MAX_CELLS = 500


@dataclass
class CellRun:
    """The last run of one cell. `order` counts runs, so the latest has the highest."""

    id: str
    source: str
    order: int
    trouble: Trouble | None = None
    shown: Any = None
    figures: list[Any] = field(default_factory=list)


class Watch:
    """Watches one IPython shell."""

    def __init__(self, shell: Any) -> None:
        self.shell = shell
        self.runs: dict[str, CellRun] = {}
        self._count = 0
        self._now: CellRun | None = None
        self._caught: list[Any] = []
        shell.events.register("pre_run_cell", self.before)
        shell.events.register("post_run_cell", self.after)
        shell.events.register("post_execute", self._gather_open_figures)

    @property
    def running(self) -> CellRun | None:
        """The cell that is running, if any."""
        return self._now

    def before(self, info: Any) -> None:
        """Start the record of a cell that is about to run."""
        self._catch_new_figures()
        self._caught = []
        self._count += 1
        source = str(getattr(info, "raw_cell", "") or "")
        self._now = CellRun(str(getattr(info, "cell_id", None) or f"run-{self._count}"), source, self._count)

    def after(self, result: Any) -> None:
        """Close the record of the cell that has just run."""
        run, self._now = self._now, None
        if run is None:
            return
        trouble = result.error_before_exec or result.error_in_exec
        run.trouble = Trouble(type(trouble).__name__, _text(trouble)) if trouble is not None else None
        run.shown = result.result
        run.figures = list(self._caught)
        self.runs.pop(run.id, None)
        self.runs[run.id] = run
        while len(self.runs) > MAX_CELLS:
            self.runs.pop(next(iter(self.runs)))

    def answer_run(self, exercise: str, variables: tuple[str, ...]) -> CellRun | None:
        """Return the run that holds an exercise's answer.

        Where the front end sends cell ids, that is the cell with the exercise's name. Elsewhere, and for a chart
        that may have been drawn in a cell of the learner's own, it is the latest cell, since the last check, that
        names a variable of the exercise, else the latest of all.
        """
        if exercise in self.runs:
            return self.runs[exercise]
        if variables and self._now and self._now.id == f"check_{exercise}":
            return None
        since = self._since_last_check()
        for run in since:
            if any(_gives(run.source, name) for name in variables):
                return run
        return since[0] if since else None

    def _since_last_check(self) -> list[CellRun]:
        """Return the runs after the last check, latest first."""
        found = []
        for run in reversed(self.runs.values()):
            if "grader.check(" in run.source:
                break
            found.append(run)
        return found

    def _catch_new_figures(self) -> None:
        """Wrap matplotlib's registry of figures, once it is there, so that each new one is kept."""
        helpers = sys.modules.get("matplotlib._pylab_helpers")
        if helpers is None or getattr(helpers.Gcf, "_foothills", None) is self:
            return
        original = getattr(helpers.Gcf._set_new_active_manager, "_original", helpers.Gcf._set_new_active_manager)

        def keep(manager: Any) -> None:
            self._caught.append(manager.canvas.figure)
            give_words(self.shell)
            original(manager)

        keep._original = original  # type: ignore[attr-defined]
        helpers.Gcf._set_new_active_manager = keep
        helpers.Gcf._foothills = self

    def _gather_open_figures(self) -> None:
        """Keep figures that were made before the wrap was in place and are still open."""
        helpers = sys.modules.get("matplotlib._pylab_helpers")
        if helpers is None or self._now is None:
            return
        for manager in helpers.Gcf.get_all_fig_managers():
            if all(manager.canvas.figure is not figure for figure in self._caught):
                self._caught.append(manager.canvas.figure)


def _gives(source: str, name: str) -> bool:
    return any(line.lstrip().startswith(name) for line in source.splitlines())


def _text(trouble: BaseException) -> str:
    try:
        return str(trouble.msg) if isinstance(trouble, SyntaxError) else str(trouble)
    except Exception:  # an exception of the learner's own may not have a text
        return ""
