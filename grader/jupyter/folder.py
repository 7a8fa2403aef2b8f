"""Keep a learner's work safe: decide what a lesson's folder needs, then do it without ever overwriting work."""

from __future__ import annotations

import hashlib
import json
import os
import secrets
import shutil
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from grader.errors import GraderError

STATE = ".foothills.json"

UPDATED = (
    "This lesson was updated after you began. Its data and checks are now the new ones; your notebook stays as it is. "
    "To start the new notebook beside it, add --fresh."
)
MOVED = "{name} had been changed. That version is now {aside}, and the original is back."
FRESH = "A new copy starts in {new}. Your earlier work stays in {old}."
BROUGHT = "Your notebook was copied in. The file that you gave stays as it is."


@dataclass(frozen=True)
class Copy:
    """One copy of a lesson as it lies in the learner's folder."""

    folder: Path
    there: Mapping[str, str]  # file name -> checksum of what is there now, "" for a file of the learner's own
    given: Mapping[str, str]  # file name -> checksum of what was handed out
    source: str = ""  # what the handout was built from


@dataclass(frozen=True)
class Plan:
    """What to do so that the copy is ready, and what to tell the learner."""

    folder: Path
    new: bool
    writes: Mapping[str, bytes]
    moves: Mapping[str, str]
    given: Mapping[str, str]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Opened:
    """Where the work lies, and what to tell the learner."""

    notebook: Path
    notes: tuple[str, ...] = ()


def checksum(content: bytes) -> str:
    """Give the checksum of a file's content."""
    return hashlib.sha256(content).hexdigest()


def is_work(name: str) -> bool:
    """Tell the learner's own file, the notebook, from the files that the lesson brings."""
    return name.endswith(".ipynb")


# Deciding: pure


def begin(handout: Mapping[str, bytes], folder: Path, work: bytes | None = None, old: str = "") -> Plan:
    """Plan a new copy, with the learner's own notebook in it where they bring one."""
    writes = {name: work if work is not None and is_work(name) else content for name, content in handout.items()}
    notes = [FRESH.format(new=folder.name, old=old)] if old else []
    notes += [BROUGHT] if work is not None else []
    return Plan(folder, True, writes, {}, checksums(handout), tuple(notes))


def go_on(handout: Mapping[str, bytes], copy: Copy) -> Plan:
    """Plan how a copy that was begun goes on: fresh data and checks, the notebook untouched."""
    new = checksums(handout)
    stale = [name for name in handout if copy.there.get(name) != new[name]]
    writes = {name: handout[name] for name in stale if not (is_work(name) and name in copy.there)}
    changed = [name for name in writes if name in copy.there and copy.there[name] != copy.given.get(name)]
    moves: dict[str, str] = {}
    for name in changed:
        moves[name] = aside(name, {*copy.there, *moves.values()})
    updated = any(copy.given[name] != new.get(name) for name in copy.given)
    notes = tuple(MOVED.format(name=name, aside=moved) for name, moved in moves.items())
    return Plan(copy.folder, False, writes, moves, new, ((UPDATED,) if updated else ()) + notes)


def is_ready(copy: Copy, source: str) -> bool:
    """Tell whether a copy needs nothing, so that the lesson need not be built again."""
    rest = {name: given for name, given in copy.given.items() if not is_work(name)}
    notebooks = [name for name in copy.given if is_work(name)]
    whole = all(copy.there.get(name) == given for name, given in rest.items())
    return bool(notebooks) and copy.source == source and whole and all(name in copy.there for name in notebooks)


def aside(name: str, taken: Collection[str]) -> str:
    """Find a free name beside a file that the learner changed."""
    path = PurePosixPath(name)
    number = 1
    while True:
        ending = "-yours" if number == 1 else f"-yours-{number}"
        free = str(path.with_name(path.stem + ending + path.suffix))
        if free not in taken:
            return free
        number += 1


def checksums(handout: Mapping[str, bytes]) -> dict[str, str]:
    """Give every file's checksum."""
    return {name: checksum(content) for name, content in handout.items()}


# Doing: files


def copies(home: Path, name: str) -> list[Copy]:
    """Find the copies of a lesson in the learner's folder, oldest first."""
    found = [home / name] if (home / name).is_dir() else []
    numbered = [path for path in home.glob(f"{name}-*") if path.is_dir() and path.name[len(name) + 1 :].isdecimal()]
    numbered.sort(key=lambda path: int(path.name[len(name) + 1 :]))
    return [look(path) for path in found + numbered]


