"""Run one command at a time beside the notebook, so that the page goes on answering, and follow what it says."""

from __future__ import annotations

import asyncio
import os
import re
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from grader.cli.progress import VARIABLE

_PROGRESS = re.compile(r"progress (\d+) of (\d+)")
Shown = Callable[[int, int], None]


@dataclass(frozen=True)
class Ended:
    """What a command said, and whether it did what was asked."""

    done: bool
    text: str


async def run(folder: Path, words: Sequence[str], progress: Shown) -> Ended:
    """Run `club` with these words in the course's folder; `progress` hears how far it is.

    The first line that `club` prints names the course, which the panel's reader knows.
    """
    child = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "grader.cli",
        *words,
        cwd=folder,
        env=os.environ | {VARIABLE: "lines", "COLUMNS": "100"},
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    assert child.stdout is not None
    said = []
    try:
        async for raw in child.stdout:
            line = raw.decode("utf-8", "replace").rstrip()
            if (found := _PROGRESS.fullmatch(line)) is not None:
                progress(int(found[1]), int(found[2]))
            else:
                said.append(line)
        code = await child.wait()
    finally:
        if child.returncode is None:
            child.terminate()
    return Ended(code == 0, "\n".join(line.removeprefix("club: ") for line in said[1:]).strip())
