"""Compare the publisher's current file with ours, and take it only when asked."""

from __future__ import annotations

import csv
import hashlib
import io
import shutil
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from grader.data import recipes
from grader.data.check import check
from grader.data.download import fetch
from grader.data.package import DESCRIPTOR, Package, Resource, load
from grader.data.tidy import json_bytes
from grader.errors import GraderError

DATES = ("date", "datetime", "year")


@dataclass(frozen=True)
class Change:
    """What would change in one file."""

    file: str
    rows: tuple[int, int]
    rows_gone: int
    rows_new: int
    columns_gone: tuple[str, ...] = ()
    columns_new: tuple[str, ...] = ()
    totals: tuple[tuple[str, float, float], ...] = ()
    newest: tuple[str, str, str] | None = None


@dataclass(frozen=True)
class Plan:
    """What a refresh would write. `stops` say why it must not; `warnings` why a person should look first."""

    package: Package
    files: dict[str, bytes] = field(repr=False)
    raw: Path
    changes: tuple[Change, ...] = ()
    warnings: tuple[str, ...] = ()
    stops: tuple[str, ...] = ()


def plan(name: str, raw: Path, fallback: Path | None = None, root: Path | None = None, **options: Any) -> Plan:
    """Download a package's raw files below `raw`, run the recipe and compare, changing nothing of ours."""
    package = load(name, root)
    if not any(source.url for source in package.raw):
        raise GraderError(
            f"The description of {name} gives no address to fetch from.",
            where=str(package.folder / DESCRIPTOR),
            todo="Fetch the file by hand, then run `club data prepare` with --raw.",
        )
    for source in package.raw:
        _bring(source.path, source.url, raw, fallback, options)
    if all(hashlib.sha256((raw / s.path).read_bytes()).hexdigest() == s.sha256 for s in package.raw):
        return Plan(package, {}, raw)
    files = _made(package, raw)
    changes = tuple(_changes(package, files))
    return Plan(package, files, raw, changes, tuple(_warnings(changes)), tuple(_stops(package, files, changes)))


def accept(found: Plan, anyway: bool = False) -> list[str]:
    """Write what the plan holds; give the names of the files that changed."""
    against = [*found.stops, *(() if anyway else found.warnings)]
    if against:
        todo = "Nothing was changed."
        todo += (
            f" Where a limit in {DESCRIPTOR} is out of date, change it first."
            if found.stops
            else " Look at the file; to take it all the same, add --anyway."
        )
        raise GraderError(" ".join(against), where=found.package.name, todo=todo)
    return recipes.write(found.package.folder, found.files)


def _bring(path: str, url: str, raw: Path, fallback: Path | None, options: dict[str, Any]) -> None:
    """Fetch a file, or take it from the folder of raw files where the publisher gives no address."""
    if url:
        fetch(url, raw / path, **options)
    elif fallback is not None and (fallback / path).is_file():
        (raw / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(fallback / path, raw / path)
    else:
        raise GraderError(
            "This raw file has no address, and it is not in the folder of raw files.",
            where=path,
            todo="Name the folder with --raw DIR.",
        )


def _made(package: Package, raw: Path) -> dict[str, bytes]:
    """Run the recipe on the new files; a file that it cannot read is the publisher's change, not our slip."""
    try:
        files = recipes.run(package, raw)
    except GraderError:
        raise
    except Exception as problem:
        raise GraderError(
            f"The recipe cannot read the new file ({type(problem).__name__}: {problem}).",
            where=package.name,
            todo="Nothing was changed. The publisher may have changed its columns: look, then change prepare.py.",
        ) from problem
    return files | {DESCRIPTOR: json_bytes(recipes.describe(package, files, raw))}


def _changes(package: Package, files: dict[str, bytes]) -> Iterator[Change]:
    for resource in package.resources:
        new, path = files.get(resource.path), package.folder / resource.path
        if new is not None and path.is_file() and path.read_bytes() != new:
            yield _change(resource, path.read_bytes(), new)


def _change(resource: Resource, old: bytes, new: bytes) -> Change:
    lines = Counter(old.splitlines()[1:]), Counter(new.splitlines()[1:])
    rows = sum(lines[0].values()), sum(lines[1].values())
    gone, added = (lines[0] - lines[1]).total(), (lines[1] - lines[0]).total()
    if not resource.is_table:
        return Change(resource.path, rows, gone, added)
    before, after = _columns(old), _columns(new)
    totals = [
        (column["name"], _total(before[column["name"]]), _total(after[column["name"]]))
        for column in resource.fields
        if column["type"] in ("integer", "number") and column["name"] != "year" and column["name"] in before
        and column["name"] in after
    ]  # fmt: skip
    dates = [c["name"] for c in resource.fields if (c["type"] in DATES or c["name"] == "year") and c["name"] in after]
    newest = (dates[0], max(before[dates[0]]), max(after[dates[0]], default="")) if dates and rows[0] else None
    return Change(
        resource.path, rows, gone, added, tuple(set(before) - set(after)), tuple(set(after) - set(before)),
        tuple(t for t in totals if t[1] != t[2]), newest if newest and newest[1] != newest[2] else None,
    )  # fmt: skip


def _columns(content: bytes) -> dict[str, list[str]]:
    header, *rows = csv.reader(io.StringIO(content.decode("utf-8"), newline=""))
    return {name: [row[n] if n < len(row) else "" for row in rows] for n, name in enumerate(header)}


def _total(values: list[str]) -> float:
    total = 0.0
    for value in values:
        try:
            total += float(value or 0)
        except ValueError:
            continue
    return round(total, 6)


def _warnings(changes: tuple[Change, ...]) -> Iterator[str]:
    for change in changes:
        if change.rows[1] < change.rows[0]:
            yield f"{change.file} would have {change.rows[1]:,} rows where it has {change.rows[0]:,}: it may be cut short."
        if change.newest and change.newest[2] < change.newest[1]:
            column, before, after = change.newest
            yield f"{change.file} would end at {column} {after or 'nothing'} where it ends at {before}: it may be an older file."


def _stops(package: Package, files: dict[str, bytes], changes: tuple[Change, ...]) -> Iterator[str]:
    for change in changes:
        if change.columns_gone:
            yield f"{change.file} would lose {', '.join(change.columns_gone)}."
        if not change.rows[1]:
            yield f"{change.file} would be empty."
    with tempfile.TemporaryDirectory() as temporary:
        copy = Path(temporary) / package.folder.name
        shutil.copytree(package.folder, copy)
        recipes.write(copy, files)
        for other in {link["package"] for r in package.resources for link in r.descriptor.get("joins", [])}:
            shutil.copytree(package.folder.parent / other, copy.parent / other, dirs_exist_ok=True)
        found = [str(problem) for problem in check(copy.name, copy.parent)]
    yield from found[:5]
    if len(found) > 5:
        yield f"{len(found) - 5} more like these."
