"""`club data refresh`: what a publisher's server may send, and what we do about it."""

from __future__ import annotations

import json
import shutil
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import httpx
import pytest
from click.testing import CliRunner

from grader.cli.data import data
from grader.cli.figures import changed
from grader.data.package import ROOT
from grader.data.refresh import accept, plan
from grader.errors import GraderError

NAME = "consumer-prices"
QUICK = {"attempts": 3, "wait": 0.01, "timeout": httpx.Timeout(60)}


class Publisher(ThreadingHTTPServer):
    """A publisher's server on this machine: it sends `body`, after `refusals` refusals, `late` seconds late."""

    body, refusals, status, late, asked, promised = b"", 0, 200, 0.0, 0, 0


class Answer(BaseHTTPRequestHandler):
    """Answer each request as the publisher was told to."""

    server: Publisher

    def do_GET(self) -> None:
        """Send the file, or what came instead."""
        self.server.asked += 1
        time.sleep(self.server.late)
        refused = self.server.asked <= self.server.refusals
        self.send_response(503 if refused else self.server.status)
        self.send_header("Content-Length", "0" if refused else str(self.server.promised or len(self.server.body)))
        self.end_headers()
        if not refused:
            self.wfile.write(self.server.body)

    def log_message(self, format: str, *args: object) -> None:
        """Keep quiet."""


@pytest.fixture
def publisher() -> Iterator[Publisher]:
    """Run a publisher's server."""
    server = Publisher(("127.0.0.1", 0), Answer)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()


@pytest.fixture
def ours(tmp_path: Path, publisher: Publisher) -> Path:
    """Give a copy of the data sets in which one set's raw file is fetched from the publisher here."""
    root = tmp_path / "datasets"
    shutil.copytree(ROOT / NAME, root / NAME)
    path = root / NAME / "datapackage.json"
    description = json.loads(path.read_text(encoding="utf-8"))
    description["raw"][0]["url"] = f"http://127.0.0.1:{publisher.server_port}/prices.csv"
    year = description["resources"][0]["schema"]["fields"][0]
    assert year["name"] == "year"
    year["constraints"]["maximum"] = 2030
    path.write_text(json.dumps(description), encoding="utf-8")
    publisher.body = raw_file(root)
    return root


def raw_file(root: Path, lines: slice = slice(None), more: tuple[str, ...] = ()) -> bytes:
    """Write the publisher's file that gives the years we hold, some of them, or more."""
    years = (root / NAME / "consumer_prices.csv").read_text(encoding="utf-8").splitlines()[1:]
    return "\n".join(["Title,Prices", *years[lines], *more, "2020 Q1,108.0", ""]).encode()


def everything(root: Path) -> dict[str, bytes]:
    """Read every file of the data set."""
    return {path.name: path.read_bytes() for path in (root / NAME).iterdir() if path.is_file()}


def refreshed(root: Path, **otherwise: object):  # type: ignore[no-untyped-def]
    """Plan a refresh of the data set, with short waits between attempts."""
    return plan(NAME, root.parent / "kept", root=root, **QUICK | otherwise)


def test_the_same_file_changes_nothing(ours: Path) -> None:
    """Where the publisher's file gives the tables we have, there is nothing to say."""
    found = refreshed(ours)
    assert found.changes == () and found.stops == () and found.warnings == ()


def test_a_newer_file_is_told_and_taken_only_when_asked(ours: Path, publisher: Publisher) -> None:
    """A new year is told in rows and figures; nothing is written until it is accepted, and then it is whole."""
    before = everything(ours)
    publisher.body = raw_file(ours, more=("2026,142.5",))

    found = refreshed(ours)

    assert everything(ours) == before
    [change] = found.changes
    assert change.rows == (38, 39) and (change.rows_gone, change.rows_new) == (0, 1)
    assert change.newest == ("year", "2025", "2026")
    assert [total[0] for total in change.totals] == ["index"]
    assert (found.warnings, found.stops) == ((), ())

    assert accept(found) == ["consumer_prices.csv", "datapackage.json"]
    assert b"2026,142.5" in (ours / NAME / "consumer_prices.csv").read_bytes()


