"""Release a lesson: nbgrader's own generate_assignment on the built source, and a zip to give out."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from pathlib import Path

from grader.course import files, gradebook, stock
from grader.course.folder import Course
from grader.course.lessons import short
from grader.errors import GraderError
from grader.lesson import build
from grader.lesson.folders import folders
from grader.lesson.read import lesson

NEVER = (".py", ".html", ".htm", ".js", ".exe", ".bat", ".cmd")  # mail systems hold these back


@dataclass(frozen=True)
class Released:
    """What was made; `again` when it took the place of an earlier one."""

    assignment: str
    folder: Path
    handout: Path
    names: tuple[str, ...]
    again: bool = False


def release(
    course: Course, name: str, *, update: bool = False, due: datetime.datetime | None = None, root: Path | None = None
) -> Released:
    """Release a lesson in a course; refuse to do it twice unless `update` says that it changed."""
    there = course.step("release") / name
    again = there.is_dir()
    ours = next((folder for folder in folders(root) if folder.name == name), None)
    made = build.source(lesson(name, root)) if ours else None
    if again and not update:
        changed = made is not None and made != _read(course.step("source") / name)
        told = f"{name} is released already" + (", and the lesson has changed since." if changed else ".")
        raise GraderError(told, todo=f"To release it as it is now, run: club release {short(name)} --update")
    kept = _Kept(course, name)
    try:
        kept.put_aside()
        with gradebook.opened(course):
            pass  # one that is damaged or gone is told before nbgrader meets it
        if made is not None:
            with files.beside(course.step("source") / name) as part:
                files.fill(part, made)
        stock.generate(course, name)
        _refuse_blocked(course, name)
    except BaseException:
        kept.bring_back()
        raise
    finally:
        kept.drop()
    if due is not None:
        with gradebook.opened(course) as book:
            gradebook.set_due_date(book, name, due)
    handout = course.handouts / f"{name}.zip"
    files.zipped(handout, there)
    names = tuple(sorted(path.relative_to(there).as_posix() for path in there.rglob("*") if path.is_file()))
    return Released(name, there, handout, names, again)


class _Kept:
    """The earlier source, release and gradebook, so that a release that stops half-way changes nothing."""

    def __init__(self, course: Course, name: str) -> None:
        paths = (course.step("source") / name, course.step("release") / name, course.folder / "gradebook.db")
        self.pairs = [(path, path.with_name(f".{path.name}.before")) for path in paths]
        self.whole = False

    def put_aside(self) -> None:
        for path, aside in self.pairs:
            files.remove(aside)
            if path.is_dir():
                _copy(path, aside)
            elif path.is_file():
                aside.write_bytes(path.read_bytes())
        self.whole = True

    def bring_back(self) -> None:
        for path, aside in self.pairs if self.whole else ():
            files.remove(path)
            if aside.exists():
                aside.rename(path)

    def drop(self) -> None:
        for _, aside in self.pairs:
            files.remove(aside)


def _copy(folder: Path, to: Path) -> None:
    files.fill(to, _read(folder))


def _read(folder: Path) -> dict[str, bytes]:
    found = [path for path in folder.rglob("*") if path.is_file()] if folder.is_dir() else []
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


def _refuse_blocked(course: Course, name: str) -> None:
    """Refuse a release of ours that mail systems would hold back."""
    blocked = [path.name for path in (course.step("release") / name).rglob("*") if path.suffix.lower() in NEVER]
    if blocked and name[:2].isdigit():
        raise GraderError(
            f"The release holds {blocked[0]}, which mail systems hold back.",
            where=name,
            todo="Take it out of the lesson.",
        )
