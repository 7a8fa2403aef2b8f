"""Find data packages and read them the way a learner would."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from grader.errors import GraderError

if TYPE_CHECKING:
    import pandas as pd

# The variable lets one process read another copy of the data: what would lessons say of a newer file?
ROOT = Path(os.environ.get("FOOTHILLS_DATASETS") or Path(__file__).resolve().parents[2] / "datasets")
DESCRIPTOR = "datapackage.json"


@dataclass(frozen=True)
class Licence:
    """The terms under which a data set may be used."""

    name: str
    title: str
    url: str


@dataclass(frozen=True)
class Quirk:
    """Something odd in the data that is kept on purpose, and the lessons that need it."""

    text: str
    lessons: tuple[int, ...] = ()


@dataclass(frozen=True)
class RawFile:
    """A publisher's file that the recipe reads, below the folder of raw files."""

    path: str
    sha256: str
    url: str = ""


@dataclass(frozen=True)
class Resource:
    """One file of a package."""

    name: str
    title: str
    path: str
    format: str
    bytes: int
    hash: str
    rows: int
    fields: tuple[dict[str, Any], ...] = ()
    descriptor: dict[str, Any] = field(default_factory=dict, compare=False, repr=False)

    @property
    def is_table(self) -> bool:
        """Whether the file is a table that pandas reads in one line."""
        return self.format == "csv"


@dataclass(frozen=True)
class Package:
    """A data set with its description."""

    name: str
    title: str
    description: str
    row: str
    publisher: str
    homepage: str
    licence: Licence
    attribution: str
    period: str
    place: str
    obtained: str
    left_out: tuple[str, ...]
    changes: tuple[str, ...]
    quirks: tuple[Quirk, ...]
    lessons: tuple[int, ...]
    raw: tuple[RawFile, ...]
    resources: tuple[Resource, ...]
    folder: Path
    descriptor: dict[str, Any] = field(compare=False, repr=False)

    def resource(self, name: str | None = None) -> Resource:
        """Give the resource of that name, or the first table where none is named."""
        if name is None:
            return next((r for r in self.resources if r.is_table), self.resources[0])
        for resource in self.resources:
            if name in (resource.name, resource.path):
                return resource
        known = ", ".join(r.name for r in self.resources)
        raise GraderError(
            f'The data set {self.name} has no file called "{name}".',
            where=str(self.folder / DESCRIPTOR),
            todo=f"Use one of: {known}.",
        )

    def path(self, resource_name: str | None = None) -> Path:
        """Give the path of a resource's file."""
        return self.folder / self.resource(resource_name).path


def names(root: Path | None = None) -> list[str]:
    """List the packages in the folder of data sets, in alphabetical order."""
    return sorted(p.parent.name for p in (root or ROOT).glob(f"*/{DESCRIPTOR}"))


def load(name: str, root: Path | None = None) -> Package:
    """Read one package's description."""
    folder = (root or ROOT) / name
    path = folder / DESCRIPTOR
    if not path.is_file():
        raise GraderError(
            f'There is no data set called "{name}".',
            where=str(root or ROOT),
            todo="Run `club data list` to see the names.",
        )
    try:
        return _package(json.loads(path.read_text(encoding="utf-8")), folder)
    except json.JSONDecodeError as problem:
        raise GraderError(
            f"The description of {name} is not JSON: {problem.msg}.",
            where=f"{path}, line {problem.lineno}",
            todo="Correct that line.",
        ) from problem
    except (KeyError, IndexError, TypeError) as problem:
        raise GraderError(
            f"The description of {name} has no {problem}.",
            where=str(path),
            todo="Add it: datasets/README.md lists what a description holds.",
        ) from problem


def read(name: str, resource: str | None = None, root: Path | None = None) -> pd.DataFrame:
    """Read a table as `pd.read_csv(path)` in a lesson would."""
    import pandas as pd

    package = load(name, root)
    found = package.resource(resource)
    if not found.is_table:
        raise GraderError(
            f"{found.path} in {name} is not a table.",
            where=str(package.folder / found.path),
            todo="Name one of its tables, or read the file with json.load.",
        )
    return pd.read_csv(package.folder / found.path)


def _package(d: dict[str, Any], folder: Path) -> Package:
    licence = d["licenses"][0]
    return Package(
        name=d["name"],
        title=d["title"],
        description=d["description"],
        row=d["row"],
        publisher=_publisher(d),
        homepage=d["homepage"],
        licence=Licence(licence["name"], licence["title"], licence["path"]),
        attribution=d["attribution"],
        period=d["period"],
        place=d["place"],
        obtained=d["obtained"],
        left_out=tuple(d["left_out"]),
        changes=tuple(d["changes"]),
        quirks=tuple(Quirk(q["text"], tuple(q.get("lessons", ()))) for q in d["quirks"]),
        lessons=tuple(d["lessons"]),
        raw=tuple(RawFile(r["path"], r.get("sha256", ""), r.get("url", "")) for r in d["raw"]),
        resources=tuple(_resource(r) for r in d["resources"]),
        folder=folder,
        descriptor=d,
    )


def _publisher(d: dict[str, Any]) -> str:
    titles = [c["title"] for c in d["contributors"] if "publisher" in c.get("roles", [c.get("role")])]
    return " and ".join(titles) or d["contributors"][0]["title"]


def _resource(d: dict[str, Any]) -> Resource:
    return Resource(
        name=d["name"],
        title=d["title"],
        path=d["path"],
        format=d.get("format", Path(d["path"]).suffix.lstrip(".")),
        bytes=d.get("bytes", 0),
        hash=d.get("hash", ""),
        rows=d.get("row_count", 0),
        fields=tuple(d.get("schema", {}).get("fields", ())),
        descriptor=d,
    )
