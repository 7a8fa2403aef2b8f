"""Exceptions as descriptions, and back: a built-in class, or a class of the same name below one.

A description holds JSON types alone.
"""

from __future__ import annotations

import builtins
import contextlib
from typing import TYPE_CHECKING, Any

from grader.marking.split.values import BadData

if TYPE_CHECKING:
    from grader.marking.split.packing import Packer
    from grader.marking.split.unpacking import Unpacker

MAX_TEXT = 20_000
OURS = "marking/split/"
KEPT = (str, int, float, bool, bytes, tuple, list, dict, type(None))  # arguments of these types stay as they are


def describe(trouble: BaseException, packer: Packer) -> dict[str, Any]:
    """Describe an exception: its classes, its plain arguments, what it holds and how it reads."""
    kind = type(trouble)
    names = [each.__name__ for each in kind.__mro__ if issubclass(each, BaseException)]
    given = trouble.args
    if isinstance(trouble, OSError) and trouble.filename is not None and len(given) == 2:
        given = (*given, trouble.filename)  # Python takes it out of the arguments
    made = {
        "names": names[:20],
        "arguments": [packer.safely(each) if type(each) in KEPT else _text(each) for each in given[:10]],
        "text": _text(trouble),
    }
    if packer.host.describes_classes and kind.__module__ != "builtins":
        held = _class_data(trouble) | vars(trouble)
        made |= {"kind": packer.safely(kind), "held": [[name, packer.safely(value)] for name, value in held.items()]}
    return made


def _class_data(trouble: BaseException) -> dict[str, Any]:
    """Return what a learner's exception has from its class: data, and what properties say."""
    found = {}
    for kind in type(trouble).__mro__:
        for name, value in vars(kind).items() if kind.__module__ == "__main__" else ():
            if not name.startswith("__") and (
                isinstance(value, property) or not callable(getattr(value, "__get__", None))
            ):
                with contextlib.suppress(Exception):  # whatever a learner's property raises
                    found[name] = getattr(trouble, name)
    return found


def to_exception(data: Any, unpacker: Unpacker) -> BaseException:
    """Return an exception like the described one; a RuntimeError of its text where the description is none."""
    try:
        arguments = [unpacker.unpack(each) for each in data["arguments"]]
        kind = unpacker.unpack(data["kind"]) if "kind" in data else None
        if isinstance(kind, type) and issubclass(kind, BaseException):
            return _of_learners(kind, arguments, data, unpacker)
        names = [str(name)[:100] for name in data["names"]]
        base = next(found for name in names if (found := _built_in(name)) is not None)
        kind = base if base.__name__ == names[0] else type(names[0], (base,), {"__module__": "__main__"})
        made: BaseException = kind(*arguments)
        return made
    except (KeyError, TypeError, ValueError, StopIteration, AttributeError, BadData):
        return RuntimeError(str(data.get("text"))[:MAX_TEXT] if type(data) is dict else "")


def _of_learners(kind: Any, arguments: list[Any], data: dict[str, Any], unpacker: Unpacker) -> BaseException:
    made: BaseException = kind.__new__(kind, *arguments)
    made.args = tuple(arguments)
    held = {str(name): unpacker.unpack(value) for name, value in data["held"]}
    made.__dict__.update(held | {"_said": str(data["text"])[:MAX_TEXT]})
    return made


def _built_in(name: str) -> type[BaseException] | None:
    found = getattr(builtins, name, None)
    return found if isinstance(found, type) and issubclass(found, BaseException) else None


def _text(value: Any) -> str:
    try:
        return str(value)[:MAX_TEXT]
    except Exception:  # a learner's __str__ may raise anything
        return ""


def with_places_of(traceback: list[str], places: list[str]) -> list[str]:
    """Return a traceback with the places in the learner's code where those in the talk of the two ends are."""
    ours = [number for number, each in enumerate(traceback[:-1]) if OURS in each]
    if not ours:
        return traceback
    kept = [each for number, each in enumerate(traceback) if number not in ours]
    return [*kept[: ours[0]], *places, *kept[ours[0] :]]
