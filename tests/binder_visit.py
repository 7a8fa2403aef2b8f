"""Visit the stand-in for Binder as a person would.

    python tests/binder_visit.py DIR

makes it in DIR, a new folder, takes lesson 1 in it with a browser and no network but loopback, takes the work away and
brings it back, brings in lessons from elsewhere, and says how that went.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path

import psutil
from binder_room import TOKEN, Room, alone, give, make, new, running
from browser_helpers import EXERCISE, Lab, chromium_page, take_lesson

from grader.lesson.build import handout
from grader.lesson.read import lesson
from grader.site.links import pull


def visit(room: Room) -> dict[str, object]:
    """Take lesson 1 in the room with a browser, take the work away, bring it back, and say what was seen."""
    taken, saved = lesson(1), room.folder / "taken-away.ipynb"
    with running(room) as address, chromium_page() as page:
        page.goto(f"{address}?token={TOKEN}")
        front = Lab(page, lesson(0))
        front.ready()
        opened = page.locator(".lm-TabBar-tab.jp-mod-current").first.inner_text()
        notice = front.said("setup-01")
        lab = Lab(page, taken)
        page.goto(f"{address}lab/tree/{taken.name}/{taken.name}.ipynb")
        seen = take_lesson(lab, room.folder, "room")
        memory = sum(megabytes(process) for process in of_the_room(room))
        lab.take_away(saved)
        ours = lesson_repository(room)
        name = f"lab/tree/{ours.name}/{taken.name}/{taken.name}.ipynb"
        page.goto(f"{address}lab/workspaces/other?reset")
        page.goto(address + pull(f"file://{ours}", "main", name))
        page.wait_for_url(f"**/{name}*")
        lab.ready()
        brought_in = lab.said("setup-01")
        page.screenshot(path=room.folder / "room-7-brought-in.png")
        outside = page.outside
    room.empty_home()
    with running(room) as address, chromium_page() as page:
        page.goto(f"{address}?token={TOKEN}")
        Lab(page, lesson(0)).ready()
        lab = Lab(page, taken)
        lab.bring_back(saved)
        again = lab.said(f"check_{EXERCISE}")
        page.screenshot(path=room.folder / "room-6-brought-back.png")
    said = {
        "opens": opened,
        "notice": notice,
        "megabytes": round(memory),
        "outside": outside,
        "back": again,
        "other": brought_in,
    }
    return {**said, **asdict(seen)}


def lesson_repository(room: Room) -> Path:
    """Make a repository of one released lesson, as a department with lessons of its own has."""
    ours, made = room.folder / "our-lessons", lesson(1)
    for name, content in handout(made).items():
        path = ours / made.name / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    git = ["git", "-c", "user.name=A", "-c", "user.email=a@example.org"]
    for command in (["init", "-q", "-b", "main"], ["add", "."], ["commit", "-q", "-m", "Lessons"]):
        subprocess.run([*git, *command], cwd=ours, check=True)
    give(ours)
    return ours


def of_the_room(room: Room) -> list[psutil.Process]:
    """Find the processes that run the room's own Python."""
    found = []
    for process in psutil.process_iter():
        with suppress(psutil.Error):
            if process.cmdline()[:1] == [room.python()]:
                found.append(process)
    return found


def megabytes(process: psutil.Process) -> float:
    """Give the memory that is a process's own share, as a container counts it."""
    return float(process.memory_full_info().pss) / 1e6


def main(folder: Path) -> None:
    """Make the room, then visit it with no network."""
    if os.environ.get("FOOTHILLS_ROOM"):
        print(json.dumps(visit(new(folder)), indent=1))
        return
    make(folder)
    command = [*alone(), sys.executable, __file__, str(folder)]
    sys.exit(subprocess.run(command, env={**os.environ, "FOOTHILLS_ROOM": "1"}).returncode)


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve())
