"""Answers that no slip describes yet: without names, ready to paste into the lesson's answer bank."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from grader.checks.verdict import Verdict
from grader.course.table import plain
from grader.report.results import Answer, Exercise, Results, same

MOST = 8  # for each exercise
LONGEST = 400


@dataclass(frozen=True)
class Undescribed:
    """One exercise's answers that nobody has described, each once; `left_out` were too long or might hold a name."""

    exercise: Exercise
    codes: tuple[str, ...]
    left_out: int = 0

    def for_bank(self) -> str:
        """Return the text to paste into answers.md."""
        parts = [
            f"### Wrong: (say in a few words what they did)\n- slip: none\n- say: (your line)\n```python\n{code}\n```"
            for code in self.codes
        ]
        return f"## {self.exercise.name}\n\n" + "\n\n".join(parts)


def undescribed(results: Results) -> tuple[Undescribed, ...]:
    """Return the answers that came out as "not yet" without a slip of a name."""
    names = _names(results)
    found = []
    for exercise in results.exercises:
        codes: dict[str, str] = {}
        left_out = 0
        for person in results.marked:
            code = _code(exercise, person.answers.get(exercise.name))
            if not code or same(code) in exercise.known:
                continue
            if len(code) > LONGEST or _holds(plain(code), names):
                left_out += 1
            else:
                codes.setdefault(same(code), code)
        if codes or left_out:
            found.append(Undescribed(exercise, tuple(sorted(codes.values()))[:MOST], left_out))
    return tuple(found)


def _code(exercise: Exercise, answer: Answer | None) -> str:
    """Return an answer's code without notes, which people may sign."""
    if answer is None or answer.slip or answer.verdict is not Verdict.NOT_YET:
        return ""
    return "\n".join(
        line for raw in answer.code.splitlines() if (line := re.sub(r"(^|\s)#.*$", "", raw).rstrip()).strip()
    )


def _names(results: Results) -> frozenset[str]:
    """Return what could tell a person: ids, and the parts of names."""
    parts = {plain(learner) for learner in results.roster}
    parts |= {word for name in results.roster.values() for word in re.findall(r"\w+", plain(name))}
    return frozenset(part for part in parts if len(part) > 2)


def _holds(text: str, names: Iterable[str]) -> bool:
    return any(re.search(rf"(?<![a-z0-9]){re.escape(name)}(?![a-z0-9])", text) for name in names)
