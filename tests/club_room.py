"""A facilitator for the tests: types commands, in a home folder of their own."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from click.testing import CliRunner

from grader.cli import club
from grader.course import pretend
from grader.lesson.read import Lesson, lesson

IDS = ("p01", "p02", "p03", "p04", "p05", "p06", "p07")


@dataclass(frozen=True)
class Said:
    """What a command said, and its exit code."""

    code: int
    out: str
    err: str

    @property
    def data(self) -> Any:
        """The JSON document on standard output."""
        return json.loads(self.out)


class Facilitator:
    """Types commands in one home folder."""

    def __init__(self, home: Path) -> None:
        self.home = home
        home.mkdir(parents=True, exist_ok=True)

    def __call__(self, *words: object, answer: str = "") -> Said:
        with at_home(self.home):
            done = CliRunner().invoke(club, [str(word) for word in words], input=answer, prog_name="club")
        if done.exception is not None and not isinstance(done.exception, SystemExit):
            raise done.exception
        return Said(done.exit_code, done.stdout, done.stderr)

    @property
    def clubs(self) -> Path:
        """Where courses are made."""
        return self.home / "foothills-clubs"


@contextmanager
def at_home(home: Path) -> Iterator[None]:
    """Let programs take this folder for the user's own, and work in it."""
    names = ("HOME", "USERPROFILE", "XDG_CONFIG_HOME", "JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR")
    before, here = {name: os.environ.get(name) for name in names}, Path.cwd()
    os.environ |= {"HOME": str(home), "USERPROFILE": str(home)}
    for name in names[2:]:
        os.environ.pop(name, None)
    os.chdir(home)
    try:
        yield
    finally:
        os.chdir(here)
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value


def roster(folder: Path, ids: Sequence[str] = IDS) -> Path:
    """Write a list of pseudonyms."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "ids.csv"
    path.write_text("\n".join(["id", *ids]) + "\n", encoding="utf-8")
    return path


def tree(folder: Path) -> dict[str, str]:
    """Return what every file under a folder holds, as a checksum."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def first_lesson() -> Lesson:
    """Return lesson 1."""
    return lesson(1)


def answered(made: Lesson, answers: Mapping[str, pretend.Tried]) -> bytes:
    """Return a handed-in notebook with these answers."""
    return pretend.notebook(made, answers)
