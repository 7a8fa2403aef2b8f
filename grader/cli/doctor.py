"""`club doctor`: is this machine ready, and what to do where it is not."""

from __future__ import annotations

import importlib.metadata
import json
import os
import re
import shutil
import sys
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import click
import psutil
from packaging.requirements import Requirement

from grader.cli.tests import chromium
from grader.errors import GraderError
from grader.jupyter.server import free_port
from grader.jupyter.source import ROOT
from grader.marking.sandbox.layers import Layer, layers

GIGABYTE = 1_000_000_000
READY, OPTIONAL, LOOK = "ready", "optional", "look"
NO_SANDBOX = (
    "Nobody's code is run here: club mark reads the results saved in the notebooks. Or mark on a Linux machine."
)


@dataclass(frozen=True)
class Finding:
    """One thing looked at: ready, optional (only some commands need it) or in need of a look."""

    name: str
    state: str
    found: str
    todo: str = ""


def python(version: tuple[int, ...] = sys.version_info[:3]) -> Finding:
    """Look at Python's version."""
    fits = (3, 11) <= version[:2] <= (3, 13)
    found = ".".join(map(str, version))
    return Finding("Python", READY if fits else LOOK, found, "" if fits else "Install Python 3.11, 3.12 or 3.13.")


def pins(text: str) -> list[Requirement]:
    """Read the locked requirements that count on this machine."""
    lines = re.findall(r"^[A-Za-z0-9][^\\\n]*", text, re.MULTILINE)
    found = [Requirement(line.strip()) for line in lines]
    return [pin for pin in found if pin.marker is None or pin.marker.evaluate()]


def packages(text: str, installed: Callable[[str], str] = importlib.metadata.version) -> Finding:
    """Compare the installed packages with the locked ones."""
    wanted, off = pins(text), []
    for pin in wanted:
        try:
            same = installed(pin.name) in pin.specifier
        except importlib.metadata.PackageNotFoundError:
            same = False
        if not same:
            off.append(pin.name)
    if off:
        some = ", ".join(off[:5]) + (" and more" if len(off) > 5 else "")
        todo = "Remove the folder .venv, then type ./club open again."
        return Finding("Packages", LOOK, f"{len(off)} of {len(wanted)} missing or at another version: {some}", todo)
    return Finding("Packages", READY, f"all {len(wanted)} at their locked versions")


def disk(free: int) -> Finding:
    """Look at the free space where the learner's folder is."""
    enough = free >= GIGABYTE
    todo = "" if enough else "Free some space: lessons and a course need about 1 GB."
    return Finding("Disk", READY if enough else LOOK, f"{free / GIGABYTE:.1f} GB free", todo)


def memory(total: int) -> Finding:
    """Look at the machine's memory."""
    enough = total >= 2 * GIGABYTE
    todo = "" if enough else "Close other programs, or mark with --jobs 1."
    return Finding("Memory", READY if enough else LOOK, f"{total / GIGABYTE:.1f} GB", todo)


def folder(path: Path) -> Finding:
    """Look whether the learner's folder can be written."""
    there = next(place for place in (path, *path.parents) if place.exists())
    fits = there.is_dir() and os.access(there, os.W_OK)
    todo = "" if fits else "Name another folder: club open --to DIR"
    return Finding("Your folder", READY if fits else LOOK, str(path), todo)


def port() -> Finding:
    """Look for a port for JupyterLab."""
    try:
        return Finding("JupyterLab", READY, f"can use port {free_port()}")
    except GraderError as problem:
        return Finding("JupyterLab", LOOK, problem.what, problem.todo)


def browser(path: str | None) -> Finding:
    """Look for a Chromium to test with."""
    if path:
        return Finding("Chromium", READY, path)
    return Finding("Chromium", OPTIONAL, "not found; only the tests need it", "Type: ./club test --install-browser")


def sandboxes(found: Sequence[Layer]) -> list[Finding]:
    """Say of each layer whether it is here and what it keeps learners' code from; the first one here is used."""
    used = next((layer for layer in found if layer.available), None)
    made = []
    for layer in found:
        if layer.available:
            place = "used for marking" if layer is used else "in reserve"
            made.append(Finding(f"Sandbox: {layer.name}", READY, f"{place}: it {layer.stops}"))
        else:
            made.append(Finding(f"Sandbox: {layer.name}", OPTIONAL, f"not here: {layer.why_not}"))
    if used is None:
        made[-1] = replace(made[-1], todo=NO_SANDBOX)
    return made


def findings() -> list[Finding]:
    """Look at everything."""
    home = Path.home()
    return [
        python(),
        packages((ROOT / "requirements.txt").read_text(encoding="utf-8")),
        disk(shutil.disk_usage(home).free),
        memory(psutil.virtual_memory().total),
        folder(home / "foothills"),
        port(),
        browser(chromium()),
        *sandboxes(layers()),
    ]


def lines(found: list[Finding]) -> list[str]:
    """Lay the findings out, one line each, with what to do below."""
    width = max(len(finding.name) for finding in found)
    out = []
    for finding in found:
        out.append(f"{finding.state:8}  {finding.name:{width}}  {finding.found}")
        if finding.todo:
            out.append(f"{'':8}  {'':{width}}  {finding.todo}")
    rest = [finding.name for finding in found if finding.state == LOOK]
    return [*out, "", f"Needs a look: {', '.join(rest)}." if rest else "This machine is ready."]


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def doctor(as_json: bool) -> None:
    """Say whether this machine is ready, and what to do where it is not.

    \b
    Example: club doctor
    """
    found = findings()
    ready = all(finding.state != LOOK for finding in found)
    if as_json:
        click.echo(json.dumps({"ready": ready, "checks": [asdict(finding) for finding in found]}, indent=1))
    else:
        click.echo("\n".join(lines(found)))
    sys.exit(0 if ready else 1)
