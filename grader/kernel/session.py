"""The lesson that is open in this kernel: one `Session`, made when it is first needed."""

from __future__ import annotations

import sys
import warnings
from pathlib import Path
from typing import Any

from grader.checks import pack as packs
from grader.checks.exercise import Exercise
from grader.checks.judge import judge
from grader.checks.snapshot import Snapshot
from grader.checks.untried import bare_code
from grader.checks.values import Opaque, plain
from grader.checks.verdict import Outcome, Verdict
from grader.errors import GraderError
from grader.kernel.plain import Now, speak_plainly
from grader.kernel.progress import Progress, Tally
from grader.kernel.result import Result
from grader.kernel.watch import Watch

_OURS = "The check itself has a problem, and that is not your doing. Tell whoever gave you this lesson: {trouble}."


class Session:
    """A lesson's checks beside the shell that runs the learner's cells."""

    def __init__(self, folder: Path, shell: Any, watch: Watch | None) -> None:
        path = packs.find(folder)
        if path is None:
            raise GraderError(
                "There is no checks.pack in this folder.",
                where=folder.name,
                todo="Keep the notebook in the folder it came in, then select Kernel, Restart Kernel and Run All Cells.",
            )
        self.folder, self.shell, self.watch = folder, shell, watch
        self.pack = packs.from_bytes(path.read_bytes(), packs.NAME)
        self.progress = Progress(folder)
        self._exercises: dict[str, Exercise] = {}

    def exercise(self, name: str) -> Exercise:
        """Return an exercise of this lesson; raise GraderError with the near names when there is none."""
        if name not in self._exercises:
            if name not in self.pack.entries:
                raise GraderError(
                    f'This lesson has no exercise called "{name}".',
                    todo=f"Its exercises are {', '.join(self.pack.names)}.",
                )
            self._exercises[name] = self.pack.exercise(name)
        return self._exercises[name]

    def snapshot(self, exercise: Exercise) -> Snapshot:
        """Return what the check may see of the learner's answer now."""
        names = self.shell.user_ns
        wanted = (*exercise.variables, exercise.own) if exercise.own else exercise.variables
        variables = {name: plain(names[name]) for name in wanted if name in names}
        run = self.watch.answer_run(exercise.name, exercise.variables) if self.watch else None
        if run is None:
            return Snapshot(exercise.name, variables)
        charts = _charts(run.figures) if not exercise.variables else ()
        return Snapshot(exercise.name, variables, run.source, _shown(run.shown), run.trouble, charts)

    def check(self, name: str) -> Result:
        """Judge one exercise, count the try and return the result."""
        exercise = self.exercise(name)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # anything on stderr would cost the learner the mark in nbgrader
            snapshot = self.snapshot(exercise)
            outcome = judged(exercise, snapshot, self.pack.words)
            tally = self.progress.add(outcome, snapshot)
        return Result(outcome, tally, self.done_line(), tally.stale, self._extra(exercise, outcome, tally))

    def done_line(self) -> str:
        """Say how many core exercises are done."""
        return f"{self._done()} of {len(self.pack.core)} core exercises done."

    def _done(self) -> int:
        return sum(self.progress.tallies.get(name, Tally()).done for name in self.pack.core)

    def _extra(self, exercise: Exercise, outcome: Outcome, tally: Tally) -> str:
        if outcome.verdict.done and exercise.name in self.pack.core and self._done() == len(self.pack.core):
            return "To see what you have learned and where to go next, run `grader.progress()` in a new cell."
        if outcome.verdict.done and tally.tries > 1:
            return f'To compare with a model answer, run `grader.model_answer("{exercise.name}")` in a new cell.'
        if not outcome.verdict.done and tally.misses >= 3 and exercise.worked:
            return f'To see one worked line, run `grader.worked_line("{exercise.name}")` in a new cell.'
        return ""


def judged(exercise: Exercise, snapshot: Snapshot, words: Any) -> Outcome:
    """Judge an answer; a slip of ours becomes an outcome that says so."""
    try:
        return judge(exercise, snapshot, words)
    except Exception as trouble:  # a slip of ours must not stop a lesson
        message = _OURS.format(trouble=f"{type(trouble).__name__} in {exercise.name}")
        return Outcome(exercise.name, Verdict.COULD_NOT_RUN, message, slip="our_problem", points=exercise.points)


def _shown(value: Any) -> Any:
    made = plain(value)
    return made if type(made) in (int, float, str, bool, type(None)) else Opaque("shown")


def _charts(figures: list[Any]) -> tuple[Any, ...]:
    if not figures:
        return ()
    from grader.kernel.drawing import describe  # only needed where something was drawn

    return tuple(chart for figure in figures for chart in describe(figure))


_session: Session | None = None
_watch: Watch | None = None
_held: Session | None = None


def hold(session: Session | None) -> None:
    """Make `session` the one that `grader.check` uses, whatever shell runs; None lets go of it."""
    global _held
    _held = session


def _shell() -> Any:
    ipython = sys.modules.get("IPython")
    return ipython.get_ipython() if ipython is not None else None


def start_watching() -> None:
    """Watch the shell that imports `grader`, if there is one."""
    global _watch
    shell = _shell()
    if shell is not None and (_watch is None or _watch.shell is not shell):
        _watch = Watch(shell)
        speak_plainly(shell, _running_now)


def _running_now() -> Now:
    """Say what `plain` wants to know of the cell that runs now."""
    try:
        session = current()
    except GraderError:
        return Now()
    run = _watch.running if _watch else None
    if run is None or run.id not in session.pack.entries:
        return Now(words=session.pack.words)
    starter = session.exercise(run.id).starter
    return Now(True, bare_code(run.source) == bare_code(starter), session.pack.words)


def current() -> Session:
    """Return the session of the folder this kernel runs in."""
    global _session
    if _held is not None:
        return _held
    shell = _shell()
    if shell is None:
        raise GraderError("Checks work inside a notebook.", todo="Open the lesson with: club open")
    if _session is None or _session.folder != Path.cwd() or _session.shell is not shell:
        start_watching()
        _session = Session(Path.cwd(), shell, _watch)
    return _session
