"""How far a long step is: a bar with the time left in a terminal, a line each for a program that asked for it."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import click

VARIABLE = "FOOTHILLS_PROGRESS"  # the control panel sets it to "lines"


@contextmanager
def shown(what: str, total: int, quiet: bool = False) -> Iterator[Callable[[], None]]:
    """Give what to call when one more is done; it shows on standard error and is gone at the end."""
    if os.environ.get(VARIABLE) == "lines":
        done = iter(range(1, total + 1))
        yield lambda: click.echo(f"progress {next(done, total)} of {total}", err=True)
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    console = Console(stderr=True)
    columns = (TextColumn(what), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True, disable=quiet or not console.is_terminal) as bar:
        task = bar.add_task("", total=total)
        yield lambda: bar.advance(task)
