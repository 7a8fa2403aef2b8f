"""Read what a learner handed in: ordinary files only, no links followed, refused by size before reading."""

from __future__ import annotations

import contextlib
import os
import re
import stat
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fnmatch import fnmatch
from pathlib import Path, PurePath

from grader.marking import words
from grader.marking.notebook import Unreadable

MAX_NOTEBOOK = 50_000_000
MAX_FILES = 100_000_000
MAX_COUNT = 2_000
MAX_NAME = 1_000
MAX_SMALL = 10_000


@dataclass(frozen=True)
class Handed:
    """One learner's folder: the notebooks by the name they should have, other files, and what was put right."""

    notebooks: dict[str, Path]
    files: dict[str, Path]
    repairs: dict[str, str] = field(default_factory=dict)
    left_out: tuple[str, ...] = ()


def find(folder: Path, names: Collection[str], ignore: Sequence[str], data: Collection[str] = ()) -> Handed:
    """Return the files of a submission; a single renamed notebook is taken for the one that is missing.

    A file stays out where it, or a folder of its, stands in the way of a notebook or of the lesson's `data`.
    """
    files: dict[str, Path] = {}
    notebooks: dict[str, Path] = {}
    taken = {*(f"{name}.ipynb" for name in names), *data}
    needed = {str(above) for name in taken for above in PurePath(name).parents}
    folders: set[str] = set()
    total = left_out = 0
    for path, size, alone in _ordinary(folder, ignore):
        name = path.relative_to(folder).as_posix()
        if path.suffix == ".ipynb":
            if path.parent == folder:
                notebooks[path.stem] = path
            continue
        if name in taken:
            continue
        above = {str(each) for each in PurePath(name).parents}
        fits = alone and total + size <= MAX_FILES and len(files) < MAX_COUNT and len(folders | above) <= MAX_COUNT
        if not fits or len(os.fsencode(name)) > MAX_NAME or name in needed or above & taken:
            left_out += 1
            continue
        total += size
        folders |= above
        files[name] = path
    handed = _named(notebooks, names, files)
    sentence = words.LEFT_OUT.format(most=MAX_FILES // 1_000_000, count=MAX_COUNT)
    return replace(handed, left_out=(sentence,)) if left_out else handed


def _named(notebooks: dict[str, Path], names: Collection[str], files: dict[str, Path]) -> Handed:
    known = {name: path for name, path in notebooks.items() if name in names}
    others = {name: path for name, path in notebooks.items() if name not in names}
    missing = [name for name in names if name not in known]
    repairs = {}
    for name in missing:
        like = [other for other in others if _plain_name(other) == _plain_name(name)]
        chosen = like or (list(others) if len(missing) == 1 else [])
        if len(chosen) == 1:
            known[name] = others.pop(chosen[0])
            repairs[name] = words.RENAMED.format(found=words.sayable(known[name].name), name=f"{name}.ipynb")
    return Handed(known, files, repairs)


def _plain_name(name: str) -> str:
    """Return a notebook's name without what browsers, JupyterLab and Colab add to copies."""
    name = re.sub(r"(?i)^(copy[ _]of[ _]|copy[ _-])+", "", name)
    name = re.sub(r"(?i)([ _-]*\(\d+\)|[ _-]+copy ?\d*|[ _-]+final|[ _-]+done)+$", "", name)
    return re.sub(r"[\W_]+", "", name).lower()


def _ordinary(folder: Path, ignore: Sequence[str]) -> list[tuple[Path, int, bool]]:
    """Return the ordinary files of a folder, with their sizes, and whether each is nowhere else under another name."""
    found = []
    for where, folders, names in os.walk(folder, followlinks=False):
        folders[:] = sorted(name for name in folders if not _ignored(name, ignore))
        for name in sorted(names):
            path = Path(where, name)
            try:
                about = path.lstat()
            except OSError:  # a name too long to reach it by
                continue
            if stat.S_ISREG(about.st_mode) and not _ignored(name, ignore):
                found.append((path, about.st_size, about.st_nlink == 1))
    return found


def _ignored(name: str, ignore: Sequence[str]) -> bool:
    return any(fnmatch(name, pattern) for pattern in ignore)


def small_text(path: Path) -> str:
    """Return the text of a small file that goes with a submission, such as its time; nothing when it is none."""
    try:
        return read(path, MAX_SMALL).decode("utf-8", "replace")
    except Unreadable:
        return ""


def contents(files: Mapping[str, Path]) -> dict[str, bytes]:
    """Return the contents of files, by the same names; those that cannot be read are left out."""
    found = {}
    for name, path in files.items():
        with contextlib.suppress(Unreadable):
            found[name] = read(path, MAX_FILES)
    return found


def read(path: Path, most: int = MAX_NOTEBOOK) -> bytes:
    """Return the content of an ordinary file; raise Unreadable for a link, a special or an oversized file."""
    try:
        held = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except OSError:
        raise Unreadable(words.NOT_A_FILE.format(name=words.sayable(path.name))) from None
    about = os.fstat(held)
    if not stat.S_ISREG(about.st_mode) or about.st_nlink > 1:
        os.close(held)
        raise Unreadable(words.NOT_A_FILE.format(name=words.sayable(path.name)))
    with os.fdopen(held, "rb") as file:
        if about.st_size > most:
            raise Unreadable(words.BIG.format(megabytes=about.st_size // 1_000_000, most=most // 1_000_000))
        return file.read(most + 1)
