"""Step into the sandbox: once for the warm process, once more for every child. Standard library only."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePath

from grader.marking.sandbox import landlock, linux, seccomp, view

if sys.platform != "win32":
    import resource

EVERYTHING = (
    linux.CLONE_NEWNS | linux.CLONE_NEWPID | linux.CLONE_NEWNET | linux.CLONE_NEWIPC | linux.CLONE_NEWUTS
)  # fmt: skip
NOBODY = 65534
NAMESPACES, LANDLOCK = "namespaces", "landlock"


@dataclass(frozen=True)
class Limits:
    """What one child may use. Times are seconds, sizes are bytes."""

    cell_time: float = 30
    notebook_time: float = 300
    memory: int = 2_000_000_000
    processes: int = 64
    files: int = 1_024
    disk: int = 200_000_000
    file: int = 100_000_000
    output: int = 500_000


def enter_warm(layer: str, trees: Sequence[str], fonts: Sequence[str], root: str) -> None:
    """Take the warm process inside. With namespaces this returns in a new process, the first of its own."""
    if layer == NAMESPACES:
        as_root = os.geteuid() == 0
        (_enter_as_root if as_root else _enter_as_user)(trees, fonts, root)
        _mount_proc()
        view.cover("/tmp", "mode=1777,size=16m", trees)
        linux.prctl(linux.PR_SET_DUMPABLE, 1)  # changing user had cleared it, and children must map their user
        linux.die_with_parent()
    elif layer == LANDLOCK:
        if os.geteuid() == 0 and nobody_reads(trees):
            _become_nobody()
        linux.prctl(linux.PR_SET_DUMPABLE, 0)


def _enter_as_user(trees: Sequence[str], fonts: Sequence[str], root: str) -> None:
    user, group = os.getuid(), os.getgid()
    linux.unshare(linux.CLONE_NEWUSER | EVERYTHING)
    linux.map_ids(0, user, group)
    view.build(root, trees, fonts)
    _go_on_as_first_process()


def _enter_as_root(trees: Sequence[str], fonts: Sequence[str], root: str) -> None:
    """Build the view with root's eyes, then hand over to a user of nobody's who is root only inside."""
    linux.unshare(linux.CLONE_NEWNS)
    view.build(root, trees, fonts)
    ready, mapped = os.pipe(), os.pipe()
    child = os.fork()
    if child:
        os.read(ready[0], 1)
        linux.map_ids(0, NOBODY, NOBODY, str(child))
        os.write(mapped[1], b"x")
        _leave_with(child)
    linux.die_with_parent()
    linux.unshare(linux.CLONE_NEWUSER)
    os.write(ready[1], b"x")
    os.read(mapped[0], 1)
    os.setgroups([])
    os.setresgid(0, 0, 0)
    os.setresuid(0, 0, 0)
    for held in (*ready, *mapped):
        os.close(held)
    linux.unshare(EVERYTHING)
    _go_on_as_first_process()


def _go_on_as_first_process() -> None:
    child = os.fork()
    if child:
        _leave_with(child)


def _leave_with(child: int) -> None:
    """End as the child ends; a signal to this process ends the child."""
    signal.signal(signal.SIGTERM, lambda *_: os.kill(child, signal.SIGKILL))
    status = os.waitpid(child, 0)[1]
    os._exit(os.waitstatus_to_exitcode(status) & 0xFF)


def _mount_proc() -> None:
    try:
        linux.mount("proc", "/proc", "proc", linux.MS_NOSUID | linux.MS_NODEV | linux.MS_NOEXEC)
    except OSError:  # the container masks parts of /proc; each child covers it with nothing
        pass


def nobody_reads(trees: Sequence[str]) -> bool:
    """Say whether a user without rights can reach these folders; where not, root stays root, with no privilege."""
    places = {path for tree in trees for path in (tree, *map(str, PurePath(tree).parents))}
    return all(os.stat(path).st_mode & 0o001 for path in places)


def _become_nobody() -> None:
    os.setgroups([])
    os.setresgid(NOBODY, NOBODY, NOBODY)
    os.setresuid(NOBODY, NOBODY, NOBODY)


def close_view() -> None:
    """Make what was left writable while the warm process got ready read-only too."""
    flags = linux.MS_BIND | linux.MS_REMOUNT | linux.MS_RDONLY | linux.MS_NOSUID | linux.MS_NODEV
    linux.mount("", "/", "", flags)


def fork_apart(own: int) -> int:
    """Fork a child that is the first process of a table of its own; `own` is this process's table."""
    linux.unshare(linux.CLONE_NEWPID)
    child = os.fork()
    if child:
        linux.setns(own, linux.CLONE_NEWPID)
    return child


def enter_child(layer: str, limits: Limits, folder: str, readable: Sequence[str], inherited: int) -> None:
    """Take a child that has just been forked inside; nothing of the learner's has run yet."""
    if layer == NAMESPACES:
        linux.unshare(linux.CLONE_NEWNS | linux.CLONE_NEWIPC | linux.CLONE_NEWUTS | linux.CLONE_NEWNET)
        linux.switch_on_loopback()
        linux.small_buffers()
        view.fresh(limits.disk, readable)
        os.chdir(view.HOME)
        linux.unshare(linux.CLONE_NEWUSER)
        linux.map_ids(1000, 0, 0)
    else:
        os.chdir(folder)
    _limit(layer, limits, inherited)
    linux.drop_capabilities()
    if layer == LANDLOCK:
        linux.die_with_parent()
        devices = [f"/dev/{name}" for name in view.DEVICES]
        landlock.enter([*view.SYSTEM, *view.settings(), *readable], [folder], devices)
        linux.prctl(linux.PR_SET_DUMPABLE, 1)  # the warm process sees what it uses; other children cannot, by Landlock
        seccomp.enter(seccomp.own_pid_program())
    else:
        seccomp.enter(seccomp.program(alone=False))


def _limit(layer: str, limits: Limits, inherited: int) -> None:
    wanted = {
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_FSIZE: limits.file,
        resource.RLIMIT_DATA: limits.memory + inherited,
        resource.RLIMIT_NOFILE: 512,
        resource.RLIMIT_CPU: int(limits.notebook_time) * 2 + 10,
    }
    if layer == NAMESPACES:
        wanted[resource.RLIMIT_NPROC] = limits.processes
        # to look after what is only reserved takes memory of the system's too
        wanted[resource.RLIMIT_AS] = _size() + 32 * limits.memory
    else:  # nobody counts here what a process shares with itself alone
        wanted[resource.RLIMIT_AS] = _size() + 2 * limits.memory
    # these are counted for each user of the machine
    wanted |= {resource.RLIMIT_MSGQUEUE: 0, resource.RLIMIT_MEMLOCK: 0, resource.RLIMIT_SIGPENDING: 1_000}
    for kind, most in wanted.items():
        hard = resource.getrlimit(kind)[1]
        most = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(kind, (most, most))


def _size() -> int:
    with open("/proc/self/statm", "rb") as file:
        return int(file.read().split()[0]) * resource.getpagesize()
