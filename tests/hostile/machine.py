"""The machine: what everyone on it shares, and what no limit of a process counts."""

from __future__ import annotations

from hostile.attack import FULL, Attack, code, shown

LIBC = "import ctypes, mmap, os, time\nlibc = ctypes.CDLL(None, use_errno=True)\n"
SHARED = (
    "held = []\nfor _ in range(60):\n    part = mmap.mmap(-1, 50_000_000)\n    part.write(b'x' * 50_000_000)\n    held.append(part)\n"
    "    libc.prctl(0x53564d41, ctypes.c_ulong(0), ctypes.c_ulong(ctypes.addressof(ctypes.c_char.from_buffer(part))), ctypes.c_ulong(50_003_968), b'own')\n"
    "time.sleep(20)"
)
FILLED = """
import os, socket, time
def fill():
    held = []
    try:
        while True:
            for each in socket.socketpair():
                each.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 10_000_000)
                each.setblocking(False)
                held.append(each)
                try:
                    while True:
                        each.send(b'x' * 4_000)
                except BlockingIOError:
                    pass
    except OSError:
        return held
for _ in range(15):
    if not os.fork():
        held = fill()
        time.sleep(20)
held = fill()
time.sleep(20)
"""

ATTACKS: dict[str, Attack] = {
    "a door of the machine, by a family of its own": code("import socket\nheld = socket.socket(40, socket.SOCK_STREAM)\nheld.bind((0xFFFFFFFF, 0xFFFFFFFF))"),
    "the kernel's own ciphers": code("import socket\nheld = socket.socket(38, socket.SOCK_SEQPACKET)\nheld.bind(('hash', 'sha256'))"),
    "every watch that a user may have": code(LIBC + "held = [libc.inotify_init1(0) for _ in range(400)]\nassert max(held) > 0"),
    "every terminal that there is": code("import os\nheld = []\ntry:\n    while True:\n        held.append(os.open('/dev/ptmx', os.O_RDWR))\nexcept OSError:\n    assert len(held) > 100", refused=True),
    "pages that nobody may put away": code(LIBC + "part = mmap.mmap(-1, 1_000_000, mmap.MAP_PRIVATE)\nassert libc.mlock(ctypes.c_void_p(ctypes.addressof(ctypes.c_char.from_buffer(part))), 1_000_000) == 0"),
    "signals that wait in a row": code(LIBC + "import signal\nsignal.pthread_sigmask(signal.SIG_BLOCK, range(1, 65))\nassert sum(libc.sigqueue(os.getpid(), 40, None) == 0 for _ in range(5_000)) == 5_000"),
    "memory that connections hold": code(FILLED),
    "connections that hold more": code("import socket\none, other = socket.socketpair()\none.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 10_000_000)\nassert one.getsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF) > 1_000_000"),
    "connections of the net that hold more": code("import socket\nopen_to = socket.create_server(('127.0.0.1', 0))\none = socket.create_connection(open_to.getsockname())\none.setblocking(False)\nsent = 0\ntry:\n    while True:\n        sent += one.send(b'x' * 100_000)\nexcept BlockingIOError:\n    assert sent > 2_000_000"),
    "memory out of sight": code(LIBC + "libc.prctl(4, 0, 0, 0, 0)\n" + SHARED, "Stopped"),
    "memory by another name": code(LIBC + SHARED, "Stopped"),
    "memory in small parts": code(LIBC + "for _ in range(18):\n    if not os.fork():\n        part = mmap.mmap(-1, 45_000_000)\n        part.write(b'x' * 45_000_000)\n        time.sleep(20)\ntime.sleep(20)", refused=True),
    "memory only reserved": code("import mmap\nheld = mmap.mmap(-1, 1 << 40, mmap.MAP_PRIVATE, mmap.PROT_READ)"),
    "pages lent to a pipe": code(LIBC + "read, write = os.pipe()\npart = ctypes.create_string_buffer(4096)\nclass Part(ctypes.Structure):\n    _fields_ = [('base', ctypes.c_void_p), ('length', ctypes.c_size_t)]\nassert libc.vmsplice(write, ctypes.byref(Part(ctypes.addressof(part), 1)), 1, 0) == 1"),
    "files open without number": code("import os\nfor _ in range(15):\n    if not os.fork():\n        break\nheld = []\nfor _ in range(400):\n    held.append(open('/dev/null'))\nimport time\ntime.sleep(20)", refused=True),
    "the clock set": code("import time\ntime.clock_settime(time.CLOCK_REALTIME, 0)"),
    "the machine's name changed": code("import socket\nsocket.sethostname('mine')"),
    "the kernel's messages read": code(LIBC + "assert libc.klogctl(3, ctypes.create_string_buffer(1_000), 1_000) >= 0"),
    "the kernel's settings changed": code("open('/proc/sys/vm/overcommit_memory', 'w').write('0')"),
    "a program that runs with others' rights": code("import subprocess\nassert subprocess.run(['su', '-c', 'id'], input='', capture_output=True, text=True).returncode == 0"),
    "others made slow": shown("import os\nfor kind in (os.PRIO_PROCESS, os.PRIO_PGRP, os.PRIO_USER):\n    try:\n        os.setpriority(kind, 0, 0)\n    except OSError:\n        pass"),
    "time that stands still": shown("import time\ntime.time = time.monotonic = lambda: 0.0\ntime.sleep = lambda seconds: None\ntime.sleep(600)"),
    "things left in the folder": shown(
        "import os, socket\nos.mkfifo('pipe.csv')\nos.symlink('/dev/zero', 'zero.csv')\nos.symlink('.', 'round')\nos.makedirs('a/b/c/d/e/f/g')\nopen('shut.csv', 'w').close()\nos.truncate('shut.csv', 19_000_000)\n"
        "for name in ('\\n', ' ', '-rf', 'con', 'a' * 250, '\\u202e.csv', 'table.csv '):\n    open(name, 'w').close()\n"
        "try:\n    os.chmod('shut.csv', 0)\n    socket.socket(socket.AF_UNIX).bind('door.csv')\nexcept OSError:\n    pass"
    ),
    "files of many gigabytes that are only holes": Attack(
        {"drawn": "for n in range(190):\n    open(f'{n}.csv', 'wb').truncate(19_000_000)"}, FULL | {"drawn_test": 0.0}
    ),
}  # fmt: skip
