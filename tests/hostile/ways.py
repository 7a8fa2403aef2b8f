"""The ways in which attacks are marked: under which layer, apart or in one process, and which of them."""

from __future__ import annotations

import os
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

import marking_room as room
from hostile.attack import Attack
from hostile.themes import FOUND, INSIDE, OWN, THEMES

from grader.marking.sandbox.enter import LANDLOCK, NAMESPACES

EVERYTHING = os.environ.get("FOOTHILLS_HOSTILE") == "all"
LESSON = "01-what-exactly-is-in-this-file"


@dataclass(frozen=True)
class Way:
    """One way to mark: apart or in one process, under which layer, every how many of the attacks, and which always."""

    name: str
    themes: tuple[Any, ...]
    each: int
    always: Collection[str] = ()
    compat: bool = False
    layer: str = NAMESPACES
    lesson: str = room.NAME

    @property
    def attacks(self) -> dict[str, Attack]:
        """Return the attacks of this way, by theme and name."""
        found = {
            f"{theme.__name__.partition('.')[2]}: {name}": attack
            for theme in self.themes
            for name, attack in theme.ATTACKS.items()
        }
        chosen = list(found)[:: 1 if EVERYTHING else self.each]
        always = [name for name in found if name.partition(": ")[2] in self.always]
        return {name: found[name] for name in dict.fromkeys([*chosen, *always])}

    def earned(self, attack: Attack) -> Mapping[str, float | None]:
        """Return the points that an attack has earned here."""
        if self.layer == LANDLOCK and attack.refused and attack.earns:
            return {**attack.earns, "total_test": 0.0}
        return attack.earns or {}


WAYS = (
    Way("apart", THEMES, 6, FOUND),
    Way("in one process", THEMES, 30, ("the tests' text looked for",), compat=True),
    Way("apart, the second layer", INSIDE, 18, layer=LANDLOCK),
    Way("in one process, the second layer", INSIDE, 50, compat=True, layer=LANDLOCK),
    Way("a lesson of ours", OWN, 2, FOUND, lesson=LESSON),
)
