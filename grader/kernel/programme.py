"""The lessons that lie beside the open one: which are done, what each was about, and what to come back to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from grader.checks import pack as packs
from grader.errors import GraderError
from grader.kernel.progress import Progress, Tally

SPACING = (2, 4, 7)  # how many lessons back a question is asked again; the next lesson asks the last one itself


@dataclass(frozen=True)
class Stage:
    """One lesson in the learner's folder: how far they have come, and what it was about."""

    name: str
    folder: str
    title: str
    idea: str
    question: str
    done: int
    core: int
    more: int

    @property
    def number(self) -> str:
        """The lesson's number, as people say it."""
        number = self.name.partition("-")[0]
        return number.lstrip("0") or "0"

    @property
    def finished(self) -> bool:
        """Whether every core exercise is done."""
        return self.core > 0 and self.done == self.core

    @property
    def address(self) -> str:
        """Where its notebook is, seen from the notebook of a lesson beside it."""
        return f"../{self.folder}/{self.name}.ipynb"

    @property
    def label(self) -> str:
        """The lesson's number and title."""
        return f"Lesson {self.number}, {self.title}"


def stage(pack: packs.Pack, folder: Path, progress: Progress) -> Stage:
    """Return how a lesson stands."""
    done = {name for name in pack.names if progress.tallies.get(name, Tally()).done}
    core = done & set(pack.core)
    more = len(done - core)
    return Stage(pack.lesson, folder.name, pack.title, pack.idea, pack.question, len(core), len(pack.core), more)


def stages(home: Path) -> tuple[Stage, ...]:
    """Return every lesson in a folder, in order; of several copies of one, the one that is furthest."""
    best: dict[str, Stage] = {}
    try:
        folders = sorted(path for path in home.iterdir() if path.is_dir())
    except OSError:  # a folder that may be used but not listed
        return ()
    for folder in folders:
        path = packs.find(folder)
        if path is None:
            continue
        try:
            found = stage(packs.from_bytes(path.read_bytes(), path.name), folder, Progress(folder))
        except (OSError, GraderError):  # a lesson that cannot be read is no part of the story of the others
            continue
        if found.name not in best or (found.done, found.more) > (best[found.name].done, best[found.name].more):
            best[found.name] = found
    return tuple(best[name] for name in sorted(best))


def after(all_stages: Iterable[Stage], here: str) -> Stage | None:
    """Return the lesson to go on with: the first unfinished one after `here`, else the first unfinished of all."""
    unfinished = [one for one in all_stages if not one.finished]
    later = [one for one in unfinished if one.name > here]
    return next(iter([*later, *unfinished]), None)


def to_come_back_to(all_stages: Iterable[Stage]) -> tuple[Stage, ...]:
    """Return the finished lessons whose question is due again, counted back from the latest finished one."""
    finished = [one for one in all_stages if one.finished]
    return tuple(finished[-1 - back] for back in SPACING if back < len(finished) and finished[-1 - back].question)
