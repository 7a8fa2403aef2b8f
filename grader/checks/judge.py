"""Decide how an answer came out: `judge(exercise, snapshot) -> Outcome`. Pure, and the same everywhere.

The order is: not tried; could not run; right, in this form or another; a slip that the lesson names; a slip
that any lesson may meet; anything else.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

import pandas as pd

from grader.checks.exercise import RULE, TROUBLE, VALUE, Case, Exercise, Slip
from grader.checks.expect import Choice, Number, Several
from grader.checks.expect_chart import Chart
from grader.checks.like import like
from grader.checks.match import FORM_WORDS, SAME, Match
from grader.checks.own import not_offered, offers
from grader.checks.problems import PROBLEM_WORDS, seen
from grader.checks.python_errors import explain
from grader.checks.rules import RULES
from grader.checks.signs import sign
from grader.checks.snapshot import Snapshot
from grader.checks.untried import all_blank, gives, is_blank, near_name, still_dots, untouched, untouched_words
from grader.checks.values import Opaque
from grader.checks.verdict import Outcome, Verdict

_MISSING = object()


@dataclass(frozen=True)
class Words:
    """The names and headings that a lesson uses: what turns "not known" into "did you mean"."""

    names: Collection[str] = ()
    columns: Collection[str] = ()


def judge(exercise: Exercise, snapshot: Snapshot, words: Words = Words()) -> Outcome:
    """Return the outcome of one answer."""
    case = exercise.case_for(snapshot.variables.get(exercise.own))
    value = _answer(case.expect, exercise, snapshot)
    if untouched(exercise, snapshot, None if value is _MISSING else value):
        return _outcome(exercise, Verdict.NOT_TRIED, untouched_words(exercise, snapshot))
    if snapshot.trouble is not None:
        return _could_not_run(exercise, case, snapshot, words)
    own = snapshot.variables.get(exercise.own)
    if exercise.own and not offers(exercise, own):
        return _outcome(exercise, Verdict.NOT_YET, not_offered(exercise, own), name="not_offered")
    if value is _MISSING or (all_blank(value) and not gives(exercise, snapshot)):
        return _missing(exercise, snapshot)
    if all_blank(value):
        return _outcome(exercise, Verdict.NOT_TRIED, still_dots(exercise.variables))
    match = case.expect.match(value)
    if match.agrees:
        return _agreed(exercise, case, snapshot, match)
    return _missed(exercise, case, snapshot, value, match)


def _answer(expect: Any, exercise: Exercise, snapshot: Snapshot) -> Any:
    """Return the value to compare: charts, one variable, or a dictionary of several."""
    if isinstance(expect, Chart):
        return snapshot.charts
    if isinstance(expect, Several):
        found = {name: snapshot.variables[name] for name in exercise.variables if name in snapshot.variables}
        return found if len(found) == len(exercise.variables) else _MISSING
    return snapshot.variables.get(exercise.name, _MISSING)


def _could_not_run(exercise: Exercise, case: Case, snapshot: Snapshot, words: Words) -> Outcome:
    trouble = snapshot.trouble
    assert trouble is not None
    for slip in case.slips:
        if slip.how == TROUBLE and re.search(slip.type, trouble.type) and re.search(slip.pattern, trouble.text):
            return _outcome(exercise, Verdict.COULD_NOT_RUN, slip.say, slip=slip)
    if isinstance(case.expect, Choice) and trouble.type == "NameError":
        letter = re.search(r"name '(\w)'", trouble.text)
        if letter and letter[1].lower() in case.expect.options:
            return _outcome(
                exercise,
                Verdict.COULD_NOT_RUN,
                f'You typed the letter without quote marks. Type it as "{letter[1]}".',
                name="bare_letter",
            )
    unknown = re.search(r"^name '(\w+)' is not defined", trouble.text)
    if unknown and unknown[1] in exercise.variables:
        return _outcome(exercise, Verdict.COULD_NOT_RUN, _own_name(unknown[1]), name="own_name")
    typed = sign(snapshot.source or "") if trouble.type == "SyntaxError" else None
    if typed:
        return _outcome(exercise, Verdict.COULD_NOT_RUN, typed[1], name=typed[0])
    told = explain(trouble, words.names, words.columns)
    return _outcome(exercise, Verdict.COULD_NOT_RUN, told.say, name=told.name)


def _own_name(name: str) -> str:
    return f"This cell is the one that makes {name}, so Python does not know it yet. Start a line with {name} = and one equals sign."


def _missing(exercise: Exercise, snapshot: Snapshot) -> Outcome:
    there = snapshot.variables
    names = [name for name in exercise.variables if name not in there or is_blank(there[name])]
    for slip in exercise.slips:
        if (
            slip.how == RULE
            and slip.rule in ("source_has", "source_lacks", "shows_number")
            and _applies(slip, snapshot, None)
        ):
            return _outcome(exercise, Verdict.NOT_YET, slip.say, slip=slip)
    say = f"The cell above ran, but nothing in it is called {' and '.join(names)}."
    near = near_name(names[0], snapshot.source or "")
    if near:
        say += f" You have called it {near}: change that to {names[0]}, letter by letter."
    else:
        say += f" Start your line with {names[0]} = so the answer has its name."
    return _outcome(exercise, Verdict.COULD_NOT_RUN, say, name="no_name")


def _agreed(exercise: Exercise, case: Case, snapshot: Snapshot, match: Match) -> Outcome:
    if match.level == SAME:
        right = exercise.typed if exercise.typed and _typed(exercise, snapshot) else case.right
        return _outcome(exercise, Verdict.RIGHT, right, score=exercise.points)
    say = " ".join(FORM_WORDS[form] for form in match.forms[:2])
    return _outcome(exercise, Verdict.OTHER_FORM, say, score=exercise.points * exercise.form_share, name=match.forms[0])


def _typed(exercise: Exercise, snapshot: Snapshot) -> bool:
    """Say whether every variable of the exercise was given a number by hand."""
    source = snapshot.source or ""
    return all(
        re.search(rf"^\s*{name}\s*=\s*-?[\d_.]+\s*(#.*)?$", source, flags=re.MULTILINE) for name in exercise.variables
    )


def _missed(exercise: Exercise, case: Case, snapshot: Snapshot, value: Any, match: Match) -> Outcome:
    score = exercise.points * match.share
    if type(value) is dict and any(map(is_blank, value.values())):
        left = [name for name, item in value.items() if is_blank(item)]
        return _outcome(exercise, Verdict.NOT_YET, still_dots(left), name="half_done", score=score)
    for slip in case.slips:
        if _is_slip(slip, case, snapshot, value, match):
            return _outcome(exercise, Verdict.NOT_YET, slip.say, slip=slip, score=score)
    common = _common_slip(case.expect, value)
    if common:
        return _outcome(exercise, Verdict.NOT_YET, common[1], name=common[0])
    if match.problem in PROBLEM_WORDS:
        say = f"{PROBLEM_WORDS[match.problem]} {match.detail}".strip()
        return _outcome(exercise, Verdict.NOT_YET, _with_question(say, exercise), name=match.problem, score=score)
    shown = seen(value)
    found = match.detail or "That is not what the check expected."
    return _outcome(exercise, Verdict.NOT_YET, f"{shown} {found} {exercise.ask}", score=score)


def _with_question(say: str, exercise: Exercise) -> str:
    return say if len(say.split()) > 25 else f"{say} {exercise.ask}"


def _is_slip(slip: Slip, case: Case, snapshot: Snapshot, value: Any, match: Match) -> bool:
    if slip.how == RULE and slip.rule == "problem":
        return bool(match.problem == slip.argument)
    if slip.how == RULE:
        return _applies(slip, snapshot, value)
    return slip.how == VALUE and bool(like(case.expect, slip.value).match(value).agrees)


def _applies(slip: Slip, snapshot: Snapshot, value: Any) -> bool:
    return bool(RULES[slip.rule](snapshot, value, slip.argument))


def _common_slip(expect: Any, value: Any) -> tuple[str, str] | None:
    """Recognise slips that any exercise may meet, by the kind of value."""
    if type(value) is dict:
        found = [_common_slip(part, value.get(name)) for name, part in getattr(expect, "parts", {}).items()]
        return next((slip for slip in found if slip), None)
    if type(value) is Opaque and value.kind in ("method", "function"):
        return "no_brackets", "Your answer is a tool, not what the tool gives. Add () to the end to use it."
    if type(value) is Opaque and value.kind == "text tools":
        return (
            "text_tools",
            "Your answer stops at .str, which only opens the text tools. Put a tool after it, such as .lower().",
        )
    if type(value) is Opaque and value.kind == "groups":
        return "groups", "The groups are made. Now say what to work out from them: pick a column, then a sum or a mean."
    if value is None and not isinstance(expect, Chart):
        return (
            "nothing_kept",
            "Your name holds nothing. A tool such as print shows a value and keeps nothing. Put the value itself after the =.",
        )
    if isinstance(expect, Number):
        return _common_number_slip(value)
    return None


def _common_number_slip(value: Any) -> tuple[str, str] | None:
    if type(value) is str:
        return "text_number", _text_for_number(value)
    if type(value) is tuple:
        return "pair", "Python reads a comma as a gap between 2 values. Type big numbers with no comma in them."
    if type(value) is pd.DataFrame:
        return "whole_table", "Your answer is a whole table. The question asks for one number."
    if type(value) is pd.Series:
        return "whole_column", "Your answer is a whole column. The question asks for one number from it."
    if type(value) is bool:
        return "true_or_false", "Your answer is True or False. The question asks for a number."
    return None


def _text_for_number(value: str) -> str:
    if not re.fullmatch(r"[£−-]?[\d.,\s]*\d[\d.,\s]*%?", value.strip()):
        return f'Your answer is the text "{value[:30]}". The question asks for a number: use figures or code, with no quote marks.'
    more = " Leave out commas and signs too." if re.search(r"[^\d.]", value.strip()) else ""
    return f'You have typed the text "{value[:30]}". Take the quote marks off so Python reads a number.{more}'


def _outcome(
    exercise: Exercise, verdict: Verdict, message: str, *, slip: Slip | None = None, name: str = "", score: float = 0.0
) -> Outcome:
    return Outcome(
        exercise=exercise.name,
        verdict=verdict,
        message=message,
        slip=slip.name if slip else name,
        score=round(min(max(score, 0.0), exercise.points), 6),
        points=exercise.points,
        hints=(slip.hints if slip and slip.hints else exercise.hints)[:3],
    )
