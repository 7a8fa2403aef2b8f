"""What this machine offers to keep a learner's code inside, found by trying it."""

from __future__ import annotations

import functools
import subprocess
import sys
from dataclasses import dataclass

from grader.errors import GraderError
from grader.marking.sandbox import landlock
from grader.marking.sandbox.enter import LANDLOCK, NAMESPACES

STOPS = {
    NAMESPACES: "shuts off other people's files, other processes, the network and changes to the system;"
    " limits memory, disk and processes",
    LANDLOCK: "shuts off other people's files, other programs and the network; limits memory and each file's size",
}
TRY = """
import ctypes, os, sys
libc = ctypes.CDLL(None, use_errno=True)
flags = 0x7C020000 if os.geteuid() == 0 else 0x10000000 | 0x6C020000
sys.exit(ctypes.get_errno() if libc.unshare(flags) else 0)
"""


@dataclass(frozen=True)
class Layer:
    """One way to keep code inside: whether it is here, what it stops, and why it is not here."""

    name: str
    available: bool
    stops: str
    why_not: str = ""


@functools.cache
def layers() -> tuple[Layer, ...]:
    """Return the layers, best first; the first that is available is used."""
    return (_namespaces(), _landlock())


def _namespaces() -> Layer:
    if sys.platform != "linux":
        return Layer(NAMESPACES, False, STOPS[NAMESPACES], "they are a part of Linux")
    done = subprocess.run([sys.executable, "-I", "-S", "-c", TRY], capture_output=True, check=False)
    why = "" if done.returncode == 0 else "this machine does not let this user make namespaces"
    return Layer(NAMESPACES, not why, STOPS[NAMESPACES], why)


def _landlock() -> Layer:
    if sys.platform != "linux":
        return Layer(LANDLOCK, False, STOPS[LANDLOCK], "it is a part of Linux")
    version = landlock.version()
    return Layer(
        LANDLOCK,
        version > 0,
        STOPS[LANDLOCK],
        "" if version else "the kernel is older than 5.13 or has it switched off",
    )


def choose(assignment: str) -> str:
    """Return the best layer there is; raise GraderError where there is none."""
    for layer in layers():
        if layer.available:
            return layer.name
    raise GraderError(
        "This machine has no sandbox, so nothing that learners wrote was run.",
        todo=f"To run it anyway with nbgrader, without a sandbox: club mark {assignment} --no-sandbox"
        " (with --remember, this course goes on so)",
    )
