"""Put files in place whole or not at all, and say plainly when the disk refuses."""

from __future__ import annotations

import contextlib
import errno
import os
import re
import secrets
import shutil
import stat
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from grader.errors import GraderError

_STAMP = (1980, 1, 1, 0, 0, 0)


def write(path: Path, content: bytes) -> None:
    """Put a file in place in one step."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name[:60]}.{secrets.token_hex(4)}")
    try:
        part.write_bytes(content)
        os.replace(part, path)
    finally:
        part.unlink(missing_ok=True)


@contextlib.contextmanager
def beside(folder: Path) -> Iterator[Path]:
    """Yield a new folder that takes the place of `folder` when the work in it went well."""
    part = folder.with_name(f".{folder.name}.{secrets.token_hex(4)}")
    old = folder.with_name(f".{folder.name}.{secrets.token_hex(4)}-old")
    part.mkdir(parents=True)
    try:
        yield part
        if folder.exists():
            folder.rename(old)
        part.rename(folder)
    except BaseException:
        if old.exists() and not folder.exists():
            old.rename(folder)
        raise
    finally:
        remove(part)
        remove(old)


def fill(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write files given by name into a folder."""
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def remove(path: Path) -> None:
    """Remove a file or a folder, also where nbgrader made it read-only."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path, onerror=_unlock)
    else:
        path.unlink(missing_ok=True)


def _unlock(function: Any, path: str, _: Any) -> None:
    parent = Path(path).parent
    with contextlib.suppress(OSError):
        os.chmod(parent, stat.S_IRWXU)
        os.chmod(path, stat.S_IRWXU)
        function(path)


def zipped(path: Path, folder: Path) -> None:
    """Zip a folder under its own name; the same files give the same bytes."""
    part = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED) as made:
            for file in sorted(item for item in folder.rglob("*") if item.is_file()):
                info = zipfile.ZipInfo(f"{folder.name}/{file.relative_to(folder).as_posix()}", _STAMP)
                info.compress_type = zipfile.ZIP_DEFLATED
                info.external_attr = 0o644 << 16
                made.writestr(info, file.read_bytes())
        os.replace(part, path)
    finally:
        part.unlink(missing_ok=True)


def trouble(problem: OSError) -> GraderError:
    """Return what a person needs to know when the disk refuses."""
    name = _plain(Path(str(problem.filename)).name) if problem.filename else ""
    if problem.errno in (errno.ENOSPC, errno.EFBIG, getattr(errno, "EDQUOT", errno.ENOSPC)):
        return GraderError(
            "The disk is full, so nothing more was written.",
            where=name,
            todo="Make room and run the same command again.",
        )
    if problem.errno == errno.EROFS:
        return GraderError(
            "Nothing can be written in this place.",
            where=name,
            todo="Copy the course to a folder of your own, and name that one with --course.",
        )
    if isinstance(problem, PermissionError):
        return GraderError(
            "This file or folder cannot be written to or read.",
            where=name,
            todo="Is it open in another program? Close it and run the same command again.",
        )
    return GraderError(
        f"The disk refused: {problem.strerror or problem}.",
        where=name,
        todo="Look at that, then run the same command again.",
    )


def _plain(name: str) -> str:
    """Return the name of the file that a temporary one was to become."""
    return re.sub(r"^\.(.+)\.([0-9a-f]{8}(-old)?|before)$", r"\1", name)
