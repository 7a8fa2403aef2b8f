"""Files: nothing outside its own folder is read or changed, and nothing of the lesson's for the next."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import Any

from hostile.attack import FULL, LOOK, REPAIRED, WITHOUT_TOTAL, Attack, Places, code, shown

EVERYWHERE = """
import glob, itertools, os
for folder in ('@COURSE@', '@HOME@', '@OUTSIDE@', '/root', '/home', '/tmp', '.'):
    paths = (os.path.join(where, name) for where, _, names in os.walk(folder) for name in names)
    for path in itertools.islice(paths, 2_000):
        try:
            print(open(path, errors='replace').read(5_000))
        except OSError:
            pass
"""


def _extra(**contents: bytes) -> Any:
    def put(folder: Path, _: Places) -> None:
        for name, content in contents.items():
            (folder / name.replace("__", ".")).write_bytes(content)

    return put


def _links(folder: Path, places: Places) -> None:
    os.symlink(places.course / "gradebook.db", folder / "book.db")
    os.symlink(places.course / "source", folder / "source")
    os.symlink("/etc/passwd", folder / "passwd.txt")
    os.symlink(places.home, folder / "home")


def _hard_links(folder: Path, places: Places) -> None:
    os.link(places.course / "gradebook.db", folder / "book.db")
    os.link(places.course / "source" / "first" / "first.ipynb", folder / "reference.txt")


def _fifo(folder: Path, _: Places) -> None:
    os.mkfifo(folder / "wait.csv")
    (folder / "table.csv").unlink()
    os.mkfifo(folder / "table.csv")


def _folder_for_data(folder: Path, _: Places) -> None:
    (folder / "table.csv").unlink()
    (folder / "table.csv").mkdir()
    (folder / "table.csv" / "inside.csv").write_text("x")


def _folder_for_notebook(folder: Path, _: Places) -> None:
    (folder / "first.ipynb").rename(folder / "first (1).ipynb")
    (folder / "first.ipynb").mkdir()
    (folder / "first.ipynb" / "inside.csv").write_text("x")


def _odd_names(folder: Path, _: Places) -> None:
    for name in (
        "two\nlines.csv",
        "-rf",
        "~",
        "$(touch x).csv",
        "\u202efdp.csv",
        "é" * 100,
        "a" * 250,
        "..hidden",
        "con.csv ",
    ):
        (folder / name).write_text("x")
    (folder.joinpath(os.fsdecode(b"not-\xff-text.csv"))).write_text("x")


def _deep(folder: Path, _: Places) -> None:
    held = os.open(folder, os.O_RDONLY)
    for _ in range(120):
        os.mkdir("d" * 200, dir_fd=held)
        held, old = os.open("d" * 200, os.O_RDONLY, dir_fd=held), held
        os.close(old)
    os.close(os.open("bottom.csv", os.O_CREAT | os.O_WRONLY, dir_fd=held))
    os.close(held)


def _many(folder: Path, _: Places) -> None:
    for number in range(2_500):
        where = folder / f"a{number}" / "b" / "c" / "d" / "e" / "f" / "g" / "h" / "i"
        where.mkdir(parents=True)
        (where / "x.csv").write_text("x")


def _huge_hole(folder: Path, _: Places) -> None:
    with open(folder / "a-hole.bin", "wb") as file:
        file.truncate(10_000_000_000)
    (folder / "timestamp.txt").write_text("2026-11-09 12:00:00 UTC")


def _planted(folder: Path, _: Places) -> None:
    for name in (
        "pandas.py",
        "matplotlib.py",
        "json.py",
        "numpy.py",
        "sitecustomize.py",
        "usercustomize.py",
        "conftest.py",
        "grader.py",
    ):
        (folder / name).write_text("raise SystemExit('planted')")
    (folder / "matplotlibrc").write_text("backend: none\n")
    (folder / ".ipython").mkdir()
    shutil.copy(folder / "pandas.py", folder / "ast.py")


def _started(folder: Path, _: Places) -> None:
    """Hand in what Python, IPython and tests read when they start."""
    for name in (
        ".ipython/profile_default/startup/00-own.py", ".ipython/profile_default/ipython_config.py", "ipython_config.py",
        "pandas/__init__.py", "grader/__init__.py", "grader/marking/__init__.py", "conftest.py", "own.pth", "pyvenv.cfg",
        "jupyter_config.py", ".jupyter/jupyter_config.py", ".pythonrc.py", "pytest.ini", "setup.cfg", "statistics/__init__.py",
    ):  # fmt: skip
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("raise SystemExit('started')")


def _called(name: str) -> Any:
    return lambda folder, _: (folder / "first.ipynb").rename(folder / name)


def _strange_time(text: str) -> Any:
    def put(folder: Path, _: Places) -> None:
        (folder / "timestamp.txt").write_bytes(text.encode("utf-8", "surrogateescape"))

    return put


ATTACKS: dict[str, Attack] = {
    "every file that can be found, printed": shown(EVERYWHERE),
    "the gradebook opened": code("import sqlite3\nbook = sqlite3.connect('@COURSE@/gradebook.db')\nbook.execute('update grade set auto_score = 99')\nbook.commit()"),
    "the gradebook opened from the folder": code("import sqlite3\nbook = sqlite3.connect('../../../gradebook.db')\nprint(book.execute('select * from grade').fetchall())"),
    "the source read": code("print(open('@COURSE@/source/first/first.ipynb').read())"),
    "the source changed": code("open('@COURSE@/source/first/pandas.py', 'w').write('raise SystemExit')"),
    "another's work changed": code("import glob\nfor path in glob.glob('@COURSE@/submitted/*/first/first.ipynb'):\n    open(path, 'w').write('{}')"),
    "everything removed": code("import shutil\nfor folder in ('@COURSE@', '@HOME@', '@OUTSIDE@', '/tmp', '/home', '.', '/'):\n    shutil.rmtree(folder, ignore_errors=True)\nraise SystemExit"),
    "everything removed by the shell": code("!rm -rf @COURSE@ @HOME@ @OUTSIDE@ /tmp/* ~/* /usr/lib/python* 2>/dev/null"),
    "the lesson's data changed": Attack(
        {"total": "open('table.csv', 'w').write('place,kind,amount\\n')\ntable['amount'] = 0\ndef total(table):\n    return 0"}, WITHOUT_TOTAL
    ),
    "the lesson's data removed": shown("import os\nos.remove('table.csv')"),
    "a link to the gradebook made and read": code("import os\nos.symlink('@COURSE@/gradebook.db', 'mine.db')\nprint(open('mine.db', 'rb').read())"),
    "a hard link to the gradebook made": code("import os\nos.link('@COURSE@/gradebook.db', 'mine.db')"),
    "modules planted for the next": shown("import sys\nfor place in [p for p in sys.path if p] + ['/usr/lib', '/tmp', '.']:\n    for name in ('pandas', 'sitecustomize'):\n        try:\n            open(f'{place}/{name}.py', 'w').write('raise SystemExit')\n        except OSError:\n            pass"),
    "the profile changed for the next": shown("import os\nfor name in ('~/.bashrc', '~/.ipython/profile_default/startup/x.py', '~/.config/matplotlib/matplotlibrc'):\n    path = os.path.expanduser(name)\n    os.makedirs(os.path.dirname(path), exist_ok=True)\n    open(path, 'w').write('raise SystemExit')", refused=True),
    "the cache of the next": shown("import os\nfolder = os.environ['MPLCONFIGDIR']\nfor name in os.listdir(folder):\n    try:\n        open(f'{folder}/{name}', 'w').write('{}')\n    except OSError:\n        pass"),
    "the environment printed": shown("import os\nprint(dict(os.environ))\ntry:\n    print(open('/proc/self/environ').read())\nexcept OSError:\n    pass"),
    "the environment of all processes": shown("import glob\nfor path in glob.glob('/proc/*/environ'):\n    try:\n        print(open(path).read())\n    except OSError:\n        pass"),
    "the memory of its own process searched": shown("for line in open('/proc/self/maps') if __import__('os').path.exists('/proc/self/maps') else ():\n    if 'heap' in line:\n        start, end = (int(n, 16) for n in line.split()[0].split('-'))\n        with open('/proc/self/mem', 'rb') as file:\n            file.seek(start)\n            held = file.read(end - start)\n        print(b'CANARY' + b'-gradebook' in held)", refused=True),
    "out through /proc": code("import os\nfor way in ('/proc/1/root', '/proc/self/root', f'/proc/{os.getppid()}/root', '/proc/1/cwd', '/.old'):\n    try:\n        print(os.listdir(way + '@COURSE@'))\n    except OSError:\n        pass\nprint(open('/proc/1/root@COURSE@/gradebook.db', 'rb').read())"),
    "open files walked": shown("import os, stat\nfor held in range(3, 600):\n    try:\n        if stat.S_ISREG(os.fstat(held).st_mode) or stat.S_ISDIR(os.fstat(held).st_mode):\n            print(os.readlink(f'/proc/self/fd/{held}'))\n            print(os.listdir(held))\n    except (OSError, ValueError):\n        pass"),
    "the disk read raw": code("import os\nos.mknod('disk', 0o60600, os.makedev(254, 0))\nopen('disk', 'rb').read(10)"),
    "a mount over the lesson": code("import ctypes\nlibc = ctypes.CDLL(None, use_errno=True)\nassert libc.mount(b'none', b'/home', b'tmpfs', 0, None) == 0"),
    "rights of the system changed": code("import os\nos.chmod('/usr/bin', 0o777)\nos.chmod('@COURSE@', 0o777)"),
    "links handed in": Attack({"total": "for name in ('book.db', 'passwd.txt'):\n    try:\n        print(open(name, 'rb').read())\n    except OSError:\n        pass\n" + EVERYWHERE}, WITHOUT_TOTAL, files=_links),
    "hard links handed in": Attack({"total": "for name in ('book.db', 'reference.txt'):\n    print(open(name, 'rb').read())"}, WITHOUT_TOTAL, REPAIRED, files=_hard_links),
    "pipes handed in": Attack(files=_fifo),
    "a folder where data belongs": Attack(outcome=REPAIRED, files=_folder_for_data),
    "a folder where the notebook belongs": Attack(files=_folder_for_notebook, outcome=REPAIRED),
    "odd names handed in": Attack(files=_odd_names),
    "folders too deep to name": Attack(files=_deep),
    "more files than are taken": Attack(outcome=REPAIRED, files=_many),
    "a hole of ten gigabytes handed in": Attack(outcome=REPAIRED, files=_huge_hole),
    "modules handed in": Attack(files=_planted),
    "a time that is none": Attack(files=_strange_time("tomorrow, or the day after"), outcome=REPAIRED),
    "a time far away": Attack(files=_strange_time("9999-12-31 23:59:59.999999 UTC")),
    "a time before all times": Attack(files=_strange_time("0001-01-01 00:00:00 +2300"), outcome=REPAIRED),
    "a time of odd signs": Attack(files=_strange_time("\x00\udcff 1e999 :::: ٣٣ " + "9" * 400), outcome=REPAIRED),
    "a time of ten thousand spaces": Attack(files=_strange_time(" " * 20_000 + "2026-11-09 12:00:00 UTC"), outcome=REPAIRED),
    "a time that is a file": Attack(files=_strange_time("2026-11-09 12:00:00 /proc/self/mem"), outcome=REPAIRED),
    "a time of hundreds of digits": Attack(files=_strange_time("1" * 400 + " m 31 "), outcome=REPAIRED),
    "what is read at the start handed in": Attack(files=_started),
    "a name that a terminal obeys": Attack(files=_called("first\x1b[2J\x1b]0;all marked\x07\u202e\n (1).ipynb"), outcome=REPAIRED),
    "a name that is no text": Attack(files=_called("first\udcff\udc80.ipynb"), outcome=REPAIRED),
    "the notebook is a folder": Attack(earns=None, outcome=LOOK, files=lambda folder, _: ((folder / "first.ipynb").unlink(), (folder / "first.ipynb").mkdir())),
    "the notebook is a link to another's": Attack(
        earns=None, outcome=LOOK,
        files=lambda folder, places: ((folder / "first.ipynb").unlink(), os.symlink(places.course / "source" / "first" / "first.ipynb", folder / "first.ipynb")),
    ),
    "the notebook is a device": Attack(
        earns=None, outcome=LOOK, files=lambda folder, _: ((folder / "first.ipynb").unlink(), os.symlink("/dev/zero", folder / "first.ipynb"))
    ),
    "nothing handed in": Attack(earns=None, outcome=LOOK, files=lambda folder, _: (folder / "first.ipynb").unlink()),
    "two notebooks of other names": Attack(
        earns=None, outcome=LOOK,
        files=lambda folder, _: (shutil.copy(folder / "first.ipynb", folder / "one.ipynb"), (folder / "first.ipynb").rename(folder / "two.ipynb")),
    ),
    "a module handed in for the answer": Attack(
        {"total": "from mine import total"}, dict(FULL), files=_extra(mine__py=b"def total(table):\n    return int(table['amount'].sum())\n")
    ),
}  # fmt: skip
