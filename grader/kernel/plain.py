"""Make the notebook itself speak plainly: numbers without numpy's name, Python's stop in a sentence and one line."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any

import numpy as np

from grader.checks.python_errors import explain
from grader.checks.snapshot import Trouble
from grader.kernel.words import Said

READ_THE_CHECK = "Python stopped in this cell. Run the check under it to read why in plain words."


def speak_plainly(shell: Any, about: Callable[[], tuple[bool, Any]]) -> None:
    """Shorten what the shell shows. `about` says whether the running cell has a check, and gives the lesson's words.

    Marking is left as it is: there nobody reads along, and the notebook must come out as nbgrader writes it.
    """
    if os.environ.get("NBGRADER_EXECUTION") is not None or getattr(shell, "_foothills_plain", False):
        return
    shell._foothills_plain = True
    shell.display_formatter.formatters["text/plain"].for_type(np.generic, _bare_number)
    shell.InteractiveTB.set_mode("Minimal")
    show = shell._showtraceback

    def show_with_sentence(kind: Any, trouble: Any, lines: Any) -> None:
        _say(trouble, about)
        show(kind, trouble, lines)

    shell._showtraceback = show_with_sentence


def _bare_number(value: Any, printer: Any, _: bool) -> None:
    printer.text(str(value))


def _say(trouble: Any, about: Callable[[], tuple[bool, Any]]) -> None:
    from IPython.display import display  # only ever runs inside IPython

    if type(trouble).__module__.startswith("grader."):
        return
    checked, words = about()
    if checked:
        display(Said((READ_THE_CHECK,)))
        return
    text = str(trouble.msg) if isinstance(trouble, SyntaxError) else str(trouble)
    told = explain(Trouble(type(trouble).__name__, text), words.names, words.columns)
    display(Said((told.say,)))
