"""The learner's end: runs their cells, and gives values and calls functions when the tests ask."""

from __future__ import annotations

import contextlib
import os
import stat
from typing import Any

from grader.marking.frame import Frame
from grader.marking.shell import Shell
from grader.marking.split import lesson
from grader.marking.split.packing import Packer, Unpacker
from grader.marking.split.peer import MISSING, Peer
from grader.marking.split.values import BadData

HERE = os.path.dirname(__file__)
MAX_FILES, MAX_FILE = 100, 20_000_000
OPERATORS = (
    "__len__",
    "__iter__",
    "__next__",
    "__contains__",
    "__getitem__",
    "__call__",
    "__str__",
    "__repr__",
    "__bool__",
)
COMPARE = ("__eq__", "__ne__", "__lt__", "__le__", "__gt__", "__ge__", "__add__", "__sub__", "__mul__")


class Answering(Peer):
    """Answers the tests. Nothing here decides a score."""

    def __init__(self, link: Any, shell: Shell, wish: dict[str, Any]) -> None:
        super().__init__(link, shell, first=1)
        self._given: dict[str, Any] = dict.fromkeys(wish.get("shared", ()), MISSING)
        self._files = {name: _stamp(name) for name in _ordinary_files()}
        self._kept_files = set(wish.get("kept_files", ()))
        self._in_cell = False
        if wish.get("lesson"):
            lesson.watch_here()

    def before(self, frame: Frame) -> None:
        """Get ready for a cell of the learner's."""
        self._in_cell = True

    def after(self, outputs: list[dict[str, Any]]) -> tuple[dict[str, Any], list[bytes]]:
        """Return what goes along with a cell's result."""
        packer = Packer(self.shared)
        news = self.news(packer)
        self._in_cell = False
        self.shell.recorder.begin("call")
        return {
            "sync": news,
            "touched": sorted({*news["bind"], *news["gone"], *self._named(news["changed"])}),
        }, packer.parts

    def _named(self, changed: list[Any]) -> list[str]:
        numbers = {each["at"] for each in changed}
        return [name for name, value in self._given.items() if self.shared.number_of(value) in numbers]

    def lent(self, functions: set[int]) -> Any:
        """Allow everything: the other side is the instructor's."""
        return contextlib.nullcontext()

    def news(self, packer: Packer) -> dict[str, Any]:
        """Return names given before that hold something else now, changed objects, files, and what was shown."""
        bind: dict[str, Any] = {}
        gone = []
        for name, before in self._given.items():
            now = self.names.get(name, MISSING)
            if now is before:
                continue
            if now is MISSING:
                gone.append(name)
            else:
                bind[name] = packer.safely(now)
            self._given[name] = now
        news: dict[str, Any] = {
            "bind": bind,
            "gone": gone,
            "changed": packer.changes(),
            "files": self._changed_files(packer),
        }
        if not self._in_cell:
            news["shown"] = self.shell.recorder.drain()
        return news

    def _changed_files(self, packer: Packer) -> list[Any]:
        found: list[Any] = []
        for name in _ordinary_files():
            now = _stamp(name)
            if now is None or self._files.get(name) == now or name in self._kept_files:
                continue
            self._files[name] = now
            with contextlib.suppress(OSError), open(name, "rb") as file:
                found.append([name, packer.part(file.read(MAX_FILE))])
        return found

    def hear_news(self, news: Any, unpacker: Unpacker) -> None:
        """Take over names that the tests have bound or deleted."""
        super().hear_news(news, unpacker)
        for name, data in news.get("bind", {}).items():
            with contextlib.suppress(BadData):
                value = unpacker.unpack(data)
                self.names[name] = value
                if name in self._given:
                    self._given[name] = value
        for name in news.get("gone", []):
            self.names.pop(name, None)
            if name in self._given:
                self._given[name] = MISSING

    def serve(self, what: str, wish: Any, unpacker: Unpacker) -> Any:
        """Give names, call a function, look at an object, or show the open figures."""
        if what == "names":
            for name in wish["names"]:
                self._given.setdefault(name, MISSING)
            return None
        if what == "snapshot":
            return lesson.tell(str(wish["exercise"]))
        if what == "figures":
            return self._show_figures()
        value = self.shared.get(wish["number"])
        arguments = [unpacker.unpack(each) for each in wish.get("arguments", ())]
        if what == "call":
            return value(*arguments, **{name: unpacker.unpack(each) for name, each in wish["named"].items()})
        if what == "attribute":
            return getattr(value, str(wish["name"]))
        if what == "set":
            return setattr(value, str(wish["name"]), arguments[0])
        if what == "instance":
            return isinstance(value, self.shared.get(wish["kind"]))
        if what == "operator" and wish["name"] in (*OPERATORS, *COMPARE):
            return getattr(type(value), wish["name"])(value, *arguments)
        raise TypeError(what)

    def describe(self, trouble: BaseException, packer: Packer) -> dict[str, Any]:
        """Describe an exception with the places in the learner's code that it passed."""
        place = trouble.__traceback__
        while place is not None and place.tb_frame.f_code.co_filename.startswith(HERE):
            place = place.tb_next
        frames: list[str] = []
        with contextlib.suppress(Exception):
            told = self.shell.shell.InteractiveTB.structured_traceback(type(trouble), trouble, place)
            frames = list(told[2:-1])  # between the heading and the last line
        return super().describe(trouble, packer) | {"frames": frames}

    def _show_figures(self) -> None:
        """Show what `%matplotlib inline` shows at the end of a cell."""
        self.shell.shell.events.trigger("post_execute")


def _ordinary_files() -> list[str]:
    """Return names of files in the folder: what tests may read, no code."""
    found: list[str] = []
    with contextlib.suppress(OSError), os.scandir(".") as listing:
        for entry in listing:
            if len(found) < MAX_FILES and not entry.name.endswith((".py", ".pyc", ".so", ".pth", ".ipynb", ".cfg")):
                found.append(entry.name)
    return found


def _stamp(name: str) -> tuple[int, int] | None:
    try:
        about = os.stat(name, follow_symlinks=False)
    except OSError:
        return None
    return (about.st_mtime_ns, about.st_size) if stat.S_ISREG(about.st_mode) and about.st_size <= MAX_FILE else None
