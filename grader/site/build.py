"""The whole site as file name -> content: the same lessons give the same bytes."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from importlib.resources import files
from pathlib import Path

from jinja2 import Environment, PackageLoader, StrictUndefined

from grader.errors import GraderError
from grader.lesson.build import handout
from grader.lesson.notebook import WHO_CAN_SEE
from grader.lesson.read import Lesson
from grader.site.links import Binder
from grader.site.page import Page, page

FIRST_DAY = (1980, 1, 1, 0, 0, 0)
MARK = "foothills-site.txt"


def site(lessons: Sequence[Lesson], binder: Binder | None = None) -> dict[str, bytes]:
    """Return every file of the site."""
    templates = Environment(
        loader=PackageLoader("grader.site"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    pages = [page(lesson) for lesson in lessons]
    shared = {"pages": pages, "binder": binder, "who_can_see": WHO_CAN_SEE}
    made = {"index.html": templates.get_template("front.html").render(shared)}
    made["open.html"] = templates.get_template("open.html").render(shared)
    lesson_page = templates.get_template("lesson.html")
    for place, one in enumerate(pages):
        around = {"before": _at(pages, place - 1), "after": _at(pages, place + 1)}
        made[f"{one.name}.html"] = lesson_page.render(shared, page=one, **around)
    static = {name: files("grader.site").joinpath("templates", name).read_bytes() for name in ("style.css", "icon.svg")}
    downloads = {f"downloads/{lesson.name}.zip": zipped(lesson.name, handout(lesson)) for lesson in lessons}
    return {name: text.encode("utf-8") for name, text in made.items()} | static | downloads


def _at(pages: Sequence[Page], place: int) -> Page | None:
    return pages[place] if 0 <= place < len(pages) else None


def zipped(folder: str, content: Mapping[str, bytes]) -> bytes:
    """Return files as a zip of one folder, byte for byte the same each time."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as packed:
        for name in sorted(content):
            entry = zipfile.ZipInfo(f"{folder}/{name}", FIRST_DAY)
            entry.external_attr = 0o644 << 16
            packed.writestr(entry, content[name], zipfile.ZIP_DEFLATED)
    return made.getvalue()


def write(to: Path, made: Mapping[str, bytes]) -> None:
    """Write the site into a folder that is empty or holds an earlier one, and take away pages that are no more."""
    there = list(to.iterdir()) if to.is_dir() else []
    if there and not (to / MARK).is_file():
        raise GraderError(
            "There is something else in this folder.", where=str(to), todo="Name an empty folder with --to."
        )
    old = (to / MARK).read_text(encoding="utf-8").splitlines() if there else []
    for name in set(old) - set(made):
        (to / name).unlink(missing_ok=True)
    for name, content in {**made, MARK: "\n".join(sorted(made)).encode()}.items():
        path = to / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
