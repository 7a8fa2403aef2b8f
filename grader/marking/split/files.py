"""Files that answers write and tests read: ordinary files of the folder and the folders in it, never code."""

from __future__ import annotations

import contextlib
import functools
import os
import re
import stat
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from grader.marking.split.packing import Packer
    from grader.marking.split.unpacking import Unpacker

MAX_FILES, MAX_FILE, MAX_DEPTH = 200, 20_000_000, 4
GOOD_PART = re.compile(r"[\w +()-][\w .+()-]{0,199}")
CODE = (".py", ".pyc", ".so", ".pth", ".ipynb", ".cfg")


class Files:
    """One end's files: which have changed or gone since the other end last heard, and what it says of its own."""

    def __init__(self, kept: frozenset[str]) -> None:
        self._kept = kept
        self._known = {name: _stamp(name) for name in _names()}
        self.touched: set[str] = set()

    def news(self, packer: Packer) -> dict[str, Any]:
        """Return names with contents of what is new, and names of what has gone."""
        now = {name: _stamp(name) for name in _names()}
        gone = [name for name in self._known if name not in now]
        found: list[Any] = []
        for name, stamp in now.items():
            if stamp is None or self._known.get(name) == stamp:
                continue
            with contextlib.suppress(OSError), open(name, "rb") as file:
                found.append([name, packer.part(file.read(MAX_FILE))])
        self._known = now
        return {"new": found, "gone": gone} if found or gone else {}

    def take(self, news: Any, unpacker: Unpacker) -> None:
        """Write what the other end has written and remove what it has removed, but for what is kept."""
        if type(news) is not dict or not news:
            return
        for name, part in list(news.get("new", [])):
            if self._may(name):
                self._write(name, unpacker.part(part))
        for name in list(news.get("gone", [])):
            if self._may(name):
                self._known.pop(name, None)
                with contextlib.suppress(OSError):
                    os.remove(name)

    def _may(self, name: Any) -> bool:
        if not good(name) or name in self._kept:
            return False
        self.touched.add(name)
        return True

    def _write(self, name: str, content: bytes) -> None:
        with contextlib.suppress(OSError):
            if "/" in name:
                os.makedirs(os.path.dirname(name), exist_ok=True)
            with open(name, "wb") as file:
                file.write(content)
            self._known[name] = _stamp(name)


@functools.lru_cache(1_000)
def good(name: Any) -> bool:
    """Say whether this is the name of a file that tests may read: below the folder, in sight, no code."""
    if type(name) is not str or name.endswith(CODE):
        return False
    parts = name.split("/")
    return len(parts) <= MAX_DEPTH and all(GOOD_PART.fullmatch(part) for part in parts)


def _names() -> list[str]:
    found: list[str] = []
    with contextlib.suppress(OSError):
        for name in _walk(".", 1):
            if len(found) >= MAX_FILES:
                break
            if good(name):
                found.append(name)
    return found


def _walk(folder: str, depth: int) -> Iterator[str]:
    with os.scandir(folder) as listing:
        for entry in listing:
            path = entry.name if folder == "." else f"{folder}/{entry.name}"
            if entry.is_dir(follow_symlinks=False):
                if depth < MAX_DEPTH and not entry.name.startswith("."):
                    yield from _walk(path, depth + 1)
            else:
                yield path


def _stamp(name: str) -> tuple[int, int] | None:
    try:
        about = os.stat(name, follow_symlinks=False)
    except OSError:
        return None
    return (about.st_mtime_ns, about.st_size) if stat.S_ISREG(about.st_mode) and about.st_size <= MAX_FILE else None
