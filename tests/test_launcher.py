"""The root file `club`: it makes the environment once, mends it when it is broken, and says what is missing."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
import threading
from importlib.machinery import SourceFileLoader
from importlib.util import module_from_spec, spec_from_loader
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="module")
def club() -> ModuleType:
    """Load the launcher without running it."""
    loader = SourceFileLoader("club_launcher", str(ROOT / "club"))
    spec = spec_from_loader("club_launcher", loader)
    assert spec is not None
    module = module_from_spec(spec)
    kept, sys.dont_write_bytecode = sys.dont_write_bytecode, True
    try:
        loader.exec_module(module)
    finally:
        sys.dont_write_bytecode = kept
    return module


@pytest.fixture
def checkout(tmp_path: Path, club: ModuleType) -> Path:
    """Make a stand-in checkout that needs one tiny package, locked with its hashes."""
    locked = club.pinned((ROOT / "requirements.txt").read_text(), "six")
    (tmp_path / "pyproject.toml").write_text("[project]\n")
    (tmp_path / "requirements.txt").write_text(locked)
    (tmp_path / "requirements-test.txt").write_text(locked + "# and more\n")
    return tmp_path


def own_command(root: Path, venv: Path, log: Path) -> None:
    """Stand in for installing the checkout itself."""
    (venv / "bin" / "club").write_text("#!/bin/sh\n")


def says_six(venv: Path) -> bool:
    """Tell whether the environment's Python has the tiny package."""
    return subprocess.run([venv / "bin" / "python", "-c", "import six"], capture_output=True).returncode == 0


# Words


