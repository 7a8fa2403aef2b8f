"""Run a command and say what it took: CPU seconds of all its processes, seconds by the clock, memory at the most."""

from __future__ import annotations

import os
import platform
import subprocess
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import psutil

EVERY = 0.5


@dataclass(frozen=True)
class Took:
    """What a run took. `memory` is bytes, shared pages counted once; `cpu` and `wall` are seconds."""

    cpu: float
    wall: float
    memory: int
    code: int


def run(command: Sequence[str], cwd: Path, environment: Mapping[str, str], log: Path) -> Took:
    """Run a command to its end."""
    began = time.monotonic()
    with open(log, "ab") as told:
        process = subprocess.Popen(command, cwd=cwd, env=dict(environment), stdout=told, stderr=told)
        most = [0]
        watching = threading.Thread(target=_watch, args=(process.pid, most), daemon=True)
        watching.start()
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    watching.join()
    return Took(usage.ru_utime + usage.ru_stime, time.monotonic() - began, most[0], process.returncode)


def _watch(number: int, most: list[int]) -> None:
    while True:
        try:
            first = psutil.Process(number)
            if first.status() == psutil.STATUS_ZOMBIE:
                return
            used = sum(_memory(each) for each in (first, *first.children(recursive=True)))
        except psutil.NoSuchProcess:
            return
        most[0] = max(most[0], used)
        time.sleep(EVERY)


def _memory(process: psutil.Process) -> int:
    try:
        return int(process.memory_full_info().pss)
    except (psutil.Error, AttributeError):
        return 0


def machine() -> dict[str, str]:
    """Describe the machine, without its name."""
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
        "load before": " ".join(f"{load:.1f}" for load in os.getloadavg()),
    }
