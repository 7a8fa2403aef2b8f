"""Where a course lies: its folders by name, how it is found, and the one that was last used."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path

import platformdirs

from grader.course.roster import safe
from grader.course.table import plain
from grader.errors import GraderError
from grader.marking.settings import NAME, directory, structure

CHECKOUT = Path(__file__).resolve().parents[2]
CONFIG, STATE = NAME, ".foothills"
USUAL = (
    "{nbgrader_step}/{student_id}/{assignment_id}",
    str(Path("{nbgrader_step}") / "{student_id}" / "{assignment_id}"),
)
_SYNCED = re.compile(
    r"(?i)^(onedrive.*|dropbox.*|google ?drive.*|my drive|icloud.*|mobile documents|box( sync)?|nextcloud|sharepoint.*|creative cloud files)$"
)


@dataclass(frozen=True)
class Course:
    """A folder that nbgrader also accepts as a course."""

    folder: Path

    @property
    def name(self) -> str:
        """The folder's name."""
        return self.folder.name

    @property
    def state(self) -> Path:
        """What we keep for ourselves: settings, what was collected, receipts."""
        return self.folder / STATE

    def step(self, name: str) -> Path:
        """One of nbgrader's own folders: source, release, submitted, autograded, feedback."""
        return self.folder / directory(self.folder, name)

    @property
    def handouts(self) -> Path:
        """The zip files to give out."""
        return self.folder / "handouts"

    @property
    def reports(self) -> Path:
        """The report pages."""
        return self.folder / "reports"

    @property
    def printed(self) -> Path:
        """Paper copies and texts to send."""
        return self.folder / "print"

    def unmatched(self, assignment: str) -> Path:
        """Files that came back and that nobody could be found for."""
        return self.folder / "unmatched" / assignment

    def submission(self, learner: str, assignment: str) -> Path:
        """The folder of what one learner handed in."""
        return self.step("submitted") / learner / assignment


def home() -> Path:
    """Return the folder where courses are made when only a name is given."""
    return Path.home() / "foothills-clubs"


def place(reference: str) -> Path:
    """Return the folder for a new course of that name or path; refuse one inside the checkout."""
    folder = _named(reference)
    if not re.fullmatch(r"[A-Za-z0-9][\w.-]*", folder.name):
        raise GraderError(
            "A course's name has letters, figures, dots and dashes only.",
            where=folder.name,
            todo=f'Try: {name_for(folder.name)}. What people read can be anything: --title "{folder.name}"',
        )
    return folder


def name_for(title: str) -> str:
    """Return a course's name that is like its title."""
    return safe(title).lower() if re.search("[a-z0-9]", plain(title)) else "tuesday-club"


def _named(reference: str) -> Path:
    text = reference.strip()
    if not text:
        raise GraderError("The course has no name.", todo="Type a name: club new tuesday-club --roster names.csv")
    folder = (Path(text).expanduser() if _is_path(text) else home() / text).resolve()
    if folder == CHECKOUT or CHECKOUT in folder.parents:
        raise GraderError(
            "A course holds people's work, so it cannot be inside the Foothills folder.",
            where=text,
            todo=f"Give a name alone; it is then made in {home()}.",
        )
    return folder


def _is_path(text: str) -> bool:
    return "/" in text or "\\" in text or text.startswith((".", "~"))


def synced(folder: Path) -> str:
    """Return the name of the folder above that looks like one a sync service keeps, or ""."""
    return next((part for part in folder.parts if _SYNCED.match(part)), "")


def find(option: str | None, start: Path | None = None) -> Course:
    """Return the course that was named, else the one found upwards from here, else the last one used."""
    found = _given(option) if option else here(start)
    if found is None:
        raise GraderError(f"There is no course {f'in {_named(option)}' if option else 'here'}.", todo=_known())
    if structure(found.folder) not in ("", *USUAL):
        raise GraderError(
            "This course's folders are not laid out in nbgrader's usual way.",
            where=f"{found.name}/{CONFIG}",
            todo="Take the line with directory_structure out, or mark with: nbgrader autograde",
        )
    return found


def _given(reference: str) -> Course | None:
    """Return the course that a name or a folder stands for; a folder that lies here goes before a name."""
    lying = Path(reference).expanduser().resolve()
    outside = CHECKOUT not in (lying, *lying.parents)
    folder = lying if outside and _is_course(lying) else _named(reference)
    return Course(folder) if _is_course(folder) else None


def _is_course(folder: Path) -> bool:
    """Say whether a folder is a course of anybody's: nbgrader needs no settings file where its usual ones do."""
    return (folder / CONFIG).is_file() or (folder / "gradebook.db").is_file() or any(folder.glob("source/*/*.ipynb"))


def here(start: Path | None = None) -> Course | None:
    """Return the course found upwards from here, else the last one used, if there is one."""
    below = (start or Path.cwd()).resolve()
    for folder in (below, *below.parents):
        if folder != CHECKOUT and ((folder / CONFIG).is_file() or (folder == below and _is_course(folder))):
            return Course(folder)
    last = last_used()
    return Course(last) if last else None


def usual() -> tuple[Course, ...]:
    """Return the courses where courses are made when only a name is given, by name."""
    return tuple(Course(path.parent) for path in sorted(home().glob(f"*/{CONFIG}")))


def _known() -> str:
    if courses := usual():
        return f"Your courses are {', '.join(course.name for course in courses)}. Name one with --course."
    return "Make one with: club new COURSE --roster names.csv"


def _settings() -> Path:
    return platformdirs.user_config_path("foothills") / "settings.json"


def last_used() -> Path | None:
    """Return the course used last, if it is still there."""
    try:
        folder = Path(json.loads(_settings().read_text(encoding="utf-8"))["course"])
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return folder if _is_course(folder) else None


def remember(course: Course) -> None:
    """Keep this course as the one used last; a settings folder that cannot be written to does not matter."""
    path = _settings()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps({"course": str(course.folder)}), encoding="utf-8")
    except OSError:
        return


def forget_last(course: Course) -> None:
    """Stop remembering this course."""
    if last_used() == course.folder:
        _settings().unlink(missing_ok=True)
