"""Run a command and say what it took: CPU seconds of all its processes, seconds by the clock, memory at the most."""

from __future__ import annotations

import os
import platform
import subprocess
import threading
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from importlib.metadata import version
from pathlib import Path

import psutil

EVERY = 0.5
PACKAGES = ("nbgrader", "pandas", "matplotlib", "ipykernel")


@dataclass(frozen=True)
class Took:
    """What a run took: seconds of CPU of all its processes, seconds by the clock, bytes at the most.

    `memory` is of all its processes together, shared pages counted once. `parent` is of the command alone. Where it
    has processes under processes, `child` is what one of the lowest has for itself, and `warm` is of the one above.
    """

    cpu: float
    wall: float
    memory: int
    code: int
    parent: int = 0
    warm: int = 0
    child: int = 0


def run(command: Sequence[str], cwd: Path, environment: Mapping[str, str], log: Path) -> Took:
    """Run a command to its end."""
    began = time.monotonic()
    with open(log, "ab") as told:
        process = subprocess.Popen(command, cwd=cwd, env=dict(environment), stdout=told, stderr=told)
        most = _Most()
        watching = threading.Thread(target=most.watch, args=(process.pid,), daemon=True)
        watching.start()
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    watching.join()
    took = Took(usage.ru_utime + usage.ru_stime, time.monotonic() - began, most.together, process.returncode)
    levels = sorted(most.whole)
    if len(levels) < 3:
        return replace(took, parent=most.whole.get(0, 0))
    return replace(took, parent=most.whole[0], warm=most.whole[levels[-2]], child=most.own[levels[-1]])


class _Most:
    """The most memory seen: of all processes together, and of one process at each level under the command."""

    def __init__(self) -> None:
        self.together = 0
        self.whole: dict[int, int] = {}
        self.own: dict[int, int] = {}

    def watch(self, number: int) -> None:
        """Look twice a second until the command has ended."""
        try:
            first = psutil.Process(number)
            while first.status() != psutil.STATUS_ZOMBIE:
                self._look(first)
                time.sleep(EVERY)
        except psutil.NoSuchProcess:
            return

    def _look(self, first: psutil.Process) -> None:
        under = {each.pid: each for each in first.children(recursive=True)}
        together = 0
        for process in (first, *under.values()):
            with suppress(psutil.NoSuchProcess):
                level = 0 if process is first else _level(process, under)
                whole, own, share = _memory(process)
                if share:
                    self.whole[level] = max(self.whole.get(level, 0), whole)
                    self.own[level] = max(self.own.get(level, 0), own)
                    together += share
        self.together = max(self.together, together)


def _level(process: psutil.Process, under: Mapping[int, psutil.Process]) -> int:
    """Return how many processes down from the command one is."""
    above = under.get(process.ppid())
    return 1 if above is None else 1 + _level(above, under)


def _memory(process: psutil.Process) -> tuple[int, int, int]:
    """Return a process's memory: all of it, what is its own, and with its share of what it shares."""
    try:
        found = process.memory_full_info()
        return found.rss, found.uss, getattr(found, "pss", found.uss)
    except psutil.AccessDenied:  # a child in a sandbox of its own user
        found = process.memory_info()
        own = max(0, found.rss - getattr(found, "shared", 0))
        return found.rss, own, own


def machine() -> dict[str, str]:
    """Describe the machine, without its name, and the packages that matter."""
    model = ""
    cpuinfo = Path("/proc/cpuinfo")
    if cpuinfo.is_file():
        names = [
            line.partition(":")[2].strip() for line in cpuinfo.read_text().splitlines() if line.startswith("model name")
        ]
        model = names[0] if names else ""
    return {
        "processor": model or platform.processor() or platform.machine(),
        "cores": str(os.cpu_count()),
        "memory": f"{psutil.virtual_memory().total / 1e9:.0f} GB",
        "system": f"{platform.system()} {platform.release()}",
        "python": platform.python_version(),
        **{name: version(name) for name in PACKAGES},
        "load before": " ".join(f"{load:.1f}" for load in os.getloadavg()),
    }
