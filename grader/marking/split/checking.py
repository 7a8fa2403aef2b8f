"""The tests' end: runs the instructor's cells, and asks the learner's end for the names that they need.

Data comes from the learner, code from the instructor. Nothing that arrives here is run.
"""

from __future__ import annotations

import ast
import contextlib
import re
from collections.abc import Iterator
from typing import Any

from grader.marking.frame import Frame
from grader.marking.shell import Shell
from grader.marking.split import lesson
from grader.marking.split.lesson import CHECK
from grader.marking.split.live import Live
from grader.marking.split.packing import Packer, Unpacker
from grader.marking.split.peer import MISSING, Function, Inert, Peer
from grader.marking.split.plan import SHELLS_OWN
from grader.marking.split.shared import CALLABLE
from grader.marking.split.values import BadData

OURS = "marking/split/"
GOOD_FILE = re.compile(r"[\w .()+-]{1,200}")


class Checking(Peer):
    """Runs tests. It never runs anything of the learner's."""

    def __init__(self, link: Any, shell: Shell, wish: dict[str, Any]) -> None:
        super().__init__(link, shell, first=2)
        self._words = set(wish.get("words", ()))
        self._answers = set(wish.get("answers", ()))
        self._shared_names = set(wish.get("shared", ()))
        self._imports: dict[str, str] = dict(wish.get("imports", {}))
        self._kept_files = set(wish.get("kept_files", ()))
        self._wanted: set[str] = set()
        self._asked: set[str] = set(self._shared_names)
        self._own: set[str] = set()
        self._known: dict[str, Any] = dict(self.names)
        self._lent: set[int] = set()
        self._judges = False
        self._live = self._objects_used = self._quiet = self._asked_anything = False

    def before(self, frame: Frame) -> None:
        """Have the names ready that a cell needs."""
        self._live, self._objects_used = bool(frame.data.get("live")), False
        self._quiet, self._asked_anything = bool(frame.data.get("quiet")), False
        self.shared.guarded, self.shared.changed = bool(frame.data.get("guarded")), False
        self._wanted |= self._names_in(str(frame.data["code"]))
        self._known = dict(self.names)
        if CHECK in str(frame.data["code"]) and not self._judges:
            self._judges = lesson.judge_here(self.shell.shell, lambda name: self.ask("snapshot", {"exercise": name}))
        for name in self._wanted & set(self._imports) - self._own:
            self._import(name)
        new = self._wanted & self._answers - self._own - self._asked
        if new:
            self._asked |= new
            self.ask("names", {"names": sorted(new)})

    def _import(self, name: str) -> None:
        """Import what the reference answer imports, so that the module is the instructor's."""
        with contextlib.suppress(Exception):
            exec(self._imports.pop(name), self.names)
            self._own.add(name)
            self._known[name] = self.names[name]

    def _names_in(self, code: str) -> set[str]:
        try:
            tree = ast.parse(self.shell.shell.transform_cell(code))  # type: ignore[no-untyped-call]
        except (SyntaxError, ValueError, RecursionError):
            return set()
        found = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
        return {name for name in found if not SHELLS_OWN.fullmatch(name)}

    def after(self, outputs: list[dict[str, Any]]) -> tuple[dict[str, Any], list[bytes]]:
        """Return what goes along with a cell's result."""
        for output in outputs:
            if output["output_type"] == "error":
                output["traceback"] = self._places(output["traceback"])
        packer = Packer(self.shared)
        news = self.news(packer)
        told = {"objects": self._objects_used, "asked": self._asked_anything, "changed_ours": self.shared.changed}
        self.shared.guarded = False
        return {"sync": news} | told, packer.parts

    def _places(self, traceback: list[str]) -> list[str]:
        """Put the places in the learner's code where the places in this talk are."""
        ours = [number for number, each in enumerate(traceback[:-1]) if OURS in each]
        if not ours:
            return traceback
        kept = [each for number, each in enumerate(traceback) if number not in ours]
        return [*kept[: ours[0]], *self.frames, *kept[ours[0] :]]

    @contextlib.contextmanager
    def lent(self, functions: set[int]) -> Iterator[None]:
        """Let the learner's end call these functions while it works on one question, and no longer."""
        self._asked_anything = True
        before, self._lent = self._lent, self._lent | functions
        try:
            yield
        finally:
            self._lent = before

    def news(self, packer: Packer) -> dict[str, Any]:
        """Return the names that the tests have bound or deleted and that the learner's cells mention."""
        bind, gone = {}, []
        for name in [name for name in self._known if name not in self.names]:
            self._forget(name)
            if name in self._words and not self._quiet:
                gone.append(name)
        for name, value in list(self.names.items()):
            if value is self._known.get(name, MISSING) or SHELLS_OWN.fullmatch(name):
                continue
            self._known[name] = value
            self._own.add(name)
            if name not in self._shared_names:
                self._asked.discard(name)
            if name in self._words and self._travels(value) and not self._quiet:
                bind[name] = packer.safely(value)
        return {"bind": bind, "gone": gone, "changed": packer.changes()}

    def _forget(self, name: str) -> None:
        self._known.pop(name, None)
        self._own.discard(name)

    def _travels(self, value: Any) -> bool:
        """Say whether a name may be bound to this in the learner's end: data, modules, and what came from there."""
        number = self.shared.number_of(value)
        if number is not None and self.shared.theirs(number):
            return True
        return not isinstance(value, (*CALLABLE, Function, Inert, Live))

    def hear_news(self, news: Any, unpacker: Unpacker) -> None:
        """Take over the learner's values of names that were asked for, their files, and what their code showed."""
        if type(news) is not dict:
            return
        super().hear_news(news, unpacker)
        for name, data in dict(news.get("bind", {})).items():
            if name in self._asked:
                self._bind(name, data, unpacker)
        for name in list(news.get("gone", [])):
            if name in self._asked and name in self.names:
                del self.names[name]
                self._forget(name)
        for name, part in list(news.get("files", [])):
            self._write(name, unpacker.part(part))
        if not self._quiet and not self._judges:  # a check of our own shows its own words alone
            self._show(news.get("shown", []))

    def _bind(self, name: str, data: Any, unpacker: Unpacker) -> None:
        try:
            self.names[name] = self._known[name] = unpacker.unpack(data)
        except BadData:
            self.names[name] = self._known[name] = Inert("unreadable")
        self._own.discard(name)

    def _write(self, name: Any, content: bytes) -> None:
        good = type(name) is str and GOOD_FILE.fullmatch(name) and name not in self._kept_files
        if good and not name.startswith(".") and not name.endswith((".py", ".pyc", ".so", ".pth", ".ipynb")):
            with contextlib.suppress(OSError), open(name, "wb") as file:
                file.write(content)

    def _show(self, shown: Any) -> None:
        recorder = self.shell.recorder
        for output in shown if type(shown) is list else ():
            kind = output.get("output_type")
            if kind == "stream":
                recorder.write("stderr" if output.get("name") == "stderr" else "stdout", str(output.get("text")))
            elif kind == "display_data" and type(output.get("data")) is dict:
                recorder.take(kind, {"data": output["data"], "metadata": output.get("metadata") or {}})

    def stand_in(self, kind: str, number: int, name: str) -> Any:
        """Return what stands for a function or an object of the learner's."""
        if kind == "function":
            return Function(self, number, name)
        return Live(self, number, name) if self._live and number else Inert(name)

    def look(self, what: str, wish: dict[str, Any], arguments: tuple[Any, ...] = ()) -> Any:
        """Ask for something of a learner's object."""
        self._objects_used = True
        packer = Packer(self.shared)
        return self.ask(what, wish | {"arguments": [packer.pack(each) for each in arguments]}, packer)

    def is_instance(self, instance: Any, number: int) -> bool:
        """Ask whether a learner's object is of a learner's class."""
        if type(instance) is not Live:
            return False
        return self.look("instance", {"number": instance._live_number, "kind": number}) is True

    def serve(self, what: str, wish: Any, unpacker: Unpacker) -> Any:
        """Call a function that was handed over with the question now open, and nothing else."""
        number = wish["number"]
        if what != "call" or number not in self._lent:
            raise TypeError("not callable")
        arguments = [unpacker.unpack(each) for each in wish["arguments"]]
        return self.shared.get(number)(*arguments, **{n: unpacker.unpack(each) for n, each in wish["named"].items()})
