"""What stands for the other side's functions and iterators: arguments go there by value, results come back."""

from __future__ import annotations

import contextlib
import inspect
import types
from collections.abc import Callable, Generator, Iterator
from typing import TYPE_CHECKING, Any

from grader.marking.split.values import text_or_none

if TYPE_CHECKING:
    from grader.marking.split.packing import Packer
    from grader.marking.split.peer import Peer
    from grader.marking.split.unpacking import Unpacker

CODE = (
    *("co_argcount", "co_kwonlyargcount", "co_posonlyargcount", "co_nlocals", "co_flags", "co_firstlineno", "co_name"),
    *("co_varnames", "co_names", "co_consts", "co_freevars", "co_cellvars"),
)
PLAIN = (str, int, float, bool, bytes, type(None))
PARAMETER_KINDS = {kind.name: kind for kind in inspect._ParameterKind}


class Inert:
    """Stands for a value that does not travel: it can be named and handed back, and does nothing."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __repr__(self) -> str:
        return f"<{self._name} object>"


def function(peer: Peer, number: int, data: dict[str, Any], unpacker: Unpacker) -> Any:
    """Return a real function that calls the other side's, with its name, its text of help and its parameters."""

    def call(*arguments: Any, **named: Any) -> Any:
        return peer.call(number, arguments, named)

    by_def = data.get("def") is True
    made: Any = call if by_def and peer.describes_classes else (Function if by_def else Called)(peer, number)
    made.__name__ = made.__qualname__ = str(data.get("name") or "function")
    made.__module__ = "__main__"
    made.__doc__ = text_or_none(data.get("doc"))
    if type(data.get("code")) is dict:
        made.__code__ = types.SimpleNamespace(
            **{name: unpacker.unpack(held) for name, held in data["code"].items() if name in CODE}
        )
    if "takes" in data:
        taken = _signature(data, unpacker)
        made.__signature__ = taken
        made.__defaults__ = _defaults(taken)
        made.__kwdefaults__ = _named_defaults(taken)
        made.__annotations__ = {
            each.name: each.annotation for each in taken.parameters.values() if each.annotation is not each.empty
        }
        if "returns" in data:
            made.__annotations__["return"] = taken.return_annotation
    return made


class Called:
    """Stands for something that can be called; what else it holds is asked for."""

    def __init__(self, peer: Peer, number: int) -> None:
        object.__setattr__(self, "__dict__", {"_peer": peer, "_number": number})

    def __call__(self, *arguments: Any, **named: Any) -> Any:
        """Call it."""
        return self._peer.call(self._number, arguments, named)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(f"'{self.__class__.__name__}' object has no attribute '{name}'")
        return self._peer.look("attribute", {"number": self._number, "name": name})

    def __setattr__(self, name: str, value: Any) -> None:
        if name.startswith("__"):
            object.__setattr__(self, name, value)
        else:
            self._peer.look("set", {"number": self._number, "name": name}, (value,))


class Function(Called):
    """Stands for a function made by `def`, and counts as one. What it does not have cannot be taken for the learner's."""

    def __get__(self, held: Any, kind: Any = None) -> Any:
        """Be a method of the object that it is asked of."""
        return self if held is None else types.MethodType(self, held)

    __class__ = property(lambda _: types.FunctionType)


def about_function(value: Any, packer: Packer) -> dict[str, Any]:
    """Describe a function: its text of help, its parameters, and what can be told of its code in plain values."""
    made: dict[str, Any] = {"doc": text_or_none(getattr(value, "__doc__", None))}
    with contextlib.suppress(TypeError, ValueError):
        taken = inspect.signature(value)
        made["takes"] = [_described(each, packer) for each in taken.parameters.values()]
        if taken.return_annotation is not taken.empty:
            made["returns"] = packer.safely(taken.return_annotation)
    code = getattr(value, "__code__", None)
    if packer.host.describes_classes and isinstance(code, types.CodeType):
        made["code"] = {name: packer.safely(_told(getattr(code, name))) for name in CODE}
    return made | {"def": isinstance(value, (types.FunctionType, types.MethodType))}


