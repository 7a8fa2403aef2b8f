"""Where a course lies: its folders by name, how it is found, and the one that was last used."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path

import platformdirs

from grader.errors import GraderError

CHECKOUT = Path(__file__).resolve().parents[2]
CONFIG = "nbgrader_config.py"
STATE = ".foothills"
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
        return self.folder / name

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
    """Return the folder that a name or a path stands for; refuse one inside the checkout."""
    text = reference.strip()
    if not text:
        raise GraderError("The course has no name.", todo="Type a name: club new tuesday-club --roster names.csv")
    folder = Path(text).expanduser() if _is_path(text) else home() / text
    folder = folder.resolve()
    if folder == CHECKOUT or CHECKOUT in folder.parents:
        raise GraderError(
            "A course holds people's work, so it cannot be inside the Foothills folder.",
            where=text,
            todo=f"Give a name alone; it is then made in {home()}.",
        )
    if not re.fullmatch(r"[A-Za-z0-9][\w.-]*", folder.name):
        raise GraderError(
            "A course's name has letters, figures, dots and dashes only.", where=folder.name, todo="Try: tuesday-club"
        )
    return folder


def _is_path(text: str) -> bool:
    return "/" in text or "\\" in text or text.startswith((".", "~"))


def synced(folder: Path) -> str:
    """Return the name of the folder above that looks like one a sync service keeps, or ""."""
    return next((part for part in folder.parts if _SYNCED.match(part)), "")


def find(option: str | None, start: Path | None = None) -> Course:
    """Return the course that was named, else the one found upwards from here, else the last one used."""
    if option:
        folder = place(option)
        if not (folder / CONFIG).is_file():
            raise GraderError(f"There is no course in {folder}.", todo=_known())
        return Course(folder)
    found = here(start)
    if found is None:
        raise GraderError("There is no course here.", todo=_known())
    return found


def here(start: Path | None = None) -> Course | None:
    """Return the course found upwards from here, else the last one used, if there is one."""
    below = (start or Path.cwd()).resolve()
    for folder in (below, *below.parents):
        if (folder / CONFIG).is_file() and folder != CHECKOUT:
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
    return folder if (folder / CONFIG).is_file() else None


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
