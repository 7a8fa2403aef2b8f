"""The learner's own area: which choices are on offer, and whether one would hide a slip."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from typing import Any

from grader.checks.exercise import VALUE, Case, Exercise
from grader.checks.expect import is_number, rounded_forms
from grader.checks.like import like


def offers(exercise: Exercise, choice: Any) -> bool:
    """Say whether the exercise has a case for this choice; capital letters and outer spaces do not count."""
    return type(choice) is str and choice.strip().casefold() in {name.casefold() for name in exercise.cases}


def not_offered(exercise: Exercise, choice: Any) -> str:
    """Say what to do about a choice that is not on offer."""
    if type(choice) is not str:
        return f'{exercise.own} holds no name yet. Give it one in quote marks: {exercise.own} = "...". Then run the cells from there.'
    near = difflib.get_close_matches(choice.strip(), exercise.cases, n=1, cutoff=0.8)
    meant = f"Did you mean {near[0]}?" if near else "Choose another name from the table, with the same spelling."
    return f'{exercise.own} is "{choice.strip()[:40]}", which this exercise does not offer. {meant}'


def hidden_slips(case: Case) -> list[str]:
    """Return the names of slips that would pass for right in this case, or be taken for another slip.

    A slip is tried as it is and at each rounding that a check accepts.
    """
    slips = [slip for slip in case.slips if slip.how == VALUE]
    hidden = []
    for place, slip in enumerate(slips):
        others = [like(case.expect, other.value) for other in slips[:place]]
        ways = list(_ways(slip.value))
        if any(case.expect.match(way).agrees for way in ways) or any(other.match(ways[0]).agrees for other in others):
            hidden.append(slip.name)
    return hidden


def _ways(value: Any) -> Iterator[Any]:
    """Yield a value, then what people may give for it: numbers at every sensible rounding."""
    yield value
    if is_number(value):
        yield from rounded_forms(value)
    elif type(value) is dict and all(map(is_number, value.values())):
        for places in range(6, -1, -1):
            made = {name: round(float(item), places) for name, item in value.items()}
            if all(abs(item) * 10**places >= 10 for item in made.values()):
                yield made
