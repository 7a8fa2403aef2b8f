"""What tests put in the place of Python's own: `input`, `print`, or whatever `unittest.mock.patch` replaces in a module."""

from __future__ import annotations

import ast
import builtins
import contextlib
import importlib
import operator
import sys
from collections.abc import Mapping
from types import ModuleType
from typing import TYPE_CHECKING, Any
from unittest import mock

from grader.marking.split.values import MISSING, BadData

if TYPE_CHECKING:
    from grader.marking.split.packing import Packer
    from grader.marking.split.unpacking import Unpacker

OF_IPYTHON = ("copyright", "credits", "display", "exit", "get_ipython", "help", "license", "quit")
NAMES = tuple(name for name in vars(builtins) if not name.startswith("_") and name not in OF_IPYTHON)
OF_PYTHON = operator.itemgetter(*NAMES)
ORDINARY = OF_PYTHON(vars(builtins))
APART = ("__main__", "builtins", "sys")  # names and streams are seen to elsewhere


class Watch:
    """The tests' end: says which replacements have been made or taken back."""

    def __init__(self) -> None:
        self._patched: dict[tuple[str, str], Any] = {}
        self._places: dict[tuple[str, str], Any] = {}
        self._told: dict[tuple[str, str], Any] = {}
        self._watch_mock()

    def _watch_mock(self) -> None:
        kind: Any = mock._patch
        enter, leave = kind.__enter__, kind.__exit__

        def entering(patch: Any) -> Any:
            made = enter(patch)
            target = patch.target
            if isinstance(target, ModuleType) and target.__name__ not in APART:
                self._patched[(target.__name__, patch.attribute)] = getattr(target, patch.attribute, None)
            return made

        def leaving(patch: Any, *about: Any) -> Any:
            target = getattr(patch, "target", None)
            if isinstance(target, ModuleType):
                self._patched.pop((target.__name__, patch.attribute), None)
            return leave(patch, *about)

        kind.__enter__, kind.__exit__ = entering, leaving

    def watch(self, tree: ast.AST, names: Mapping[str, Any]) -> None:
        """Watch the places in modules that code assigns to."""
        for node in ast.walk(tree):
            if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store) and isinstance(node.value, ast.Name):
                module = names.get(node.value.id)
                if isinstance(module, ModuleType) and module.__name__ not in APART:
                    self._places.setdefault((module.__name__, node.attr), getattr(module, node.attr, MISSING))

    def news(self, packer: Packer) -> list[Any]:
        """Return module, name and value of each replacement; without a value where it was taken back."""
        now = dict(self._patched)
        for where, ordinary in self._places.items():
            held = getattr(sys.modules.get(where[0]), where[1], MISSING)
            if held is not ordinary and held is not MISSING:
                now[where] = held
        with contextlib.suppress(KeyError):  # one was deleted
            held_now = OF_PYTHON(vars(builtins))
            if held_now != ORDINARY:
                pairs = zip(NAMES, held_now, ORDINARY, strict=True)
                now |= {("builtins", name): held for name, held, ordinary in pairs if held is not ordinary}
        if not now and not self._told:
            return []
        found = [[*where, packer.safely(held)] for where, held in now.items()]
        found += [[*where] for where in self._told if where not in now]
        self._told = now
        return found


class Patches:
    """The learner's end: makes the replacements, and takes them back."""

    def __init__(self) -> None:
        self._before: dict[tuple[str, str], Any] = {}

    def take(self, data: Any, unpacker: Unpacker) -> None:
        """Make or take back the replacements that the tests tell of."""
        for module_name, name, *value in data or ():
            where = (str(module_name), str(name))
            with contextlib.suppress(BadData, ImportError, AttributeError):
                module = sys.modules.get(where[0]) or importlib.import_module(where[0])
                if not value:
                    setattr(module, where[1], self._before.pop(where))
                    continue
                made = unpacker.unpack(value[0])
                self._before.setdefault(where, getattr(module, where[1]))
                setattr(module, where[1], made)
