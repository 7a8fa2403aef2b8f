"""How long Binder's start takes to the first "Ready.", beside a bare JupyterLab with one pandas cell, in one run.

    python tests/bench_binder.py [TIMES]

Both start in turn in this environment, through the same entry point, each with a home folder of its own; the first of
each warms the disk and is not counted.
"""

from __future__ import annotations

import json
import statistics
import sys
import tempfile
import time
from pathlib import Path

from binder_room import TOKEN, Room, running
from browser_helpers import CELLS, chromium_page

from grader.jupyter.folder import write
from grader.lesson.build import handout
from grader.lesson.read import lesson

ROOT = Path(__file__).resolve().parents[1]
BARE = {
    "cells": [
        {"cell_type": "code", "id": "a", "metadata": {}, "outputs": [], "execution_count": None, "source": source}
        for source in ('import pandas as pd\n\npd.DataFrame({"Ready.": [1]})',)
    ],
    "metadata": {"kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"}},
    "nbformat": 4,
    "nbformat_minor": 5,
}


def ours(folder: Path) -> Room:
    """Make a room that starts as Binder does, lesson 1 its only lesson."""
    made = lesson(1)
    for name, content in handout(made).items():
        write(folder / "home" / "foothills" / made.name / name, content)
    return Room(folder, ROOT, Path(sys.prefix))


def bare(folder: Path) -> Room:
    """Make a room that starts JupyterLab with nothing of ours, on a notebook with one pandas cell."""
    write(folder / "home" / "bare.ipynb", json.dumps(BARE).encode())
    return Room(folder, folder / "home", Path(sys.prefix), start=Path("/usr/bin/env"))


def seconds(room: Room, page_name: str, cell: int) -> float:
    """Measure from the start to the output of a cell, run as soon as its kernel can take it."""
    begun = time.monotonic()
    with chromium_page() as page, running(room, as_another=False) as address:
        page.goto(f"{address}lab/tree/{page_name}?token={TOKEN}")
        page.locator(CELLS).nth(cell).locator(".jp-InputPrompt").wait_for(timeout=90_000)
        page.get_by_text("| Idle").wait_for(timeout=90_000)
        shown = page.locator(CELLS).nth(cell).locator(".jp-OutputArea-output")
        while not shown.count():  # JupyterLab drops a run that is asked for while the kernel still connects
            page.locator(CELLS).nth(cell).locator(".jp-InputPrompt").first.click()
            page.keyboard.press("Control+Enter")
            page.wait_for_timeout(200)
        assert "Ready." in shown.first.inner_text()
        return time.monotonic() - begun


def main(times: int) -> None:
    """Start both in turn and print the medians and their ratio."""
    name = lesson(1).name
    taken: dict[str, list[float]] = {"binder": [], "bare": []}
    for _ in range(times + 1):
        with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as two:
            taken["binder"].append(seconds(ours(Path(one)), f"{name}/{name}.ipynb", 2))
            taken["bare"].append(seconds(bare(Path(two)), "bare.ipynb", 0))
    medians = {kind: statistics.median(found[1:]) for kind, found in taken.items()}
    print(json.dumps({**taken, "medians": medians, "ratio": medians["binder"] / medians["bare"]}, indent=1))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 3)
