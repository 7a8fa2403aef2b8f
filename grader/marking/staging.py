"""Put autograded folders in place whole or not at all: made aside, then renamed."""

from __future__ import annotations

import os
import shutil
import uuid
from collections.abc import Mapping
from pathlib import Path


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


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)
