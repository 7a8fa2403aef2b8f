"""Read what came back: a folder or a zip, zips inside zips, and nothing that is not an ordinary file.

Nothing is unpacked to disk. Links, paths that lead elsewhere, locked zips and zips that swell are refused by name.
"""

from __future__ import annotations

import io
import os
import stat
import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from grader.errors import GraderError
from grader.marking.words import sayable

MAX_FILE = 50_000_000
MAX_TOTAL = 1_000_000_000
MAX_COUNT = 20_000
MAX_DEPTH = 4
LISTED = b"PK\x01\x02"  # what the list of a zip's files has before each
SWELL = 200  # text compresses 20 times; a zip that swells more than this is made to
WANTED = (".ipynb", ".csv", ".xlsx", ".txt", ".json")
COPY = "It is a copy or a picture of the work. Ask for the notebook: its name ends in .ipynb."
LINK = "It is a link to the file. Ask for the file itself."
MAIL = "It is a whole e-mail. Open it and save the notebook that is attached."
PACKED = "It is packed in a way that cannot be opened here. Ask for the notebook alone, or a zip."
UNFINISHED = "Its download is not finished. Download it again."
EMPTY = "It is empty. A sync service may not have fetched it yet: open its folder, then collect again."
# what may be somebody's work in a form that cannot be marked
OTHERS = {
    **dict.fromkeys((".pdf", ".html", ".htm", ".docx", ".doc", ".odt", ".rtf", ".py", ".png", ".jpg", ".jpeg"), COPY),
    **dict.fromkeys((".url", ".webloc", ".lnk"), LINK),
    **dict.fromkeys((".eml", ".msg"), MAIL),
    **dict.fromkeys((".rar", ".7z", ".tar", ".gz", ".tgz"), PACKED),
    **dict.fromkeys((".crdownload", ".part", ".partial", ".download"), UNFINISHED),
}


@dataclass(frozen=True)
class Piece:
    """One file that came back: where it lay, as names from the outside in, and what is in it."""

    parts: tuple[str, ...]
    content: bytes = field(repr=False)

    @property
    def name(self) -> str:
        """The file's own name."""
        return self.parts[-1]

    @property
    def shown(self) -> str:
        """Where it lay, for a person."""
        return sayable("/".join(self.parts))


@dataclass(frozen=True)
class Refusal:
    """A file that was not read, and why."""

    shown: str
    why: str


@dataclass
class _Budget:
    bytes: int = MAX_TOTAL
    files: int = MAX_COUNT
    refusals: list[Refusal] = field(default_factory=list)
    others: list[tuple[str, ...]] = field(default_factory=list)

    def take(self, size: int) -> bool:
        self.bytes -= size
        self.files -= 1
        return self.bytes >= 0 and self.files >= 0

    def refuse(self, parts: tuple[str, ...], why: str) -> None:
        self.refusals.append(Refusal(sayable("/".join(parts)), why))


def read(source: Path) -> tuple[list[Piece], list[Refusal]]:
    """Return the notebooks, tables and texts in a folder, zip or file, and what was refused."""
    if not source.exists():
        raise GraderError(
            "There is nothing of that name.",
            where=str(source),
            todo="Give the folder or zip that holds what came back.",
        )
    budget = _Budget()
    pieces = list(_folder(source, (), budget) if source.is_dir() else _file(source, (), budget))
    _refuse_others(pieces, budget)
    return sorted(pieces, key=lambda piece: piece.parts), budget.refusals


def _refuse_others(pieces: list[Piece], budget: _Budget) -> None:
    """Refuse what may be somebody's work; what lies in a folder or zip with the one notebook in it came along with it."""
    notebooks = Counter(piece.parts[:-1] for piece in pieces if piece.name.lower().endswith(".ipynb"))
    for parts in budget.others:
        if not any(notebooks[parts[:depth]] == 1 for depth in range(1, len(parts))):
            budget.refuse(parts, OTHERS[PurePosixPath(parts[-1]).suffix.lower()])


def _folder(folder: Path, parts: tuple[str, ...], budget: _Budget) -> Iterator[Piece]:
    for entry in sorted(os.scandir(folder), key=lambda entry: entry.name):
        inner = (*parts, entry.name)
        if entry.is_symlink():
            budget.refuse(inner, "It is a link, and links are not followed.")
        elif _skipped(entry.name):
            continue
        elif entry.is_dir():
            yield from _folder(Path(entry.path), inner, budget)
        else:
            yield from _file(Path(entry.path), parts, budget)