@pytest.mark.parametrize("version", [(3, 6, 15), (3, 10, 13), (3, 14, 0)])
def test_another_python_is_refused_in_one_line(
    club: ModuleType, version: tuple[int, ...], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A Python that is too old or too new gets one line on standard error and exit code 1."""
    monkeypatch.setattr(sys, "version_info", version)

    assert 1 == club.main(["open"])

    out, err = capsys.readouterr()

    assert "" == out
    assert 1 == err.count("\n")
    assert "Python 3.11, 3.12 or 3.13" in err
    assert f"this is {version[0]}.{version[1]}." in err


@pytest.mark.parametrize("version", [(3, 11, 0), (3, 12, 1), (3, 13, 9)])
def test_three_pythons_are_welcome(club: ModuleType, version: tuple[int, ...]) -> None:
    """Python 3.11, 3.12 and 3.13 pass."""
    assert club.check_python(version) is None


def test_an_old_python_can_read_it() -> None:
    """Python 3.6 can read the launcher, so that it can say that it is too old."""
    assert ast.parse((ROOT / "club").read_text(), feature_version=(3, 6)).body


def test_a_missing_venv_module_is_named(club: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without Python's venv module the message names the package to install."""
    monkeypatch.setattr(club.importlib.util, "find_spec", lambda name: None)

    with pytest.raises(club.Stop, match="apt install python3-venv"):
        club.make_venv(tmp_path, tmp_path / "log")


def test_a_place_that_cannot_be_written_is_named(club: ModuleType, tmp_path: Path) -> None:
    """Where nothing can be written, the message names the place."""
    (tmp_path / "file").write_text("")

    with pytest.raises(club.Stop, match="cannot write to"), club.locked(tmp_path / "file" / ".venv"):
        pass


def test_no_network_is_told_from_other_trouble(club: ModuleType, tmp_path: Path) -> None:
    """When pip could not reach its index, the message says to check the network."""
    log = tmp_path / "log"
    log.write_text("WARNING: Retrying after connection broken by 'NewConnectionError(...)'")

    assert "Check the network" in club.no_packages(log)

    log.write_text("No space left on device")

    assert str(log) in club.no_packages(log)


# Settings


def test_uv_gets_the_settings_that_pip_has(club: ModuleType) -> None:
    """What `pip config list` shows is passed on to uv, and a variable wins over a file."""
    shown = "\n".join(
        [
            ":env:.index-url='https://env.test/simple'",
            "global.cert='/certs.pem'",
            "global.extra-index-url='https://a.test/simple https://b.test/simple'",
            "global.find-links='\\n/one\\n/two'",
            "global.index-url='https://user:secret@file.test/simple?a=b'",
            "install.proxy='http://proxy.test:3128'",
        ]
    )

    assert {
        "UV_DEFAULT_INDEX": "https://env.test/simple",
        "SSL_CERT_FILE": "/certs.pem",
        "UV_INDEX": "https://a.test/simple https://b.test/simple",
        "UV_INDEX_STRATEGY": "unsafe-best-match",
        "UV_FIND_LINKS": "/one,/two",
        "ALL_PROXY": "http://proxy.test:3128",
    } == club.uv_settings(shown)


def test_no_pip_settings_means_none_for_uv(club: ModuleType) -> None:
    """Where pip has no settings, uv keeps its own."""
    assert {} == club.uv_settings("")


def test_one_package_is_cut_out_with_its_hashes(club: ModuleType) -> None:
    """The launcher takes uv's own line, hashes included, from the locked requirements."""
    text = "a==1 \\\n    --hash=sha256:aa\nuv==2 \\\n    --hash=sha256:bb \\\n    --hash=sha256:cc\n    # via x\nz==1\n"

    assert "uv==2 \\\n    --hash=sha256:bb \\\n    --hash=sha256:cc\n    # via x\n" == club.pinned(text, "uv")
    assert "" == club.pinned(text, "v")


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-test.txt"])
def test_uv_is_locked_and_no_registry_is_named(club: ModuleType, name: str) -> None:
    """Both requirements files lock uv with hashes and name no package index."""
    text = (ROOT / name).read_text()

    assert "--hash=sha256:" in club.pinned(text, "uv")
    assert "://" not in text
    assert "index-url" not in text


# The environment


@pytest.mark.skipif(os.name == "nt", reason="the stand-in command is a shell script")
def test_an_environment_is_made_once_and_mended(
    club: ModuleType, checkout: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The environment is made once; a package gone or an installation broken off is mended by the same command."""
    venv = checkout / ".venv"
    club.ensure(checkout, venv, "requirements.txt", own_command)

    assert says_six(venv)
    assert "" == capsys.readouterr().out

    club.ensure(checkout, venv, "requirements.txt", own_command)

    assert "" == capsys.readouterr().err

    next(venv.glob("lib/*/site-packages/six.py")).unlink()
    club.ensure(checkout, venv, "requirements.txt", own_command)

    assert says_six(venv)

    rest = next(venv.glob("lib/*/site-packages")) / "half_written.py"
    rest.write_text("")
    (venv / "club" / "stamp.json").unlink()
    (venv / "club" / "unfinished").touch()
    club.ensure(checkout, venv, "requirements.txt", own_command)

    assert says_six(venv)
    assert not rest.exists()
    assert club.whole(checkout, venv, "requirements.txt")


@pytest.fixture
def stamped(club: ModuleType, checkout: Path) -> Path:
    """Make an environment that looks finished, with this Python in it."""
    venv = checkout / ".venv"
    (venv / "bin").mkdir(parents=True)
    (venv / "club").mkdir()
    (venv / "bin" / "python").symlink_to(sys.executable)
    own_command(checkout, venv, venv)
    made = club.key(checkout, "requirements.txt", club.answers(sys.executable))
    (venv / "club" / "stamp.json").write_text(club.json.dumps({"key": made, "root": str(checkout), "packages": []}))
    return venv


def test_a_finished_environment_is_whole(club: ModuleType, checkout: Path, stamped: Path) -> None:
    """A finished environment needs nothing, unless the tests' packages are asked for."""
    assert club.whole(checkout, stamped, "requirements.txt")
    assert not club.whole(checkout, stamped, "requirements-test.txt")


def test_the_tests_environment_is_enough_for_lessons(club: ModuleType, checkout: Path, stamped: Path) -> None:
    """Where the tests' packages are installed, opening a lesson installs nothing."""
    made = club.key(checkout, "requirements-test.txt", club.answers(sys.executable))
    (stamped / "club" / "stamp.json").write_text(club.json.dumps({"key": made, "root": str(checkout), "packages": []}))

    assert club.whole(checkout, stamped, "requirements.txt")


@pytest.mark.parametrize("name", ["requirements.txt", "pyproject.toml"])
def test_changed_requirements_are_noticed(club: ModuleType, checkout: Path, stamped: Path, name: str) -> None:
    """New requirements, or a changed package, mean installing again."""
    (checkout / name).write_text("# changed\n")

    assert not club.whole(checkout, stamped, "requirements.txt")


@pytest.mark.parametrize("gone", ["bin/python", "bin/club", "club/stamp.json"])
def test_a_missing_part_is_noticed(club: ModuleType, checkout: Path, stamped: Path, gone: str) -> None:
    """An environment without its Python, its command or its stamp is not whole."""
    (stamped / gone).unlink()

    assert not club.whole(checkout, stamped, "requirements.txt")


def test_a_stamp_cut_short_is_noticed(club: ModuleType, checkout: Path, stamped: Path) -> None:
    """A stamp that was only half written counts as none."""
    (stamped / "club" / "stamp.json").write_text('{"key": ')

    assert not club.whole(checkout, stamped, "requirements.txt")


def test_a_python_that_does_not_run_is_noticed(club: ModuleType, checkout: Path, stamped: Path) -> None:
    """An environment whose Python was removed from the machine is made anew."""
    (stamped / "bin" / "python").unlink()
    (stamped / "bin" / "python").symlink_to("/nowhere/python")

    assert "" == club.sound(checkout, stamped)


def test_a_moved_checkout_is_noticed(club: ModuleType, checkout: Path, stamped: Path) -> None:
    """An environment does not survive its folder being moved, so it is made anew."""
    assert club.sound(checkout, stamped)
    assert "" == club.sound(checkout / "elsewhere", stamped)


def test_the_second_of_two_waits(club: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of two commands at the same time one installs, and the other waits and says so."""
    order: list[str] = []
    waits = threading.Event()
    monkeypatch.setattr(club, "say", lambda text: waits.set() if "waiting" in text else None)

    def second() -> None:
        with club.locked(tmp_path / ".venv"):
            order.append("second")

    with club.locked(tmp_path / ".venv"):
        thread = threading.Thread(target=second)
        thread.start()
        assert waits.wait(60)
        order.append("first")
    thread.join(60)

    assert ["first", "second"] == order


def test_the_two_commands_can_be_run() -> None:
    """The launcher and the CI script are executable."""
    assert [True, True] == [os.access(ROOT / name, os.X_OK) for name in ("club", ".ci/run")]
