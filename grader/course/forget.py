"""Remove every trace of one learner from a course, its exchange and its gradebook, and say what was removed."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from grader.course import exchange as exchanges
from grader.course import files, gradebook, log, traces
from grader.course.folder import Course
from grader.course.roster import Learner, safe
from grader.errors import GraderError


@dataclass
class Removed:
    """What was removed, in lines; and what only a person can remove."""

    lines: list[str] = field(default_factory=list)
    left: list[str] = field(default_factory=list)


def find(course: Course, wanted: str) -> Learner:
    """Return the learner with this id or e-mail; one who is in no gradebook any more may still have files."""
    with gradebook.opened(course) as book:
        learners = gradebook.learners_of(book)
    for learner in learners:
        if wanted.casefold() in (learner.id.casefold(), learner.email.casefold() or None):
            return learner
    if wanted == safe(wanted) and (any(traces.folders(course, wanted)) or list(_in_exchange(course, wanted))):
        return Learner(wanted)
    raise GraderError(
        "There is nobody with that id in the course.",
        where=course.name,
        todo="To see the ids, run: club status --names",
    )


def forget(course: Course, learner: Learner) -> Removed:
    """Remove what there is of a learner."""
    done = Removed()
    exchange = list(_in_exchange(course, learner.id))
    for path in [*traces.folders(course, learner.id), *exchange]:
        files.remove(path)
        done.lines.append(_shown(course, path))
    files.remove(course.state / "staging")  # what a marking that was stopped had begun to write
    _from_logs(course, learner.id, done)
    _from_gradebook(course, learner.id, done)
    _made_from_their_work(course, done)
    _loose_files(course, learner, done)
    _say_what_is_left(course, learner, done)
    return done


def _shown(course: Course, path: Path) -> str:
    return path.relative_to(course.folder).as_posix() if course.folder in path.parents else str(path)


def _in_exchange(course: Course, learner: str) -> Iterator[Path]:
    """Yield what nbgrader's exchange holds: hand-ins by their name, feedback pages by their hashed name."""
    exchange = exchanges.folder_of(course)
    inbound = sorted(exchange.glob(f"inbound/{learner}+*"))
    secrets = [path for folder in inbound for path in folder.glob("submission_secret.txt")]
    for step in ("submitted", "autograded", "feedback"):
        secrets += (course.step(step) / learner).glob("*/submission_secret.txt")
    for secret in secrets:
        for notebook in {path.stem for path in secret.parent.iterdir() if path.suffix in (".ipynb", ".html")}:
            page = exchange / "feedback" / exchanges.page_name(secret, notebook)
            if page.exists():
                yield page
    yield from inbound


def _from_logs(course: Course, learner: str, done: Removed) -> None:
    """Take the learner out of what was noted while collecting and marking."""
    for path in sorted((course.state / "collected").glob("*.json")):
        noted = log.load(course, path.stem)
        if learner in noted.work or learner in noted.receipts:
            noted.work.pop(learner, None)
            noted.receipts.pop(learner, None)
            log.save(course, path.stem, noted)
            done.lines.append(f"{_shown(course, path)}: their lines")
    for path in sorted((course.state / "marked").glob("*.json")):
        kept = json.loads(path.read_text(encoding="utf-8"))
        if kept.pop(learner, None) is not None:
            files.write(path, json.dumps(kept, indent=1, sort_keys=True).encode())
            done.lines.append(f"{_shown(course, path)}: their lines")


def _from_gradebook(course: Course, learner: str, done: Removed) -> None:
    with gradebook.opened(course) as book:
        known = learner in {one.id for one in gradebook.learners_of(book)}
        lessons = gradebook.remove_learner(book, learner)
    path = gradebook.database_of(course)
    if path is None:
        done.left.append("The gradebook is on a server: have it vacuumed, and its copies removed.")
    elif path.is_file():
        gradebook.vacuum(path)
        for copy in sorted(path.parent.glob(f"{path.name}?*")):
            files.remove(copy)
            done.lines.append(f"{_shown(course, copy)}: an old copy of the gradebook")
    if known:
        done.lines.append(f"the gradebook: their entry and their marks in {lessons} lessons")


def _made_from_their_work(course: Course, done: Removed) -> None:
    """Remove what was made from everybody's work; it is made again without theirs."""
    for path in sorted(course.reports.glob("*")):
        files.remove(path)
        done.lines.append(f"{_shown(course, path)} (make it again with club report)")


def _loose_files(course: Course, learner: Learner, done: Removed) -> None:
    """Remove files without an owner, downloads and logs that name the learner."""
    places = [course.folder / "unmatched", course.folder / "downloaded", course.printed]
    loose = [path for place in places if place.is_dir() for path in sorted(place.rglob("*")) if path.is_file()]
    for path in loose:
        if traces.named(path, learner) or traces.holds(path.read_bytes(), learner):
            files.remove(path)
            done.lines.append(_shown(course, path))
    for path in sorted(course.folder.glob("*.log")):
        text = path.read_text(encoding="utf-8", errors="replace")
        if re.search(rf"(?<![\w-]){re.escape(learner.id)}(?![\w-])", text) or traces.holds(text.encode(), learner):
            files.remove(path)
            done.lines.append(_shown(course, path))


def _say_what_is_left(course: Course, learner: Learner, done: Removed) -> None:
    done.left.append("Remove them from your own list of names, and from the files as they came to you.")
    done.left.append("Remove tables that you saved with club export.")
    waiting = list((course.folder / "unmatched").rglob("*.ipynb"))
    if waiting:
        done.left.append(f"Look at the files that nobody could be found for, in {course.folder / 'unmatched'}.")
    for path in sorted(course.folder.rglob("*")):
        if path.is_file() and not path.is_symlink() and (traces.holds(path.read_bytes(), learner)):
            done.left.append(f"{_shown(course, path)} holds their name or e-mail.")
