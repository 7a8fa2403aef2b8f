"""What was collected for one lesson: from which file each learner's work came, and what is left without a name.

It is kept in the course only. What a learner handed in before is kept too, so that nothing is ever lost.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path

from grader.course.files import write
from grader.course.folder import Course


@dataclass(frozen=True)
class Entry:
    """One learner's work: the name it came under, its checksum, and when it came in (UTC) where that is known."""

    came_as: str
    checksum: str
    received: str = ""


@dataclass(frozen=True)
class Log:
    """By learner: the work that counts, and the receipt where there is no notebook."""

    work: dict[str, Entry]
    receipts: dict[str, Entry]


def _path(course: Course, assignment: str) -> Path:
    return course.state / "collected" / f"{assignment}.json"


def load(course: Course, assignment: str) -> Log:
    """Return what was collected so far."""
    try:
        data = json.loads(_path(course, assignment).read_text(encoding="utf-8"))
        return Log(
            {name: Entry(**entry) for name, entry in data["work"].items()},
            {name: Entry(**entry) for name, entry in data["receipts"].items()},
        )
    except (OSError, ValueError, KeyError, TypeError):
        return Log({}, {})


def save(course: Course, assignment: str, log: Log) -> None:
    """Keep what was collected."""
    data = {
        "work": {name: asdict(entry) for name, entry in sorted(log.work.items())},
        "receipts": {name: asdict(entry) for name, entry in sorted(log.receipts.items())},
    }
    write(_path(course, assignment), json.dumps(data, indent=1, ensure_ascii=False).encode())


def receipt_text(course: Course, assignment: str, learner: str) -> Path:
    """Return where one learner's receipt is kept."""
    return course.state / "receipts" / assignment / f"{learner}.txt"


def earlier(course: Course, assignment: str, learner: str) -> Path:
    """Return the folder of what a learner handed in before."""
    return course.state / "earlier" / learner / assignment
