"""Processes, signals and threads: nothing outside is touched and nothing is left running."""

from __future__ import annotations

from hostile.attack import FULL, Attack, code, shown
from hostile.resources import ENDED, LOOP, STUCK

ATTACKS: dict[str, Attack] = {
    "a fork bomb": code("import os\nwhile True:\n    os.fork()", ""),
    "a fork bomb of the shell": code("!:(){ :|:& };:"),
    "a fork bomb that catches what stops it": code(
        "import os\nwhile True:\n    try:\n        os.fork()\n    except OSError:\n        pass", "Stopped"
    ),
    "Python ended at once": code("import os\nos._exit(0)", ENDED),
    "Python aborted": code("import os\nos.abort()", ENDED),
    "Python ended politely": code("import sys\nsys.exit(0)"),
    "exit typed": code("exit()"),
    "quit in a thread": code("import os, threading\nthreading.Timer(0.1, os._exit, [0]).start()\nimport time\ntime.sleep(5)", ENDED),
    "itself killed": code("import os, signal\nos.kill(os.getpid(), signal.SIGKILL)\nos.kill(os.getpid(), signal.SIGTERM)", ""),
    "itself stopped": code("import os, signal\nos.kill(os.getpid(), signal.SIGSTOP)\nwhile True:\n    pass", "Stopped"),
    "everyone killed": code("import os, signal\nfor who in (-1, 0, os.getppid()):\n    try:\n        os.kill(who, signal.SIGKILL)\n    except OSError:\n        pass", ""),
    "every number killed": code(
        "import os, signal\nfor who in range(2, 70_000):\n    try:\n        os.kill(who, signal.SIGKILL)\n    except OSError:\n        pass", ""
    ),
    "the marker's process killed by name": code("import os\nos.kill(@PROCESS@, 9)"),
    "a handle on the marker's process": code("import os, signal\nsignal.pidfd_send_signal(os.pidfd_open(@PROCESS@), 9)"),
    "a parent's end asked for by F_SETOWN": code(
        "import fcntl, os, signal\nread, write = os.pipe()\nfcntl.fcntl(read, fcntl.F_SETOWN, @PROCESS@)\n"
        "fcntl.fcntl(read, 10, signal.SIGKILL)\nfcntl.fcntl(read, fcntl.F_SETFL, os.O_ASYNC | os.O_NONBLOCK)\nos.write(write, b'x')"
    ),
    "a daemon that leaves twice": shown(
        "import os, time\nif not os.fork():\n    os.setsid()\n    if not os.fork():\n        while True:\n            time.sleep(1)\n    os._exit(0)", refused=True
    ),
    "programs left running": shown("import subprocess\nfor _ in range(10):\n    subprocess.Popen(['sleep', '4242'], start_new_session=True)", refused=True),
    "a program that ignores being stopped": code("!trap '' INT TERM HUP; sleep 4242", "Stopped", refused=True),
    "a thread that changes answers later": Attack(
        {"total": "import threading, time\ndef spoil():\n    while True:\n        time.sleep(0.001)\n        globals()['by_place'] = lambda table: [3, 2, 1]\n"
         "threading.Thread(target=spoil, daemon=True).start()"},
        FULL | {"total_test": 0.0, "by_place_test": 0.0, "drawn_test": 0.0}, apart=True,
    ),
    "work left for the end": shown("import atexit, os\natexit.register(lambda: os.write(1, b'late' * 1000))\natexit.register(os._exit, 5)"),
    "a finaliser that ends Python": code("import os\nclass Last:\n    def __del__(self):\n        os._exit(7)\nlast = Last()\ndel last", ENDED),
    "an alarm set for later": code("import signal\nsignal.signal(signal.SIGALRM, signal.SIG_DFL)\nsignal.setitimer(signal.ITIMER_REAL, 0.3)\nwhile True:\n    pass", "Stopped", refused=True),
    "limits raised, then lowered": code("import resource\ntry:\n    resource.setrlimit(resource.RLIMIT_NPROC, (-1, -1))\nexcept (ValueError, OSError):\n    resource.setrlimit(resource.RLIMIT_NOFILE, (0, 0))", "", apart=True),
    "limits of the parent changed": code("import os, resource\nresource.prlimit(os.getppid() or 1, resource.RLIMIT_NOFILE, (1, 1))", apart=True),
    "the highest priority": shown("import os\ntry:\n    os.nice(-20)\nexcept OSError:\n    pass"),
    "every core kept busy": shown("import os\nfor _ in range(8):\n    if not os.fork():\n        while True:\n            pass", refused=True),
    "tracing": code("import ctypes\nlibc = ctypes.CDLL(None, use_errno=True)\nassert libc.ptrace(16, @PROCESS@, 0, 0) == 0"),
    "memory of another process": code("open('/proc/@PROCESS@/mem', 'r+b').read(1)"),
    "memory of the parent": code("import os\nprint(open(f'/proc/{os.getppid()}/environ').read())\nprint(open(f'/proc/{os.getppid()}/mem', 'rb').read(1))"),
    "new namespaces": code("import ctypes\nlibc = ctypes.CDLL(None, use_errno=True)\nassert libc.unshare(0x10000000 | 0x20000) == 0"),
    "another root": code("import os\nos.chroot('/tmp')"),
    "a settrace that never returns": code("import sys\ndef follow(*_):\n    while True:\n        try:\n            while True:\n                pass\n        except BaseException:\n            pass\nsys.settrace(follow)\n(lambda: 0)()", STUCK),
    "a profiler on every call": shown("import sys\nsys.setprofile(lambda *_: None)"),
    "a loop in the collector": code("import gc\ndef again(*_):\n    while True:\n        pass\ngc.callbacks.append(again)\ngc.collect()", LOOP),
    "an event loop closed": shown("import asyncio\nloop = asyncio.get_event_loop()\nloop.call_soon(loop.stop)"),
    "an event loop blocked": code("import asyncio, time\nasync def f():\n    while True:\n        time.sleep(1)\nawait f()", LOOP),
    "tasks left in the event loop": shown("import asyncio\nasync def f():\n    while True:\n        await asyncio.sleep(0)\ntask = asyncio.ensure_future(f())"),
}  # fmt: skip
