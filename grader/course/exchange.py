"""nbgrader's exchange: give a lesson out, take work in and give feedback back on one machine or hub."""

from __future__ import annotations

import os
import re
import shutil
import stat
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from nbgrader.exchange.default import ExchangeSubmit
from nbgrader.exchange.default.exchange import Exchange
from nbgrader.utils import notebook_hash

from grader.course.database import own_programs_first
from grader.course.folder import Course
from grader.course.gradebook import directory_of
from grader.errors import GraderError
from grader.marking import submission
from grader.marking.settings import settings

OWNER_AND_GROUP = stat.S_IRWXU | stat.S_IRWXG
NEEDED_FOR_FEEDBACK = ("timestamp.txt", "submission_secret.txt")


class PrivateSubmit(ExchangeSubmit):  # type: ignore[misc]
    """Hand in so that only the learner and the facilitators' group can read it.

    nbgrader leaves what is handed in readable to everyone who can guess its folder's name.
    Its `inbound` folder passes the facilitators' group on, so the rest of the machine needs no rights at all.
    """

    def copy_files(self) -> None:
        """Copy the work in, and close it to everyone else from the first byte on."""
        before = os.umask(0o077)
        try:
            super().copy_files()
        finally:
            os.umask(before)
        self.close(Path(self.inbound_path) / self.assignment_filename)

    def close(self, folder: Path) -> None:
        """Take all rights away from those who are neither the owner nor in the folder's group."""
        inbound, me = folder.parent.stat(), os.getuid()
        shared = inbound.st_gid in os.getgroups() and inbound.st_uid != me
        if shared or folder.stat().st_gid != inbound.st_gid:
            shutil.rmtree(folder)
            self.fail("The exchange is not set up for private work. Ask whoever looks after the hub.")
        for path in (folder, *folder.rglob("*")):
            if path.is_file() and path.stat().st_gid != inbound.st_gid:
                _hand_to_group(path, folder.parent)
            path.chmod((path.stat().st_mode | stat.S_IRGRP) & OWNER_AND_GROUP)


def _hand_to_group(path: Path, inbound: Path) -> None:
    """Write a file again in the folder that passes its group on: nobody may give a file to a group not their own."""
    handle, name = tempfile.mkstemp(dir=inbound)
    with os.fdopen(handle, "wb") as file:
        file.write(path.read_bytes())
    os.replace(name, path)


@dataclass(frozen=True)
class Taken:
    """Who handed in: `new` since last time, and `all` who have."""

    new: tuple[str, ...]
    all: tuple[str, ...]


def give_out(course: Course, name: str, *, again: bool = False) -> None:
    """Put a released lesson where learners fetch it."""
    _nbgrader(course, "release_assignment", name, *(["--force"] if again else []))


def take_in(course: Course, name: str) -> Taken:
    """Collect the latest work of everyone who handed in."""
    before = _submitted(course, name)
    _nbgrader(course, "collect", name, "--update")
    after = _submitted(course, name)
    new = tuple(sorted(learner for learner, when in after.items() if before.get(learner) != when))
    return Taken(new, tuple(sorted(after)))


def give_back(course: Course, name: str) -> None:
    """Put feedback where each learner, and nobody else, can fetch it."""
    for folder in course.step("feedback").glob(f"*/{name}"):
        for needed in NEEDED_FOR_FEEDBACK:
            handed_in = course.submission(folder.parent.name, name) / needed
            if handed_in.is_file() and not handed_in.is_symlink():
                shutil.copyfile(handed_in, folder / needed)
    _nbgrader(course, "release_feedback", name)


def _submitted(course: Course, name: str) -> dict[str, str]:
    """Return when each learner's collected work was handed in."""
    stamps = course.step("submitted").glob(f"*/{name}/timestamp.txt")
    return {path.parents[1].name: submission.small_text(path) for path in stamps}


def _nbgrader(course: Course, *words: str) -> None:
    """Run one of nbgrader's own commands in the course, with the machine's own nbgrader settings."""
    own_programs_first()
    command = [sys.executable, "-m", "nbgrader", *words]
    done = subprocess.run(command, cwd=course.folder, stdin=subprocess.DEVNULL, capture_output=True, text=True)
    if done.returncode:
        lines = re.findall(r"(?:ERROR|CRITICAL)\] (.+)", done.stderr) or done.stderr.strip().splitlines()
        raise GraderError(
            f"nbgrader's exchange says: {lines[-1].rstrip('.') if lines else 'it could not be done'}.",
            where=f"{course.name}, {words[1]}",
            todo="Where there is no exchange on this machine, use files: club collect LESSON --from FOLDER",
        )


def folder_of(course: Course) -> Path:
    """Return this course's folder in nbgrader's exchange, whether it is there or not."""
    config = settings(course.folder)
    root = config.Exchange.root if "root" in config.Exchange else Exchange.root.default_value
    return Path(str(root)) / str(directory_of(course).course_id)


def page_name(secret: Path, notebook: str) -> str:
    """Return the name that a feedback page has in the exchange."""
    return f"{notebook_hash(secret=secret.read_text(encoding='utf-8'), notebook_id=notebook)}.html"
