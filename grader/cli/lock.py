"""`club lock`: write the requirements files again after pyproject.toml changed."""

from __future__ import annotations

import subprocess
import sys

import click

from grader.errors import GraderError
from grader.jupyter.source import ROOT

COMPILE = ["pip", "compile", "--quiet", "--no-header", "--generate-hashes", "--universal", "--python-version", "3.11"]
STEPS = (
    ["pyproject.toml", "-o", "requirements.txt"],
    ["--extra", "test", "-c", "requirements.txt", "pyproject.toml", "-o", "requirements-test.txt"],
    ["-c", "requirements.txt", "grader/bench/otter.in", "-o", "grader/bench/otter.txt"],
)


@click.command()
@click.option("--upgrade", is_flag=True, help="Take the newest versions that fit.")
def lock(upgrade: bool) -> None:
    """Lock the packages, with hashes, for Python 3.11 to 3.13.

    What is locked already stays at its version unless you add --upgrade.

    \b
    Example: club lock
    """
    for step in STEPS:
        command = [sys.executable, "-m", "uv", *COMPILE, *(["--upgrade"] if upgrade else []), *step]
        if subprocess.run(command, cwd=ROOT).returncode:
            raise GraderError("The packages could not be locked.", todo="Read what uv said above, then try again.")
    click.echo("requirements.txt, requirements-test.txt and the benchmarks' otter.txt are up to date.")
