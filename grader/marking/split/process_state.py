"""What one process would share between answers and tests beside names: random numbers and what warnings do."""

from __future__ import annotations

import contextlib
import linecache
import random
import re
import sys
import warnings
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import numpy as np

from grader.marking.split.values import BadData

if TYPE_CHECKING:
    from grader.marking.split.packing import Packer
    from grader.marking.split.unpacking import Unpacker

ACTIONS = ("default", "error", "ignore", "always", "module", "once")
MAX_FILTERS, MAX_WARNED, MAX_TEXT = 100, 200, 5_000


class ProcessState:
    """One end's part of it: says what has changed since the other end last heard, and takes over what it says.

    Random numbers go one way: tests set those of the answers, answers never those that tests draw their data by.
    `drawn` says that code here may have drawn or set some.
    """

    def __init__(self, tells_random: bool) -> None:
        self._tells_random, self.drawn = tells_random, False
        self._warned: list[Any] = []
        self._states = _states()
        self._filters = _seen_filters()

    def news(self, packer: Packer) -> dict[str, Any]:
        """Return what has changed."""
        found: dict[str, Any] = {}
        if self._tells_random and self.drawn:
            states, self._states = self._states, _states()
            if self._states[0] != states[0]:
                version, words, gauss = self._states[0]
                found["random"] = [version, packer.part(np.array(words, "u4").tobytes()), gauss]
            if self._states[1:] != states[1:]:
                words, place, has, gauss = self._states[1:]
                found["numpy"] = [packer.part(words), place, has, gauss]
        if (seen := _seen_filters()) != self._filters:
            self._filters = seen
            found["filters"] = [made for each in warnings.filters if (made := _filter(each)) is not None]
        if self._warned:
            found["warned"] = self._warned[:MAX_WARNED]
            self._warned = []
        return found

    def take(self, data: Any, unpacker: Unpacker) -> None:
        """Take over what the other end says; raise BadData when it says something else."""
        if type(data) is not dict or not data:
            return
        try:
            if "random" in data and not self._tells_random:
                version, part, gauss = data["random"]
                state = np.frombuffer(unpacker.part(part), "u4").tolist()
                random.setstate((int(version), tuple(state), None if gauss is None else float(gauss)))
            if "numpy" in data and not self._tells_random:
                part, place, has, gauss = data["numpy"]
                words = np.frombuffer(unpacker.part(part), "u4")
                np.random.set_state(("MT19937", words, int(place), int(has), float(gauss)))
            if "filters" in data:
                _set_filters(data["filters"])
        except (TypeError, ValueError, KeyError) as trouble:
            raise BadData(str(trouble)[:200]) from None
        self._filters = _seen_filters()
        for each in list(data.get("warned", []))[:MAX_WARNED]:
            _warn(each)

    def fresh(self) -> None:
        """Forget which warnings have been shown, as every cell of a notebook does."""
        warnings._filters_mutated()  # type: ignore[attr-defined]

    @contextlib.contextmanager
    def collecting(self) -> Iterator[None]:
        """Keep warnings for the other end meanwhile, instead of showing them."""
        shown = warnings.showwarning
        warnings.showwarning = self._keep
        try:
            yield
        finally:
            warnings.showwarning = shown

    def _keep(
        self, message: Any, category: type, filename: str, lineno: int, file: Any = None, line: Any = None
    ) -> None:
        text = line or linecache.getline(filename, lineno).strip()
        self._warned.append(
            [str(message)[:MAX_TEXT], _name(category), str(filename), int(lineno), str(text)[:MAX_TEXT]]
        )


def _states() -> tuple[Any, ...]:
    """Return the states of Python's and numpy's own random numbers."""
    held: Any = np.random.get_state()
    kind, words, place, has, gauss = held
    return random.getstate(), words.tobytes() if kind == "MT19937" else b"", int(place), int(has), float(gauss)


def _seen_filters() -> list[int]:
    return [id(each) for each in warnings.filters]


def _name(category: type) -> str:
    return f"{category.__module__}.{category.__qualname__}"


def _category(name: Any) -> Any:
    module, _, rest = str(name).rpartition(".")
    found = getattr(sys.modules.get(module), rest, None)
    return found if isinstance(found, type) and issubclass(found, Warning) else UserWarning


def _filter(each: Any) -> list[Any] | None:
    action, message, category, module, lineno = each
    texts = [None if part is None else part if type(part) is str else part.pattern for part in (message, module)]
    return [action, texts[0], _name(category), texts[1], lineno]


def _set_filters(data: Any) -> None:
    """Put these filters in the place of this end's, where they can be read."""
    made: list[Any] = []
    for action, message, category, module, lineno in list(data)[:MAX_FILTERS]:
        if action not in ACTIONS:
            raise BadData("not a filter")
        patterns = [None if text is None else re.compile(str(text)[:200], re.I) for text in (message, module)]
        made.append((action, patterns[0], _category(category), patterns[1], int(lineno)))
    here: Any = warnings
    here.filters[:] = made
    here._filters_mutated()


def _warn(data: Any) -> None:
    try:
        text, category, filename, lineno, line = data
        kind = _category(category)
        message = warnings.WarningMessage(kind(str(text)), kind, str(filename), int(lineno), None, str(line))
        show: Any = warnings._showwarnmsg  # type: ignore[attr-defined]
        show(message)
    except (TypeError, ValueError):
        return
