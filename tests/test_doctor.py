"""`club doctor` says what is ready and what to do about the rest."""

from __future__ import annotations

import json
from importlib.metadata import PackageNotFoundError
from pathlib import Path

import pytest
from click.testing import CliRunner

from grader.cli import club, doctor
from grader.marking.sandbox.layers import Layer


@pytest.mark.parametrize(
    ("version", "state"), [((3, 10, 9), "look"), ((3, 11, 0), "ready"), ((3, 13, 2), "ready"), ((3, 14, 0), "look")]
)
def test_python_from_3_11_to_3_13_is_ready(version: tuple[int, ...], state: str) -> None:
    """Python 3.11 to 3.13 is ready; others need a look and are told what to install."""
    found = doctor.python(version)

    assert (state, state == "look") == (found.state, bool(found.todo))


LOCKED = """\
six==1.17.0 \\
    --hash=sha256:aa
    # via x
colorama==0.4.6 ; sys_platform == 'nowhere' \\
    --hash=sha256:bb
numpy==2.4.6 ; python_full_version >= '3.0' \\
    --hash=sha256:cc
"""


def test_packages_at_their_versions_are_ready() -> None:
    """Packages at the locked versions are ready; those for other machines do not count."""
    found = doctor.packages(LOCKED, {"six": "1.17.0", "numpy": "2.4.6"}.__getitem__)

    assert ("ready", "all 2 at their locked versions") == (found.state, found.found)


def test_packages_missing_or_off_are_named() -> None:
    """A package at another version and one that is missing are both named."""

    def installed(name: str) -> str:
        if name == "numpy":
            raise PackageNotFoundError(name)
        return "1.0"

    found = doctor.packages(LOCKED, installed)

    assert ("look", True, True) == (found.state, "six" in found.found, "numpy" in found.found)


@pytest.mark.parametrize(("free", "state"), [(10**6, "look"), (10**11, "ready")])
def test_a_full_disk_needs_a_look(free: int, state: str) -> None:
    """Less than a gigabyte of free space needs a look."""
    assert state == doctor.disk(free).state


@pytest.mark.parametrize(("total", "state"), [(10**9, "look"), (8 * 10**9, "ready")])
def test_little_memory_needs_a_look(total: int, state: str) -> None:
    """Less than two gigabytes of memory needs a look."""
    assert state == doctor.memory(total).state


def test_a_folder_that_is_not_there_yet_is_ready(tmp_path: Path) -> None:
    """A folder still to be made is ready where it can be made; one below a file is not."""
    (tmp_path / "file").write_text("")

    assert "ready" == doctor.folder(tmp_path / "a" / "b").state
    assert "look" == doctor.folder(tmp_path / "file" / "b").state


def test_chromium_is_optional() -> None:
    """Without Chromium everything but the browser tests works, and the command that installs it is named."""
    found = doctor.browser(None)

    assert ("optional", "Type: ./club test --install-browser") == (found.state, found.todo)


@pytest.mark.parametrize(
    ("here", "said"),
    [
        ((True, True), ["used for marking", "in reserve"]),
        ((False, True), ["not here", "used for marking"]),
        ((True, False), ["used for marking", "not here"]),
        ((False, False), ["not here", "not here"]),
    ],
)
def test_each_layer_is_named_with_what_it_stops(here: tuple[bool, bool], said: list[str]) -> None:
    """The best layer that is here is used; one that is not says why; with none, it is said that nothing is run."""
    layers = [Layer(name, there, "stops files", "gone") for name, there in zip(("best", "other"), here, strict=True)]

    found = doctor.sandboxes(layers)

    assert said == [one.found.partition(":")[0] for one in found]
    assert all(("it stops files" in one.found) == there for one, there in zip(found, here, strict=True))
    assert any("Nobody's code is run here" in one.todo for one in found) == (not any(here))


def test_the_command_tells_all_in_one_screen_or_as_json() -> None:
    """The command fits one screen, and --json gives the same as one document."""
    shown = CliRunner().invoke(club, ["doctor"])
    data = json.loads(CliRunner().invoke(club, ["doctor", "--json"]).stdout)

    assert shown.stdout.count("\n") <= 24
    assert all(check["name"] in shown.stdout for check in data["checks"])
    assert shown.exit_code == (0 if data["ready"] else 1)
