"""One lesson of one club, made once for all tests of a worker: who sent what, and what the commands said."""

from __future__ import annotations

import atexit
import functools
import shutil
import tempfile
import zipfile
from dataclasses import dataclass
from pathlib import Path

from club_room import Facilitator, Said, at_home, first_lesson, roster

from grader.course import pretend
from grader.course.folder import Course, remember
from grader.kernel import receipt
from grader.kernel.progress import Tally

NAME = first_lesson().name
IDS = ("ana-ruiz", "joao-perez", "mei-li", "sam", "zoe", "ravi", "nia", "tom")
LATE = "2026-12-03 09:00"


@dataclass(frozen=True)
class Week:
    """A course after one lesson: what each command said, and what was right in each file that came back."""

    club: Facilitator
    course: Path
    returned: Path
    said: dict[str, Said]
    scores: dict[str, float]


@functools.cache
def week() -> Week:
    """Run a week: 8 people, of whom 5 send a notebook, one a receipt, one a broken file and one nothing."""
    home = Path(tempfile.mkdtemp(prefix="club-week-"))
    atexit.register(shutil.rmtree, home, ignore_errors=True)
    club = Facilitator(home)
    lesson = first_lesson()
    known = pretend.known(lesson, {"n_rows": "n_rows = 12321  # signed, Ana Ruiz"})
    chosen = {id: pretend.nth(known, place) for place, id in enumerate(IDS[:5])}
    chosen["zoe"]["n_rows"] = known["n_rows"][-1]
    files = {
        id: pretend.notebook(lesson, answers, {"one_row": "not_yet"} if id == "sam" else None)
        for id, answers in chosen.items()
    }
    returned = home / "returned"
    returned.mkdir()
    with zipfile.ZipFile(returned / "chat.zip", "w") as chat:
        chat.writestr(f"João PEREZ/{NAME} (1).ipynb", files["joao-perez"])
    (returned / "Ruiz, Ana lesson 1.ipynb").write_bytes(files["ana-ruiz"])
    (returned / "mei_li (1).ipynb").write_bytes(files["mei-li"])
    (returned / "mei_li.ipynb").write_bytes(files["sam"])
    (returned / "SAM final.ipynb").write_bytes(files["sam"])
    (returned / "received.csv").write_text(f"file,received\nSAM final.ipynb,{LATE}\n", encoding="utf-8")
    (returned / "untitled.ipynb").write_bytes(files["zoe"])
    (returned / "ravi.ipynb").write_bytes(files["sam"][:2_000])
    tallies = {name: Tally(tries=2, first="not_yet", last="right") for name in lesson.exercises}
    text = receipt.write(NAME, tuple(lesson.exercises), tallies)
    (returned / "form.csv").write_text(f'who,answer\nnia,"{text}"\n', encoding="utf-8")
    said = {
        "new": club("new", "autumn", "--roster", roster(home, IDS), "--title", "Autumn"),
        "release": club("release", 1, "--due", "2026-12-02 17:00"),
        "collect": club("collect", 1, "--from", returned),
        "assign": club("collect", 1, "--assign", "untitled.ipynb=zoe"),
        "mark": club("mark", 1, "--stock", "--json"),
        "feedback": club("feedback", 1),
        "report": club("report", 1),
    }
    scores = {id: sum(one.outcome.score for one in answers.values()) for id, answers in chosen.items()}
    return Week(club, club.clubs / "autumn", returned, said, scores)


def copy_of(made: Week, home: Path) -> Week:
    """Return the same week in another home, to be changed."""
    club = Facilitator(home)
    course = club.clubs / made.course.name
    shutil.copytree(made.course, course)
    with at_home(home):
        remember(Course(course))
    return Week(club, course, made.returned, made.said, made.scores)
