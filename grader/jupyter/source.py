"""What a lesson is built from: the checkout's folders and one sum over their content."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CODE = ("checks", "data", "kernel", "lesson")


def ingredients(root: Path, lesson: Path) -> Iterator[Path]:
    """Name every file that a lesson's handout can depend on."""
    yield root / "requirements.txt"
    yield from visible(lesson)
    yield from visible(root / "datasets")
    for part in CODE:
        yield from visible(root / "grader" / part)


def visible(folder: Path) -> Iterator[Path]:
    """List a folder's files, leaving out what is hidden and what Python wrote."""
    for path in sorted(folder.iterdir()) if folder.is_dir() else []:
        if path.name.startswith(".") or path.name == "__pycache__":
            continue
        if path.is_dir():
            yield from visible(path)
        else:
            yield path


def fingerprint(root: Path, lesson: Path) -> str:
    """Sum up everything that a lesson is built from."""
    digest = hashlib.sha256()
    for path in ingredients(root, lesson):
        content = path.read_bytes()
        digest.update(f"{path.relative_to(root).as_posix()}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()
