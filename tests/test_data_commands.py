"""`club data list`, `show` and `prepare` as a person uses them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from grader.cli import club
from grader.cli.data import data
from grader.data.package import ROOT, load, names


def run(*words: str):  # type: ignore[no-untyped-def]
    """Run a command of `club data`."""
    return CliRunner().invoke(data, list(words), env={"COLUMNS": "200"})


def test_list_names_every_set_with_rows_period_licence_and_lessons() -> None:
    """Each data set is on one line with its number of rows, and the same as JSON."""
    shown = run("list").output
    listed = json.loads(run("list", "--json").output)

    assert [item["name"] for item in listed] == names()
    line = next(line for line in shown.splitlines() if line.startswith("animal-rescues "))
    assert "7,544" in line and "OGL" in line and "2021" in line


def test_show_gives_the_card_the_columns_and_what_is_odd() -> None:
    """A person reads what one row is, who made it, every column and the quirks."""
    shown = " ".join(run("show", "animal-rescues").output.split())
    package = load("animal-rescues")

    assert f"One row is: {package.row}" in shown
    assert "London Fire Brigade" in shown and "Licence: Open Government Licence" in shown
    assert all(column["name"] in shown for column in package.resource().fields)
    assert "Odd on purpose" in shown


def test_prepare_writes_nothing_where_nothing_changed(raw: Path) -> None:
    """Running a recipe again leaves every file as it was."""
    before = {path: path.stat().st_mtime_ns for path in (ROOT / "rescues-by-year").iterdir()}

    done = run("prepare", "rescues-by-year", "--raw", str(raw))

    assert done.output == "rescues-by-year: nothing changed.\n"
    assert before == {path: path.stat().st_mtime_ns for path in (ROOT / "rescues-by-year").iterdir()}


@pytest.mark.parametrize("words", [["show", "animals"], ["check", "animals"], ["prepare", "animals"], ["refresh", "x"]])
def test_an_unknown_name_is_told_on_one_line(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """A name that is not there: exit code 1 and the way to see the names, on standard error."""
    with pytest.raises(SystemExit) as ended:
        club.main(["data", *words], prog_name="club")

    told = capsys.readouterr()
    assert ended.value.code == 1
    assert told.out == ""
    assert "no data set called" in told.err and "club data list" in told.err
    assert len(told.err.strip().splitlines()) == 1