def look(folder: Path) -> Copy:
    """Read what lies in a copy's folder."""
    try:
        state = json.loads((folder / STATE).read_text(encoding="utf-8"))
        given, source = dict(state["given"]), str(state["source"])
    except (OSError, ValueError, KeyError, TypeError):
        given, source = {}, ""
    files = [path for path in folder.rglob("*") if path.is_file() and path.name != STATE]
    inside = [path for path in files if not any(part.startswith(".") for part in path.relative_to(folder).parts)]
    names = {path.relative_to(folder).as_posix(): path for path in inside}
    ours = {name for name in names if not given or name in given}
    there = {name: checksum(path.read_bytes()) if name in ours else "" for name, path in names.items()}
    return Copy(folder, there, given, source)


def apply(plan: Plan, source: str) -> None:
    """Carry a plan out, each file whole or not at all; what is there already is moved, never overwritten."""
    state = json.dumps({"source": source, "given": dict(plan.given)}, indent=1).encode()
    if plan.new:
        part = plan.folder.with_name(f".{plan.folder.name}.{secrets.token_hex(4)}")
        try:
            for name, content in {**plan.writes, STATE: state}.items():
                write(part / name, content)
            part.rename(plan.folder)
        finally:
            shutil.rmtree(part, ignore_errors=True)
        return
    for name, moved in plan.moves.items():
        (plan.folder / name).rename(plan.folder / moved)
    for name, content in {**plan.writes, STATE: state}.items():
        write(plan.folder / name, content, keep=is_work(name))


def write(path: Path, content: bytes, keep: bool = False) -> None:
    """Put a file in place in one step; with `keep`, only where there is none."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    part.write_bytes(content)
    if keep and path.exists():
        part.unlink()
    else:
        os.replace(part, path)


def place(
    home: Path,
    name: str,
    source: str,
    build: Callable[[], Mapping[str, bytes]],
    *,
    fresh: bool = False,
    work: bytes | None = None,
) -> Opened:
    """Make the lesson ready in the learner's folder and say where its notebook is.

    `source` sums up what `build` would build from: where a copy was made from the same, nothing is built.
    """
    try:
        home.mkdir(parents=True, exist_ok=True)
        return _place(home, name, source, build, fresh, work)
    except OSError as problem:
        raise GraderError(
            f"The folder cannot be used ({problem.strerror or problem}).",
            where=str(home),
            todo="Name another folder with --to.",
        ) from problem


def _place(
    home: Path, name: str, source: str, build: Callable[[], Mapping[str, bytes]], fresh: bool, work: bytes | None
) -> Opened:
    found = copies(home, name)
    if work is not None and not fresh:
        same = [copy for copy in found if checksum(work) in {copy.there.get(f"{name}.ipynb")}]
        found, work, fresh = (same, None, False) if same else (found, work, True)
    if found and not fresh and is_ready(found[-1], source):
        return Opened(found[-1].folder / f"{name}.ipynb")
    handout = build()
    if work is not None:
        check_belongs(work, handout[f"{name}.ipynb"], name)
    if found and not fresh:
        plan = go_on(handout, found[-1])
    else:
        plan = begin(handout, next_folder(home, name, found), work, found[-1].folder.name if found else "")
    try:
        apply(plan, source)
    except OSError:
        if plan.new and plan.folder.exists():  # another window began the same copy meanwhile
            return _place(home, name, source, build, fresh, work)
        raise
    return Opened(plan.folder / f"{name}.ipynb", plan.notes)


def next_folder(home: Path, name: str, found: list[Copy]) -> Path:
    """Name the folder of a new copy."""
    if not found:
        return home / name
    last = found[-1].folder.name[len(name) + 1 :]
    return home / f"{name}-{int(last or 1) + 1}"


def check_belongs(work: bytes, ours: bytes, name: str) -> None:
    """Refuse a file that is not a notebook of this lesson."""
    try:
        theirs = cell_names(json.loads(work))
    except (ValueError, TypeError, KeyError, AttributeError):
        raise GraderError("The file given with --from is not a notebook.", todo="Give the .ipynb file.") from None
    if not theirs & cell_names(json.loads(ours)):
        raise GraderError(
            f"The notebook given with --from has no exercise of {name}.",
            todo="Name the lesson that it belongs to: club open LESSON --from FILE",
        )


def cell_names(notebook: dict) -> set[str]:  # type: ignore[type-arg]
    """Collect the names that a notebook's cells carry, as ids or as nbgrader's names."""
    cells = notebook["cells"]
    ids = {cell.get("id") for cell in cells}
    return {*ids, *(cell.get("metadata", {}).get("nbgrader", {}).get("grade_id") for cell in cells)} - {None}
