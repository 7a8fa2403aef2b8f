"""A stand-in for Binder: an environment made only from what binder/ names, in another folder, run as another user.

    python tests/binder_room.py DIR

makes it in DIR (about a minute), takes lesson 1 in it with a browser and no network but loopback, and says how that
went. As root it runs as user 1000; otherwise as you.
"""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from importlib.util import find_spec
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

import psutil

ROOT = Path(__file__).resolve().parents[1]
LEFT_BEHIND = shutil.ignore_patterns(".git", ".venv", ".*_cache", "__pycache__", "artefacts", "*.egg-info", "build")
USER = 1000
TOKEN = "room"
BASE = "/user/somebody/"


class NoIndex(Exception):
    """The packages could not be had, so there is nothing to test in."""


@dataclass(frozen=True)
class Room:
    """The checkout's copy, the environment and the home folder that the pretend Binder uses."""

    folder: Path

    @property
    def checkout(self) -> Path:
        """The copy of the repository."""
        return self.folder / "repo"

    @property
    def home(self) -> Path:
        """The home folder of the pretend user."""
        return self.folder / "home"

    def python(self) -> str:
        """The environment's Python."""
        return str(self.folder / "env" / "bin" / "python")

    def variables(self) -> dict[str, str]:
        """What repo2docker's image sets, and nothing of this machine's."""
        path = os.pathsep.join([str(self.folder / "env" / "bin"), "/usr/local/bin", "/usr/bin", "/bin"])
        pip = {name: value for name, value in os.environ.items() if name.startswith(("PIP_", "UV_"))}
        dead = dict.fromkeys(("http_proxy", "https_proxy", "all_proxy"), "http://127.0.0.1:9") if not pip else {}
        return {
            "HOME": str(self.home), "PATH": path, "REPO_DIR": str(self.checkout), "LANG": "C.UTF-8",
            "PYTHONUNBUFFERED": "1", "R2D_ENTRYPOINT": str(self.checkout / "binder" / "start"), **dead,
        }  # fmt: skip


def as_user() -> list[str]:
    """Give the words before a command that make another user run it, where that is possible."""
    if os.geteuid() != 0 or not shutil.which("setpriv"):
        return []
    return ["setpriv", f"--reuid={USER}", f"--regid={USER}", "--clear-groups"]


def alone() -> list[str]:
    """Give the words before a command that leave it no network but loopback, where that is possible."""
    if os.geteuid() != 0 or not shutil.which("unshare") or not shutil.which("ip"):
        return []
    return ["unshare", "--net", "sh", "-c", 'ip link set lo up && exec "$@"', "sh"]


def base_python() -> str:
    """Find a Python that the other user may run: the machine's own, or the one that runs the tests."""
    for name in ("/usr/bin/python3.12", "/usr/bin/python3.13", "/usr/bin/python3.11", sys._base_executable):
        if (
            Path(name).exists()
            and not subprocess.run([*as_user(), name, "-c", ""], capture_output=True, cwd="/").returncode
        ):
            return name
    return sys.executable


def make(folder: Path) -> Room:
    """Copy the checkout, install what binder/ names and run postBuild, as repo2docker would."""
    room = Room(folder.resolve())
    room.home.mkdir(parents=True)
    shutil.copytree(ROOT, room.checkout, ignore=LEFT_BEHIND)
    subprocess.run([base_python(), "-m", "venv", "--without-pip", str(room.folder / "env")], check=True)
    install = [*installer(room.python()), "--quiet", "-r", "binder/requirements.txt"]
    said = subprocess.run(install, cwd=room.checkout, capture_output=True, text=True)
    if said.returncode:
        raise NoIndex(said.stderr.strip()[-2000:])
    if as_user():
        for path in (room.folder, *room.folder.rglob("*")):
            os.chown(path, USER, USER, follow_symlinks=False)
        open_the_way(room.folder)
    build = [*as_user(), "./binder/postBuild"]
    subprocess.run(build, cwd=room.checkout, env=room.variables(), check=True)
    return room


