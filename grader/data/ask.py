"""Ask a data service for only the part you need.

    ask("bank-holidays", division="scotland", year=2025)

The answer comes from `club api` where it runs, and else from the file itself: it is the same answer.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from urllib.request import ProxyHandler, build_opener

from grader.data.package import Package, Resource, load, names
from grader.data.rows import Row, rows, value
from grader.errors import GraderError

VARIABLE, FILE = "FOOTHILLS_API", "api.json"
WAIT = 2.0


class Answer(list[Row]):
    """The rows that came back, with the address that was asked and the number of letters sent."""

    def __init__(self, found: Iterable[Row], address: str, came_from: str) -> None:
        super().__init__(found)
        self.address = address
        self.came_from = came_from
        self.letters = len(json.dumps(list(self), ensure_ascii=False))

    def __str__(self) -> str:
        count = "1 row" if len(self) == 1 else f"{len(self):,} rows"
        return f"Address: {self.address}\nAnswer: {count}, {self.letters:,} letters"


def ask(service: str, *, table: str | None = None, fields: Sequence[str] = (), **only: Any) -> Answer:
    """Ask a data service for the rows where each named column has the value given; show what was asked."""
    package = _package(service)
    resource = _table(package, table)
    kinds = {column["name"]: column["type"] for column in resource.fields}
    for name in (*fields, *only):
        if name not in kinds:
            raise GraderError(f'{service} has no column "{name}".', todo=f"It has: {', '.join(kinds)}.")
    wanted = {name: _text(item) for name, item in only.items()}
    query = urlencode([*wanted.items(), *(("_col", name) for name in fields)])
    asked = f"/{package.name}/{Path(resource.path).stem}.json{'?' if query else ''}{query}"
    found = _from_service(asked, kinds, fields)
    came_from = "service" if found is not None else "file"
    if found is None:
        found = _from_file(package.folder / resource.path, kinds, wanted, fields)
    answer = Answer(found, asked, came_from)
    print(answer)
    return answer


def _package(service: str) -> Package:
    try:
        return load(service)
    except GraderError as problem:
        if "no data set" not in problem.what:
            raise
        raise GraderError(
            f'There is no service called "{service}".', todo=f"Try one of: {', '.join(names())}."
        ) from problem


def _table(package: Package, table: str | None) -> Resource:
    resource = package.resource(f"{table}.csv" if table and "." not in table else table)
    if not resource.is_table:
        raise GraderError(f"{resource.path} is not a table.", todo="Read that file with json.load.")
    return resource


def _text(item: Any) -> str:
    """Write a value as the service holds it: yes and no are 1 and 0 there."""
    return str(int(item)) if isinstance(item, bool) else str(item)


def _same(found: Any, kind: str, wanted: str) -> bool:
    if found is None:
        return False
    if kind in ("integer", "year", "number"):
        try:
            return float(found) == float(wanted)
        except ValueError:
            return False
    return _text(found) == wanted


def _from_file(path: Path, kinds: dict[str, str], wanted: dict[str, str], fields: Sequence[str]) -> list[Row]:
    return [
        {name: row[name] for name in (fields or row)}
        for row in rows(path, kinds)
        if all(_same(row[name], kinds[name], text) for name, text in wanted.items())
    ]


def _from_service(asked: str, kinds: dict[str, str], fields: Sequence[str]) -> list[Row] | None:
    """Ask the service, where one runs; None where none answers."""
    address = os.environ.get(VARIABLE) or _announced()
    if not address:
        return None
    whole = f"{address.rstrip('/')}{asked}{'&' if '?' in asked else '?'}_shape=array&_size=max"
    # The service is on this machine, so no proxy has a part in it.
    opener = build_opener(ProxyHandler({}))
    try:
        with opener.open(whole, timeout=WAIT) as reply:
            found = json.load(reply)
    except (OSError, ValueError):
        return None
    return [{name: value(row[name], kinds[name]) for name in (fields or kinds)} for row in found]


def _announced() -> str | None:
    import platformdirs

    try:
        return str(
            json.loads((platformdirs.user_cache_path("foothills") / FILE).read_text(encoding="utf-8"))["address"]
        )
    except (OSError, ValueError, KeyError):
        return None
