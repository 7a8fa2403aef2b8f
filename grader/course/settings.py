"""What a course knows of itself besides the gradebook: its title and its lessons' dates."""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from grader.course.files import write
from grader.course.folder import Course
from grader.errors import GraderError

NAME = "course.json"
MOST = 100  # letters of a time; more are no time


@dataclass(frozen=True)
class Settings:
    """`dates` gives the day of each planned lesson, by folder name; `engine` is the one to mark with, if one was chosen."""

    title: str
    dates: Mapping[str, str] = field(default_factory=dict)
    engine: str = ""


def path(course: Course) -> Path:
    """Return the file that `club new` makes; a course made by nbgrader alone has none."""
    return course.state / NAME


def load(course: Course) -> Settings:
    """Return the course's settings; a course made by nbgrader alone has its name for a title."""
    try:
        data = json.loads(path(course).read_text(encoding="utf-8"))
        return Settings(str(data["title"]), dict(data["dates"]), str(data.get("engine", "")))
    except (OSError, ValueError, KeyError, TypeError):
        return Settings(course.name)


def save(course: Course, settings: Settings) -> None:
    """Keep the course's settings."""
    data = {"title": settings.title, "dates": dict(settings.dates), "engine": settings.engine}
    write(path(course), json.dumps(data, indent=1).encode())


def moment(text: str, what: str = "time") -> datetime.datetime:
    """Return a date and time that a person or a program wrote, in UTC without a zone, as nbgrader keeps it.

    A time without a zone is this machine's own. A day alone means its last minute.
    """
    import dateutil.parser  # slow to import

    text = text.strip()[:MOST]
    day_first = not re.match(r"\d{4}-", text)
    try:
        made: datetime.datetime = dateutil.parser.parse(
            text, dayfirst=day_first, tzinfos={"UTC": 0, "GMT": 0, "BST": 3600}
        )
        if made.tzinfo is None:
            if not re.search(r"\d:\d", text) and made.time() == datetime.time(0):
                made = made.replace(hour=23, minute=59)
            made = made.astimezone()
        return made.astimezone(datetime.UTC).replace(tzinfo=None)
    except Exception:  # whatever odd signs, or years, make a reader of dates raise
        raise GraderError(
            f'"{text}" is not a {what} that it can read.', todo='Write it as "2026-12-02 13:00".'
        ) from None


def iso_day(text: str) -> str:
    """Return a day that a person wrote as a date that sorts: 2026-12-02."""
    return f"{moment(text, 'day').replace(tzinfo=datetime.UTC).astimezone():%Y-%m-%d}"


def stamp(when: datetime.datetime) -> str:
    """Return a moment as nbgrader writes it in timestamp.txt."""
    return f"{when:%Y-%m-%d %H:%M:%S.%f} UTC"


def day(text: str) -> str:
    """Return a day as a person writes it."""
    when = moment(text, "day").replace(tzinfo=datetime.UTC).astimezone()
    return f"{when:%A} {when.day} {when:%B}"


def shown(when: datetime.datetime | None) -> str:
    """Return a moment for a person, in this machine's own time."""
    if when is None:
        return ""
    local: Any = when.replace(tzinfo=datetime.UTC).astimezone()
    return f"{local.day} {local:%B %Y, %H:%M}"
