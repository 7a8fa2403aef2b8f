"""`club test`: run the tests, with a browser where one is asked for."""

from __future__ import annotations

import shutil
import subprocess
import sys
from importlib.util import find_spec

import click

from grader.errors import GraderError
from grader.jupyter.source import ROOT

CHROMIUM = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
APT = (["apt-get", "update", "-qq"], ["apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium"])


def chromium() -> str | None:
    """Find this machine's own Chromium."""
    return next((path for path in map(shutil.which, CHROMIUM) if path), None)


def install_browser() -> None:
    """Install Debian's Chromium where there is none."""
    if chromium():
        return
    if not shutil.which("apt-get"):
        raise GraderError("There is no apt-get here to install Chromium with.", todo="Install Chromium yourself.")
    for command in APT:
        done = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=sys.stderr)
        if done.returncode:
            raise GraderError(
                f"Chromium could not be installed: {' '.join(command)} stopped.",
                todo="Type it yourself as an administrator, then try again.",
            )


@click.command(context_settings={"ignore_unknown_options": True})
@click.option("--install-browser", "browser", is_flag=True, help="Install Debian's Chromium if there is none.")
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def test(browser: bool, arguments: tuple[str, ...]) -> None:
    """Run the tests; what else you type goes on to pytest.

    \b
    Example: ./club test
             ./club test -k launcher
    """
    if find_spec("pytest") is None:
        raise GraderError("What the tests need is not installed.", todo="Type ./club test in the Foothills folder.")
    if browser:
        install_browser()
    sys.exit(subprocess.run([sys.executable, "-m", "pytest", *arguments], cwd=ROOT).returncode)
