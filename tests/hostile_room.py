"""A course with something in every place that no submission may reach, and what is true of it after a batch of attacks."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import re
import socket
import sqlite3
import threading
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import marking_room as room
import psutil
from hostile.attack import Attack, Places

from grader.marking.result import MarkingSummary, Submission
from grader.marking.sandbox.enter import Limits

LIMITS = Limits(
    cell_time=2, notebook_time=45, memory=400_000_000, processes=20, disk=20_000_000, file=20_000_000, output=20_000
)
CANARY = "CANARY-that-nobody-may-read"
SECRET = "FOOTHILLS_SECRET"
EVERY = 15


@dataclass
class Doors:
    """Doors of this machine that note who knocks."""

    port: int = 0
    knocks: list[str] = field(default_factory=list)


@contextlib.contextmanager
def listening(outside: Path) -> Iterator[Doors]:
    """Listen on a port (both kinds of address, streams and packets) and on two sockets of this machine."""
    doors = Doors()
    with contextlib.ExitStack() as held:
        tcp = held.enter_context(socket.create_server(("127.0.0.1", 0)))
        doors.port = tcp.getsockname()[1]
        udp = held.enter_context(socket.socket(socket.AF_INET, socket.SOCK_DGRAM))
        udp.bind(("127.0.0.1", doors.port))
        named, unnamed = (held.enter_context(socket.socket(socket.AF_UNIX)) for _ in range(2))
        named.bind(str(outside / "door"))
        unnamed.bind(f"\0foothills-door-{doors.port}")
        sockets = {"port": tcp, "packet": udp, "door in a folder": named, "door without a folder": unnamed}
        with contextlib.suppress(OSError):
            sockets["newer port"] = held.enter_context(
                socket.create_server(("::1", doors.port), family=socket.AF_INET6)
            )
        for each in sockets.values():
            if each is not udp:
                each.listen()
            each.setblocking(False)
        yield doors
        for name, each in sockets.items():
            with contextlib.suppress(BlockingIOError):
                each.recv(1) if each is udp else each.accept()[0].close()
                doors.knocks.append(name)


@dataclass
class Watched:
    """What a run had: the most memory (bytes) that programs share, beyond what was there, and every program it started."""

    grown: int = 0
    programs: set[psutil.Process] = field(default_factory=set)

    @property
    def left(self) -> set[str]:
        """Return the programs that still run."""
        return {f"program {each.pid}" for each in self.programs if each.is_running() and each.status() != "zombie"}


@contextlib.contextmanager
def watched() -> Iterator[Watched]:
    """Watch what is done meanwhile."""
    found, over = Watched(), threading.Event()
    before, others = psutil.virtual_memory().shared, set(psutil.Process().children())  # a browser of other tests

    def watch() -> None:
        while not over.wait(0.1):
            found.grown = max(found.grown, psutil.virtual_memory().shared - before)
            with contextlib.suppress(psutil.Error):
                for program in set(psutil.Process().children()) - others:
                    found.programs |= {program, *program.children(recursive=True)}

    thread = threading.Thread(target=watch, daemon=True)
    thread.start()
    yield found
    over.set()
    thread.join()


def prepare(course: Path, home: Path, outside: Path) -> None:
    """Put something to find into the home folder and into a folder that everybody may write to."""
    for folder in (home, outside):
        folder.mkdir(parents=True, exist_ok=True)
        folder.chmod(0o777)
        (folder / "private.txt").write_text(f"{CANARY} {folder.name}")
        (folder / "private.txt").chmod(0o666)
    (course / "private.txt").write_text(f"{CANARY} course")
    with contextlib.closing(sqlite3.connect(course / "gradebook.db")) as book:
        book.execute(
            "insert into student (id, first_name, lms_user_id) values ('canary', ?, '')", [f"{CANARY} gradebook"]
        )
        book.commit()


def hand_in_all(course: Path, attacks: Mapping[str, Attack], places: Places, name: str) -> dict[str, str]:
    """Hand in every attack, with honest work before, between and after; return each learner's attack ("" for none)."""
    right = right_answers(course, name)
    learners: dict[str, str] = {}
    for number, attack in enumerate(attacks):
        if number % EVERY == 0:
            learners[f"{number:03}-a-honest"] = ""
        learners[f"{number:03}-b-{re.sub(r'[^a-z0-9]+', '-', attack.lower())[:50]}"] = attack
    learners["999-honest"] = ""
    for learner, each in learners.items():
        attack_made = attacks[each] if each else Attack()
        answers = right | {cell: places.fill(text) for cell, text in attack_made.answers.items()}
        if not each and "why" in right:
            answers["why"] = f"{CANARY}, said {learner}."
        folder = room.hand_in(course, learner, answers, attack_made.change, name=name)
        if attack_made.files is not None:
            attack_made.files(folder, places)
    return learners


