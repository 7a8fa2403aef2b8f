"""The engine's temporary folder: held while it is used, so that what a killed run had left goes with the next one."""

from __future__ import annotations

import contextlib
import os
import shutil
import sys
import tempfile
from pathlib import Path

from grader.marking.sandbox.enter import NOBODY

if sys.platform != "win32":
    import fcntl

PREFIX = "marking-"


class Scratch:
    """A temporary folder that other users may pass through. Making one removes those that nobody holds any more."""

    def __init__(self) -> None:
        for left in Path(tempfile.gettempdir()).glob(f"{PREFIX}*"):
            _remove_left(left)
        while True:
            self.path = Path(tempfile.mkdtemp(prefix=PREFIX))
            self._held = _hold(self.path)
            if self._held >= 0 and self.path.is_dir():
                break  # else another run took it for one that was left
        os.chmod(self.path, 0o711)

    def close(self) -> None:
        """Remove the folder."""
        shutil.rmtree(self.path, ignore_errors=True)
        os.close(self._held)


def _remove_left(path: Path) -> None:
    with contextlib.suppress(OSError):
        if path.lstat().st_uid not in (os.geteuid(), NOBODY):
            return
        held = _hold(path)
        if held >= 0:
            shutil.rmtree(path, ignore_errors=True)
            os.close(held)


def _hold(path: Path) -> int:
    """Hold a folder until the number that is returned is closed or this process ends; -1 when another holds it."""
    try:
        held = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    except OSError:
        return -1
    try:
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(held)
        return -1
    return held
