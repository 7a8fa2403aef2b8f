"""Two small things that happen often: a child put into its sandbox, and a check in a notebook. Milliseconds, medians."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

TIMES = 60


def isolation() -> dict[str, float] | None:
    """Time forking a child of a process with pandas and matplotlib, bare and into its sandbox, in turn.

    Return {"fork": ms, "fork and sandbox": ms, "sandbox": ms}; None where there is no sandbox of namespaces.
    """
    with tempfile.TemporaryDirectory(prefix="bench-") as root:
        command = [sys.executable, "-c", "import sys; from grader.bench.small import forks; forks(sys.argv[1])", root]
        done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode:
        return None
    bare, inside = json.loads(done.stdout)
    return {"fork": bare, "fork and sandbox": inside, "sandbox": inside - bare}


def forks(root: str) -> None:
    """Print the two medians as JSON, from within the sandbox of a warm process, whose view is put at `root`."""
    from grader.marking.sandbox.enter import NAMESPACES, Limits, enter_child, enter_warm, fork_apart
    from grader.marking.surroundings import trees_to_show

    trees = trees_to_show()
    enter_warm(NAMESPACES, trees, [], root)
    import matplotlib.pyplot
    import pandas

    assert matplotlib.pyplot and pandas
    own = os.open("/proc/self/ns/pid", os.O_RDONLY)

    def apart() -> int:
        child = fork_apart(own)
        if not child:
            enter_child(NAMESPACES, Limits(), "", trees, 0)
        return child

    times: dict[Callable[[], int], list[float]] = {os.fork: [], apart: []}
    for _ in range(TIMES):
        for fork, taken in times.items():
            taken.append(_forked(fork))
    print(json.dumps([statistics.median(taken) for taken in times.values()]))


def _forked(fork: Callable[[], int]) -> float:
    began = time.perf_counter()
    child = fork()
    if not child:
        os._exit(0)
    os.waitpid(child, 0)
    return (time.perf_counter() - began) * 1000


def check(number: int) -> float:
    """Return how long a check of one of our lessons takes, from asking the kernel to its answer; all checks, in turn."""
    from jupyter_client.manager import start_new_kernel

    from grader.lesson import build
    from grader.lesson.read import lesson

    made = lesson(number)
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        for name, content in build.source(made).items():
            (Path(folder) / name).parent.mkdir(parents=True, exist_ok=True)
            (Path(folder) / name).write_bytes(content)
        manager, client = start_new_kernel(cwd=folder)
        try:
            cells = json.loads((Path(folder) / f"{made.name}.ipynb").read_text(encoding="utf-8"))["cells"]
            return statistics.median(_checks(client, [cell for cell in cells if cell["cell_type"] == "code"]))
        finally:
            client.stop_channels()
            manager.shutdown_kernel(now=True)


def _checks(client: Any, cells: list[dict[str, Any]]) -> list[float]:
    found = []
    for cell in cells:
        source = "".join(cell["source"])
        tested = "grader.check(" in source
        for _ in range(5 if tested else 1):
            began = time.perf_counter()
            client.execute_interactive(source, output_hook=lambda message: None, timeout=60)
            if tested:
                found.append((time.perf_counter() - began) * 1000)
    return found
