"""What is known about a notebook's tests before anyone's answers are marked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from typing import Any


@dataclass(frozen=True)
class Plan:
    """How the tests of one notebook are marked; its frozen sets hold names.

    Of the answers: `answers` are the names that the reference answers bind (tests ask for no others), `imports` gives,
    for a name that they import, the line that does. Of the lesson: `shared` are names that it binds and answers change,
    `files` its files that answers write themselves, `words` all words of the reference outside the tests (a name that
    tests bind reaches the learner's child only where it is one of these). Of the tests, by the cells' names: `objects`
    look at objects of learners' classes, `changes` have data of their own that the reference answer changes,
    `unverified` do not come out the same in two children as in one, and are marked in one.
    """

    answers: frozenset[str] = frozenset()
    shared: frozenset[str] = frozenset()
    imports: Mapping[str, str] = field(default_factory=dict)
    words: frozenset[str] = frozenset()
    objects: frozenset[str] = frozenset()
    changes: frozenset[str] = frozenset()
    files: frozenset[str] = frozenset()
    unverified: frozenset[str] = frozenset()

    def to_json(self) -> dict[str, Any]:
        """Return the plan as JSON types."""
        return {name: sorted(value) if isinstance(value, frozenset) else value for name, value in asdict(self).items()}


def plan_from_json(data: Mapping[str, Any]) -> Plan:
    """Return the plan that `to_json` wrote; raise KeyError, TypeError or ValueError for anything else."""
    kept = {each.name: data[each.name] for each in fields(Plan)}
    read: Any = {name: dict(value) if name == "imports" else frozenset(value) for name, value in kept.items()}
    return Plan(**read)