def _described(taken: inspect.Parameter, packer: Packer) -> dict[str, Any]:
    held = {"default": taken.default, "annotation": taken.annotation}
    known = {name: packer.safely(value) for name, value in held.items() if value is not taken.empty}
    return {"name": taken.name, "kind": taken.kind.name} | known


def _signature(data: dict[str, Any], unpacker: Unpacker) -> inspect.Signature:
    made = []
    returned = unpacker.unpack(data["returns"]) if "returns" in data else inspect.Signature.empty
    for each in data["takes"]:
        held = {name: unpacker.unpack(each[name]) for name in ("default", "annotation") if name in each}
        made.append(inspect.Parameter(str(each["name"]), PARAMETER_KINDS[str(each["kind"])], **held))
    return inspect.Signature(made, return_annotation=returned)


def _defaults(taken: inspect.Signature) -> tuple[Any, ...] | None:
    found = [each.default for each in taken.parameters.values() if each.kind is not each.KEYWORD_ONLY]
    return tuple(each for each in found if each is not inspect.Parameter.empty) or None


def _told(value: Any) -> Any:
    """Return what there is to tell of a part of a function's code: of its constants, those that are plain."""
    return tuple(each if type(each) in PLAIN else None for each in value) if type(value) is tuple else value


def _named_defaults(taken: inspect.Signature) -> dict[str, Any] | None:
    found = {each.name: each.default for each in taken.parameters.values() if each.kind is each.KEYWORD_ONLY}
    return {name: value for name, value in found.items() if value is not inspect.Parameter.empty} or None


def iterator(peer: Peer, number: int, name: str) -> Iterator[Any]:
    """Return an iterator whose items come from the other side's, each when it is asked for."""
    steps = Steps(peer, number, name)
    if name == "map":
        return map(_same, steps)
    if name == "filter":
        return filter(_any, steps)
    return _generator(peer, number) if name == "generator" else steps


def _generator(peer: Peer, number: int) -> Generator[Any, Any, Any]:
    what, given = "next", tuple[Any, ...]()
    while True:
        try:
            item = peer.request(what, {"number": number}, given)
        except StopIteration as end:
            return end.value
        try:
            sent = yield item
        except GeneratorExit:
            raise
        except BaseException as trouble:
            what, given = "throw", (trouble,)
        else:
            what, given = ("next", ()) if sent is None else ("send", (sent,))


class Steps:
    """An iterator of the other side's that is no generator."""

    def __init__(self, peer: Peer, number: int, name: str) -> None:
        self._peer, self._number, self._name = peer, number, name

    def __iter__(self) -> Steps:
        return self

    def __next__(self) -> Any:
        return self._peer.step(self._number)

    def __repr__(self) -> str:
        return f"<{self._name} object>"


class Listed:
    """An object of the other side's of which nothing is known but that it gives its items."""

    def __init__(self, peer: Peer, number: int, name: str) -> None:
        self._peer, self._number, self._name = peer, number, name

    def __iter__(self) -> Iterator[Any]:
        found: Iterator[Any] = self._peer.request("operator", {"number": self._number, "name": "__iter__"})
        return found

    def __repr__(self) -> str:
        return f"<{self._name} object>"


def _same(item: Any) -> Any:
    return item


def _any(_: Any) -> bool:
    return True


def text_from(peer: Peer, number_of: Callable[[Any], int | None]) -> None:
    """Have `inspect.getsource` and the like ask the other side for the text of its functions and classes."""
    ordinary = inspect.findsource

    def findsource(value: Any) -> Any:
        number = number_of(value)
        if number is None:
            return ordinary(value)
        text = peer.ask("text", {"number": number})
        if type(text) is not str:
            raise OSError("could not get source code")
        return text.splitlines(keepends=True), 0

    here: Any = inspect
    here.findsource = findsource
