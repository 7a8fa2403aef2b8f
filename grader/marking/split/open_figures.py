"""The open figures of the learner's end, for tests that ask pyplot for the current one."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

from grader.marking.split import charts, redraw
from grader.marking.split.values import BadData

MAX_FIGURES = 20
PYLAB = "matplotlib._pylab_helpers"


def _gcf() -> Any:
    """Return what keeps pyplot's open figures; raise KeyError where pyplot has not been imported."""
    return sys.modules[PYLAB].Gcf


def numbers() -> list[int]:
    """Return the numbers of the figures that pyplot has open here."""
    return list(_gcf().figs)[:MAX_FIGURES] if PYLAB in sys.modules else []


def describe() -> list[Any]:
    """Return the open figures as descriptions, the current one last."""
    return [charts.describe(manager.canvas.figure) for manager in _gcf().figs.values()][-MAX_FIGURES:]


def close(which: str) -> None:
    """Close the current figure or all."""
    if which == "all":
        _gcf().destroy_all()
    elif (manager := _gcf().get_active()) is not None:
        _gcf().destroy(manager)


class Figures:
    """The tests' end: has pyplot here find the learner's figures where tests have drawn none themselves."""

    def __init__(self, shell: Any, ask: Callable[..., Any]) -> None:
        self._shell, self._ask = shell, ask
        self._open: list[int] = []
        self._drawn: list[Any] = []
        self._stale = self._watching = False

    def hear(self, numbers: Any) -> None:
        """Hear which figures the learner's end has open."""
        self._open = [number for number in numbers if type(number) is int] if type(numbers) is list else []
        self._stale = True
        if self._open and not self._watching:
            self._watching = True
            self._watch()

    def _watch(self) -> None:
        import matplotlib.pyplot as plt

        gcf = _gcf()
        active, figures, close_here = gcf.get_active, plt.get_fignums, plt.close

        def get_active() -> Any:
            self._fetch()
            return active()

        def get_fignums() -> Any:
            self._fetch()
            return figures()

        def closing(fig: Any = None) -> None:
            if self._open:
                self._ask("close", {"which": "all" if fig == "all" else "current"})
                self._forget()
            close_here(fig)

        gcf.get_active, plt.get_fignums, plt.close = get_active, get_fignums, closing
        self._shell.events.callbacks["post_execute"].insert(0, self._forget)

    def _fetch(self) -> None:
        """Draw the learner's figures here, unless tests have a figure with something in it."""
        if not self._stale or not self._open:
            return
        self._stale = False
        own = [manager for manager in _gcf().figs.values() if manager not in self._drawn]
        if any(axes.has_data() for manager in own for axes in manager.canvas.figure.axes):
            return
        described = self._ask("show", {})
        self._forget()
        for each in described if type(described) is list else ():
            self._draw(each)

    def _draw(self, data: Any) -> None:
        from matplotlib.backend_bases import FigureCanvasBase, FigureManagerBase
        from matplotlib.figure import Figure

        try:
            figure = redraw.to_chart(data, Figure())
        except Exception as trouble:  # whatever a description of the wrong shape makes a reader raise
            raise BadData(f"not a figure ({trouble})") from None
        manager = FigureManagerBase(FigureCanvasBase(figure), max([0, *_gcf().figs]) + 1)
        self._drawn.append(manager)
        _gcf().figs[manager.num] = manager

    def _forget(self) -> None:
        """Take the learner's figures away again: it is their end that shows them."""
        for manager in self._drawn:
            _gcf().figs.pop(manager.num, None)
        self._drawn = []
        self._stale = True
