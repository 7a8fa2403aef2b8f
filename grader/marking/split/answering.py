"""The learner's end: runs their cells, and gives values and calls functions when the tests ask."""

from __future__ import annotations

import contextlib
import copy
import inspect
import os
from typing import Any

from grader.marking.frame import Frame
from grader.marking.shell import Shell
from grader.marking.split import classes, known_classes, objects, open_figures, our_checks, patches, stand_ins
from grader.marking.split.packing import Packer
from grader.marking.split.peer import RUN, Peer
from grader.marking.split.shared import alike
from grader.marking.split.unpacking import Unpacker
from grader.marking.split.values import MISSING, BadData

HERE = os.path.dirname(__file__)


class Answering(Peer):
    """Answers the tests. Nothing here decides a score."""

    describes_classes = True

    def __init__(self, link: Any, shell: Shell, wish: dict[str, Any]) -> None:
        super().__init__(link, shell, wish, first=1)
        self._given: dict[str, Any] = dict.fromkeys(wish.get("shared", ()), MISSING)
        self._in_cell = False
        self._patches = patches.Patches()
        if wish.get("lesson"):
            our_checks.watch_here()

    def before(self, frame: Frame) -> None:
        """Get ready for a cell of the learner's."""
        self._in_cell = True

    def after(self, outputs: list[dict[str, Any]]) -> tuple[dict[str, Any], list[bytes]]:
        """Return what goes along with a cell's result."""
        packer = self.packer()
        news = self.news(packer)
        self._in_cell = False
        self.shell.recorder.begin("call")
        return {
            "sync": news,
            "touched": sorted({*news["bind"], *news["gone"], *self._named(news["changed"])}),
            "wrote": [name for name, _ in news["files"].get("new", ())],
        }, packer.parts

    def _named(self, changed: list[Any]) -> list[str]:
        numbers = {each.get("at") for each in changed}
        return [name for name, value in self._given.items() if self.shared.number_of(value) in numbers]

    def own_of_lesson(self, name: str, value: Any) -> Any:
        """Return the learner's own table or array of the lesson's when it still holds what the tests' does."""
        own = self.names.get(name)
        return own if alike(own, value) else value

    def about(self, number: int, value: Any, packer: Packer) -> dict[str, Any]:
        """Return what there is to say about a function or a class; found out once."""
        if number not in self._about:
            describe = classes.about_class if isinstance(value, type) else stand_ins.about_function
            self._about[number] = describe(value, packer)
        return self._about[number]

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
        news = super().news(packer) | {"bind": bind, "gone": gone}
        if not self._in_cell:
            news["shown"] = self.shell.recorder.drain()
            news["figures"] = open_figures.numbers()
        return news

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
        self._patches.take(news.get("patched"), unpacker)
        if news.get("begins"):
            self.process.fresh()

    def stand_in(self, kind: str, number: int, data: dict[str, Any], unpacker: Unpacker) -> Any:
        """Return what stands for something of the tests'."""
        if kind == "class":
            return classes.make_class(self, number, data, unpacker)
        made = objects.live(self, number, data, unpacker) if kind == "object" and "kind" in data else None
        return super().stand_in(kind, number, data, unpacker) if made is None else made

    def serve(self, what: str, wish: Any, unpacker: Unpacker) -> Any:
        """Give names, call a function, look at an object, or show the open figures."""
        with self.process.collecting():
            return self._serve(what, wish, unpacker)

    def _serve(self, what: str, wish: Any, unpacker: Unpacker) -> Any:
        if what == "names":
            for name in wish["names"]:
                self._given.setdefault(name, MISSING)
            return None
        if what == "snapshot":
            return our_checks.tell(str(wish["exercise"]))
        if what == "show":
            return open_figures.describe()
        if what == "close":
            return open_figures.close(str(wish["which"]))
        if what == "figures":
            return self.shell.shell.events.trigger("post_execute")
        value = self.shared.get(wish["number"])
        if what in RUN:
            return self.run_here(value, what, wish, unpacker)
        if what in ASKED:
            return ASKED[what](value, wish, [unpacker.unpack(each) for each in wish.get("arguments", ())])
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


def _operate(value: Any, wish: Any, arguments: list[Any]) -> Any:
    name = wish["name"]
    if name not in (*classes.OPERATORS, *classes.COMPARE, *classes.LEAVE):
        raise TypeError(name)
    return getattr(type(value), name)(value, *arguments)


ASKED: dict[str, Any] = {
    "attribute": lambda value, wish, _: getattr(value, str(wish["name"])),
    "set": lambda value, wish, given: setattr(value, str(wish["name"]), given[0]),
    "delete": lambda value, wish, _: delattr(value, str(wish["name"])),
    "operator": _operate,
    "send": lambda value, wish, given: value.send(given[0]),
    "throw": lambda value, wish, given: value.throw(given[0]),
    "text": lambda value, wish, _: inspect.getsource(value),
    "plain": lambda value, wish, _: known_classes.plain(value),
    "dir": lambda value, wish, _: dir(value),
    "copy": lambda value, wish, _: copy.copy(value),
    "deepcopy": lambda value, wish, _: copy.deepcopy(value),
}
