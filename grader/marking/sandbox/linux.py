"""The few Linux calls the sandbox needs, by ctypes. Imports nothing that starts a thread."""

from __future__ import annotations

import contextlib
import ctypes
import os
import platform
import sys
from typing import Any

CLONE_NEWNS, CLONE_NEWUTS, CLONE_NEWIPC = 0x00020000, 0x04000000, 0x08000000
CLONE_NEWUSER, CLONE_NEWPID, CLONE_NEWNET = 0x10000000, 0x20000000, 0x40000000
MS_RDONLY, MS_NOSUID, MS_NODEV, MS_NOEXEC, MS_REMOUNT = 1, 2, 4, 8, 32
MS_BIND, MS_REC, MS_PRIVATE = 4096, 16384, 1 << 18
MNT_DETACH = 2
SIOCSIFFLAGS, IFF_UP = 0x8914, 1
PR_SET_PDEATHSIG, PR_SET_DUMPABLE, PR_CAPBSET_DROP = 1, 4, 24
PR_SET_SECCOMP, PR_SET_NO_NEW_PRIVS, PR_CAP_AMBIENT = 22, 38, 47
SYS_MOUNT_SETATTR, SYS_LANDLOCK = 442, 444
_MACHINE = platform.machine()
SYS_PIVOT_ROOT = 155 if _MACHINE == "x86_64" else 41
SYS_CAPSET = 126 if _MACHINE == "x86_64" else 91

_libc: Any = ctypes.CDLL(None, use_errno=True) if sys.platform != "win32" else None


def call(number: int, *arguments: object) -> int:
    """Make a system call by number; raise OSError when it is refused."""
    return _checked(_libc.syscall(ctypes.c_long(number), *arguments))


def _checked(result: int) -> int:
    if result == -1:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))
    return int(result)


def unshare(flags: int) -> None:
    """Leave the named namespaces for new ones."""
    _checked(_libc.unshare(flags))


def setns(held: int, kind: int) -> None:
    """Enter the namespace that an open file stands for."""
    _checked(_libc.setns(held, kind))


def mount(source: str, target: str, kind: str, flags: int = 0, options: str = "") -> None:
    """Mount one filesystem."""
    _checked(
        _libc.mount(
            source.encode(),
            target.encode(),
            kind.encode(),
            ctypes.c_ulong(flags),
            options.encode() if options else None,
        )
    )


def umount(target: str) -> None:
    """Let go of a mount once nobody uses it."""
    _checked(_libc.umount2(target.encode(), MNT_DETACH))


def pivot_root(new: str, old: str) -> None:
    """Make `new` the root; what was the root is at `old`."""
    call(SYS_PIVOT_ROOT, new.encode(), old.encode())


def read_only(path: str) -> None:
    """Make a mount and all below it read-only, without devices or set-user programs."""

    class Attributes(ctypes.Structure):
        _fields_ = [(name, ctypes.c_uint64) for name in ("set", "clear", "propagation", "userns")]

    wanted = Attributes(1 | 2, 0, 0, 0)  # read-only, nosuid
    try:
        call(SYS_MOUNT_SETATTR, -100, path.encode(), 0x8000, ctypes.byref(wanted), ctypes.sizeof(wanted))
    except OSError:
        mount("", path, "", MS_BIND | MS_REMOUNT | MS_RDONLY | MS_NOSUID)


def prctl(option: int, *arguments: object) -> int:
    """Set one property of this process."""
    filled = [ctypes.c_ulong(a) if isinstance(a, int) else a for a in arguments]
    return _checked(_libc.prctl(option, *filled, *[ctypes.c_ulong(0)] * (4 - len(filled))))


def small_buffers() -> None:
    """Let connections inside this network namespace hold little: what they hold, the whole machine may run out of."""
    for name in ("tcp_rmem", "tcp_wmem"):
        with contextlib.suppress(OSError):  # a container may show this read-only
            with open(f"/proc/sys/net/ipv4/{name}", "w", encoding="ascii") as file:
                file.write("4096 65536 65536")


def switch_on_loopback() -> None:
    """Let processes of this network namespace reach one another at 127.0.0.1, as kernels do; nothing else is there."""
    import fcntl
    import socket
    import struct

    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asked:
        fcntl.ioctl(asked, SIOCSIFFLAGS, struct.pack("16sh14x", b"lo", IFF_UP))


def die_with_parent() -> None:
    """Have the kernel end this process when its parent ends."""
    prctl(PR_SET_PDEATHSIG, 9)


def drop_capabilities() -> None:
    """Give up every privilege, now and for programs started later."""
    header = (ctypes.c_uint32 * 2)(0x20080522, 0)
    data = (ctypes.c_uint32 * 6)()
    call(SYS_CAPSET, header, data)
    prctl(PR_SET_NO_NEW_PRIVS, 1)


def map_ids(inside: int, outside_user: int, outside_group: int, process: str = "self") -> None:
    """Say which user the one user of a new user namespace is."""
    if process == "self":
        _write(f"/proc/{process}/setgroups", "deny")
    _write(f"/proc/{process}/uid_map", f"{inside} {outside_user} 1")
    _write(f"/proc/{process}/gid_map", f"{inside} {outside_group} 1")


def _write(path: str, text: str) -> None:
    held = os.open(path, os.O_WRONLY)
    try:
        os.write(held, text.encode())
    finally:
        os.close(held)
