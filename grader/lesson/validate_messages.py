"""Rules for what a check says (F1 to F7): short, plain, no blame, and never the answer."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from grader.checks.exercise import Case, Exercise
from grader.checks.expect import Choice, Exact, Number, Several, is_number
from grader.lesson.problem import Problem
from grader.lesson.prose import grade, sentences, words
from grader.lesson.prose_words import uses
from grader.lesson.validate_subject import Subject

CHECKS = "checks.py"
MOST_SENTENCES, MOST_IN_SENTENCE, MOST_WORDS, MOST_HINTS, HIGHEST_GRADE = 3, 20, 45, 3, 7.0
LEAST_SLIPS = 2
Said = tuple[str, str]  # where in the exercise, and the text


def cases(exercise: Exercise) -> list[tuple[str, Case]]:
    """Return what counts, by choice: everybody's and that of each own area."""
    everybody = Case(exercise.expect, exercise.right, exercise.slips)
    return [("", everybody), *exercise.cases.items()]


def before_right(exercise: Exercise) -> list[Said]:
    """Return what a learner may read before the answer is right."""
    said = [("ask", exercise.ask), *((f"hint {i}", hint) for i, hint in enumerate(exercise.hints, 1))]
    for choice, case in cases(exercise):
        for slip in case.slips:
            place = f"{choice}, slip {slip.name}" if choice else f"slip {slip.name}"
            said += [(place, slip.say), *((f"{place}, hint {i}", hint) for i, hint in enumerate(slip.hints, 1))]
    return said


def every_message(exercise: Exercise) -> list[Said]:
    """Return everything that the checks of an exercise may say in the lesson's own words."""
    rights = [(f"{choice}, right" if choice else "right", case.right) for choice, case in cases(exercise)]
    typed = [("typed", exercise.typed)] if exercise.typed else []
    return [*before_right(exercise), *rights, *typed]


def _place(exercise: Exercise, place: str) -> str:
    return f"exercise {exercise.name}, {place}"


def message_length(subject: Subject) -> Iterator[Problem]:
    """F1 and W2: at most 3 sentences, 20 words a sentence, 45 words."""
    for exercise in subject.lesson.exercises.values():
        for place, text in dict.fromkeys(every_message(exercise)):
            where, said = _place(exercise, place), sentences(text)
            if not said:
                yield Problem(
                    CHECKS, where, "There are no words.", "Say what was found, what it means, and one thing to try."
                )
            if len(said) > MOST_SENTENCES:
                yield Problem(
                    CHECKS,
                    where,
                    f"It has {len(said)} sentences. The most is {MOST_SENTENCES}.",
                    "Keep what was found, what it means and one thing to try.",
                )
            if len(words(text)) > MOST_WORDS:
                yield Problem(CHECKS, where, f"It has {len(words(text))} words. The most is {MOST_WORDS}.", "Cut it.")
            for one in said:
                if len(words(one)) > MOST_IN_SENTENCE:
                    yield Problem(
                        CHECKS,
                        where,
                        f"A sentence has {len(words(one))} words. The most is {MOST_IN_SENTENCE}.",
                        f'Split "{one[:40]}...".',
                    )


def message_words(subject: Subject) -> Iterator[Problem]:
    """W4 to W8, W13, W14, F3, F7: words that a message does not use."""
    for exercise in subject.lesson.exercises.values():
        for place, text in dict.fromkeys(every_message(exercise)):
            found = uses(_without_code(text), message=True)
            yield from (
                Problem(CHECKS, _place(exercise, place), f'{use.rule}: "{use.found}".', use.todo) for use in found
            )


def _without_code(text: str) -> str:
    """Return a message with code, and what it quotes of code, replaced."""
    return re.sub(r'`[^`]*`|\S*[()\[\]=_]\S*|"[^"]*"', "x", text)


def message_grade(subject: Subject) -> Iterator[Problem]:
    """W1: the messages of an exercise read at grade 7 or below."""
    for exercise in subject.lesson.exercises.values():
        found = grade("\n\n".join(text for _, text in dict.fromkeys(every_message(exercise))))
        if found > HIGHEST_GRADE:
            hardest = max(every_message(exercise), key=lambda said: grade(said[1]))
            yield Problem(
                CHECKS,
                f"exercise {exercise.name}",
                f"The reading grade of its messages is {found}. The highest is {HIGHEST_GRADE:g}.",
                f"Start with {hardest[0]}.",
            )


def hints(subject: Subject) -> Iterator[Problem]:
    """At most 3 hints."""
    for exercise in subject.lesson.exercises.values():
        for place, count in [
            ("", len(exercise.hints)),
            *((f", slip {slip.name}", len(slip.hints)) for slip in exercise.slips),
        ]:
            if count > MOST_HINTS:
                yield Problem(
                    CHECKS,
                    f"exercise {exercise.name}{place}",
                    f"It has {count} hints. The most is {MOST_HINTS}.",
                    "Keep the ones that help most.",
                )


def enough_slips(subject: Subject) -> Iterator[Problem]:
    """F4: at least 2 likely slips have a message of their own, each with a name of its own."""
    for exercise in subject.lesson.exercises.values():
        names = [slip.name for slip in exercise.slips]
        if len(names) < LEAST_SLIPS:
            yield Problem(
                CHECKS,
                f"exercise {exercise.name}",
                f"It has {len(names)} slips. The least is {LEAST_SLIPS}.",
                'Add slip("name", value, "message") for a likely answer.',
            )
        for name in sorted({name for name in names if names.count(name) > 1}):
            yield Problem(
                CHECKS,
                f"exercise {exercise.name}, slip {name}",
                "The name is there twice.",
                "Give each slip a name of its own.",
            )


def answer_kept_back(subject: Subject) -> Iterator[Problem]:
    """F2: nothing that is read before the answer is right holds the expected value."""
    for exercise in subject.lesson.exercises.values():
        for choice, case in cases(exercise):
            given = [
                (place, text)
                for place, text in before_right(exercise)
                if not choice or place.startswith(choice) or "slip" not in place
            ]
            for place, text in given:
                shown = next((found[0] for form in _forms(case.expect) if (found := re.search(form, text))), None)
                if shown:
                    yield Problem(
                        CHECKS,
                        _place(exercise, place),
                        f"It gives the answer away: {shown}.",
                        "Ask a question that leads to it, or point at where to look.",
                    )


def _forms(expect: Any) -> list[str]:
    """Return patterns for how an expected value may stand in a text."""
    if isinstance(expect, Several):
        return [form for part in expect.parts.values() for form in _forms(part)]
    if isinstance(expect, Choice):
        return [rf'"{expect.value}"|\({expect.value}\)', re.escape(expect.options[expect.value])]
    if isinstance(expect, Exact) and type(expect.value) is str:
        return [rf'"{re.escape(expect.value)}"']
    return _number_forms(float(expect.value)) if isinstance(expect, Number) and is_number(expect.value) else []


def _number_forms(value: float) -> list[str]:
    """Return how a number may be written; 0, 1 and 2 are in too many sentences to tell."""
    if value in (0, 1, 2):
        return []
    written = {
        f"{value:,.{places}f}"
        for places in range(5)
        if (places == 0 and value == int(value)) or abs(round(value, places)) * 10**places >= 10
    }
    written |= {text.replace(",", "") for text in written}
    return [rf"(?<![\w.,]){re.escape(text)}(?![\w%]|[.,]\d)" for text in sorted(written)]
