"""Run commands beside the notebook, so that the page goes on answering, and follow what they say."""

from __future__ import annotations

import asyncio
import os
import re
import sys
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from grader.cli.progress import VARIABLE
from grader.panel.wording import told

_PROGRESS = re.compile(r"progress (\d+) of (\d+)")
LONGEST = 1_000_000  # bytes in a line
Shown = Callable[[int, int], None]


@dataclass(frozen=True)
class Ended:
    """What a command said, in the panel's words, and whether it did what was asked."""

    done: bool
    text: str


async def run(words: Sequence[str], progress: Shown = lambda done, of: None) -> Ended:
    """Run `club` with these words to its end; `progress` hears how far it is."""
    said = []
    async with started(words) as child:
        async for line in lines(child):
            if (found := _PROGRESS.fullmatch(line)) is not None:
                progress(int(found[1]), int(found[2]))
            else:
                said.append(line)
        code = await child.wait()
    return Ended(code == 0, told(said))


async def lines(child: asyncio.subprocess.Process) -> AsyncIterator[str]:
    """Yield what a program says, line by line."""
    assert child.stdout is not None
    async for raw in child.stdout:
        yield raw.decode("utf-8", "replace").rstrip()


@asynccontextmanager
async def started(
    words: Sequence[str], stdin: int = asyncio.subprocess.DEVNULL
) -> AsyncIterator[asyncio.subprocess.Process]:
    """Start `club` with these words in the user's home; it is ended with the block.

    A pipe for `stdin` ends with this process, whatever happens to it.
    """
    child = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "grader.cli",
        *words,
        cwd=Path.home(),
        env=os.environ | {VARIABLE: "lines", "COLUMNS": "100", "PYTHONIOENCODING": "utf-8"},
        stdin=stdin,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
        limit=LONGEST,
    )
    try:
        yield child
    finally:
        if child.returncode is None:
            child.terminate()
            await child.wait()
