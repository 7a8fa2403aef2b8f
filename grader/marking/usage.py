"""What a child and all that it started use now, read from /proc. Standard library only."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Collection
from dataclasses import dataclass, field

PAGE = os.sysconf("SC_PAGE_SIZE")
LARGE = 64_000_000
FEW = 4  # programs of one child that may run as fast as everyone else's: a kernel of its own, a command and its helper
# Memory that two processes can share and that stays when neither looks at it: it has a name here and in no folder.
NAMELESS = ("/dev/zero (deleted)", "/memfd:", "/SYSV", "[anon_shmem:")


@dataclass
class Uses:
    """The memory in bytes, beyond what was there at the fork, and the numbers of processes and of open files."""

    own: int = 0
    processes: int = 0
    files: int = 0
    shared: dict[str, int] = field(default_factory=dict)

    @property
    def memory(self) -> int:
        """Return all memory together."""
        return self.own + sum(self.shared.values())


class Usage:
    """Made in the warm process before it forks, whose own memory every child has from it."""

    def __init__(self) -> None:
        self._size, self._own = _sizes("self")
        self._calmed: set[int] = set()

    def of(self, children: Collection[int]) -> dict[int, Uses]:
        """Return what each child uses with all its descendants; where those are many, they come last from now on."""
        found = {child: Uses() for child in children}
        programs: dict[int, list[int]] = {child: [] for child in children}
        grown = dict.fromkeys(children, 0)
        parents = _parents()
        self._calmed &= parents.keys()
        for process in parents:
            top = process
            while top not in found and parents.get(top, 0) > 1:
                top = parents[top]
            if top not in found:
                continue
            size, own = _sizes(str(process))
            grown[top] += max(0, size - self._size)
            found[top].own += max(0, own - self._own)
            found[top].processes += 1
            found[top].files += _open_files(process)
            programs[top].append(process)
        for top, started in programs.items():
            for process in started if grown[top] > LARGE else ():
                found[top].shared |= _nameless(process)
            for process in set(started) - {top} - self._calmed if len(started) > FEW + 1 else ():
                self._calmed.add(process)
                _calm(process)
        return found


def _parents() -> dict[int, int]:
    found = {}
    for name in os.listdir("/proc"):
        if name.isdigit():
            with contextlib.suppress(OSError, IndexError, ValueError), open(f"/proc/{name}/stat", "rb") as file:
                found[int(name)] = int(file.read().rpartition(b")")[2].split()[1])
    return found


def _sizes(process: str) -> tuple[int, int]:
    """Return the size of a process and how much of it is its own, in bytes."""
    with contextlib.suppress(OSError, IndexError, ValueError), open(f"/proc/{process}/statm", "rb") as file:
        fields = file.read().split()
        return int(fields[0]) * PAGE, (int(fields[1]) - int(fields[2])) * PAGE
    return 0, 0


def _open_files(process: int) -> int:
    """Return how many files, pipes and connections a process has open: each connection may hold memory of the system's."""
    with contextlib.suppress(OSError):
        # a kernel before 6.2 does not tell the number
        return os.stat(f"/proc/{process}/fd").st_size or len(os.listdir(f"/proc/{process}/fd"))
    return 0


def _nameless(process: int) -> dict[str, int]:
    """Return the nameless shared memory that a process has in sight, each piece by its number."""
    found: dict[str, int] = {}
    with (
        contextlib.suppress(OSError, ValueError),
        open(f"/proc/{process}/maps", encoding="utf-8", errors="replace") as file,
    ):
        for line in file:
            place, _, _, device, number, *name = line.rstrip("\n").split(None, 5)
            if name and name[0].startswith(NAMELESS):
                start, end = (int(part, 16) for part in place.split("-"))
                found[f"{device} {number}"] = found.get(f"{device} {number}", 0) + end - start
    return found


def _calm(process: int) -> None:
    """Let a program that a cell has started come after everyone else's, in a session of its own too."""
    with contextlib.suppress(OSError):
        os.setpriority(os.PRIO_PROCESS, process, 19)
    with contextlib.suppress(OSError):
        if os.getsid(process) == process:
            with open(f"/proc/{process}/autogroup", "w") as file:
                file.write("19")
