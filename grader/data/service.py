"""Run the data service on this machine: Datasette, read-only, on the loopback address."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import platformdirs

from grader.data.databases import build, metadata
from grader.errors import GraderError

HOST, FIRST_PORT, PORTS = "127.0.0.1", 8001, 50
# `ask()` looks for the service in this variable, then in this file.
VARIABLE, FILE = "FOOTHILLS_API", "api.json"
SETTINGS = {
    "max_returned_rows": "30000",
    "default_page_size": "50",
    "sql_time_limit_ms": "2000",
    "allow_download": "off",
}


def cache(root: Path | None = None) -> Path:
    """Give the folder for files that can be made again at any time, outside the checkout."""
    return root or platformdirs.user_cache_path("foothills")


def free_port(first: int = FIRST_PORT) -> int:
    """Find a port on this machine that nobody uses."""
    for port in range(first, first + PORTS):
        with socket.socket() as trial:
            try:
                trial.bind((HOST, port))
            except OSError:
                continue
            return port
    raise GraderError(f"Ports {first} to {first + PORTS - 1} are all in use.", todo="Name another one with --port.")


def command(folder: Path, port: int, base: str = "/", datasets: Path | None = None) -> list[str]:
    """Make the databases, and give the command that serves them."""
    files = build(folder / "api", datasets)
    about = folder / "api" / "metadata.json"
    about.write_text(json.dumps(metadata(datasets), ensure_ascii=False), encoding="utf-8")
    options = [part for name, value in (SETTINGS | {"base_url": base}).items() for part in ("--setting", name, value)]
    immutable = [part for path in files for part in ("-i", str(path))]
    start = [sys.executable, "-m", "datasette", "serve", "--host", HOST, "--port", str(port)]
    return [*start, "--metadata", str(about), *options, *immutable]


def serve(
    port: int | None = None, base: str = "/", say: Callable[[str], object] = print, root: Path | None = None
) -> int:
    """Serve until stopped; tell `ask()` where, and give the service's exit code."""
    chosen = port or free_port()
    start = command(cache(root), chosen, base)
    address = f"http://{HOST}:{chosen}{base}"
    say(f"The data service is at {address}")
    say("Only this machine can reach it, and nobody can change the data. Stop it with Ctrl+C.")
    with _announced(address, cache(root)):
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
        process = subprocess.Popen(start, stdout=subprocess.DEVNULL)
        try:
            return process.wait()
        except KeyboardInterrupt:
            return 0
        finally:
            process.terminate()
            process.wait()


@contextmanager
def _announced(address: str, folder: Path) -> Iterator[None]:
    """Leave the address where `ask()` finds it, as long as the service runs."""
    path = folder / FILE
    path.write_text(json.dumps({"address": address, "process": os.getpid()}), encoding="utf-8")
    try:
        yield
    finally:
        path.unlink(missing_ok=True)


def proxy() -> dict[str, object]:
    """Tell jupyter-server-proxy how to start the service inside JupyterLab."""
    run = [sys.executable, "-m", "grader.data.service", "{port}", "{base_url}data-service/"]
    return {"command": run, "timeout": 60, "absolute_url": True, "launcher_entry": {"title": "Data service"}}


if __name__ == "__main__":
    sys.exit(serve(int(sys.argv[1]), sys.argv[2] if len(sys.argv) > 2 else "/"))
