"""Proof of the marking: change each reference solution in every small way, and see that the check notices."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

import pandas as pd

from grader.checks.exercise import Case, Exercise
from grader.checks.expect import Choice, Number, Several
from grader.checks.judge import judge
from grader.checks.verdict import Outcome, Verdict
from grader.errors import GraderError
from grader.lesson import read
from grader.lesson.mutate import Mutant, Names, mutants
from grader.lesson.problem import Problem
from grader.lesson.prove_bad import bad_snapshots
from grader.lesson.prove_choice import Chosen, choices
from grader.lesson.prove_values import answer_of, holds, same
from grader.lesson.rehearse import Ran, Rehearsal

PAGE, CHECKS = "lesson.md", "checks.py"
_SHARES = 3  # parts that the exercises of a lesson are dealt out in, so that processes end at about the same time
_ROUNDED = frozenset({"rounded", "not_rounded"})


def prove(folders: Iterable[Path], jobs: int | None = None) -> dict[str, list[Problem]]:
    """Return lesson name -> every change that a check does not notice. `jobs` processes share the work."""
    found: dict[str, list[Problem]] = {}
    tasks = []
    for folder in folders:
        made, problems = read.inspect(folder)
        found[folder.name] = []
        if made is not None and not problems:  # what is not right in the folder itself is for `validate.check` to say
            names = list(made.exercises)
            tasks += [(folder, tuple(names[start::_SHARES])) for start in range(_SHARES) if names[start::_SHARES]]
    workers = min(jobs or os.cpu_count() or 1, len(tasks) or 1)
    with ProcessPoolExecutor(workers, multiprocessing.get_context("spawn")) as pool:
        for (folder, _), problems in zip(tasks, pool.map(_prove, *zip(*tasks, strict=True)), strict=True):
            found[folder.name] += problems
    return found


def _prove(folder: Path, names: tuple[str, ...]) -> list[Problem]:
    return list(prove_exercises(folder, names))


def prove_exercises(folder: Path, names: Iterable[str]) -> Iterator[Problem]:
    """Yield every change to these exercises' solutions that their checks do not notice."""
    try:
        with Rehearsal(read.lesson(str(folder))) as rehearsal:
            for name in names:
                for chosen in choices(rehearsal.lesson, name):
                    yield from dict.fromkeys(_prove_one(rehearsal, rehearsal.session.exercise(name), chosen))
    except GraderError as trouble:
        yield Problem(PAGE, trouble.where, trouble.what, trouble.todo)


def _prove_one(rehearsal: Rehearsal, exercise: Exercise, chosen: Chosen) -> Iterator[Problem]:
    case = exercise.case_for(chosen.choice)
    place = f"solution {exercise.name}" + (f", {chosen.choice}" if chosen.choice else "")
    reference = rehearsal.run(exercise.name, chosen.before + chosen.solution)
    if reference.outcome.verdict is not Verdict.RIGHT:
        yield Problem(PAGE, place, f"It is not right: {reference.outcome.message}", "Mend it, or what checks.py expects.")  # fmt: skip
        return
    right = answer_of(exercise, case, reference.snapshot)
    if not same(
        right, answer_of(exercise, case, rehearsal.run(exercise.name, chosen.before + chosen.solution).snapshot)
    ):
        yield Problem(PAGE, place, "It gives another value each time it runs.", "Fix the draw with random_state.")
        return
    for mutant in mutants(chosen.solution, _names(rehearsal, case)):
        ran = rehearsal.run(exercise.name, chosen.before + mutant.code)
        if exercise.own and ran.snapshot.variables.get(exercise.own) != reference.snapshot.variables.get(exercise.own):
            continue  # another choice has other answers, and a proof of its own
        yield from _noticed(exercise, case, right, mutant, ran, place)
    for said, snapshot in bad_snapshots(case.expect, exercise.variables, reference.snapshot):
        outcome = judge(exercise, snapshot, rehearsal.session.pack.words)
        if outcome.verdict.done:
            what = f'With {said} it is still accepted: "{outcome.verdict.words}"'
            yield Problem(CHECKS, f"exercise {exercise.name}", what, "Make the check tell the two apart.")


def _names(rehearsal: Rehearsal, case: Case) -> Names:
    tables = [
        name
        for name, value in rehearsal.shell.user_ns.items()
        if type(value) is pd.DataFrame and not name.startswith("_")
    ]
    pack = rehearsal.session.pack
    parts = case.expect.parts.values() if isinstance(case.expect, Several) else [case.expect]
    letters = [letter for part in parts if isinstance(part, Choice) for letter in part.options]
    return Names(tuple(pack.words.columns), tuple(tables), pack.files, tuple(letters))


def _noticed(exercise: Exercise, case: Case, right: Any, mutant: Mutant, ran: Ran, place: str) -> Iterator[Problem]:
    """Yield a problem where the check does not tell a changed answer from the right one, or refuses the same answer."""
    outcome, where = ran.outcome, f"{place}, line {mutant.line}"
    code = mutant.code.replace("\n", "; ")
    value = answer_of(exercise, case, ran.snapshot)
    alike = ran.snapshot.trouble is None and same(right, value)
    if outcome.verdict.done and not alike and not _declared(case.expect, outcome, mutant, right, value):
        yield Problem(
            PAGE,
            where,
            f'Changed, it is still accepted ("{outcome.verdict.words}" {outcome.message}): {code}',
            "Make the check tell the two apart, or ask for something where they differ.",
        )
    if alike and outcome.verdict not in (Verdict.RIGHT, Verdict.NOT_TRIED):
        yield Problem(
            PAGE,
            where,
            f'It gives the same answer and is not accepted ("{outcome.verdict.words}" {outcome.message}): {code}',
            "Recognise a slip by its value, not by how it is written.",
        )


def _declared(expect: Any, outcome: Outcome, mutant: Mutant, right: Any, value: Any) -> bool:
    """Say whether an accepted answer is the right one in a form that the exercise lets pass."""
    if outcome.verdict is not Verdict.OTHER_FORM:
        return False
    if outcome.slip in _forms(expect):
        return True
    return mutant.rounding if outcome.slip in _ROUNDED else holds(right, value)


def _forms(expect: Any) -> frozenset[str]:
    """Return the forms that an expectation names itself."""
    if isinstance(expect, Several):
        return frozenset[str]().union(*map(_forms, expect.parts.values()))
    if not isinstance(expect, Number):
        return frozenset()
    named = [form for form, wanted in (("percent", expect.share), ("share", expect.percent)) if wanted]
    return frozenset((*expect.also, *named))
