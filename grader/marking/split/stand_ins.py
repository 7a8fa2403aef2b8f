"""What stands for the other side's functions and iterators: arguments go there by value, results come back."""

from __future__ import annotations

import contextlib
import inspect
import types
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from grader.marking.split.exceptions import MAX_TEXT

if TYPE_CHECKING:
    from grader.marking.split.packing import Packer
    from grader.marking.split.peer import Peer
    from grader.marking.split.unpacking import Unpacker

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

    made: Any = call if data.get("def") is True else Called(call)
    made.__name__ = made.__qualname__ = str(data.get("name") or "function")
    made.__module__ = "__main__"
    made.__doc__ = data["doc"] if type(data.get("doc")) is str else None
    if "takes" in data:
        taken = _signature(data["takes"], unpacker)
        made.__signature__ = taken
        made.__defaults__ = _defaults(taken)
        made.__annotations__ = {
            each.name: each.annotation for each in taken.parameters.values() if each.annotation is not each.empty
        }
    return made


class Called:
    """Stands for something that can be called and is no function made by `def`."""

    def __init__(self, call: Callable[..., Any]) -> None:
        self._call = call

    def __call__(self, *arguments: Any, **named: Any) -> Any:
        """Call it."""
        return self._call(*arguments, **named)


def about_function(value: Any, packer: Packer) -> dict[str, Any]:
    """Describe a function: its text of help and its parameters."""
    doc = getattr(value, "__doc__", None)
    made: dict[str, Any] = {"doc": doc[:MAX_TEXT]} if type(doc) is str else {}
    with contextlib.suppress(TypeError, ValueError):
        made["takes"] = [_described(each, packer) for each in inspect.signature(value).parameters.values()]
    return made | {"def": isinstance(value, (types.FunctionType, types.MethodType))}


def _described(taken: inspect.Parameter, packer: Packer) -> dict[str, Any]:
    held = {"default": taken.default, "annotation": taken.annotation}
    known = {name: packer.safely(value) for name, value in held.items() if value is not taken.empty}
    return {"name": taken.name, "kind": taken.kind.name} | known


def _signature(data: Any, unpacker: Unpacker) -> inspect.Signature:
    made = []
    for each in data:
        held = {name: unpacker.unpack(each[name]) for name in ("default", "annotation") if name in each}
        made.append(inspect.Parameter(str(each["name"]), PARAMETER_KINDS[str(each["kind"])], **held))
    return inspect.Signature(made)


def _defaults(taken: inspect.Signature) -> tuple[Any, ...] | None:
    found = [each.default for each in taken.parameters.values() if each.kind is not each.KEYWORD_ONLY]
    return tuple(each for each in found if each is not inspect.Parameter.empty) or None


def iterator(peer: Peer, number: int, name: str) -> Iterator[Any]:
    """Return an iterator whose items come from the other side's, each when it is asked for."""
    steps = Steps(peer, number, name)
    if name == "map":
        return map(_same, steps)
    if name == "filter":
        return filter(_any, steps)
    return (item for item in steps) if name == "generator" else steps


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
