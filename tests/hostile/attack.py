"""What one hostile or unlucky submission is: what is handed in, and what it has honestly earned, worked out by hand."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

MARKED, REPAIRED, LOOK = "marked", "marked with repairs", "needs a look"
FULL = {"total_test": 2.0, "by_place_test": 2.0, "doubled_test": 2.0, "share_test": 3.0, "drawn_test": 2.0}
NOTHING = dict.fromkeys(FULL, 0.0)
WITHOUT_TOTAL = FULL | {"total_test": 0.0}


@dataclass(frozen=True)
class Places:
    """Where things are that no submission may reach: folders, a port and a door that listen, a process."""

    course: Path
    home: Path
    outside: Path
    port: int
    process: int

    def fill(self, text: str) -> str:
        """Return code with the places put in."""
        for name in ("course", "home", "outside", "port", "process"):
            text = text.replace(f"@{name.upper()}@", str(getattr(self, name)))
        return text


@dataclass(frozen=True)
class Attack:
    """One submission. Answers not named are right; `earns` are its points, `says` words that its feedback must hold.

    `earns` of None stands for no score at all. `apart` marks an attack that only the split can meet: in one process
    with the tests (`--compat`) the learner's code decides, as in nbgrader, so its points are not promised there.
    `refused` marks one whose first step the second layer refuses: then the first answer is not there.
    """

    answers: Mapping[str, str] = field(default_factory=dict)
    earns: Mapping[str, float | None] | None = field(default_factory=lambda: dict(FULL))
    outcome: str = MARKED
    says: str = ""
    change: Callable[[dict[str, Any]], Any] | None = None
    files: Callable[[Path, Places], Any] | None = None
    apart: bool = False
    refused: bool = False


def code(text: str, says: str = "", **more: Any) -> Attack:
    """Return a submission that runs this in place of the first answer, with all others right."""
    return Attack({"total": textwrap.dedent(text).strip("\n")}, **({"earns": dict(WITHOUT_TOTAL), "says": says} | more))


def forged(text: str, **more: Any) -> Attack:
    """Return a submission that runs this in place of the first answer and has no other code: it earns nothing."""
    answers = dict.fromkeys(("by_place", "doubled", "share", "drawn"), "pass")
    answers["total"] = textwrap.dedent(text).strip("\n")
    return Attack(answers, **({"earns": dict(NOTHING), "apart": True} | more))


def shown(text: str, **more: Any) -> Attack:
    """Return a submission with every answer right that shows something first."""
    right = "def total(table):\n    return int(table['amount'].sum())"
    return Attack({"total": f"{textwrap.dedent(text).strip()}\n{right}"}, **more)
