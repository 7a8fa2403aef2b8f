"""The desk that all buttons share: it runs one command at a time and says what came of it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

from grader.course import files
from grader.course.folder import Course
from grader.errors import GraderError
from grader.panel import parts
from grader.panel.outcome import Outcome
from grader.panel.running import Ended, run
from grader.panel.steps import Step

# Seconds in which what was chosen last arrives: a press overtakes a choice that the page has not sent yet.
SETTLED = 0.3
UNEXPECTED = (
    "Something happened that this page does not know. Nothing is lost: run the cell above again, then press again."
)
Words = Callable[[], list[str]]
Then = Callable[[Ended], None]


def nothing(_: Ended) -> None:
    """Do nothing after a step."""


class Desk:
    """Knows the course, and what runs. `changed` is called when a step has ended.

    `alone` ends what else has the course open, before a step that cannot be undone.
    """

    def __init__(self, changed: Callable[[], None]) -> None:
        self.course: Course | None = None
        self.task: asyncio.Task[None] | None = None
        self.alone: Callable[[], None] = lambda: None
        self._changed = changed
        self._running: Step | None = None
        self._told_to_wait: list[Outcome] = []

    @property
    def place(self) -> Course:
        """The course, where there is one."""
        if self.course is None:
            raise GraderError("There is no course yet.", todo="Start one.")
        return self.course

    @property
    def busy(self) -> bool:
        """Whether a step runs."""
        return self._running is not None

    def button(self, step: Step, words: Words, outcome: Outcome, then: Then = nothing) -> Any:
        """Return a step's button. `words` gives what was chosen for it, or raises GraderError where something lacks."""
        made = parts.button(step.button, step.does)
        made.on_click(lambda _: self.press(step, words, outcome, then))
        return made

    def press(self, step: Step, words: Words, outcome: Outcome, then: Then = nothing) -> None:
        """Start a step, unless one runs already or something is not chosen yet."""
        if not self.free(outcome):
            return
        self._running = step
        self.task = asyncio.get_running_loop().create_task(self._run(step, words, outcome, then))

    def free(self, outcome: Outcome) -> bool:
        """Tell whether nothing runs, and say so where something does."""
        # Buttons are not disabled meanwhile: that would lose the keyboard's place.
        if self._running is None:
            return True
        outcome.say(f"Working: {self._running.button}. One thing at a time: press again when it is done.")
        self._told_to_wait.append(outcome)
        return False

    async def _run(self, step: Step, words: Words, outcome: Outcome, then: Then) -> None:
        outcome.working(step)
        try:
            ended = await self._ended(step, words, outcome)
        except GraderError as problem:
            ended = Ended(False, str(problem))
        except OSError as problem:
            ended = Ended(False, str(files.trouble(problem)))
        except Exception:
            outcome.ended(step, Ended(False, UNEXPECTED))
            raise
        finally:
            self._running = None
            waited, self._told_to_wait = self._told_to_wait, []
            for other in waited:
                other.say(f"{step.button}: it has ended. You can press again.")
        outcome.ended(step, ended)
        then(ended)
        self._changed()

    async def _ended(self, step: Step, words: Words, outcome: Outcome) -> Ended:
        await asyncio.sleep(SETTLED)
        where = ["--course", str(self.course.folder)] if self.course and step.command != "new" else []
        return await run([*step.command.split(), *words(), *where], outcome.far)
