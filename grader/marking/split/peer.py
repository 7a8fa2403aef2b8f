"""One end of the talk between the two children: questions, answers, and what has changed meanwhile.

Only one side works at a time. A question may be answered by a question, which is answered first.
"""

from __future__ import annotations

import contextlib
import importlib
import random
import socket
import sys
from collections.abc import Mapping
from typing import Any

import numpy as np

from grader.marking.frame import Frame, receive, send
from grader.marking.shell import Shell
from grader.marking.split import awaiting, exceptions, stand_ins
from grader.marking.split.files import Files
from grader.marking.split.packing import Packer
from grader.marking.split.process_state import ProcessState
from grader.marking.split.shared import Shared
from grader.marking.split.unpacking import Unpacker
from grader.marking.split.values import BadData

RUN = ("call", "next", *awaiting.WISHES)


class Peer:
    """What both ends have in common: the answering end, which has the learner's code, and the checking end.

    `first` is the first number that this end gives to a shared object. `wish` is what the trusted side asked it to be:
    `classes` are the names of the lesson's own classes, `kept_files` those that the other end may not change, and
    `chance` seeds the random numbers of both ends alike. `trouble_frames` shows where the last exception that came
    from the other end had passed.
    """

    describes_classes = False
    objects_used = asking = False

    def __init__(self, link: socket.socket, shell: Shell, wish: Mapping[str, Any], first: int) -> None:
        self.link, self.shell = link, shell
        self.shared = Shared(first)
        self.trouble_frames: list[str] = []
        self.lesson_classes = frozenset(wish.get("classes", ()))
        self.files = Files(frozenset(wish.get("kept_files", ())))
        self._about: dict[int, dict[str, Any]] = {}
        random.seed(wish.get("chance"))
        np.random.seed(wish.get("chance"))
        self.process = ProcessState(tells_random=not self.describes_classes)

    @property
    def names(self) -> dict[str, Any]:
        """The notebook's names."""
        held: dict[str, Any] = self.shell.shell.user_ns
        return held

    def packer(self) -> Packer:
        """Return a packer of one message."""
        return Packer(self.shared, self)

    def name_of_lesson_class(self, kind: type) -> str | None:
        """Return the name of a class when it is the lesson's own."""
        name = kind.__name__
        return name if name in self.lesson_classes and self.names.get(name) is kind else None

    def lesson_class_named(self, name: str) -> type | None:
        """Return this side's own class of the name."""
        found = self.names.get(name) if name in self.lesson_classes else None
        return found if isinstance(found, type) else None

    def name_in_lesson(self, value: Any) -> dict[str, str]:
        """Return, under "lesson", the name that the lesson gave to a value; nothing where that is not known here."""
        return {}

    def own_of_lesson(self, name: str, value: Any) -> Any:
        """Return this side's own object of the lesson's, where one has the name and holds the same; else the value."""
        return value

    def about(self, number: int, value: Any, packer: Packer) -> dict[str, Any]:
        """Return what there is to say about a function or a class of this number, as JSON."""
        return {}

    def call(self, number: int, arguments: tuple[Any, ...], named: Mapping[str, Any]) -> Any:
        """Have the other side call one of its functions."""
        packer = self.packer()
        wish = {"number": number, "arguments": [packer.pack(each) for each in arguments]}
        wish["named"] = {name: packer.pack(each) for name, each in named.items()}
        return self.ask("call", wish, packer)

    def run_here(self, value: Any, what: str, wish: Any, unpacker: Unpacker) -> Any:
        """Return what a function of ours gives for the arguments in a wish that `call` has made, or the next of our items."""
        if what != "call":
            return next(value) if what == "next" else awaiting.run(value)
        arguments = [unpacker.unpack(each) for each in wish["arguments"]]  # in the order in which they were packed
        return value(*arguments, **{name: unpacker.unpack(each) for name, each in wish["named"].items()})

    def step(self, number: int) -> Any:
        """Return the next item of one of the other side's iterators."""
        return self.ask("next", {"number": number})

    def look(self, what: str, wish: dict[str, Any], arguments: tuple[Any, ...] = ()) -> Any:
        """Ask for something of one of the other side's objects, by a name or an operator."""
        return self.request(what, wish, arguments)

    def request(self, what: str, wish: dict[str, Any], arguments: tuple[Any, ...] = ()) -> Any:
        """Ask the other side for something, with these arguments."""
        packer = self.packer()
        return self.ask(what, wish | {"arguments": [packer.pack(each) for each in arguments]}, packer)

    def ask(self, what: str, wish: dict[str, Any], packer: Packer | None = None) -> Any:
        """Ask the other side, answer what it asks back, and return its answer or raise what it raised."""
        packer = packer or self.packer()
        sync = self.news(packer)
        self.lend(packer.functions)
        send(self.link, {"op": "ask", "what": what, "wish": wish, "sync": sync}, packer.parts)
        before, self.asking = self.asking, True
        try:
            while (frame := receive(self.link)).op != "answer":
                self.answer(frame)
            return self._answered(frame)
        finally:
            self.asking = before

    def _answered(self, frame: Frame) -> Any:
        unpacker = self.unpacker(frame.parts)
        self.hear_news(frame.data.get("sync"), unpacker)
        if "raised" in frame.data:
            raised = frame.data["raised"]
            self.trouble_frames = [str(each)[: exceptions.MAX_TEXT] for each in list(raised.get("frames", []))[:50]]
            raise exceptions.to_exception(raised, unpacker)
        try:
            return unpacker.unpack(frame.data.get("value"))
        except BadData as bad:
            raise TypeError(f"the result could not be read ({bad})") from None

    def answer(self, frame: Frame) -> None:
        """Deal with one frame from the other side."""
        unpacker = self.unpacker(frame.parts)
        if frame.op == "sync":
            self.hear_news(frame.data.get("sync"), unpacker)
            return
        if frame.op != "ask":
            return
        reply: dict[str, Any] = {"op": "answer"}
        packer = self.packer()
        try:
            self.hear_news(frame.data.get("sync"), unpacker)
            result = self.serve(str(frame.data["what"]), frame.data["wish"], unpacker)
            reply["value"] = packer.pack(result)
        except BaseException as trouble:
            packer = self.packer()
            reply = {"op": "answer", "raised": self.describe(trouble, packer)}
        reply["sync"] = self.news(packer)
        self.lend(packer.functions)
        send(self.link, reply, packer.parts)

    def unpacker(self, parts: tuple[bytes, ...]) -> Unpacker:
        """Return a reader of one message."""
        return Unpacker(self.shared, parts, self)

    def stand_in(self, kind: str, number: int, data: dict[str, Any], unpacker: Unpacker) -> Any:
        """Return what stands for a function, an iterator or an object of the other side's."""
        if kind == "function":
            return stand_ins.function(self, number, data, unpacker)
        if kind == "iterator":
            return stand_ins.iterator(self, number, str(data["name"]))
        if kind == "awaited":
            return awaiting.stand_in(self, number, data)
        return stand_ins.Inert(str(data["name"]))

    def looks(self) -> bool:
        """Say whether names that the other side gave to parts of a value may be asked for here."""
        return True

    def module(self, name: str) -> Any:
        """Return this side's own module of the name."""
        try:
            return sys.modules.get(name) or importlib.import_module(name)
        except Exception:
            raise BadData(f"no module {name}"[:100]) from None

    def describe(self, trouble: BaseException, packer: Packer) -> dict[str, Any]:
        """Describe an exception."""
        return exceptions.describe(trouble, packer)

    def lend(self, functions: set[int]) -> None:
        """Let the other side call these functions of ours."""

    def news(self, packer: Packer) -> dict[str, Any]:
        """Return what the other side must know before it goes on."""
        return {"changed": packer.changes(), "files": self.files.news(packer), "process": self.process.news(packer)}

    def hear_news(self, news: Any, unpacker: Unpacker) -> None:
        """Take in what has changed on the other side."""
        if type(news) is not dict:
            return
        for each in news.get("changed", []):
            with contextlib.suppress(BadData):
                unpacker.unpack(each)
        self.files.take(news.get("files"), unpacker)
        with contextlib.suppress(BadData):
            self.process.take(news.get("process"), unpacker)

    def serve(self, what: str, wish: Any, unpacker: Unpacker) -> Any:
        """Do what the other side asks for; whatever it raises goes there."""
        raise NotImplementedError
