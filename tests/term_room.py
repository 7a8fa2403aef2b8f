"""A term's work from the answer banks, as it comes back: late, missing, broken, renamed and without a name."""

from __future__ import annotations

import os
import random
from dataclasses import dataclass
from pathlib import Path

from grader.course.pretend_room import work
from grader.lesson.folders import folders
from grader.lesson.read import lesson

WHOLE = bool(os.environ.get("FOOTHILLS_WHOLE_TERM"))  # 25 learners and 4 lessons, in place of 8 and 2
IDS = tuple(f"learner-{number:02d}" for number in range(1, 26 if WHOLE else 9))
LESSONS = tuple(folder.name for folder in folders()[1 : 5 if WHOLE else 3])
DUE = "2027-01-30"
NAMELESS = "Untitled (1).ipynb"


@dataclass(frozen=True)
class Returned:
    """What came back for one lesson: the folder, and whose the file is that says nobody's name."""

    folder: Path
    nameless: str


def hand_in(folder: Path, name: str) -> Returned:
    """Write what came back for a lesson into a folder; the same each time."""
    made = lesson(name)
    folder.mkdir(parents=True)
    number = int(name[:2])
    chance = random.Random(number)
    files = dict(zip(IDS, work(made, len(IDS), seed=number), strict=True))
    missing, broken, late, renamed, nameless = chance.sample(IDS, 5)
    names = {id: f"{id}.ipynb" for id in IDS}
    names |= {renamed: f"lesson ({chance.randint(1, 3)}) {renamed.upper()} final.ipynb", nameless: NAMELESS}
    for id, content in files.items():
        if id != missing:
            (folder / names[id]).write_bytes(content[: len(content) // 2] if id == broken else content)
    (folder / f"{late}.timestamp.txt").write_text("2027-01-31 10:00 UTC", encoding="utf-8")
    return Returned(folder, nameless)
