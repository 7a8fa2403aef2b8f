"""Make the notebook itself speak plainly: what it shows, what it warns of, and why Python stopped in a cell."""

from __future__ import annotations

import os
import types
import warnings
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from grader.checks.judge import Words
from grader.checks.python_errors import explain
from grader.checks.snapshot import Trouble
from grader.kernel.tables import show_with_scopes
from grader.kernel.words import Said

READ_THE_CHECK = "Python stopped in this cell. Run the check under it to read why in plain words."
MEANT_TO_STOP = "Python stopped in this cell. Read the last line of its message, then change the cell."
TOOL_NOT_RUN = "This is a tool that has not been run. Add () to the end of the line to use it."
GROUPS_MADE = "The groups are made. Now say what to work out from them: pick a column, then a sum or a mean."
COPY_CHANGED = "This line changed a copy, and the table is as it was. Make a new column instead."


@dataclass(frozen=True)
class Now:
    """The cell that runs now: whether it has a check, whether it is as it was given, and the lesson's words."""

    checked: bool = False
    untouched: bool = False
    words: Words = field(default_factory=Words)


def speak_plainly(shell: Any, now: Callable[[], Now]) -> None:
    """Shorten what the shell shows; `now` tells of the running cell.

    Marking is left as it is: there nobody reads along, and the notebook must come out as nbgrader writes it.
    """
    if os.environ.get("NBGRADER_EXECUTION") is not None or getattr(shell, "_foothills_plain", False):
        return
    shell._foothills_plain = True
    show_plain_values(shell.display_formatter.formatters["text/plain"])
    show_with_scopes(shell.display_formatter.formatters["text/html"])
    _explain_stops(shell, now)
    _explain_warnings()


def show_plain_values(formatter: Any) -> None:
    """Show numbers without numpy's name for them, and say what a tool or a grouping is waiting for."""
    for kind in set(np.sctypeDict.values()):
        formatter.for_type(kind, _bare)
    for tool in (types.MethodType, types.BuiltinMethodType):
        formatter.for_type(tool, _says(TOOL_NOT_RUN))
    for name in ("DataFrameGroupBy", "SeriesGroupBy"):
        formatter.for_type_by_name("pandas.api.typing", name, _says(GROUPS_MADE))


def _bare(value: Any, printer: Any, _: bool) -> None:
    printer.text(str(value))


def _says(sentence: str) -> Callable[[Any, Any, bool], None]:
    return lambda _, printer, __: printer.text(sentence)


def _explain_stops(shell: Any, now: Callable[[], Now]) -> None:
    """Put one plain sentence above Python's message, and cut the message to the lines that matter."""
    shell.InteractiveTB.set_mode("Minimal")
    show = shell._showtraceback

    def show_with_sentence(kind: Any, trouble: Any, lines: Any) -> None:
        if not type(trouble).__module__.startswith("grader."):
            _show(_sentence(trouble, now()))
        show(kind, trouble, lines)

    shell._showtraceback = show_with_sentence


def _sentence(trouble: Any, now: Now) -> str:
    if now.checked:
        return MEANT_TO_STOP if now.untouched else READ_THE_CHECK
    text = str(trouble.msg) if isinstance(trouble, SyntaxError) else str(trouble)
    return explain(Trouble(type(trouble).__name__, text), now.words.names, now.words.columns).say


def _explain_warnings() -> None:
    """Say in a sentence what pandas warns of when a change was lost; leave other warnings as they are."""
    warn = warnings.showwarning

    def show_warning(message: Any, category: Any, *rest: Any, **more: Any) -> None:
        if category.__name__ == "ChainedAssignmentError":
            _show(COPY_CHANGED)
        else:
            warn(message, category, *rest, **more)

    warnings.showwarning = show_warning


def _show(sentence: str) -> None:
    from IPython.display import display  # only ever runs inside IPython

    display(Said((sentence,)))  # type: ignore[no-untyped-call]
