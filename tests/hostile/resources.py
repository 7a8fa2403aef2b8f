"""Time, memory, disk and output: each limit costs one cell, and says so."""

from __future__ import annotations

from hostile.attack import FULL, MARKED, WITHOUT_TOTAL, Attack, code, shown
from marking_room import RIGHT

LOOP, STUCK, MEMORY, ENDED, OUTPUT = (
    "Is there a loop that never ends?", "did not let go", "MB of memory", "Python ended while this cell ran", "the rest is left out",
)  # fmt: skip
CUT = (OUTPUT, "Output truncated")  # shown where the cell's own output is

ATTACKS: dict[str, Attack] = {
    "a loop without end": code("while True:\n    pass", LOOP),
    "a loop that ignores the stop button": code(
        """
        while True:
            try:
                while True:
                    pass
            except BaseException:
                pass
        """,
        STUCK,
    ),
    "the stop button taken away": code(
        "import signal\nsignal.signal(signal.SIGINT, signal.SIG_IGN)\nsignal.pthread_sigmask(signal.SIG_BLOCK, range(1, 65))\nwhile True:\n    pass",
        STUCK,
    ),
    "a sleep inside C": code("import ctypes\nctypes.CDLL(None).sleep(600)", LOOP),
    "a pattern that backtracks for ever": code("import re\nre.match(r'(a+)+$', 'a' * 60 + 'b')", LOOP),
    "a number too large to make": code("10 ** 10 ** 10", LOOP),
    "a wait for an answer from the keyboard": code("total = input('total? ')"),
    "a wait on a lock that nobody opens": code("import threading\nheld = threading.Lock()\nheld.acquire()\nheld.acquire()", LOOP),
    "memory by a list that grows": code("held = []\nwhile True:\n    held.append('x' * 20_000_000)", MEMORY),
    "memory held by one cell, that another tells of": Attack(
        {
            "total": "held = bytearray(50_000_000)\nraise MemoryError",
            "by_place": f"{RIGHT['by_place']}\nright = by_place\ndef by_place(table):\n    import sys\n"
            "    if 'held' in globals():\n        print('MemoryError', file=sys.stderr)\n    return right(table)",
        },
        dict(WITHOUT_TOTAL),
        says=MEMORY,
    ),
    "memory in one piece": code("held = bytearray(20_000_000_000)", MEMORY),
    "memory by numpy": code("import numpy as np\nheld = np.ones((60_000, 60_000))", MEMORY),
    "memory shared with nobody": code(
        "import mmap\nheld = []\nfor _ in range(60):\n    part = mmap.mmap(-1, 50_000_000)\n    part.write(b'x' * 50_000_000)\n    held.append(part)\n"
        "import time\ntime.sleep(20)",
        "Stopped",
    ),
    "memory in files without a name": code(
        "import os\nfor n in range(60):\n    held = os.memfd_create(str(n))\n    for _ in range(50):\n        os.write(held, b'x' * 1_000_000)",
    ),
    "memory of the system's old kind": code(
        "import ctypes\nlibc = ctypes.CDLL(None)\nlibc.shmat.restype = ctypes.c_void_p\nfor _ in range(60):\n"
        "    number = libc.shmget(0, 50_000_000, 0o1600)\n    assert number >= 0\n"
        "    ctypes.memset(ctypes.c_void_p(libc.shmat(number, None, 0)), 1, 50_000_000)",
    ),
    "memory shared and let go of": code(
        "import mmap, time\nheld = []\nfor _ in range(60):\n    part = mmap.mmap(-1, 50_000_000)\n    part.write(b'x' * 50_000_000)\n"
        "    part.madvise(mmap.MADV_DONTNEED)\n    held.append(part)\ntime.sleep(20)",
        "Stopped",
    ),
    "a table joined with itself until it is too big": code(
        "held = pd.DataFrame({'a': [1] * 60_000})\nheld.merge(held, on='a')", MEMORY
    ),
    "recursion without end": code("def f(n):\n    return f(n + 1)\nf(0)"),
    "recursion until C has no room": code("import sys\nsys.setrecursionlimit(10 ** 9)\nclass A:\n    def __repr__(self):\n        return repr(self)\nrepr(A())", ENDED),
    "a fault in C": code("import ctypes\nctypes.string_at(0)", ENDED),
    "threads without number": code("import threading, time\nfor _ in range(5_000):\n    threading.Thread(target=time.sleep, args=(20,), daemon=True).start()"),
    "a disk filled by one file": code("with open('big', 'wb') as file:\n    while True:\n        file.write(b'x' * 1_000_000)"),
    "a disk filled by many files": code("n = 0\nwhile True:\n    open(f'f{n}', 'wb').write(b'x' * 1_000_000)\n    n += 1"),
    "a disk filled by empty files": code("n = 0\nwhile True:\n    open(f'f{n}', 'w').close()\n    n += 1"),
    "a file with a hole of ten gigabytes": code("with open('hole', 'wb') as file:\n    file.truncate(10_000_000_000)"),
    "/tmp and shared memory filled": code("import itertools\nfor n in itertools.count():\n    open(f'/tmp/f{n % 2}' if n % 2 else '/dev/shm/g', 'ab').write(b'x' * 5_000_000)"),
    "one line without end": code("import sys\nwhile True:\n    sys.stdout.write('x' * 10_000)", OUTPUT),
    "print without end": code("while True:\n    print('again')", "Output truncated"),
    "output past Python": code("import os\nwhile True:\n    os.write(1, b'y' * 100_000)"),
    "output of another program": code("!yes | head -c 300000000", "Output truncated", refused=True),
    "displays without number": shown("from IPython.display import display, HTML\nfor n in range(2_500):\n    display(HTML(f'<b>{n}</b>'))", says=OUTPUT),
    "a display changed without end": code("from IPython.display import display, HTML\nh = display(HTML('a'), display_id=True)\nwhile True:\n    h.update(HTML('b' * 1000))", LOOP),
    "a picture of ten thousand inches": shown("plt.figure(figsize=(1, 1)).savefig('own.png')\nfigure = plt.figure(figsize=(2_000, 2_000))", says=""),
    "a hundred open charts": shown("for _ in range(30):\n    plt.figure(figsize=(1, 1))\n    plt.plot([1, 2])"),
    "an answer with a repr of half a gigabyte": shown("class Loud:\n    def __repr__(self):\n        return 'x' * 120_000_000\ndisplay(Loud())", says=OUTPUT),
    "an answer whose repr never ends": code("class Slow:\n    def __repr__(self):\n        while True:\n            pass\nSlow()", LOOP),
    "an answer whose repr raises": shown("class Bad:\n    def __repr__(self):\n        raise SystemExit\ntry:\n    display(Bad())\nexcept BaseException:\n    pass"),
    "an error of ten megabytes": code("raise ValueError('x' * 10_000_000)", OUTPUT),
    "an error of ten million lines": code("class Long(Exception):\n    def _render_traceback_(self):\n        return ['line'] * 2_000_000\nraise Long", OUTPUT),
    "five megabytes shown by every cell": Attack(
        {name: f"display({{'text/plain': 'x', 'text/html': '<p>' + 'y' * 1_900_000 + '</p>'}}, raw=True)\n{text}" for name, text in RIGHT.items() if name != "why"}
    ),
    "every cell a loop": Attack(
        dict.fromkeys(("total", "by_place", "doubled", "share", "drawn"), "while True:\n    pass"),
        dict.fromkeys(FULL, 0.0), MARKED, LOOP,
    ),
    "every cell ends Python": Attack(
        dict.fromkeys(("total", "by_place", "doubled", "share", "drawn"), "import os\nos._exit(0)"),
        dict.fromkeys(FULL, 0.0), MARKED, ENDED,
    ),
    "a function that never ends, met by the test": Attack(
        {"total": "def total(table):\n    while True:\n        pass"}, WITHOUT_TOTAL, MARKED, LOOP
    ),
    "a function that takes all memory, met by the test": Attack(
        {"total": "def total(table):\n    return len([bytearray(10_000_000) for _ in range(1_000)])"}, WITHOUT_TOTAL, MARKED, MEMORY
    ),
    "a function that ends Python, met by the test": Attack(
        {"total": "import os\ndef total(table):\n    os._exit(0)"}, WITHOUT_TOTAL, MARKED, ENDED
    ),
    "a function that sleeps longer each time": Attack(
        {"total": "import time\nwaited = [1]\ndef total(table):\n    waited[0] *= 2\n    time.sleep(waited[0])\n    return 42"}, WITHOUT_TOTAL, MARKED, LOOP
    ),
    "an iterator without end for an answer": Attack(
        {"by_place": "import itertools\ndef by_place(table):\n    return itertools.count()", "drawn": "pass"},
        FULL | {"by_place_test": 0.0, "drawn_test": 0.0},
    ),
    "a range of a quintillion for an answer": Attack(
        {"by_place": "def by_place(table):\n    return range(10 ** 18)", "drawn": "pass"},
        FULL | {"by_place_test": 0.0, "drawn_test": 0.0},
    ),
    "a number of a million digits for an answer": Attack(
        {"total": "def total(table):\n    return 1 << 4_000_000"}, WITHOUT_TOTAL
    ),
    "a table of a billion rows for an answer": Attack(
        {"by_place": "def by_place(table):\n    return pd.Series(range(10 ** 9))", "drawn": "pass"},
        FULL | {"by_place_test": 0.0, "drawn_test": 0.0}, MARKED, "",
    ),
}  # fmt: skip
