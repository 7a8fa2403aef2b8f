"""Rules for words and sentences: on the page, in messages and in the facilitator's notes (W1 to W14)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from grader.lesson.problem import Problem
from grader.lesson.prose import grade, sentences, words
from grader.lesson.prose_page import CODE, blocks
from grader.lesson.prose_words import uses
from grader.lesson.validate_subject import Passage, Subject, start

PAGE = "lesson.md"
HIGHEST_GRADE, LONG, LONGEST, LONG_SHARE = 8.0, 25, 35, 0.05
MOST_SENTENCES, MOST_WORDS, MOST_TERMS = 5, 120, 3
KNOWN_SHORT_FORMS = frozenset("UK US EU NHS GP MP VAT BBC DVLA GOV PDF OK TV FAQ AM PM".split())
_IN_SENTENCES = ("paragraph", "bullet", "step", "quote")


def reading_grade(subject: Subject) -> Iterator[Problem]:
    """W1: the page reads at grade 8 or below."""
    text = "\n\n".join(
        block.text for passage in subject.passages for block in passage.blocks if block.kind in _IN_SENTENCES
    )
    found = grade(text)
    if found > HIGHEST_GRADE:
        hardest = sorted(sentences(text), key=lambda said: -grade(said) if len(words(said)) > 7 else 0)[:3]
        listed = "; ".join(start(said) for said in hardest)
        yield Problem(
            PAGE,
            "all of it",
            f"The reading grade is {found}. The highest is {HIGHEST_GRADE:g}.",
            f"Start with: {listed}.",
        )


def sentence_length(subject: Subject) -> Iterator[Problem]:
    """W2: no sentence over 35 words, and at most 1 in 20 over 25."""
    all_of_them = [
        said
        for passage in subject.passages
        for block in passage.blocks
        if block.kind in _IN_SENTENCES
        for said in sentences(block.text)
    ]
    long = [said for said in all_of_them if len(words(said)) > LONG]
    for said in long:
        if len(words(said)) > LONGEST:
            yield Problem(
                PAGE,
                start(said),
                f"The sentence has {len(words(said))} words. The most is {LONGEST}.",
                "Make it 2 sentences.",
            )
    if len(long) > LONG_SHARE * len(all_of_them):
        listed = "; ".join(start(said) for said in long)
        yield Problem(
            PAGE,
            "all of it",
            f"{len(long)} of {len(all_of_them)} sentences are over {LONG} words. The most is 1 in 20.",
            f"Shorten: {listed}.",
        )


def cell_length(subject: Subject) -> Iterator[Problem]:
    """W3: paragraphs of at most 5 sentences, cells of at most 120 words."""
    for passage in subject.passages:
        count = sum(len(words(block.text)) for block in passage.blocks if block.kind not in ("table", "code"))
        if count > MOST_WORDS:
            yield Problem(
                PAGE,
                passage.place,
                f"This cell of text has {count} words. The most is {MOST_WORDS}.",
                "Cut it, or leave 2 blank lines where it may be split.",
            )
        for block in passage.blocks:
            if block.kind in ("paragraph", "quote") and len(sentences(block.text)) > MOST_SENTENCES:
                yield Problem(
                    PAGE,
                    start(block.text),
                    f"The paragraph has {len(sentences(block.text))} sentences. The most is {MOST_SENTENCES}.",
                    "Split it.",
                )


def word_use(subject: Subject) -> Iterator[Problem]:
    """W4 to W8, W13, W14, S5: words and ways of writing that the rules do not allow, on the page and in its front matter."""
    for passage in subject.passages:
        for block in passage.blocks:
            if block.kind == "code":
                continue
            for text in [block.text, *(cell for row in block.rows for cell in row)]:
                yield from _uses(PAGE, text)
    front = subject.lesson.front
    for name, text in (
        ("title", front.title),
        ("question", front.question),
        ("idea", front.idea),
        ("ready", front.ready),
    ):
        yield from (
            Problem(PAGE, f"front matter, {name}", f'{use.rule}: "{use.found}".', use.todo) for use in uses(text)
        )


def _uses(file: str, text: str, but: tuple[str, ...] = ()) -> Iterator[Problem]:
    bare = text.replace(CODE, "x").replace("\n", " ")
    for use in uses(bare):
        if use.rule not in but:
            yield Problem(file, start(text), f'{use.rule}: "{use.found}".', use.todo)


def notes_word_use(subject: Subject) -> Iterator[Problem]:
    """W4 to W6, W8, W13, W14 in the facilitator's notes (tables hold rows as they are), and no sentence over 35 words."""
    for block in blocks(subject.notes):
        if block.kind not in ("code", "table"):
            yield from _uses("facilitator.md", block.text, but=("W7",))
        for said in sentences(block.text) if block.kind in _IN_SENTENCES else ():
            if len(words(said)) > LONGEST:
                yield Problem(
                    "facilitator.md",
                    start(said),
                    f"The sentence has {len(words(said))} words. The most is {LONGEST}.",
                    "Make it 2 sentences.",
                )