@pytest.mark.parametrize("lines", [slice(None, 20), slice(None, -1)], ids=["truncated", "older"])
def test_an_older_or_a_shorter_file_needs_a_second_word(lines: slice, ours: Path, publisher: Publisher) -> None:
    """A file that ends earlier than ours is refused with the reason, and can be taken all the same."""
    before = everything(ours)
    publisher.body = raw_file(ours, lines)

    found = refreshed(ours)
    with pytest.raises(GraderError) as caught:
        accept(found)

    assert "older file" in caught.value.what or "cut short" in caught.value.what
    assert "Nothing was changed" in caught.value.todo and "--anyway" in caught.value.todo
    assert everything(ours) == before
    assert "consumer_prices.csv" in accept(found, anyway=True)


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b"<!DOCTYPE html><html><title>Moved</title></html>", "A web page came"),
        (b"PK\x03\x04 not a table", "a zip file or a workbook"),
        (b'{"years": []}', "of another kind"),
        (b"", "empty"),
    ],
    ids=["page", "workbook", "json", "nothing"],
)
def test_a_file_of_another_kind_is_refused(body: bytes, said: str, ours: Path, publisher: Publisher) -> None:
    """A web page, a workbook, JSON or nothing where a table should be: said, and nothing is changed."""
    before = everything(ours)
    publisher.body = body

    with pytest.raises(GraderError) as caught:
        refreshed(ours)

    assert said in caught.value.what
    assert "Nothing was changed" in caught.value.todo
    assert everything(ours) == before


def test_a_column_of_another_type_stops_it(ours: Path, publisher: Publisher) -> None:
    """Words where a number belongs stop the refresh, with the row and the column, even with --anyway."""
    before = everything(ours)
    publisher.body = raw_file(ours, more=("2026,about 142",))

    found = refreshed(ours)
    with pytest.raises(GraderError):
        accept(found, anyway=True)

    assert any("row 40" in stop and "index" in stop for stop in found.stops)
    assert everything(ours) == before


def test_a_line_that_breaks_off_is_tried_again_and_then_told(ours: Path, publisher: Publisher) -> None:
    """A body shorter than promised is never taken for the file."""
    publisher.promised = len(publisher.body) + 1000

    with pytest.raises(GraderError) as caught:
        refreshed(ours)

    assert "could not be fetched whole" in caught.value.what
    assert publisher.asked == QUICK["attempts"]


def test_a_busy_service_is_asked_again(ours: Path, publisher: Publisher) -> None:
    """Two refusals are forgiven; the third answer is the file."""
    publisher.refusals = 2
    assert refreshed(ours).stops == ()
    assert publisher.asked == 3


def test_a_service_that_does_not_answer(ours: Path, publisher: Publisher) -> None:
    """A service that takes too long is given up after the last attempt."""
    publisher.late = 5

    with pytest.raises(GraderError) as caught:
        refreshed(ours, timeout=httpx.Timeout(0.5))

    assert "did not answer in time" in caught.value.what


def test_a_missing_file_is_not_asked_for_again(ours: Path, publisher: Publisher) -> None:
    """Status 404 is told at once."""
    publisher.status = 404

    with pytest.raises(GraderError) as caught:
        refreshed(ours)

    assert "404" in caught.value.what
    assert publisher.asked == 1


def test_which_lesson_figures_would_change(tmp_path: Path) -> None:
    """A figure in a lesson that uses the data set is told with its value now and then."""
    ours = tmp_path / "datasets"
    shutil.copytree(ROOT, ours)
    path = ours / "animal-rescues" / "animal_rescues.csv"
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join(lines[:-1]))

    found = changed("animal-rescues", ours)

    assert any("7544" in (now + then).replace(",", "") and "7543" in then.replace(",", "") for _, _, now, then in found)


def test_a_year_beyond_the_limit_stops_it(ours: Path, publisher: Publisher) -> None:
    """A value outside the limits in the description stops it, and says which limit and where to change it."""
    publisher.body = raw_file(ours, more=("2099,300.0",))

    found = refreshed(ours)
    with pytest.raises(GraderError) as caught:
        accept(found)

    assert any("2099" in stop and "2030" in stop for stop in found.stops)
    assert "datapackage.json" in caught.value.todo


def test_the_command_changes_nothing_without_accept(
    ours: Path, publisher: Publisher, monkeypatch: pytest.MonkeyPatch, home: Path
) -> None:
    """The command tells rows and totals, and leaves our files as they are until --accept."""
    monkeypatch.setattr("grader.data.package.ROOT", ours)
    publisher.body = raw_file(ours, more=("2026,142.5",))
    before = everything(ours)

    shown = CliRunner().invoke(data, ["refresh", NAME])
    assert shown.exit_code == 0, shown.output
    assert "38 rows now, 39 then" in shown.output and "Latest year: 2025 now, 2026 then." in shown.output
    assert everything(ours) == before

    taken = CliRunner().invoke(data, ["refresh", NAME, "--accept"])
    assert taken.exit_code == 0, taken.output
    assert "Wrote consumer_prices.csv" in taken.output
    assert everything(ours) != before