def installer(python: str) -> list[str]:
    """Give the command that installs into the environment: uv where there is one, else this environment's pip."""
    if find_spec("uv"):
        return [sys.executable, "-m", "uv", "pip", "install", "--python", python]
    return (
        ["uv", "pip", "install", "--python", python]
        if shutil.which("uv")
        else [sys.executable, "-m", "pip", "--python", python, "install"]
    )


def open_the_way(folder: Path) -> None:
    """Let the other user pass through the folders above."""
    for parent in folder.parents:
        if os.stat(parent).st_uid == os.geteuid() and not os.stat(parent).st_mode & 0o001:
            parent.chmod(parent.stat().st_mode | 0o011)


def entrypoint() -> list[str]:
    """Give repo2docker's own entry point, which runs binder/start."""
    found = find_spec("repo2docker")
    assert found is not None and found.origin is not None
    return [sys.executable, str(Path(found.origin).parent / "buildpacks" / "repo2docker-entrypoint")]


@contextmanager
def running(room: Room, command: list[str] | None = None) -> Iterator[str]:
    """Start JupyterLab the way BinderHub does, through binder/start, and give its address."""
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        port = trial.getsockname()[1]
    entry = room.folder / "repo2docker-entrypoint"
    shutil.copy(entrypoint()[1], entry)
    server = command or ["jupyter-lab", "--ip=127.0.0.1", f"--ServerApp.base_url={BASE}"]
    server += [f"--port={port}", f"--IdentityProvider.token={TOKEN}", "--no-browser"]
    with (room.folder / "log").open("wb") as log:
        running = subprocess.Popen(
            [*as_user(), room.python(), str(entry), *server],
            cwd=room.checkout,
            env=room.variables(),
            stdout=log,
            stderr=log,
        )
        try:
            address = f"http://127.0.0.1:{port}{BASE}"
            wait(f"{address}api", running)
            yield address
        finally:
            running.terminate()
            running.wait(20)


def wait(address: str, running: subprocess.Popen[bytes], patience: float = 90) -> None:
    """Wait until a server answers; anything it answers will do."""
    end = time.monotonic() + patience
    while running.poll() is None and time.monotonic() < end:
        try:
            urlopen(address, timeout=5).close()
        except HTTPError:
            return
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise TimeoutError(f"No server at {address}.")


def visit(room: Room) -> dict[str, object]:
    """Take lesson 1 in the room with a browser, and say what was seen."""
    from browser_helpers import Lab, chromium_page, take_lesson

    from grader.lesson.read import lesson

    begun = time.monotonic()
    with running(room) as address, chromium_page() as page:
        page.goto(f"{address}?token={TOKEN}")
        front = Lab(page, lesson(0))
        front.ready()
        opened = page.locator(".jp-mod-current .lm-TabBar-tabLabel, .lm-TabBar-tab.jp-mod-current").first.inner_text()
        first = front.run("setup-01")
        seconds = time.monotonic() - begun
        page.goto(f"{address}lab/tree/{lesson(1).name}/{lesson(1).name}.ipynb")
        seen = take_lesson(Lab(page, lesson(1)), room.folder, "binder")
        memory = sum(megabytes(process) for process in of_the_room(room))
        outside = page.outside
    said = {"opens": opened, "first": first, "seconds": round(seconds, 1), "megabytes": round(memory)}
    return {**said, "outside": outside, **asdict(seen)}


def of_the_room(room: Room) -> list[psutil.Process]:
    """Find the processes that run the room's own Python."""
    found = []
    for process in psutil.process_iter():
        with suppress(psutil.Error):
            if process.cmdline()[:1] == [room.python()]:
                found.append(process)
    return found


def megabytes(process: psutil.Process) -> float:
    """Give the memory that is a process's own share, as a container counts it."""
    return float(process.memory_full_info().pss) / 1e6


def main(folder: str) -> None:
    """Make the room if it is not there, then visit it with no network."""
    room = Room(Path(folder).resolve())
    if os.environ.get("FOOTHILLS_ROOM"):
        print(json.dumps(visit(room)))
        return
    if not room.checkout.exists():
        make(room.folder)
    command = [*alone(), sys.executable, __file__, folder]
    sys.exit(subprocess.run(command, env={**os.environ, "FOOTHILLS_ROOM": "1"}).returncode)


if __name__ == "__main__":
    main(sys.argv[1])
