"""Servers that tests start: a port that no other run of the tests takes, and the wait until there is an answer."""

from __future__ import annotations

import socket
import subprocess
import time
from urllib.error import HTTPError
from urllib.request import ProxyHandler, build_opener

PATIENCE = 120.0  # seconds that a slow machine with much else to do may take to start one
DIRECT = build_opener(ProxyHandler({}))


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
