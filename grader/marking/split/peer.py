"""One end of the talk between the two children: questions, answers, and what has changed meanwhile.

Only one side works at a time. A question may be answered by a question, which is answered first.
"""

from __future__ import annotations

import builtins
import importlib
import socket
import sys
from collections.abc import Mapping
from typing import Any

from grader.marking.frame import Frame, receive, send
from grader.marking.shell import Shell
from grader.marking.split.packing import Packer, Unpacker
from grader.marking.split.shared import Shared
from grader.marking.split.values import BadData

MISSING = object()
MAX_TEXT = 20_000


class Function:
    """Stands for a function of the other side's: arguments go there by value, the result comes back."""

    def __init__(self, peer: Peer, number: int, name: str) -> None:
        self._peer, self._number = peer, number
        self.__name__ = self.__qualname__ = name or "function"

    def __call__(self, *arguments: Any, **named: Any) -> Any:
        """Call the other side's function."""
        return self._peer.call(self._number, arguments, named)

    def __repr__(self) -> str:
        return f"<function {self.__name__}>"

    def __instancecheck__(self, instance: Any) -> bool:
        """Say whether the other side's object is of this class of the other side's."""
        return self._peer.is_instance(instance, self._number)

    def __get__(self, owner: Any, kind: Any = None) -> Any:
        """Stay the same inside a class."""
        return self


class Inert:
    """Stands for a value that does not travel: it can be named and handed back, and does nothing."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __repr__(self) -> str:
        return f"<{self._name} object>"


class Peer:
    """What both ends have in common."""

    def __init__(self, link: socket.socket, shell: Shell, first: int) -> None:
        self.link, self.shell = link, shell
        self.shared = Shared(first)
        self.frames: list[str] = []

    @property
    def names(self) -> dict[str, Any]:
        """The notebook's names."""
        held: dict[str, Any] = self.shell.shell.user_ns
        return held

    def call(self, number: int, arguments: tuple[Any, ...], named: Mapping[str, Any]) -> Any:
        """Have the other side call one of its functions."""
        packer = Packer(self.shared)
        wish = {"number": number, "arguments": [packer.pack(each) for each in arguments]}
        wish["named"] = {name: packer.pack(each) for name, each in named.items()}
        return self.ask("call", wish, packer)

    def ask(self, what: str, wish: dict[str, Any], packer: Packer | None = None) -> Any:
        """Ask the other side, answer what it asks back, and return its answer or raise what it raised."""
        packer = packer or Packer(self.shared)
        sync = self.news(packer)
        with self.lent(packer.functions):
            send(self.link, {"op": "ask", "what": what, "wish": wish, "sync": sync}, packer.parts)
            while True:
                frame = receive(self.link)
                if frame.op == "answer":
                    return self._answered(frame)
                self.answer(frame)

    def _answered(self, frame: Frame) -> Any:
        unpacker = self.unpacker(frame.parts)
        self.hear_news(frame.data.get("sync"), unpacker)
        if "raised" in frame.data:
            raised = frame.data["raised"]
            self.frames = [str(each)[:MAX_TEXT] for each in list(raised.get("frames", []))[:50]]
            raise self.trouble(raised, unpacker)
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
        packer = Packer(self.shared)
        try:
            self.hear_news(frame.data.get("sync"), unpacker)
            result = self.serve(str(frame.data["what"]), frame.data["wish"], unpacker)
            reply["value"] = packer.pack(result)
        except BaseException as trouble:
            packer = Packer(self.shared)
            reply = {"op": "answer", "raised": self.describe(trouble, packer)}
        reply["sync"] = self.news(packer)
        send(self.link, reply, packer.parts)

    def unpacker(self, parts: tuple[bytes, ...]) -> Unpacker:
        """Return a reader of one message."""
        return Unpacker(self.shared, parts, self.stand_in, self.module)

    def stand_in(self, kind: str, number: int, name: str) -> Any:
        """Return what stands for a function or an object of the other side's."""
        return Function(self, number, name) if kind == "function" else Inert(name)

    def is_instance(self, instance: Any, number: int) -> bool:
        """Say whether a value is an object of the class that a function of the other side's is."""
        return False

    def module(self, name: str) -> Any:
        """Return this side's own module of the name."""
        try:
            return sys.modules.get(name) or importlib.import_module(name)
        except Exception:
            raise BadData(f"no module {name}"[:100]) from None

    def describe(self, trouble: BaseException, packer: Packer) -> dict[str, Any]:
        """Describe an exception: the names of its classes and its plain arguments."""
        names = [kind.__name__ for kind in type(trouble).__mro__ if issubclass(kind, BaseException)]
        plain = [each if type(each) in (str, int, float, bool, type(None)) else str(each) for each in trouble.args]
        return {
            "names": names[:20],
            "arguments": [each[:MAX_TEXT] if type(each) is str else each for each in plain[:10]],
            "text": _safe_text(trouble),
        }

    def trouble(self, data: Any, unpacker: Unpacker) -> BaseException:
        """Return an exception like the described one: a built-in class, or a class of the same name below one."""
        try:
            names = [str(name)[:100] for name in data["names"]]
            arguments = [each for each in data["arguments"] if type(each) in (str, int, float, bool, type(None))]
            base = next(found for name in names if (found := _built_in(name)) is not None)
            kind = base if base.__name__ == names[0] else type(names[0], (base,), {"__module__": "__main__"})
            made: BaseException = kind(*arguments)
            return made
        except (KeyError, TypeError, ValueError, StopIteration, AttributeError):
            return RuntimeError(str(data.get("text"))[:MAX_TEXT] if type(data) is dict else "")

    def lent(self, functions: set[int]) -> Any:
        """Return a context in which the other side may call these functions of ours."""
        raise NotImplementedError

    def news(self, packer: Packer) -> dict[str, Any]:
        """Return what the other side must know before it goes on."""
        raise NotImplementedError

    def hear_news(self, news: Any, unpacker: Unpacker) -> None:
        """Take in what has changed on the other side."""
        for each in news.get("changed", []) if type(news) is dict else ():
            try:
                unpacker.unpack(each)
            except BadData:
                continue

    def serve(self, what: str, wish: Any, unpacker: Unpacker) -> Any:
        """Do what the other side asks for."""
        raise NotImplementedError


def _built_in(name: str) -> type[BaseException] | None:
    found = getattr(builtins, name, None)
    return found if isinstance(found, type) and issubclass(found, BaseException) else None


def _safe_text(trouble: BaseException) -> str:
    try:
        return str(trouble)[:MAX_TEXT]
    except Exception:  # a learner's __str__ may raise anything
        return ""
