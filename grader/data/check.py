"""Check data packages: checksums, schemas, links between sets; say the file, row, column and reason."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from grader.data.fingerprint import Edit, cells, locate
from grader.data.package import DESCRIPTOR, Package, Resource, load, names
from grader.data.schema import description_problems, table_problems
from grader.errors import GraderError

MOST_BYTES = 2_000_000
OTHER_FILES = {"prepare.py", DESCRIPTOR}
TOLD = {
    "changed": "This line is not as it was published",
    "lost": "A line that belongs here is missing",
    "added": "This line was added",
    "joined": "Two lines were joined into this one",
    "split": "One line was split into this one and the next",
}


@dataclass(frozen=True)
class Problem:
    """One thing that is not as it should be; row 1 is the line of headings."""

    data_set: str
    file: str
    reason: str
    row: int | None = None
    column: str | None = None

    def __str__(self) -> str:
        row = f", row {self.row}" if self.row else ""
        column = f", column {self.column}" if self.column else ""
        return f"{self.data_set}/{self.file}{row}{column}: {self.reason}"

    def as_dict(self) -> dict[str, Any]:
        """Give the problem as plain values for JSON."""
        return asdict(self)


def check_all(root: Path | None = None) -> list[Problem]:
    """Check every package."""
    return [problem for name in names(root) for problem in check(name, root)]


def check(name: str, root: Path | None = None) -> list[Problem]:
    """Check one package and give every problem found."""
    try:
        package = load(name, root)
    except GraderError as problem:
        if "no data set" in problem.what:
            raise
        return [Problem(name, DESCRIPTOR, f"{problem.what} {problem.todo}")]
    found = [Problem(name, DESCRIPTOR, reason) for reason in description_problems(package)]
    for resource in package.resources:
        found += _resource_problems(package, resource)
    return [*found, *_link_problems(package, root), *_strangers(package)]


def _resource_problems(package: Package, resource: Resource) -> Iterator[Problem]:
    path = package.folder / resource.path
    if not path.is_file():
        yield Problem(package.name, resource.path, "This file is missing.")
        return
    content = path.read_bytes()
    if len(content) > MOST_BYTES:
        yield Problem(
            package.name, resource.path, f"The file holds {len(content):,} bytes; the limit is {MOST_BYTES:,}."
        )
    if resource.hash != "sha256:" + hashlib.sha256(content).hexdigest():
        yield _change(package, resource, content)
    found = table_problems(package, resource) if resource.is_table else _json_problems(package, resource, content)
    for row, column, reason in found:
        yield Problem(package.name, resource.path, reason, row, column)


def _change(package: Package, resource: Resource, content: bytes) -> Problem:
    """Say where a file changed since its checksum was taken."""
    edit = locate(content, resource.descriptor["fingerprint"]) if "fingerprint" in resource.descriptor else None
    if edit is None:
        size = f"{len(content):,} bytes where {resource.bytes:,} belong"
        return Problem(
            package.name, resource.path, f"The file is not as it was published, in more than one line: {size}."
        )
    column, values = _values(edit, content, resource)
    return Problem(package.name, resource.path, f"{TOLD[edit.kind]}{values}.", edit.line, column)


def _values(edit: Edit, content: bytes, resource: Resource) -> tuple[str | None, str]:
    """Name the column that changed, its value now, and its value before where that can be known."""
    if len(edit.columns) != 1 or not resource.is_table:
        return ", ".join(edit.columns) or None, ""
    column = edit.columns[0]
    lines = content.split(b"\n")
    place = cells(lines[0]).index(column)
    now, before = cells(lines[edit.line - 1]), cells(edit.was) if edit.was else []
    was = f', it was "{before[place]}"' if len(before) > place else ""
    return column, f': it says "{now[place]}"{was}' if len(now) > place else ""


def _json_problems(
    package: Package, resource: Resource, content: bytes
) -> Iterator[tuple[int | None, str | None, str]]:
    from jsonschema import Draft202012Validator

    try:
        value = json.loads(content)
    except json.JSONDecodeError as problem:
        yield problem.lineno, None, f"This is not JSON: {problem.msg}."
        return
    except UnicodeDecodeError as problem:
        yield content[: problem.start].count(b"\n") + 1, None, "This is not text in UTF-8."
        return
    schema = resource.descriptor.get("jsonSchema")
    if schema and (package.folder / schema).is_file():
        rules = json.loads((package.folder / schema).read_text(encoding="utf-8"))
        for odd in Draft202012Validator(rules).iter_errors(value):
            yield None, odd.json_path, f"It does not keep to {schema}: {odd.message[:160]}."


def _link_problems(package: Package, root: Path | None) -> Iterator[Problem]:
    """Check that every code that points at another table is in it."""
    for resource in package.resources:
        for link in _links(package, resource):
            here = _column(package.folder / resource.path, link["fields"])
            other = package if link["package"] == package.name else load(link["package"], root)
            there = set(_column(other.path(link["resource"]), link["reference"]).values())
            for row, value in here.items():
                if value and value not in there:
                    target = f"{link['package']}/{other.resource(link['resource']).path}, column {link['reference']}"
                    yield Problem(package.name, resource.path, f'"{value}" is not in {target}.', row, link["fields"])


def _links(package: Package, resource: Resource) -> Iterator[dict[str, str]]:
    for key in resource.descriptor.get("schema", {}).get("foreignKeys", []):
        target = key["reference"]
        yield {
            "fields": key["fields"][0],
            "package": package.name,
            "resource": target["resource"] or resource.name,
            "reference": target["fields"][0],
        }
    yield from resource.descriptor.get("joins", [])


def _column(path: Path, name: str) -> dict[int, str]:
    """Read one column as text, by row number; nothing where the file or the column is missing."""
    if not path.is_file():
        return {}
    rows = csv.DictReader(io.StringIO(path.read_text(encoding="utf-8", errors="replace"), newline=""))
    return {n: row[name] or "" for n, row in enumerate(rows, 2)} if name in (rows.fieldnames or []) else {}


def _strangers(package: Package) -> Iterator[Problem]:
    known = OTHER_FILES | {r.path for r in package.resources}
    for path in sorted(package.folder.iterdir()):
        if path.is_file() and path.name not in known and not path.name.startswith("."):
            yield Problem(package.name, path.name, f"This file is not listed in {DESCRIPTOR}.")
