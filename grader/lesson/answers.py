"""The answer bank: `answers.md`, read by facilitators and run by the tests.

    ## n_rows

    ### Right: the length of the table
    ```python
    n_rows = len(rescues)
    ```

    ### Wrong: counted the columns
    - slip: columns
    - say: Point at one row. How many of those are there?
    ```python
    n_rows = 8
    ```

A heading starts with Right, Form (right numbers, different form), Wrong, Stuck (Python could not run it) or
Untouched. `slip` is the name of the slip whose message it gets, or `none`; `score` is the score where it is not
all or nothing; `say` is the facilitator's line.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from grader.checks.verdict import Verdict
from grader.lesson.problem import Problem

FILE = "answers.md"
VERDICTS = {
    "Right": Verdict.RIGHT,
    "Form": Verdict.OTHER_FORM,
    "Wrong": Verdict.NOT_YET,
    "Stuck": Verdict.COULD_NOT_RUN,
    "Untouched": Verdict.NOT_TRIED,
}
_FIELDS = ("slip", "score", "say")


@dataclass(frozen=True)
class KnownAnswer:
    """A described answer: the code, and what the check must say of it. `score` is None for all or nothing."""

    exercise: str
    title: str
    verdict: Verdict
    code: str
    slip: str = ""
    score: float | None = None
    say: str = ""


def read(text: str) -> tuple[list[KnownAnswer], list[Problem]]:
    """Return the known answers of an `answers.md`, and what is not right in it."""
    answers: list[KnownAnswer] = []
    problems: list[Problem] = []
    exercise = ""
    for heading, body in _sections(text):
        if heading.startswith("## "):
            exercise = heading[3:].strip()
        elif heading.startswith("### "):
            answer, found = _answer(exercise, heading[4:].strip(), body)
            answers += [answer] if answer else []
            problems += found
    return answers, problems


def _sections(text: str) -> list[tuple[str, str]]:
    """Return (heading, text under it); headings inside code fences are code."""
    sections: list[tuple[str, list[str]]] = [("", [])]
    fenced = False
    for line in text.splitlines():
        fenced ^= line.startswith("```")
        if not fenced and re.match(r"#{2,3} ", line):
            sections.append((line, []))
        else:
            sections[-1][1].append(line)
    return [(heading, "\n".join(lines)) for heading, lines in sections]


def _answer(exercise: str, heading: str, body: str) -> tuple[KnownAnswer | None, list[Problem]]:
    place = f"{exercise}, {heading}"
    word, _, title = heading.partition(":")
    verdict = VERDICTS.get(word.strip())
    code = re.search(r"^```python[^\n]*\n(.*?)^```", body, flags=re.DOTALL | re.MULTILINE)
    fields = dict(re.findall(r"^- (\w+): *(.+)$", body, flags=re.MULTILINE))
    problems = [
        Problem(FILE, place, f"{name} is not a line it knows.", f"Use {', '.join(_FIELDS)}.")
        for name in fields
        if name not in _FIELDS
    ]
    if verdict is None:
        return None, [
            Problem(
                FILE,
                place,
                "The heading does not say how it comes out.",
                f"Start it with {', '.join(VERDICTS)} and a colon.",
            )
        ]
    if code is None and verdict is not Verdict.NOT_TRIED:
        return None, [
            Problem(FILE, place, "There is no code.", "Put the answer in a ```python fence under the heading.")
        ]
    try:
        score = float(fields["score"]) if "score" in fields else None
    except ValueError:
        return None, [Problem(FILE, place, f"score is {fields['score']}.", "Write a number.")]
    slip = fields.get("slip", "none").strip("`")
    made = KnownAnswer(
        exercise, title.strip(), verdict, code[1].rstrip("\n") if code else "",
        "" if slip == "none" else slip, score, fields.get("say", "").strip().strip('"'),
    )  # fmt: skip
    return made, problems
