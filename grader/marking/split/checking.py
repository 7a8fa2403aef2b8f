"""The tests' end: runs the instructor's cells, and asks the learner's end for the names that they need.

Data comes from the learner, code from the instructor. Nothing that arrives here is run.
"""

from __future__ import annotations

import ast
import builtins
import re
import sys
import types
from typing import Any

from grader.marking.frame import Frame
from grader.marking.notebook import CHECK
from grader.marking.shell import Shell
from grader.marking.split import classes, handed, objects, our_checks, stand_ins
from grader.marking.split.exceptions import with_places_of
from grader.marking.split.imported import Imported
from grader.marking.split.names import SHELLS_OWN
from grader.marking.split.open_figures import Figures
from grader.marking.split.packing import Packer
from grader.marking.split.patches import Watch
from grader.marking.split.peer import RUN, Peer
from grader.marking.split.shared import CALLABLE
from grader.marking.split.shown import show
from grader.marking.split.stand_ins import Inert
from grader.marking.split.unpacking import Unpacker
from grader.marking.split.values import MISSING, BadData

RANDOM = re.compile("rand|seed|shuffle|sample|choice")
ALL_NAMES = frozenset({"globals", "locals", "vars", "dir", "eval", "exec", "__main__"})


class Checking(Peer):
    """Runs tests. It never runs anything of the learner's.

    Names: `answers` are what may be asked for, `wanted` what cells have mentioned, `asked` what has been asked for,
    `own` what cells here have bound, `known` what the other end was last told or has told. Numbers: `lent` are
    functions of ours that the other end may call, `dull` are objects of learners' classes that stand here as plain.
    Of one cell: `live` lets it look at such objects, `objects_used` says that it did, `quiet` marks one of the lesson's
    own, whose names and outputs stay here.
    """

    def __init__(self, link: Any, shell: Shell, wish: dict[str, Any]) -> None:
        super().__init__(link, shell, wish, first=2)
        self._words = set(wish.get("words", ()))
        self._answers = set(wish.get("answers", ()))
        self._shared_names = set(wish.get("shared", ()))
        self._imported = Imported(wish.get("imports", {}))
        self._wanted: set[str] = set()
        self._asked: set[str] = set(self._shared_names)
        self._own: set[str] = set()
        self._known: dict[str, Any] = dict(self.names)
        self._lent: set[int] = set()
        self._lesson: dict[str, Any] = {}
        self._touched: set[str] = set()
        self.dull: dict[int, dict[str, Any]] = {}
        self._forms = objects.Forms(self)
        self._patches = Watch()
        self._figures = Figures(shell.shell, self.ask)
        self.live = self.objects_used = self._judges = False
        self._quiet = self._asked_anything = self._begins = False
        stand_ins.text_from(self, self._theirs)

    def before(self, frame: Frame) -> None:
        """Have the names ready that a cell needs."""
        self.live, self.objects_used = bool(frame.data.get("live")), False
        self._quiet, self._asked_anything, self._begins = bool(frame.data.get("quiet")), False, True
        self.shared.guarded, self.shared.changed = bool(frame.data.get("guarded")), False
        self.shared.free = set()
        code = str(frame.data["code"])
        self.process.drawn |= RANDOM.search(code) is not None
        self._wanted |= self._names_in(code)
        self._known = dict(self.names)
        if CHECK in code and not self._judges:
            self._judges = our_checks.judge_here(
                self.shell.shell, lambda name: self.ask("snapshot", {"exercise": name})
            )
        for name, value in self._forms.shown(self.names).items():
            self.names[name] = self._known[name] = value
        new = self._wanted & (self._answers | self._imported.names) - self._own - self._asked
        if new:
            self._asked |= new
            self.ask("names", {"names": sorted(new)})

    def _names_in(self, code: str) -> set[str]:
        try:
            tree = ast.parse(self.shell.shell.transform_cell(code))  # type: ignore[no-untyped-call]
        except (SyntaxError, ValueError, RecursionError):
            return set()
        self._patches.watch(tree, self.names)
        found = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
        if found & ALL_NAMES:
            found |= self._answers
        return {name for name in found if not SHELLS_OWN.fullmatch(name)}

    def _theirs(self, value: Any) -> int | None:
        number = self.shared.number_of(value)
        return number if number is not None and self.shared.theirs(number) else None

    def after(self, outputs: list[dict[str, Any]]) -> tuple[dict[str, Any], list[bytes]]:
        """Return what goes along with a cell's result."""
        for output in outputs:
            if output["output_type"] == "error":
                output["traceback"] = with_places_of(output["traceback"], self.trouble_frames)
        packer = self.packer()
        news = self.news(packer)
        wrote, self.files.touched = sorted(self.files.touched), set()
        touched, self._touched = sorted(self._touched), set()
        self.shared.guarded = False
        asked = self._asked_anything and not self._judges  # a check of our own draws nothing at the other end
        told = {"objects": self.objects_used, "asked": asked, "changed_ours": self.shared.changed}
        return {"sync": news, "wrote": wrote, "touched": touched} | told, packer.parts

    def lend(self, functions: set[int]) -> None:
        """Let the learner's end call these functions from now on: what it makes of them may be called later."""
        self._asked_anything = True
        self._lent |= functions

    def name_in_lesson(self, value: Any) -> dict[str, str]:
        """Return the name that a cell of the lesson gave to a value."""
        found = [name for name, held in self._lesson.items() if held is value and self.names.get(name) is value]
        return {"lesson": found[0]} if found else {}

    def about(self, number: int, value: Any, packer: Packer) -> dict[str, Any]:
        """Return what there is to say about a function of the tests'."""
        if number not in self._about and isinstance(value, types.FunctionType):
            self._about[number] = stand_ins.about_function(value, packer)
        return self._about.get(number, {})

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
            if self._quiet:
                self._lesson[name] = value
            if name not in self._shared_names:
                self._asked.discard(name)
            if name in self._words and self._travels(name, value) and not self._quiet:
                bind[name] = packer.safely(value)
        begins, self._begins = self._begins, False
        news = super().news(packer)
        if self._quiet:
            news["process"] = {}
        return news | {"bind": bind, "gone": gone, "patched": self._patches.news(packer), "begins": begins}

    def _forget(self, name: str) -> None:
        self._known.pop(name, None)
        self._own.discard(name)

    def _travels(self, name: str, value: Any) -> bool:
        """Say whether a name may be bound to this in the learner's end.

        Data, modules and what came from there; a function only in the place of an answer, or of Python's own.
        """
        if self._theirs(value) is not None:
            return True
        if isinstance(value, (*CALLABLE, Inert, classes.Live)) or callable(value):
            return name in self._answers or name in vars(builtins)
        return True

    def hear_news(self, news: Any, unpacker: Unpacker) -> None:
        """Take over the learner's values of names that were asked for, their files, and what their code showed."""
        if type(news) is not dict:
            return
        if not self.asking:  # what a cell of the learner's own has done to data of the tests counts where it is shared
            self.shared.guarded = True
            self.shared.free = {self.shared.number_of(self.names.get(name)) or 0 for name in self._shared_names}
        super().hear_news(news, unpacker)
        if self.asking:
            numbers = {each.get("at") for each in news.get("changed", ())} - {None}
            self._touched |= {name for name in self._shared_names if self._theirs(self.names.get(name)) in numbers}
            self._touched |= self._shared_names.intersection(news.get("bind", ()))
        for name, data in dict(news.get("bind", {})).items():
            if name in self._asked:
                self._bind(name, data, unpacker)
        for name in list(news.get("gone", [])):
            if name in self._asked and name in self.names:
                del self.names[name]
                self._forget(name)
        self._figures.hear(news.get("figures"))
        if not self._quiet and not self._judges:  # a check of our own shows its own words alone
            show(self.shell.shell.display_pub.publish, news.get("shown"))

    def _bind(self, name: str, data: Any, unpacker: Unpacker) -> None:
        try:
            self.names[name] = self._known[name] = unpacker.unpack(data)
        except BadData:
            self.names[name] = self._known[name] = Inert("unreadable")
        self._own.discard(name)
        own = self._imported.in_place_of(name, data, self._answers)
        if own is not MISSING:
            self.names[name] = self._known[name] = own

    def stand_in(self, kind: str, number: int, data: dict[str, Any], unpacker: Unpacker) -> Any:
        """Return what stands for a function, a class, an iterator or an object of the learner's."""
        if kind == "class":
            return classes.make_class(self, number, data, unpacker)
        if kind == "object" and number:
            return objects.make_object(self, number, data, unpacker)
        return super().stand_in(kind, number, data, unpacker)

    def module(self, name: str) -> Any:
        """Return a module that is loaded here; importing another would run code that a learner has chosen."""
        if name not in sys.modules:
            raise BadData(f"no module {name}"[:100])
        return sys.modules[name]

    def looks(self) -> bool:
        """Say whether this test looks at what the reference's answers have named themselves, and note that it did."""
        self.objects_used |= self.live
        return self.live

    def look(self, what: str, wish: dict[str, Any], arguments: tuple[Any, ...] = ()) -> Any:
        """Ask for something of a learner's object or class; raise AttributeError where this test looks at none."""
        if not self.looks():
            raise AttributeError(str(wish.get("name", what)))
        return super().look(what, wish, arguments)

    def serve(self, what: str, wish: Any, unpacker: Unpacker) -> Any:
        """Call a function, step an iterator or use an object that was handed over, and nothing else."""
        number = wish["number"]
        if number not in self._lent:
            raise TypeError("not callable")
        value = self.shared.get(number)
        if what in RUN:
            return self.run_here(value, what, wish, unpacker)
        arguments = [unpacker.unpack(each) for each in wish["arguments"]]
        return handed.use(self.shared, value, what, str(wish["name"]), arguments)
