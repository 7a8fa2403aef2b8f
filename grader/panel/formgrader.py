"""Formgrader beside the panel: started by a button, opened by a link, ended with the panel."""

from __future__ import annotations

import asyncio

from grader.course import files
from grader.panel.desk import Desk
from grader.panel.outcome import Outcome
from grader.panel.running import lines, started
from grader.panel.steps import FORMGRADER
from grader.panel.wording import told

READY = "Done: Open Formgrader. Follow the link, choose Manual grading, then the lesson. Marks are saved as you type."


class Formgrader:
    """One Formgrader of the course on the desk."""

    def __init__(self, desk: Desk, outcome: Outcome) -> None:
        self._desk, self._outcome = desk, outcome
        self._task: asyncio.Task[None] | None = None
        self._address = ""

    def open(self) -> None:
        """Start it, or give the link again where it runs."""
        if not self._desk.free(self._outcome):
            return
        if self._address:
            self._outcome.link(READY, self._address, "Formgrader")
            return
        self._outcome.working(FORMGRADER)
        if self._task is None:
            self._task = asyncio.get_running_loop().create_task(self._run())

    def close(self) -> None:
        """End it, where it runs."""
        if self._task is not None:
            self._task.cancel()
            self._outcome.clear()

    async def _run(self) -> None:
        said: list[str] = []
        words = [FORMGRADER.command, "--no-browser", "--until-closed", "--course", str(self._desk.place.folder)]
        try:
            async with started(words, stdin=asyncio.subprocess.PIPE) as child:
                async for line in lines(child):
                    if line.startswith("http") and not self._address:
                        self._address = line
                        self._outcome.link(READY, line, "Formgrader")
                    elif not self._address:
                        said.append(line)
        except OSError as problem:
            said.append(str(files.trouble(problem)))
        finally:
            running, self._address, self._task = self._address, "", None
        if not running:
            self._outcome.say(f"Not done: {FORMGRADER.button}.", told(said))
