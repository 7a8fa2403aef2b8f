"""Where the lessons lie, and which one is meant. Reads none of them."""

from __future__ import annotations

from pathlib import Path

from grader.errors import GraderError

ROOT = Path(__file__).resolve().parents[2] / "lessons"


def folders(root: Path | None = None) -> list[Path]:
    """Return every lesson folder, in order."""
    return sorted(path for path in (root or ROOT).glob("[0-9][0-9]-*") if path.is_dir())


def find(ref: str | int, root: Path | None = None) -> Path:
    """Return the folder of a lesson named by number, folder name or path; raise GraderError when there is none."""
    text = str(ref).strip().rstrip("/")
    path = Path(text)
    if path.is_dir() and (path / "lesson.md").is_file():
        return path.resolve()
    known = folders(root)
    for folder in known:
        if folder.name == text or (text.isdigit() and folder.name.startswith(f"{int(text):02d}-")):
            return folder
    numbers = f"{int(known[0].name[:2])} to {int(known[-1].name[:2])}" if known else "not written yet"
    raise GraderError(f"There is no lesson {text}.", todo=f"The lessons are {numbers}.")