def right_answers(course: Path, name: str) -> dict[str, str]:
    """Return the right answer of every cell that is the learner's."""
    if name == room.NAME:
        return dict(room.RIGHT)
    cells = json.loads((course / "source" / name / f"{name}.ipynb").read_text())["cells"]
    return {
        cell["id"]: "".join(cell["source"]) for cell in cells if cell["metadata"].get("nbgrader", {}).get("solution")
    }


def prints(book: Path, *folders: Path) -> dict[str, str]:
    """Return a print of every file below these folders but the gradebook, by whatever name: marking writes it."""
    found = {}
    for path in (Path(where, name) for folder in folders for where, _, names in os.walk(folder) for name in names):
        with contextlib.suppress(OSError):
            if (
                path.is_file()
                and not path.is_symlink()
                and not path.samefile(book)
                and path.stat().st_size < 10_000_000
            ):
                found[str(path)] = hashlib.sha256(path.read_bytes()).hexdigest()
    return found


def shared_memory() -> set[str]:
    """Return the names of shared memory of both kinds."""
    found = {path.name for path in Path("/dev/shm").iterdir()}
    with contextlib.suppress(OSError):
        found |= {line.split()[1] for line in Path("/proc/sysvipc/shm").read_text().splitlines()[1:]}
    return found


@dataclass
class Batch:
    """A course after all attacks have been marked."""

    course: Path
    attacks: Mapping[str, Attack]
    learners: dict[str, str]
    summary: MarkingSummary
    before: dict[str, str]
    after: dict[str, str]
    knocks: list[str]
    left: set[str]
    grown: int
    full: Mapping[str, float]

    def of(self, learner: str) -> Submission:
        """Return how a learner's work came out."""
        return next(each for each in self.summary.submissions if each.learner == learner)

    def scores(self, learner: str) -> dict[str, float | None]:
        """Return the scores of a learner's tests."""
        return {name: score for name, score in room.scores(self.course, learner).items() if name in self.full}

    @property
    def honest(self) -> list[str]:
        """Return the learners whose work is all right."""
        return [learner for learner, attack in self.learners.items() if not attack]

    def written(self, learner: str) -> str:
        """Return all that was written of a learner: files, and comments in the gradebook."""
        folder = self.course / "autograded" / learner
        texts = [path.read_text(errors="replace") for path in folder.rglob("*") if path.is_file()]
        comments = [str(row) for (who, _), row in room.rows(self.course)["comments"].items() if who == learner]
        return "\n".join([*texts, *comments, json.dumps(self.of(learner).sentence), *self.of(learner).notes])


def honest_rows(course: Path, learner: str) -> dict[str, Any]:
    """Return what the gradebook keeps of a learner."""
    return {name: row for (who, name), row in room.rows(course)["grades"].items() if who == learner}


def marked(
    made: Path,
    attacks: Mapping[str, Attack],
    mark: Any,
    home: Path,
    outside: Path,
    name: str,
    full: Mapping[str, float],
) -> Batch:
    """Hand in, mark with `mark(course)`, and note all that could have gone amiss."""
    prepare(made, home, outside)
    with listening(outside) as doors, watched() as run:
        places = Places(made, home, outside, doors.port, os.getpid())
        learners = hand_in_all(made, attacks, places, name)
        kept = [made / "gradebook.db", home, outside, made / "source", made / "release", made / "submitted"]
        before, there = prints(*kept), shared_memory()
        summary = mark(made)
        time.sleep(0.3)
        after, left = prints(*kept), shared_memory() - there
    return Batch(made, attacks, learners, summary, before, after, doors.knocks, left | run.left, run.grown, full)
