"""`checks.pack`: everything a released lesson needs to mark itself, as one file of data.

It is compressed and encoded so that a glance, or a search of the folder, shows no answer. It is not a secret:
a determined person can decode it, and a voluntary club does not mind.
"""

from __future__ import annotations

import base64
import binascii
import json
import string
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from grader.checks.exercise import Exercise, exercise_from_data, exercise_to_data
from grader.checks.judge import Words
from grader.checks.wire import from_json, to_json
from grader.errors import GraderError

NAME = "checks.pack"
_MAGIC = b"foothills checks 1\n"
MAX_BYTES = 20_000_000
_ALPHABET = (string.digits + string.ascii_letters.swapcase() + "!#$%&()*+-;<=>?@^_`{|}~").encode()
_DIGITS = np.full(256, 85, np.uint64)
_DIGITS[list(_ALPHABET)] = range(85)
_POWERS = 85 ** np.arange(4, -1, -1, dtype=np.uint64)


@dataclass(frozen=True)
class Pack:
    """A lesson's checks. `entries` holds each exercise still encoded, in the lesson's order.

    `lesson` is the folder's name, `ready` what the first cell says, `given` the reference values that a later
    exercise may start from, encoded one by one. `charts` says that some exercise draws. `idea` is what the lesson
    is about, `question` what it asks at its end.
    """

    lesson: str
    title: str
    ready: str
    entries: Mapping[str, str]
    core: tuple[str, ...]
    files: tuple[str, ...] = ()
    words: Words = field(default_factory=Words)
    given: Mapping[str, str] = field(default_factory=dict)
    charts: bool = False
    idea: str = ""
    question: str = ""
    version: str = ""

    @property
    def names(self) -> tuple[str, ...]:
        """The exercises in the lesson's order."""
        return tuple(self.entries)

    def exercise(self, name: str) -> Exercise:
        """Return one exercise, decoded."""
        return exercise_from_data(_decode(self.entries[name]))

    def reference(self, name: str) -> Any:
        """Return the reference value of a variable that a later exercise may start from."""
        return from_json(_decode(self.given[name]))


def encode_exercises(exercises: Mapping[str, Exercise]) -> dict[str, str]:
    """Return each exercise encoded for a pack."""
    return {name: _encode(exercise_to_data(exercise)) for name, exercise in exercises.items()}


def encode_values(values: Mapping[str, Any]) -> dict[str, str]:
    """Return plain values encoded for a pack."""
    return {name: _encode(to_json(value)) for name, value in values.items()}


def to_bytes(pack: Pack) -> bytes:
    """Return the file's content; the same pack gives the same bytes."""
    data = {
        "lesson": pack.lesson,
        "title": pack.title,
        "ready": pack.ready,
        "entries": dict(pack.entries),
        "core": list(pack.core),
        "files": list(pack.files),
        "names": sorted(pack.words.names),
        "columns": sorted(pack.words.columns),
        "given": dict(pack.given),
        "charts": pack.charts,
        "idea": pack.idea,
        "question": pack.question,
        "version": pack.version,
    }
    return _MAGIC + _encode(data).encode("ascii") + b"\n"


def from_bytes(content: bytes, where: str = NAME) -> Pack:
    """Return the pack in a file's content; raise GraderError when it is not one."""
    if not content.startswith(_MAGIC) or len(content) > MAX_BYTES:
        raise GraderError(
            "This is not a checks file that this version can read.",
            where=where,
            todo="Open the lesson again from where you got it.",
        )
    try:
        data = _decode(content[len(_MAGIC) :].strip().decode("ascii"))
        return Pack(
            lesson=str(data["lesson"]),
            title=str(data["title"]),
            ready=str(data["ready"]),
            entries=dict(data["entries"]),
            core=tuple(data["core"]),
            files=tuple(data["files"]),
            words=Words(tuple(data["names"]), tuple(data["columns"])),
            given=dict(data["given"]),
            charts=bool(data["charts"]),
            idea=str(data["idea"]),
            question=str(data["question"]),
            version=str(data["version"]),
        )
    except (KeyError, TypeError, ValueError, zlib.error, binascii.Error) as trouble:
        raise GraderError(
            "The checks file is damaged.", where=where, todo="Open the lesson again from where you got it."
        ) from trouble


def find(folder: Path) -> Path | None:
    """Return the checks file of a folder, if it has one."""
    path = folder / NAME
    return path if path.is_file() else None


def _encode(data: Any) -> str:
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"), sort_keys=False)
    return base64.b85encode(zlib.compress(text.encode("utf-8"), 9)).decode("ascii")


def _decode(text: str) -> Any:
    return json.loads(zlib.decompress(_b85decode(text)).decode("utf-8"))


def _b85decode(text: str) -> bytes:
    """Do as `base64.b85decode`, which goes letter by letter, and is felt where thousands of packs are read."""
    padding = -len(text) % 5
    digits = _DIGITS[np.frombuffer(text.encode("ascii") + b"~" * padding, np.uint8)].reshape(-1, 5)
    numbers = digits @ _POWERS
    if (digits > 84).any() or (numbers >= 1 << 32).any():
        raise ValueError("not base 85")
    return numbers.astype(">u4").tobytes()[: -padding or None]
