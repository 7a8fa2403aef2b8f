"""The hub's settings, and handing in so that nobody else can read it, through nbgrader's own exchange."""

from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from traitlets.config.loader import PyFileConfigLoader

ROOT = Path(__file__).resolve().parents[1]
HUB = ROOT / "binder" / "hub"
COURSE, LESSON = "club", "01-what-exactly-is-in-this-file"

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="nbgrader's exchange needs Unix")


def run(where: Path, exchange: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run a program of this environment with the hub's settings."""
    variables = {
        "HOME": str(exchange.parent),
        "JUPYTER_CONFIG_PATH": str(HUB / "settings"),
        "FOOTHILLS_COURSE": COURSE,
        "FOOTHILLS_EXCHANGE": str(exchange),
    }
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("JUPYTER", "XDG_"))}
    own = Path(sys.executable).parent
    return subprocess.run([own / words[0], *words[1:]], cwd=where, env=kept | variables, capture_output=True, text=True)


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a home with a course in it where lesson 1 is released, and an empty exchange beside it."""
    room = tmp_path_factory.mktemp("hub")
    (room / "exchange").mkdir()
    (room / "exchange").chmod(0o777)
    (room / "names.csv").write_text("id\np01\n")
    for words in (["new", COURSE, "--roster", str(room / "names.csv")], ["release", "1"]):
        done = run(room, room / "exchange", "club", *words)
        assert done.returncode == 0, done.stderr
    return room


@pytest.mark.xdist_group("exchange")
def test_what_is_handed_in_is_closed_to_everyone_else(room: Path) -> None:
    """After fetch and submit, no file or folder of the work gives any right to other accounts; collect reads it."""
    exchange = room / "exchange"
    steps = (("release_assignment", room / "foothills-clubs" / COURSE), ("fetch_assignment", room), ("submit", room))
    for step, where in steps:
        done = run(where, exchange, "nbgrader", step, LESSON)
        assert done.returncode == 0, done.stderr
    [folder] = (exchange / COURSE / "inbound").iterdir()

    modes = {path.relative_to(folder).as_posix(): path.stat().st_mode for path in (folder, *folder.rglob("*"))}

    assert f"{LESSON}.ipynb" in modes and "timestamp.txt" in modes
    assert {name: stat.filemode(mode) for name, mode in modes.items() if mode & stat.S_IRWXO} == {}
    assert all(mode & stat.S_IRGRP for mode in modes.values())
    taken = run(room, exchange, "club", "collect", "1", "--exchange")
    assert "1 notebook new, 1 in all" in taken.stdout, taken.stderr


@pytest.mark.xdist_group("exchange")
def test_an_exchange_that_is_not_there_is_told(room: Path) -> None:
    """Without an exchange: one line that says what nbgrader found and how to go on with files."""
    told = run(room, room / "none", "club", "collect", "1", "--exchange")

    assert told.returncode == 1
    assert "exchange says" in told.stderr and "--from FOLDER" in told.stderr
    assert "Traceback" not in told.stderr


def test_the_settings_can_be_read() -> None:
    """Every file of settings is whole, and names the class that closes work to others."""
    settings = HUB / "settings"
    nbgrader = PyFileConfigLoader("nbgrader_config.py", path=str(settings)).load_config()
    hub = PyFileConfigLoader("foothills_hub.py", path=str(settings)).load_config()

    assert nbgrader.ExchangeFactory.submit == "grader.course.exchange.PrivateSubmit"
    assert hub.Spawner.default_url == "/lab"
    assert hub.Spawner.environment["JUPYTER_CONFIG_PATH"].endswith("binder/hub/settings")
    for path in settings.rglob("*.json"):
        json.loads(path.read_text(encoding="utf-8"))
    assert yaml.safe_load((HUB / "kubernetes" / "values.yaml").read_text(encoding="utf-8"))["singleuser"]


def test_the_install_script_is_whole() -> None:
    """The script is one that bash can read, and refuses to start without root or without the hub."""
    script = HUB / "littlest" / "install.sh"
    assert subprocess.run(["bash", "-n", script]).returncode == 0
    told = subprocess.run(["bash", script, "club"], capture_output=True, text=True)
    assert told.returncode == 1
    assert told.stderr.startswith("Foothills: ")