def terms(subject: Subject) -> Iterator[Problem]:
    """W10 and W11: at most 3 new terms, each explained in the sentence where it first appears, or the next."""
    listed = subject.lesson.front.terms
    if len(listed) > MOST_TERMS:
        yield Problem(
            PAGE,
            "front matter",
            f"There are {len(listed)} new terms. The most is {MOST_TERMS}.",
            "Leave the others to another lesson.",
        )
    said = [
        one
        for passage in subject.passages
        for block in passage.blocks
        if block.kind in _IN_SENTENCES
        for one in sentences(block.text)
    ]
    for term, meaning in listed.items():
        first = next(
            (i for i, one in enumerate(said) if re.search(rf"\b{re.escape(term)}s?\b", one, flags=re.IGNORECASE)), None
        )
        if first is None:
            yield Problem(
                PAGE,
                f"term {term}",
                "It is in the front matter, and the page does not use it.",
                "Explain it where it is first needed, or take it out.",
            )
        elif not _explains(" ".join(said[max(first - 1, 0) : first + 2]), meaning):
            yield Problem(
                PAGE,
                start(said[first]),
                f'"{term}" first appears here, with no explanation.',
                f"Say what it means here: {meaning}.",
            )


def _explains(text: str, meaning: str) -> bool:
    """Say whether a text holds at least a third of the telling words of a meaning."""
    wanted = {word.lower().strip(".,") for word in words(meaning) if len(word) > 3}
    there = {word.lower().strip(".,;:?\"'()") for word in words(text)}
    return len(wanted & there) * 3 >= len(wanted)


def short_forms(subject: Subject) -> Iterator[Problem]:
    """W12: a short form is written out or explained at first use; no word is in block capitals."""
    met: set[str] = set()
    for passage in subject.passages:
        for block in passage.blocks:
            for said in sentences(block.text) if block.kind != "code" else ():
                yield from _short_forms_in(said, met, passage)


def _short_forms_in(said: str, met: set[str], passage: Passage) -> Iterator[Problem]:
    quoted = re.sub(r'"[^"]*"|“[^”]*”', "", said)
    for form in dict.fromkeys(re.findall(r"(?<![\w.`])[A-Z][A-Z0-9]+(?![\w`])", quoted)):
        if form in KNOWN_SHORT_FORMS or form in met:
            continue
        met.add(form)
        explained = rf"\({form}\)|\b{form}\)? ?\(|\b{form},? (?:is|are|means|stands|was)\b|\b{form}, (?:short|a|an|the|which|or)\b|(?:called|short form|or) {form}\b"
        if not re.search(explained, said):
            yield Problem(
                PAGE,
                start(said),
                f'W12: "{form}" is not explained where it first appears.',
                f"Write it out with ({form}) after it, or say in a few words what it is.",
            )
