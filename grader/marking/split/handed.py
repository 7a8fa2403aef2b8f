"""Objects of the tests' own that they hand to answers: what a learner's code may ask of them from its own process."""

from __future__ import annotations

import io
import random
import types
from typing import TYPE_CHECKING, Any
from unittest import mock

import numpy as np

from grader.marking.split import classes

if TYPE_CHECKING:
    from grader.marking.split.shared import Shared

GIVING = (np.random.Generator, np.random.RandomState, random.Random)
FILES = (io.StringIO, io.BytesIO, io.TextIOWrapper)
REFUSED = frozenset("seed get_state set_state getstate setstate bit_generator spawn buffer detach reconfigure".split())
OF_MOCKS = frozenset(dir(mock.MagicMock()))


def is_handed(value: Any) -> bool:
    """Say whether answers may use an object through its names and operators: one of the tests' classes, or a usual one.

    Of random numbers they may draw, not choose what is drawn; stand-ins of `unittest.mock` they may call, not prepare.
    """
    kind = type(value)
    own = kind.__module__ == "__main__" and not isinstance(value, (type, BaseException))
    return own or kind in (*GIVING, *FILES, types.SimpleNamespace) or isinstance(value, mock.NonCallableMock)


def about(value: Any) -> dict[str, Any]:
    """Describe the class of an object that is handed over: its name and its operators."""
    kind = type(value)
    own = [each for each in kind.__mro__ if each is not object]
    names = (*classes.OPERATORS, *classes.COMPARE, *classes.LEAVE)
    does = [name for name in names if any(vars(each).get(name) is not None for each in own)]
    return {"name": kind.__name__, "is": "class", "from": [], "does": does, "module": kind.__module__}


def use(shared: Shared, value: Any, what: str, name: str, arguments: list[Any]) -> Any:
    """Do what answers ask of an object that was handed to them; raise AttributeError for what they may not."""
    of_mock = isinstance(value, mock.NonCallableMock)
    if not is_handed(value) or name in (OF_MOCKS if of_mock and what != "operator" else REFUSED):
        raise AttributeError(name)
    if what == "operator" and name in (*classes.OPERATORS, *classes.COMPARE, *classes.LEAVE):
        return getattr(type(value), name)(value, *arguments)
    if name.startswith("_") or (what == "set" and of_mock):
        raise AttributeError(name)
    if what == "attribute":
        return getattr(value, name)
    if what == "set":
        shared.changed = True
        return None if shared.guarded else setattr(value, name, arguments[0])
    raise TypeError(what)
