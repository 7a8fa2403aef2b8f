"""Start JupyterLab on one notebook: offline, quiet, in the learner's folder."""

from __future__ import annotations

import logging
import os
import secrets
import signal
import socket
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from grader.errors import GraderError

SETTINGS = Path(__file__).with_name("settings")
FIRST_WORDS = Path(__file__).with_name("first_words.py")
FIRST_PORT, PORTS = 8888, 100
NO_EXCHANGE = "please contact your instructor"  # nbgrader's pages say so on every machine that is not a hub


@dataclass(frozen=True)
class Start:
    """One JupyterLab to start."""

    root: Path
    workspaces: Path
    page: str  # what opens first
    port: int
    token: str
    browser: bool
    settings: Path | None = SETTINGS

    @property
    def address(self) -> str:
        """Give the whole address, which lets in whoever has it."""
        return f"http://127.0.0.1:{self.port}{self.page}?token={self.token}"


def notebook_page(notebook: str) -> str:
    """Give the page that opens on a notebook; its path is relative to the root, with forward slashes."""
    return f"/lab/tree/{quote(notebook)}"


def free_port(first: int = FIRST_PORT, count: int = PORTS) -> int:
    """Find a port on this machine that nobody uses."""
    for port in range(first, first + count):
        with socket.socket() as trial:
            try:
                trial.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    raise GraderError(
        f"Ports {first} to {first + count - 1} are all in use.", todo="Stop a JupyterLab, then try again."
    )


def arguments(start: Start, administrator: bool) -> list[str]:
    """Spell out JupyterLab's options; given like this they win over anybody's own configuration."""
    options = {
        "ServerApp.root_dir": start.root,
        "ServerApp.ip": "127.0.0.1",
        "ServerApp.port": start.port,
        "ServerApp.port_retries": 0,
        "ServerApp.base_url": "/",
        "ServerApp.certfile": "",
        "ServerApp.open_browser": start.browser,
        "ServerApp.answer_yes": True,
        "ServerApp.allow_root": administrator,
        "KernelManager.transport_encryption": "auto",
        "LabApp.default_url": start.page,
        **({"LabApp.app_settings_dir": start.settings} if start.settings else {}),
        "LabApp.workspaces_dir": start.workspaces,
        "LabApp.news_url": None,
        "LabApp.check_for_updates_class": "jupyterlab.NeverCheckForUpdate",
        "LabApp.extension_manager": "readonly",
        "Application.log_level": "ERROR",
    }
    return [f"--{name}={value}" for name, value in options.items()]


def prepare(start: Start, environment: dict[str, str]) -> dict[str, str]:
    """Give the variables that JupyterLab and its kernels need."""
    # One that the control panel starts has the panel's settings in its environment, and may want none of them.
    others = environment.get("JUPYTER_CONFIG_PATH", "").split(os.pathsep)
    paths = [str(start.settings or ""), *(path for path in others if path != str(SETTINGS))]
    return {
        "JUPYTER_TOKEN": start.token,
        "JUPYTER_CONFIG_PATH": os.pathsep.join(path for path in paths if path),
        "JUPYTER_PREFER_ENV_PATH": "1",
        "PYTHONSTARTUP": environment.get("PYTHONSTARTUP") or str(FIRST_WORDS),
    }


def when_up(port: int, then: Callable[[], None], patience: float = 60) -> threading.Thread:
    """Do something as soon as the server answers, without waiting for it here."""

    def wait() -> None:
        end = time.monotonic() + patience
        while time.monotonic() < end:
            with socket.socket() as trial:
                if trial.connect_ex(("127.0.0.1", port)) == 0:
                    return then()
            time.sleep(0.1)

    thread = threading.Thread(target=wait, daemon=True)
    thread.start()
    return thread


def end_with_input() -> None:
    """End this process when its standard input does, which is when whoever started it has gone."""

    def wait() -> None:
        sys.stdin.buffer.read()
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=wait, daemon=True).start()


def launch(root: Path, notebook: Path, browser: bool, say: Callable[[str], None]) -> None:
    """Run JupyterLab on a notebook until it is stopped; its address is said once it answers."""
    launch_page(root, notebook_page(notebook.relative_to(root).as_posix()), browser, say)


def launch_page(
    root: Path, page: str, browser: bool, say: Callable[[str], None], settings: Path | None = SETTINGS
) -> None:
    """Run JupyterLab on one of its pages until it is stopped; without `settings` all its extensions are there."""
    # Tabs of earlier days are not opened again: the notebook that was asked for is the one in front.
    with tempfile.TemporaryDirectory(prefix="foothills-") as workspaces:
        # Two that start in the same second must not both find the same port free, and no two have the same number.
        port = free_port(FIRST_PORT + os.getpid() % 1_000)
        run(Start(root, Path(workspaces), page, port, secrets.token_hex(24), browser, settings), say)


def run(start: Start, say: Callable[[str], None]) -> None:
    """Hand this process over to JupyterLab."""
    os.environ.update(prepare(start, dict(os.environ)))
    os.chdir(start.root)  # nbgrader's assignment list works in this folder, whatever the server's root is
    opening = "JupyterLab is opening. If no page appears, copy" if start.browser else "JupyterLab is ready. Copy"
    when_up(
        start.port,
        lambda: say(f"{opening} this address into your browser:\n{start.address}\nTo stop it, press Ctrl and C here."),
    )
    logging.getLogger("ServerApp").addFilter(lambda said: NO_EXCHANGE not in said.getMessage())
    from jupyterlab.labapp import LabApp  # takes a second: only when it is started

    administrator = hasattr(os, "geteuid") and os.geteuid() == 0
    sys.argv = ["jupyter-lab"]
    LabApp.launch_instance(argv=arguments(start, administrator))
