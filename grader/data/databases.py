"""Make read-only SQLite files from the packages, and what Datasette should say about them."""

from __future__ import annotations

import hashlib
import os
import sqlite3
import tempfile
from pathlib import Path
from typing import Any

from grader.data.package import Package, Resource, load, names
from grader.data.rows import rows

SQL_TYPES = {"integer": "INTEGER", "year": "INTEGER", "number": "REAL", "boolean": "INTEGER"}
FACETS, MOST_FACET_VALUES = 4, 40
LAYOUT = "2"


def build(folder: Path, root: Path | None = None) -> list[Path]:
    """Make one file for each package, unless it is there and up to date; give their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    packages = [load(name, root) for name in names(root)]
    made = [_build(folder, package) for package in packages]
    for old in folder.glob("*/*.db"):
        if old not in made:
            old.unlink()
    return made


def table_name(resource: Resource) -> str:
    """Name a resource's table after its file."""
    return Path(resource.path).stem


def metadata(root: Path | None = None) -> dict[str, Any]:
    """Give titles, descriptions, licences and facets for Datasette."""
    packages = [load(name, root) for name in names(root)]
    return {
        "title": "Foothills data",
        "description": "The data sets of the lessons, on this machine only. Ask for the part you need.",
        "databases": {package.name: _about(package) for package in packages},
    }


def _build(folder: Path, package: Package) -> Path:
    # The version is the folder, because Datasette names a database after its file.
    version = hashlib.sha256("".join([LAYOUT, *(r.hash for r in package.resources)]).encode()).hexdigest()[:12]
    path = folder / version / f"{package.name}.db"
    if not path.is_file():
        path.parent.mkdir(exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=path.parent, suffix=".part")
        os.close(handle)
        _fill(Path(temporary), package)
        os.replace(temporary, path)
    return path


def _fill(path: Path, package: Package) -> None:
    connection = sqlite3.connect(path)
    try:
        for resource in (r for r in package.resources if r.is_table):
            kinds = {column["name"]: column["type"] for column in resource.fields}
            columns = ", ".join(f'"{name}" {SQL_TYPES.get(kind, "TEXT")}' for name, kind in kinds.items())
            connection.execute(f'CREATE TABLE "{table_name(resource)}" ({columns})')
            marks = ", ".join("?" * len(kinds))
            connection.executemany(
                f'INSERT INTO "{table_name(resource)}" VALUES ({marks})',
                ([row[name] for name in kinds] for row in rows(package.folder / resource.path, kinds)),
            )
        connection.commit()
    finally:
        connection.close()


def _about(package: Package) -> dict[str, Any]:
    shared = {
        "source": package.publisher,
        "source_url": package.homepage,
        "license": f"{package.licence.title}. {package.attribution}",
        "license_url": package.licence.url,
    }
    tables = {table_name(r): _about_table(package, r) | shared for r in package.resources if r.is_table}
    description = f"{package.title}. {package.description} One row is {package.row}."
    return shared | {"description": description, "tables": tables}


def _about_table(package: Package, resource: Resource) -> dict[str, Any]:
    columns = {
        column["name"]: ". ".join(part for part in (column["title"], column.get("description", "").rstrip(".")) if part)
        for column in resource.fields
    }
    units = {column["name"]: column["unit"] for column in resource.fields if column.get("unit")}
    return {
        "title": f"{package.title}: {resource.title}",
        "description": f"{package.description} One row is {package.row}. {package.period}. {package.place}.",
        "columns": {name: f"{text} ({units[name]})" if name in units else text for name, text in columns.items()},
        "facets": _facets(package, resource),
    }


def _facets(package: Package, resource: Resource) -> list[str]:
    """Choose the columns whose few values are worth counting."""
    found: dict[str, set[Any]] = {
        c["name"]: set() for c in resource.fields if c["type"] in ("string", "boolean", "year")
    }
    found |= {c["name"]: set() for c in resource.fields if c["name"] == "year"}
    total = 0
    for row in rows(package.folder / resource.path):
        total += 1
        for name, values in found.items():
            if len(values) <= MOST_FACET_VALUES:
                values.add(row[name])
    few = [name for name, values in found.items() if 1 < len(values) <= MOST_FACET_VALUES and len(values) * 2 < total]
    return few[:FACETS]
