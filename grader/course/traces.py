"""Where a learner leaves traces: by folder, by file name, and by what a file holds."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

from grader.course.folder import Course
from grader.course.roster import Learner
from grader.course.table import plain

STEPS = ("submitted", "autograded", "feedback")


def folders(course: Course, learner: str) -> Iterator[Path]:
    """Yield the folders and files that are one learner's alone."""
    for step in STEPS:
        yield from _there(course.step(step) / learner)
    yield from _there(course.state / "earlier" / learner)
    yield from sorted((course.state / "aside").glob(f"*/{learner}"))
    yield from sorted((course.state / "receipts").glob(f"*/{learner}.txt"))


def _there(path: Path) -> Iterator[Path]:
    if path.exists() or path.is_symlink():
        yield path


def named(path: Path, learner: Learner) -> bool:
    """Tell whether a file's own name says the learner's id, e-mail or name."""
    name = re.sub(r"[\W_]+", " ", plain(path.name))
    return any(
        re.search(rf"(?<![a-z0-9]){re.escape(wanted)}(?![a-z0-9])", name)
        for wanted in (
            re.sub(r"[\W_]+", " ", plain(text)).strip() for text in (learner.id, learner.email, learner.name)
        )
        if len(wanted) > 1
    )


def holds(content: bytes, learner: Learner) -> bool:
    """Tell whether a file holds the learner's e-mail or whole name, in a zip too."""
    wanted = [text.casefold() for text in (learner.email, learner.name) if len(text) > 4]
    return bool(wanted) and any(
        word in text
        for text in (part.decode("utf-8", "replace").casefold() for part in _parts(content))
        for word in wanted
    )


def _parts(content: bytes) -> Iterator[bytes]:
    yield content
    if content.startswith(b"PK\x03\x04"):
        try:
            with zipfile.ZipFile(io.BytesIO(content)) as opened:
                for info in opened.infolist():
                    yield info.filename.encode()
                    yield opened.read(info)
        except (zipfile.BadZipFile, RuntimeError, OSError, NotImplementedError):
            return
