"""Every recipe makes its data set again, byte for byte, from the publisher's raw files."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from grader.data import recipes
from grader.data.catalogue import FILE, current
from grader.data.package import ROOT, load, names
from grader.errors import GraderError


@pytest.mark.parametrize("name", names())
def test_the_recipe_gives_the_same_bytes(name: str, raw: Path) -> None:
    """The recipe's files are those in the folder, and the raw files are those whose checksums are recorded."""
    package = load(name)
    made = recipes.run(package, raw)

    assert made
    for file, content in made.items():
        assert content == (package.folder / file).read_bytes(), file
    for source in package.raw:
        assert hashlib.sha256((raw / source.path).read_bytes()).hexdigest() == source.sha256


def test_a_missing_raw_file_is_told_and_nothing_is_written(tmp_path: Path) -> None:
    """A folder without the raw file: what is missing, where, and what to do."""
    before = (ROOT / "animal-rescues" / "datapackage.json").read_bytes()

    with pytest.raises(GraderError) as caught:
        recipes.prepare("animal-rescues", tmp_path)

    assert "not there" in caught.value.what
    assert str(tmp_path) in caught.value.where
    assert "--raw" in caught.value.todo
    assert before == (ROOT / "animal-rescues" / "datapackage.json").read_bytes()


def test_the_catalogue_is_up_to_date() -> None:
    """The table in datasets/README.md is the one that the packages give, and names every one of them."""
    page = (ROOT / FILE).read_text(encoding="utf-8")
    assert page == current()
    for name in names():
        assert f"[{name}]({name}/datapackage.json)" in page


@pytest.mark.parametrize("name", names())
def test_each_set_says_whose_it_is(name: str) -> None:
    """Each description names a publisher, an official page, a licence with a link, and the words it asks for."""
    package = load(name)
    assert package.publisher and package.homepage.startswith("https://")
    assert package.licence.title and package.licence.url.startswith("https://")
    assert package.attribution and package.row and package.period and package.changes
