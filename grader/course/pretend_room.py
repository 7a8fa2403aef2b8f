"""A pretend club for showing and testing: who is in it, and a folder of what came back after one lesson."""

from __future__ import annotations

import random
import zipfile
from dataclasses import dataclass
from pathlib import Path

from grader.checks.verdict import Verdict
from grader.course import pretend
from grader.kernel import receipt
from grader.kernel.progress import Tally
from grader.lesson.folders import folders
from grader.lesson.read import Lesson, lesson

NAMES = (
    "Ana Ruiz", "João Pérez", "Mei Li", "Sam O'Neill", "Zoë Björk", "Ravi Shah", "Nia Evans", "Tom Ward",
    "Aisha Khan", "Ewa Łuczak", "Ben Ode", "Ola Ade", "Ines Costa", "Kofi Mensah", "Lena Vogel", "Omar Said",
    "Priya Nair", "Rhys Owen", "Sana Malik", "Una Walsh",
)  # fmt: skip
DUE = "2026-12-02 17:00"


@dataclass(frozen=True)
class Room:
    """Where the list of names and the returned files are, and which lesson they are for."""

    roster: Path
    returned: Path
    lesson: str
    name: str
    due: str


def make_room(home: Path) -> Room:
    """Write a list of 20 names and what 18 of them sent back, the way files come back."""
    folder = next((path for path in folders() if path.name.startswith("01-")), folders()[0])
    made = lesson(folder.name)
    home.mkdir(parents=True, exist_ok=True)
    roster = home / "names.csv"
    lines = [f"{name},{email(name)}" for name in NAMES]
    roster.write_text("\n".join(["name,email", *lines]) + "\n", encoding="utf-8")
    returned = home / "returned"
    _returned(made, returned)
    return Room(roster, returned, str(made.front.lesson), made.name, DUE)


def email(name: str) -> str:
    """Return a made-up person's address, in a domain that nobody can own."""
    from grader.course.roster import safe

    return f"{safe(name).lower().replace('-', '.')}@club.example"


def work(made: Lesson, count: int, seed: int = 7) -> list[bytes]:
    """Return the notebooks of so many people, some surer than others, with what they saw at their first try."""
    written = next((name for name, exercise in made.exercises.items() if exercise.kind == "write"), "")
    known = pretend.known(made, {written: f"{written} = 12321"} if written else {})
    chance = random.Random(seed)
    notebooks = []
    for place in range(count):
        chosen = pretend.drawn(known, chance.uniform(0.45, 0.95), seed * 1_000 + place)
        firsts = {
            name: Verdict.NOT_YET.value
            for name, tried in chosen.items()
            if tried.outcome.verdict.done and chance.random() < 0.25
        }
        notebooks.append(pretend.notebook(made, chosen, firsts))
    return notebooks


def _returned(made: Lesson, folder: Path) -> None:
    """Write the files: by name, by e-mail, in a zip, a copy, a late one, a cut-off one, one without a name; 2 send nothing."""
    folder.mkdir()
    files = dict(zip(NAMES, work(made, len(NAMES)), strict=True))
    number = made.front.lesson
    with zipfile.ZipFile(folder / "from the chat.zip", "w") as chat:
        for name in NAMES[:6]:
            chat.writestr(f"{name}/{made.name}.ipynb", files[name])
    for name in NAMES[6:15]:
        (folder / f"lesson {number} {name}.ipynb").write_bytes(files[name])
    (folder / f"lesson {number} {NAMES[6]} (1).ipynb").write_bytes(files[NAMES[7]])
    (folder / f"{email(NAMES[15])}.ipynb").write_bytes(files[NAMES[15]][:3_000])
    (folder / "my notebook.ipynb").write_bytes(files[NAMES[16]])
    late = f"lesson {number} {NAMES[8]}.ipynb"
    (folder / "received.csv").write_text(f"file,received\n{late},2026-12-03 09:12\n", encoding="utf-8")
    tallies = {name: Tally(tries=1, first=Verdict.RIGHT.value, last=Verdict.RIGHT.value) for name in made.exercises}
    text = receipt.write(made.name, tuple(made.exercises), tallies)
    (folder / "form.csv").write_text(f'name,answer\n{NAMES[17]},"{text}"\n', encoding="utf-8")