def _file(path: Path, parts: tuple[str, ...], budget: _Budget) -> Iterator[Piece]:
    inner = (*parts, path.name)
    kind = path.suffix.lower()
    if kind in OTHERS:
        budget.others.append(inner)
    if kind not in (*WANTED, ".zip"):
        return
    about = path.lstat()
    if not stat.S_ISREG(about.st_mode):
        budget.refuse(inner, "It is not an ordinary file.")
    elif about.st_size > (MAX_TOTAL if kind == ".zip" else MAX_FILE):
        budget.refuse(inner, f"It is {about.st_size // 1_000_000} MB, which is too big.")
    else:
        try:
            content = path.read_bytes()
        except OSError:
            budget.refuse(inner, "It cannot be opened. Is it open in another program?")
            return
        yield from _content(content, inner, budget)


def _content(content: bytes, parts: tuple[str, ...], budget: _Budget) -> Iterator[Piece]:
    if parts[-1].lower().endswith(".zip"):
        yield from _zip(content, parts, budget)
    elif budget.take(len(content)):
        yield from _piece(Piece(parts, content), budget)
    else:
        budget.refuse(parts, "There is too much in there to read in one go.")


def _piece(piece: Piece, budget: _Budget) -> Iterator[Piece]:
    """Yield what was read; a notebook that a browser saved as text counts under its proper name."""
    stem, kind = PurePosixPath(piece.name).stem, PurePosixPath(piece.name).suffix.lower()
    if kind == ".ipynb" and not piece.content.strip():
        budget.refuse(piece.parts, EMPTY)
    elif kind in (".txt", ".json") and _is_notebook(piece.content):
        yield Piece((*piece.parts[:-1], f"{stem.removesuffix('.ipynb')}.ipynb"), piece.content)
    elif kind != ".json":
        yield piece


def _is_notebook(content: bytes) -> bool:
    return content.lstrip()[:1] == b"{" and b'"cells"' in content and b'"nbformat"' in content


def _zip(content: bytes, parts: tuple[str, ...], budget: _Budget) -> Iterator[Piece]:
    if sum(part.lower().endswith(".zip") for part in parts) > MAX_DEPTH:
        budget.refuse(parts, "It is a zip in a zip in a zip, too deep to read.")
        return
    if content.count(LISTED) > MAX_COUNT:
        budget.refuse(parts, "There are too many files in it to read in one go.")
        return
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as opened:
            for info in opened.infolist():
                yield from _member(opened, info, parts, budget)
    except Exception:  # whatever a damaged zip makes its readers raise
        budget.refuse(parts, "The zip is damaged or not a zip.")


def _member(opened: zipfile.ZipFile, info: zipfile.ZipInfo, parts: tuple[str, ...], budget: _Budget) -> Iterator[Piece]:
    path = PurePosixPath(info.filename.replace("\\", "/"))
    inner = (*parts, *path.parts)
    if not path.name or info.is_dir() or any(_skipped(part) for part in path.parts if part != ".."):
        return
    if path.suffix.lower() in OTHERS:
        budget.others.append(inner)
    if path.suffix.lower() not in (*WANTED, ".zip"):
        return
    why = _why_not(info, path)
    if why:
        budget.refuse(inner, why)
        return
    if budget.bytes < info.file_size or budget.files <= 0:
        budget.refuse(inner, "There is too much in there to read in one go.")
        return
    try:
        with opened.open(info) as file:
            content = file.read(MAX_FILE + 1)
    except Exception:  # whatever a damaged zip makes its readers raise
        budget.refuse(inner, "It is damaged inside the zip.")
        return
    budget.bytes -= len(content) if path.suffix.lower() == ".zip" else 0  # what is in it counts as well
    yield from _content(content, inner, budget)


def _why_not(info: zipfile.ZipInfo, path: PurePosixPath) -> str:
    if path.is_absolute() or ".." in path.parts or ":" in info.filename:
        return "Its path leads out of the zip."
    if stat.S_ISLNK(info.external_attr >> 16):
        return "It is a link, and links are not followed."
    if info.flag_bits & 1:
        return "It is locked with a password."
    if info.file_size > MAX_FILE or info.file_size > SWELL * max(info.compress_size, 1_000):
        return "It swells to a size that no notebook has."
    return ""


def _skipped(name: str) -> bool:
    """Tell what programs leave behind: checkpoints, a Mac's second copies, half-synced files."""
    return name in ("__MACOSX", ".ipynb_checkpoints", "__pycache__") or name.startswith((".", "~$"))
