"""Checks that explain themselves. In a notebook: `import grader`, then `grader.check("name")`."""

from __future__ import annotations

import sys
from typing import Any

from grader.errors import GraderError

__all__ = [
    "GraderError",
    "certificate",
    "check",
    "model_answer",
    "progress",
    "ready",
    "receipt",
    "start_from",
    "worked_line",
]


def _session() -> Any:
    from grader.kernel.session import current

    return current()


def ready(**tables: Any) -> Any:
    """Say that the lesson is ready, and what is loaded: `ready(rescues=rescues)`."""
    from grader.kernel.lesson import ready as _ready

    return _ready(_session(), tables)


def check(name: str) -> Any:
    """Check the answer to the exercise called `name`."""
    return _session().check(name)


def start_from(name: str) -> Any:
    """Return the value that an earlier exercise should have made, so that this one can go on."""
    return _session().pack.reference(name)


def worked_line(name: str) -> Any:
    """Show one worked line, for another question of the same kind."""
    from grader.kernel.lesson import worked_line as _worked_line

    return _worked_line(_session(), name)


def model_answer(name: str) -> Any:
    """Show the model answer to an exercise that has come out right."""
    from grader.kernel.lesson import model_answer as _model_answer

    return _model_answer(_session(), name)


def progress() -> Any:
    """Show what is done and what is left, in this lesson and those beside it, and where to go next."""
    from grader.kernel.overview import progress as _progress

    return _progress(_session())


def certificate(name: str = "") -> Any:
    """Write a page that states which lessons are done; `name` is put on it where it is given."""
    from grader.kernel.overview import certificate as _certificate

    return _certificate(_session(), name)


def receipt() -> Any:
    """Show a short block of text to hand in by chat or form."""
    from grader.kernel.lesson import receipt as _receipt

    return _receipt(_session())


# Only a notebook needs the rest: the `club` command and JupyterLab itself start a second sooner without pandas.
if (_ipython := sys.modules.get("IPython")) is not None and _ipython.get_ipython() is not None:
    from grader.kernel.session import start_watching

    start_watching()
