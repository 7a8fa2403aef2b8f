"""Kill marking at random moments, run it again, and compare the course with one that nobody disturbed.

Each kill is a SIGKILL of the command itself or of any process under it: the warm process or a learner's child. When
the command is killed it is run again and goes on; when another process is killed the same run has to go on by itself.
"""

from __future__ import annotations

import hashlib
import random
import shutil
import sqlite3
import sys
import time
from contextlib import closing, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psutil

from grader.bench.course import environment
from grader.errors import GraderError

TABLES = {
    "grade": "auto_score, manual_score, extra_credit, needs_manual_grade, n.late_submission_penalty",
    "comment": "auto_comment, manual_comment",
}
ROWS = """
select s.student_id, c.name, {columns} from {table} join base_cell c on {table}.cell_id = c.id
join submitted_notebook n on {table}.notebook_id = n.id join submitted_assignment s on n.assignment_id = s.id
"""
GONE_WITHIN = 30.0  # a warm process that is just starting reads its imports to the end
NOTHING_NEW = "nothing new to mark"
MOST_RUNS = 10  # a run that ends by itself, without being done, this often is a fault


@dataclass
class Killed:
    """What became of the kills. `differences` is empty when every course came out as the undisturbed one.

    `victims` are the kills by depth: 0 the command, above that the processes under it. `stopped` are runs that could
    not go on after a kill and said so.
    """

    victims: list[int] = field(default_factory=list)
    runs: int = 0
    courses: int = 0
    stopped: list[str] = field(default_factory=list)
    differences: list[str] = field(default_factory=list)

    def told(self) -> str:
        """Return what became of them in a sentence or two."""
        command = self.victims.count(0)
        others = len(self.victims) - command
        end = "not as undisturbed" if self.differences else "as undisturbed: every grade, comment and file"
        return (
            f"{len(self.victims)} kills, {command} of the command and {others} of processes under it, in {self.runs} runs "
            f"over {self.courses} copies of the course. {len(self.stopped)} runs said that they could not go on. "
            f"The courses came out {end}."
        )


def disturb(course: Path, assignment: str, kills: int, seed: int, scratch: Path) -> Killed:
    """Mark a course undisturbed, then copies of it with kills in between, until there were as many as wanted.

    Moments and victims come from `seed`. How far a run is at a moment is up to the machine, so a run with the same
    seed meets the same moments, not the same lines of code.
    """
    chance, found = random.Random(seed), Killed()
    whole = shutil.copytree(course, scratch / "whole")
    began = time.monotonic()
    _one_run(_Room(whole, assignment, scratch), found)
    longest = time.monotonic() - began
    wanted = state(whole)
    while len(found.victims) < kills:
        found.courses += 1
        copy = shutil.copytree(course, scratch / f"course-{found.courses}")
        room = _Room(copy, assignment, scratch)
        for _ in range(kills + MOST_RUNS):
            if _one_run(room, found, chance, kills, longest):
                break
        found.differences += differences(wanted, state(copy))
        found.differences += [f"left in the temporary folder: {path.name}" for path in sorted(room.temporary.iterdir())]
        shutil.rmtree(copy)
    return found


def state(course: Path) -> dict[str, Any]:
    """Return all that a course holds: each grade and comment by learner and cell, each file by its content.

    Of the gradebook only the rows count, of our own notes (`.foothills`) only which there are.
    """
    found: dict[str, Any] = {}
    with closing(sqlite3.connect(course / "gradebook.db")) as book:
        for table, columns in TABLES.items():
            for learner, cell, *values in book.execute(ROWS.format(table=table, columns=columns)):
                found[f"{table} of {learner}, {cell}"] = values
    for path in course.rglob("*"):
        name = path.relative_to(course).as_posix()
        counts = path.is_file() and name != "gradebook.db" and not name.startswith(".foothills/")
        found[name] = hashlib.sha256(path.read_bytes()).hexdigest() if counts else ""
    return found


def differences(wanted: dict[str, Any], found: dict[str, Any]) -> list[str]:
    """Say what is missing, left over or another in a course."""
    return [
        f"{name}: {'missing' if name not in found else 'left over' if name not in wanted else 'another'}"
        for name in sorted({*wanted, *found})
        if name not in found or name not in wanted or wanted[name] != found[name]
    ]


class _Room:
    """A course, and where its runs may leave things."""

    def __init__(self, course: Path, assignment: str, scratch: Path) -> None:
        self.course, self.assignment, self.log = course, assignment, scratch / "log.txt"
        self.temporary = scratch / f"temporary-{course.name}"
        self.temporary.mkdir()
        settings = {"TMPDIR": str(self.temporary), "XDG_CONFIG_HOME": str(scratch / "settings")}
        self.environment = environment() | settings

    def start(self) -> psutil.Popen:
        """Start `club mark`."""
        command = [sys.executable, "-m", "grader.cli", "mark", self.assignment, "--fast", "--course", str(self.course)]
        with open(self.log, "wb") as told:
            return psutil.Popen(command, cwd=self.course, env=self.environment, stdout=told, stderr=told)

    def said(self) -> str:
        """Return the last line of what the run said."""
        return (self.log.read_text(errors="replace").strip().splitlines() or ["nothing"])[-1]


def _one_run(
    room: _Room, found: Killed, chance: random.Random | None = None, kills: int = 0, longest: float = 0.0
) -> bool:
    """Run once, killing at moments of chance while there are kills to do; say whether the work is done."""
    found.runs += 1
    process = room.start()
    seen: set[psutil.Process] = set()
    while chance and len(found.victims) < kills:
        try:
            process.wait(chance.uniform(0, longest / 2))
            break
        except psutil.TimeoutExpired:
            seen.update(process.children(recursive=True))
        depth, victim = _victim(process, chance)
        with suppress(psutil.NoSuchProcess):
            victim.kill()
        found.victims.append(depth)
        if depth == 0:
            break
    code = process.wait()
    left = psutil.wait_procs(list(seen), GONE_WITHIN)[1]
    found.differences += [f"{len(left)} processes outlived a run by {GONE_WITHIN:.0f} seconds"] if left else []
    if code == 0 or NOTHING_NEW in room.said():
        return True
    if code > 0:
        found.stopped.append(room.said())
    if chance is None:
        raise GraderError(f"Marking did not work: {room.said()}", todo="Try: club doctor")
    return False


def _victim(process: psutil.Process, chance: random.Random) -> tuple[int, psutil.Process]:
    """Return the command in half of the cases, else any process under it, and how deep that one is."""
    level, under = 0, [(0, process)]
    found = list(under)
    while under and (level := level + 1):
        under = [(level, child) for _, each in under for child in _children(each)]
        found += under
    return found[0] if len(found) == 1 or chance.random() < 0.5 else chance.choice(found[1:])


def _children(process: psutil.Process) -> list[psutil.Process]:
    try:
        return list(process.children())
    except psutil.NoSuchProcess:
        return []
