"""A stand-in for Binder: an environment made only from what binder/ names, in another folder, run as another user.

As root the other user is number 1000, and the network can be left at loopback; otherwise it is you.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from server_room import unused_port, wait

ROOT = Path(__file__).resolve().parents[1]
LEFT_BEHIND = shutil.ignore_patterns(".git", ".venv", ".*_cache", "__pycache__", "artefacts", "*.egg-info", "build")
USER = 1000
TOKEN = "room"
BASE = "/user/somebody/"


@dataclass(frozen=True)
class Room:
    """Where the pretend Binder keeps its things: the repository, the environment and the home folder of its user."""

    folder: Path
    checkout: Path
    environment: Path
    start: Path = ROOT / "binder" / "start"

    @property
    def home(self) -> Path:
        """The home folder of the pretend user."""
        return self.folder / "home"

    def empty_home(self) -> None:
        """Give the pretend user the home folder of somebody who was never here."""
        shutil.rmtree(self.home, ignore_errors=True)
        self.home.mkdir(parents=True)
        give(self.home)

    def python(self) -> str:
        """The environment's Python."""
        return str(self.environment / "bin" / "python")

    def variables(self) -> dict[str, str]:
        """What repo2docker's image and BinderHub set, and nothing of this machine's."""
        path = os.pathsep.join([str(self.environment / "bin"), "/usr/local/bin", "/usr/bin", "/bin"])
        nowhere = dict.fromkeys(("http_proxy", "https_proxy", "all_proxy"), "http://127.0.0.1:9")
        return {
            "HOME": str(self.home), "PATH": path, "REPO_DIR": str(self.checkout), "LANG": "C.UTF-8",
            "PYTHONUNBUFFERED": "1", "R2D_ENTRYPOINT": str(self.start),
            "BINDER_LAUNCH_HOST": "http://127.0.0.1/", **nowhere,
        }  # fmt: skip


def new(folder: Path) -> Room:
    """Name a room with a copy of the repository and an environment of its own."""
    return Room(folder, folder / "repo", folder / "env", folder / "repo" / "binder" / "start")


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
    """Find a Python that the other user may run: binder's own version if it is here, else another that we support."""
    wanted = (ROOT / "binder" / "runtime.txt").read_text().strip().removeprefix("python-")
    for version in (wanted, "3.13", "3.12", "3.11"):
        for folder in os.get_exec_path():
            path = Path(folder, f"python{version}")
            if (
                path.exists()
                and not subprocess.run([*as_user(), path, "-c", ""], capture_output=True, cwd="/").returncode
            ):
                return str(path)
    return sys.executable


def make(folder: Path) -> Room:
    """Copy the checkout, install what binder/ names and run postBuild, as repo2docker would."""
    room = new(folder.resolve())
    room.home.mkdir(parents=True)
    shutil.copytree(ROOT, room.checkout, ignore=LEFT_BEHIND)
    subprocess.run([base_python(), "-m", "venv", "--without-pip", str(room.environment)], check=True)
    install = [*installer(room.python()), "--quiet", "--require-hashes", "-r", "binder/requirements.txt"]
    subprocess.run(install, cwd=room.checkout, check=True)
    # repo2docker's environments have pip, which postBuild uses.
    subprocess.run([room.python(), "-m", "ensurepip"], check=True, capture_output=True)
    give(room.folder)
    open_the_way(room.folder)
    build = [*as_user(), "./binder/postBuild"]
    subprocess.run(build, cwd=room.checkout, env=room.variables(), check=True)
    return room


def installer(python: str) -> list[str]:
    """Give the command that installs into the environment."""
    return [sys.executable, "-m", "uv", "pip", "install", "--python", python]


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
def running(room: Room, as_another: bool = True) -> Iterator[str]:
    """Start JupyterLab the way BinderHub does, through binder/start, and give its address."""
    port = unused_port()
    entry = room.folder / "repo2docker-entrypoint"
    shutil.copy(entrypoint()[1], entry)
    server = ["jupyter-lab", "--ip=127.0.0.1", f"--ServerApp.base_url={BASE}", f"--port={port}", "--no-browser"]
    server += [f"--IdentityProvider.token={TOKEN}", "--ServerApp.default_url=/lab"]
    server += [] if as_another and as_user() else ["--allow-root"]
    with (room.folder / "log").open("wb") as log:
        running = subprocess.Popen(
            [*(as_user() if as_another else []), room.python(), str(entry), *server],
            cwd=room.checkout,
            env=room.variables() | {"REPO_DIR": str(room.folder)},  # where the entrypoint keeps its log
            stdout=log,
            stderr=log,
        )
        try:
            address = f"http://127.0.0.1:{port}{BASE}"
            wait(f"{address}api", running)
            yield address
        finally:
            running.terminate()
            running.wait(60)


def give(folder: Path) -> None:
    """Let the other user own a folder and everything in it."""
    if as_user():
        for path in (folder, *folder.rglob("*")):
            os.chown(path, USER, USER, follow_symlinks=False)
