"""Words and ways of writing that the writing rules do not allow: one table, one row a rule.

Each row is (rule, pattern, what to do). `MESSAGES` holds for feedback only, on top of `EVERYWHERE`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_COUNTING = "two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|fifty|sixty|hundred|thousand"


@dataclass(frozen=True)
class Use:
    """A use of words that a rule does not allow: the rule, the words found, and what to do."""

    rule: str
    found: str
    todo: str


_EVERYWHERE = (
    ("W4", r"\b\w+n['’]t\b|\b(?:should|could|would|they)['’]ve\b", 'Write it out: "cannot", "do not", "should have".'),
    ("W5", r"\b(?:e\.?g|i\.?e|etc|via|vs|NB)\b\.?", 'Write "for example", "that is", "and so on", "by way of", "against" or "note".'),
    ("W5", r"\bplease\b", "Leave it out."),
    ("W6", r"\b(?:collaborat|combat|deploy|dialogue|disincentivis|empower|foster|leverag|liais|overarching|robust|streamlin|strengthening|tackl|utilis)\w*", "Use a plain word: GOV.UK has it on its list of words to avoid."),
    ("W6", r"\bfacilitat(?:e|es|ed|ing)\b|\bgoing forward\b|\bin order to\b|\bone-stop shop\b|\bring.fencing\b|\bslimming down\b", "Use a plain word: GOV.UK has it on its list of words to avoid."),
    ("W7", r"\b(?:simply|just|easy|easily|easier|obviously|obvious|clearly|of course|trivial|quickly|basic|basics|dummy|guru|wrong|wrongly|invalid|illegal|kills?|killed|masters?|mastered)\b", "Leave it out, or say what you mean in another way."),
    ("W8", r"\bclick(?:s|ed|ing)?\b", 'Say "select".'),
    ("W8", r"\bdatasets?\b", 'Write "data set".'),
    ("W8", r"\b(?:these|those|few|many) data\b|\bdata (?:are|were|have|do)\b", "Data is singular: the data is, the data has."),
    ("W13", r"(?<![.,\d£])\b(?!(?:19|20)\d\d\b)\d{4,}\b(?![.,]?\d)", "Put a comma in it: 7,544."),
    ("W13", r"\d ?(?:per ?cent)\b", "Use the % sign with figures."),
    ("W13", r"£\d[\d,.]*(?:m|bn|k)\b", "Write million or billion in full, and thousands in figures."),
    ("W13", r"(?<![\d/-])\d[\d,.]*\s?[–-]\s?£?\d[\d,.]*(?![\d/-])", 'Use "to" for a range.'),
    ("W13", r"(?<=[\s(])-\d", "Use a real minus sign: −5."),
    ("W14", r"\b\d{1,2}/\d{1,2}/\d{2,4}\b|\b\d{4}-\d\d-\d\d\b", "Write a date as 4 June 2017."),
    ("W14", rf"\b(?:{_MONTHS}) \d{{1,2}}(?:st|nd|rd|th)?\b(?! \w* ?(?:{_MONTHS}))|\b\d{{1,2}}(?:st|nd|rd|th) (?:of )?(?:{_MONTHS})", "Write a date as 4 June 2017."),
    ("W14", r"\bQ[1-4]\b", "Name the months, not the quarter."),
    ("W14", r"\b\d{1,2}:\d\d\b(?!\s?(?:am|pm)\b)|\b\d{1,2}(?:[:.]\d\d)? (?:am|pm)\b|\b\d{1,2}\.\d\d(?:am|pm)\b", "Write a time as 5:30pm."),
    ("S5", r"!", "Use a full stop: no exclamation marks."),
    ("S5", r"\[\^\w+\]", "Say it in the sentence: no footnotes."),
)  # fmt: skip
_MESSAGES = (
    ("W7", r"\b(?:errors?|fail(?:s|ed|ure)?|incorrect|mistakes?|bad)\b", "Say what was found and what to try, with no blame."),
    ("F3", r"^(?:Right|Not yet|Correct|Yes|No)\b[.,]", "Leave it out: the result puts the verdict's words first."),
    ("F7", r"\b(?:well done|great|excellent|brilliant|perfect|good job|amazing|fantastic|congratulations)\b", 'Leave it out: "Right." is enough.'),
)  # fmt: skip
_NUMBER_WORDS = re.compile(rf"\b(?:{_COUNTING})\b", flags=re.IGNORECASE)


def uses(text: str, *, message: bool = False) -> list[Use]:
    """Return each use of words in a text that the rules do not allow."""
    found = []
    for rule, pattern, todo in (*_EVERYWHERE, *(_MESSAGES if message else ())):
        flags = 0 if rule == "W14" or "NB" in pattern else re.IGNORECASE
        found += [Use(rule, hit[0].strip(), todo) for hit in re.finditer(pattern, text, flags=flags)]
    return found + _number_words(text)


def _number_words(text: str) -> list[Use]:
    """Return numbers that are written as words; at the start of a sentence they must be."""
    found = []
    for hit in _NUMBER_WORDS.finditer(text):
        before = text[: hit.start()].rstrip(" \"“('")
        if before and not before.endswith((".", "?", "!", ":", "\n")):
            found.append(Use("W13", hit[0], "Use figures from 2 up."))
    return found
