"""Servers that tests start: a port that no other run of the tests takes, and the wait until there is an answer."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import ProxyHandler, build_opener

PATIENCE = 120.0  # seconds that a slow machine with much else to do may take to start one
DIRECT = build_opener(ProxyHandler({}))
CLUB = Path(sys.executable).with_name("club")


def unused_port() -> int:
    """Let the machine pick a port among its thousands: two runs at once would both take the first that is free."""
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        port: int = trial.getsockname()[1]
    return port


def wait(address: str, running: subprocess.Popen[bytes] | subprocess.Popen[str]) -> None:
    """Wait until a server answers; anything it answers will do."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        assert running.poll() is None, f"The server for {address} stopped."
        try:
            DIRECT.open(address, timeout=PATIENCE).close()
        except HTTPError:
            return
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise TimeoutError(f"No server at {address}.")


def own(home: Path) -> dict[str, str]:
    """Return the variables of this process, with this folder for the user's home."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("JUPYTER", "XDG_"))}
    return kept | {"HOME": str(home), "USERPROFILE": str(home)}


@contextmanager
def served(home: Path, *words: object) -> Iterator[list[str]]:
    """Run a command that starts JupyterLab, with this folder for the user's home; give what it says to its address."""
    command = [CLUB, *map(str, words), "--no-browser"]
    running = subprocess.Popen(command, env=own(home), cwd=home, stdout=subprocess.PIPE, text=True)
    assert running.stdout is not None
    said: list[str] = []
    try:
        for line in running.stdout:
            said.append(line.strip())
            if line.startswith("http"):
                break
        assert said and said[-1].startswith("http"), f"{words} did not start: {said}"
        yield said
    finally:
        running.terminate()  # what a shell started behind its back may not hear Ctrl and C
        running.communicate(timeout=PATIENCE)
