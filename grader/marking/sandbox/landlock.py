"""Landlock: which files a process may read or write, for good. Standard library only."""

from __future__ import annotations

import ctypes
import os
from collections.abc import Iterable

from grader.marking.sandbox.linux import SYS_LANDLOCK, call

EXECUTE, WRITE_FILE, READ_FILE, READ_DIR = 1, 2, 4, 8
READ = READ_FILE | READ_DIR | EXECUTE
FILE_ONLY = EXECUTE | WRITE_FILE | READ_FILE | 1 << 14 | 1 << 15
BITS = {1: 13, 2: 14, 3: 15, 4: 15, 5: 16}


def version() -> int:
    """Return the kernel's Landlock version; 0 where there is none."""
    try:
        return call(SYS_LANDLOCK, None, ctypes.c_size_t(0), ctypes.c_uint32(1))
    except OSError:
        return 0


def enter(readable: Iterable[str], writable: Iterable[str], devices: Iterable[str] = ()) -> None:
    """Allow these trees and nothing else; paths that are not there are left out."""
    kernel = version()
    handled = (1 << BITS.get(min(kernel, 5), 16)) - 1

    class Rules(ctypes.Structure):
        _fields_ = [("files", ctypes.c_uint64), ("net", ctypes.c_uint64), ("scoped", ctypes.c_uint64)]

    rules = Rules(handled, 3 if kernel >= 4 else 0, 3 if kernel >= 6 else 0)
    size = 8 if kernel < 4 else 16 if kernel < 6 else 24
    held = call(SYS_LANDLOCK, ctypes.byref(rules), ctypes.c_size_t(size), ctypes.c_uint32(0))
    for paths, access in ((readable, READ), (writable, handled), (devices, READ_FILE | WRITE_FILE | 1 << 15)):
        for path in paths:
            _allow(held, path, access & handled)
    call(SYS_LANDLOCK + 2, ctypes.c_int(held), ctypes.c_uint32(0))
    os.close(held)


def _allow(held: int, path: str, access: int) -> None:
    class Beneath(ctypes.Structure):
        _pack_ = 1
        _layout_ = "ms"
        _fields_ = [("access", ctypes.c_uint64), ("parent", ctypes.c_int32)]

    try:
        place = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except OSError:
        return
    try:
        if not os.path.isdir(path):
            access &= FILE_ONLY
        rule = Beneath(access, place)
        call(SYS_LANDLOCK + 1, ctypes.c_int(held), ctypes.c_int(1), ctypes.byref(rule), ctypes.c_uint32(0))
    finally:
        os.close(place)
