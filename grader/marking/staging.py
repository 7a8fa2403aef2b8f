"""Put autograded folders in place whole or not at all: made aside, then renamed."""

from __future__ import annotations

import contextlib
import os
import shutil
import sys
import uuid
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TextIO

from grader.errors import GraderError

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl


class Staging:
    """A place in the course folder where a learner's autograded folder is made before it is moved in."""

    def __init__(self, course: Path) -> None:
        self._home = course / ".foothills" / "staging"

    def clear(self) -> None:
        """Remove what an earlier run that was stopped had left."""
        if self._home.exists():
            for path in self._home.iterdir():
                _remove(path)

    def make(self, files: Mapping[str, Path | str | bytes], permissions: int) -> Path:
        """Write files (copies, texts or bytes) into a new folder and return it."""
        folder = self._home / uuid.uuid4().hex
        folder.mkdir(parents=True)
        for name, content in files.items():
            target = folder / name
            target.parent.mkdir(parents=True, exist_ok=True)
            if isinstance(content, Path):
                shutil.copyfile(content, target, follow_symlinks=True)
            elif isinstance(content, str):
                target.write_text(content, encoding="utf-8")
            else:
                target.write_bytes(content)
            target.chmod(permissions)
        return folder

    def take(self, target: Path) -> None:
        """Take away a folder from its place, if there is one."""
        if target.exists():
            old = self._home / uuid.uuid4().hex
            os.rename(target, old)
            _remove(old)

    def put(self, folder: Path, target: Path) -> None:
        """Move a finished folder to its place, where nothing is."""
        target.parent.mkdir(parents=True, exist_ok=True)
        os.rename(folder, target)


@contextlib.contextmanager
def only_one(course: Path) -> Iterator[None]:
    """Hold the course for one run of marking; raise GraderError when another run has it."""
    place = course / ".foothills" / "marking.lock"
    place.parent.mkdir(parents=True, exist_ok=True)
    with open(place, "w") as held:
        try:
            _lock(held)
        except OSError:
            raise GraderError(
                "This course is being marked already.", where=str(course), todo="Wait until that is done."
            ) from None
        yield


def _lock(held: TextIO) -> None:
    if sys.platform == "win32":
        msvcrt.locking(held.fileno(), msvcrt.LK_NBLCK, 1)
    else:
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)
