"""Pretend hand-ins from a lesson's answer bank, as notebooks that people worked in and saved."""

from __future__ import annotations

import json
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from grader.checks.verdict import Outcome, Verdict
from grader.kernel.progress import Tally
from grader.kernel.result import Result
from grader.lesson import answers as bank
from grader.lesson.answers import KnownAnswer
from grader.lesson.notebook import release_notebook, standard_figures
from grader.lesson.read import Lesson, fill
from grader.lesson.rehearse import Rehearsal


@dataclass(frozen=True)
class Tried:
    """A known answer and what its check says of it."""

    answer: KnownAnswer
    outcome: Outcome


def known(lesson: Lesson, new: Mapping[str, str] | None = None) -> dict[str, list[Tried]]:
    """Return the lesson's known answers with what their checks say, by exercise; `new` adds one that is in no bank."""
    answers, _ = bank.read((lesson.folder / bank.FILE).read_text(encoding="utf-8"))
    answers += [KnownAnswer(name, "new", Verdict.NOT_YET, code) for name, code in (new or {}).items()]
    found: dict[str, list[Tried]] = {}
    with Rehearsal(lesson) as rehearsal:
        for answer in answers:
            found.setdefault(answer.exercise, []).append(
                Tried(answer, rehearsal.run(answer.exercise, answer.code or _starter(lesson, answer)).outcome)
            )
    return found


def _starter(lesson: Lesson, answer: KnownAnswer) -> str:
    return lesson.exercises[answer.exercise].starter


def nth(known_answers: Mapping[str, Sequence[Tried]], place: int) -> dict[str, Tried]:
    """Return the answer in one place of every exercise's list, starting again where a list is shorter."""
    return {name: tried[place % len(tried)] for name, tried in known_answers.items()}


def drawn(known_answers: Mapping[str, Sequence[Tried]], skill: float, seed: int) -> dict[str, Tried]:
    """Return one answer for each exercise, right as often as `skill` says, every third less; the same seed, the same."""
    chance = random.Random(seed)
    made = {}
    for number, (name, tried) in enumerate(known_answers.items()):
        share = skill * (0.6 if number % 3 == 1 else 1)
        done = [one for one in tried if one.outcome.verdict.done]
        rest = [one for one in tried if not one.outcome.verdict.done]
        # the first few slips in a bank are the most likely ones
        weights = [1 / (place + 1) ** 2 for place in range(len(rest))]
        made[name] = chance.choice(done) if chance.random() < share or not rest else chance.choices(rest, weights)[0]
    return made


def notebook(lesson: Lesson, chosen: Mapping[str, Tried], firsts: Mapping[str, str] | None = None) -> bytes:
    """Return a handed-in notebook with these answers, each check's output saved as its learner saw it."""
    made = release_notebook(lesson)
    texts = standard_figures(lesson)
    for cell in made["cells"]:
        name = str(cell["metadata"].get("nbgrader", {}).get("grade_id", ""))
        if name in chosen:
            cell["source"] = fill(chosen[name].answer.code, texts) or cell["source"]
        elif name.removeprefix("check_") in chosen:
            tried = chosen[name.removeprefix("check_")]
            first = (firsts or {}).get(tried.answer.exercise, tried.outcome.verdict.value)
            cell["outputs"] = [_output(tried.outcome, first)]
    return (json.dumps(made, indent=1, ensure_ascii=False) + "\n").encode()


def _output(outcome: Outcome, first: str) -> dict[str, Any]:
    tries = 1 if first == outcome.verdict.value else 2
    tally = Tally(tries=tries, first=first, last=outcome.verdict.value)
    return {
        "output_type": "execute_result",
        "execution_count": 1,
        "metadata": {},
        "data": Result(outcome, tally)._repr_mimebundle_(),
    }
