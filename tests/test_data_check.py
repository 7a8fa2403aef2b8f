"""`club data check` finds what was changed in a data set, and says where."""

from __future__ import annotations

import json
import random
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from grader.cli.data import data
from grader.data.check import check, check_all
from grader.data.package import ROOT, load, names

TABLES = [(name, r.path) for name in names() for r in load(name).resources if r.is_table]


@pytest.fixture
def copies(tmp_path: Path) -> Path:
    """Give a copy of all data sets that a test may change."""
    shutil.copytree(ROOT, tmp_path / "datasets")
    return tmp_path / "datasets"


def test_every_data_set_is_whole() -> None:
    """The data sets as they are have no problem."""
    assert [str(problem) for problem in check_all()] == []


def test_descriptions_are_valid_for_frictionless() -> None:
    """An independent reader of the standard accepts every description."""
    from frictionless import Package

    for name in names():
        descriptor = json.loads((ROOT / name / "datapackage.json").read_text(encoding="utf-8"))
        assert Package.metadata_validate(descriptor) is not None
        assert [str(problem) for problem in Package.metadata_validate(descriptor)] == []


@pytest.mark.parametrize(("name", "file"), TABLES, ids=[f"{name}/{file}" for name, file in TABLES])
def test_a_changed_letter_a_lost_row_and_a_changed_heading_are_found(name: str, file: str, copies: Path) -> None:
    """In every table, one changed byte, one lost row and one changed heading are found, with the row."""
    path = copies / name / file
    whole = path.read_bytes()
    lines = whole.split(b"\n")
    chosen = random.Random(name + file)
    row = chosen.randrange(1, len(lines) - 1)
    place = sum(len(line) + 1 for line in lines[:row]) + chosen.randrange(len(lines[row]))
    other = b"x" if whole[place : place + 1] != b"x" else b"y"

    path.write_bytes(whole[:place] + other + whole[place + 1 :])
    changed = check(name, copies)
    path.write_bytes(b"\n".join(lines[:row] + lines[row + 1 :]))
    lost = check(name, copies)
    path.write_bytes(b"zz" + whole)
    heading = check(name, copies)

    assert (file, row + 1) in [(problem.file, problem.row) for problem in changed]
    assert (file, row + 1) in [(problem.file, problem.row) for problem in lost]
    assert any(problem.file == file and problem.row == 1 for problem in heading)


def test_a_changed_value_is_told_with_what_it_was(copies: Path) -> None:
    """The message names the row, the column, what is there now and what was there before."""
    path = copies / "animal-rescues" / "animal_rescues.csv"
    lines = path.read_text(encoding="utf-8").split("\n")
    assert lines[1].split(",")[2] == "Dog"
    lines[1] = lines[1].replace("Dog", "Dig")
    path.write_text("\n".join(lines), encoding="utf-8")

    told = [str(problem) for problem in check("animal-rescues", copies)]

    assert any("row 2, column animal" in text and '"Dig"' in text and '"Dog"' in text for text in told)


def test_a_code_that_points_nowhere_is_found(copies: Path) -> None:
    """A borough code that is not in the other data set is found even where the checksum was brought up to date."""
    package = load("animal-rescues-tidy", copies)
    path = package.path()
    lines = path.read_text(encoding="utf-8").split("\n")
    place = lines[0].split(",").index("borough_code")
    row = next(n for n, line in enumerate(lines[1:], start=1) if line.split(",")[place].startswith("E09"))
    cells = lines[row].split(",")
    cells[place] = "E09000099"
    lines[row] = ",".join(cells)
    path.write_text("\n".join(lines), encoding="utf-8")

    told = [str(problem) for problem in check("animal-rescues-tidy", copies)]

    assert any("E09000099" in text and f"row {row + 1}" in text and "borough_code" in text for text in told)


def test_a_type_and_a_limit_are_checked_by_row_and_column(copies: Path) -> None:
    """Text where a number belongs, and a year out of limits, are each told with row and column."""
    path = copies / "animal-rescues" / "animal_rescues.csv"
    lines = path.read_text(encoding="utf-8").split("\n")
    for row, (was, now) in {3: (",2009,", ",many,"), 5: (",2009,", ",1066,")}.items():
        assert was in lines[row]
        lines[row] = lines[row].replace(was, now)
    path.write_text("\n".join(lines), encoding="utf-8")

    found = {(problem.row, problem.column) for problem in check("animal-rescues", copies)}

    assert {(4, "year"), (6, "year")} <= found


def test_the_command_ends_with_1_and_changes_nothing(copies: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The command tells each problem on one line, as JSON too, and its exit code is 1."""
    monkeypatch.setattr("grader.data.package.ROOT", copies)
    (copies / "consumer-prices" / "cpi.csv").unlink(missing_ok=True)
    for path in (copies / "consumer-prices").glob("*.csv"):
        path.unlink()
    before = sorted(path.relative_to(copies) for path in copies.rglob("*"))

    plain = CliRunner().invoke(data, ["check", "consumer-prices"])
    as_json = CliRunner().invoke(data, ["check", "consumer-prices", "--json"])

    assert plain.exit_code == as_json.exit_code == 1
    assert "This file is missing" in plain.output
    assert json.loads(as_json.stdout)["problems"][0]["reason"] == "This file is missing."
    assert before == sorted(path.relative_to(copies) for path in copies.rglob("*"))


def test_sizes() -> None:
    """No file is over 2 MB, and all data sets together are under 15 MB."""
    sizes = [path.stat().st_size for path in ROOT.rglob("*") if path.is_file() and "__pycache__" not in path.parts]
    assert max(sizes) < 2_000_000
    assert sum(sizes) < 15_000_000
