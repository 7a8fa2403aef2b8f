"""An exercise as its checks know it, and the same as data for a `checks.pack`."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from grader.checks.expect import Choice, Exact, Number, Several, Words
from grader.checks.expect_chart import Chart
from grader.checks.expect_tables import Column, Labelled, Table
from grader.checks.wire import from_json, to_json

KINDS: dict[str, Any] = {
    cls.kind: cls for cls in (Number, Choice, Words, Exact, Several, Column, Labelled, Table, Chart)
}

VALUE, TROUBLE, RULE = "value", "trouble", "rule"


@dataclass(frozen=True)
class Slip:
    """A recognisable misconception: its name and what it deserves to hear.

    It is recognised by `how`: a VALUE that the answer equals, a TROUBLE (exception type, pattern in its text),
    or a RULE: the name of a function in `grader.checks.rules` and its argument.
    """

    name: str
    say: str
    how: str = VALUE
    value: Any = None
    type: str = ""
    pattern: str = ""
    rule: str = ""
    argument: Any = None
    hints: tuple[str, ...] = ()


@dataclass(frozen=True)
class Case:
    """What is right, and what is a known slip, for one choice of the learner's own area."""

    expect: Any
    right: str
    slips: tuple[Slip, ...] = ()


@dataclass(frozen=True)
class Exercise:
    """One marked exercise: what counts as right, in words and in values.

    `ask` restates the question in one line. `cases` replaces `expect`, `right` and `slips` where the learner
    chooses an area in the variable `own`. `typed` is said instead of `right` of an answer that was typed where the
    data could have given it. `starter` and `solution` are code; `level` is core or stretch.
    """

    name: str
    expect: Any
    ask: str
    right: str
    slips: tuple[Slip, ...] = ()
    hints: tuple[str, ...] = ()
    points: float = 1.0
    form_share: float = 1.0
    worked: str = ""
    own: str = ""
    cases: Mapping[str, Case] = field(default_factory=dict)
    kind: str = "write"
    level: str = "core"
    number: str = ""
    starter: str = ""
    solution: str = ""
    typed: str = ""

    @property
    def variables(self) -> tuple[str, ...]:
        """The names the learner gives a value to; none for a chart."""
        if isinstance(self.expect, Several):
            return tuple(self.expect.parts)
        return () if isinstance(self.expect, Chart) else (self.name,)

    def case_for(self, choice: Any) -> Case:
        """Return what counts for the learner's own choice, or for everybody where there is none."""
        if self.own and type(choice) is str:
            for name, case in self.cases.items():
                if name.casefold() == choice.strip().casefold():
                    return case
        return Case(self.expect, self.right, self.slips)


def expectation_to_data(expect: Any) -> dict[str, Any]:
    """Return an expectation as JSON types."""
    if isinstance(expect, Several):
        return {"kind": "several", "parts": {name: expectation_to_data(part) for name, part in expect.parts.items()}}
    fields = {f.name: to_json(getattr(expect, f.name)) for f in dataclasses.fields(expect)}
    return {"kind": expect.kind, **fields}


def expectation_from_data(data: Mapping[str, Any]) -> Any:
    """Return the expectation that `expectation_to_data` wrote."""
    if data["kind"] == "several":
        return Several({name: expectation_from_data(part) for name, part in data["parts"].items()})
    return KINDS[data["kind"]](**{name: from_json(value) for name, value in data.items() if name != "kind"})


def exercise_to_data(exercise: Exercise) -> dict[str, Any]:
    """Return an exercise as JSON types."""
    data = {f.name: getattr(exercise, f.name) for f in dataclasses.fields(exercise)}
    data["expect"] = expectation_to_data(exercise.expect)
    data["slips"] = [_slip_to_data(slip) for slip in exercise.slips]
    data["hints"] = list(exercise.hints)
    data["cases"] = {name: _case_to_data(case) for name, case in exercise.cases.items()}
    return data


def exercise_from_data(data: Mapping[str, Any]) -> Exercise:
    """Return the exercise that `exercise_to_data` wrote."""
    made = dict(data)
    made["expect"] = expectation_from_data(data["expect"])
    made["slips"] = tuple(_slip_from_data(slip) for slip in data["slips"])
    made["hints"] = tuple(data["hints"])
    made["cases"] = {name: _case_from_data(case) for name, case in data["cases"].items()}
    return Exercise(**made)


def _slip_to_data(slip: Slip) -> dict[str, Any]:
    data = {f.name: getattr(slip, f.name) for f in dataclasses.fields(slip)}
    return data | {"value": to_json(slip.value), "argument": to_json(slip.argument), "hints": list(slip.hints)}


def _slip_from_data(data: Mapping[str, Any]) -> Slip:
    values = {"value": from_json(data["value"]), "argument": from_json(data["argument"]), "hints": tuple(data["hints"])}
    return Slip(**(dict(data) | values))


def _case_to_data(case: Case) -> dict[str, Any]:
    slips = [_slip_to_data(slip) for slip in case.slips]
    return {"expect": expectation_to_data(case.expect), "right": case.right, "slips": slips}


def _case_from_data(data: Mapping[str, Any]) -> Case:
    slips = tuple(_slip_from_data(slip) for slip in data["slips"])
    return Case(expectation_from_data(data["expect"]), data["right"], slips)
