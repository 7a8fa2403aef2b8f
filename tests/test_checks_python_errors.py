"""What Python says when it stops, made by real Python and pandas, and told in one plain sentence."""

from __future__ import annotations

import re

import matplotlib
import pandas as pd
import pytest

from grader.checks.python_errors import explain
from grader.checks.snapshot import Trouble
from grader.lesson.prose import grade, sentences, words
from grader.lesson.prose_words import uses

matplotlib.use("agg")
TABLE = pd.DataFrame(
    {"animal": ["Cat", "Dog", "Cat"], "cost": [1.0, 2.0, None], "when": ["01/02/2009", "13/01/2010", "x"]}
)
KNOWN = ("rescues", "n_rows", "holidays")

STOPS: tuple[tuple[str, str], ...] = (
    ('x = "cat', "quote mark"),
    ("x = “cat”", "curly"),
    ("x = £5", "£"),
    ("x = len(rescues", "bracket ("),
    ("x = len(rescues))", "bracket )"),
    ("x = rescues['animal')", "shape"),
    ("x = round(5 6)", "comma"),
    ("  x = 5", "spaces"),
    ("for i in range(3):\nx = i", "4 spaces"),
    ("x = 007", "0"),
    ("rescuse", "Did you mean rescues"),
    ("n_rows", "has not been run"),
    ("cat", "quote marks"),
    ("rescues['Animal']", "Animal"),
    ("rescues['animal', 'cost']", "double brackets"),
    ("rescues.haed()", "Did you mean head"),
    ("pd.read_cvs('x')", "Did you mean read_csv"),
    ("rescues['animal'].lower()", ".str"),
    ("rescues['animal'].mean()", "text"),
    ("rescues('animal')", "square brackets"),
    ("len[rescues]", "ound brackets"),
    ("rescues['cost'] > 1 & rescues['cost'] < 2", "&"),
    ("rescues[rescues['cost'] > 1 and rescues['cost'] < 2]", "and"),
    ("rescues[rescues['cost'] > 1 & rescues['animal'] == 'Cat']", "brackets"),
    ("'3' + 4", "number"),
    ("rescues['animal'] > 3", "number"),
    ("rescues['cost'].mean + 1", "()"),
    ("rescues['cost'].sum(totl=1)", "totl"),
    ("pd.read_csv('data/animals.csv')", "file"),
    ("import pandass", "pandass"),
    ("1 / 0", "divide by 0"),
    ("pd.to_datetime(rescues['when'].head(2))", "dayfirst"),
    ("float('1,234')", "comma"),
    ("rescues.head(2)['animal'] == rescues['animal']", ".isin"),
    ("rescues.merge(rescues, on='animal', validate='one_to_one')", "twice"),
    ("raise KeyboardInterrupt", "stopped"),
)  # fmt: skip


def stop_of(code: str) -> Trouble:
    """Run code and give what it stopped with, as the notebook sees it."""
    try:
        exec(
            compile(code, "cell", "exec"),
            {"rescues": TABLE, "pd": pd} if "rescues" in code or "pd" in code else {"pd": pd},
        )
    except BaseException as trouble:
        text = str(trouble.msg) if isinstance(trouble, SyntaxError) else str(trouble)
        return Trouble(type(trouble).__name__, text)
    raise AssertionError(f"it ran: {code}")


@pytest.mark.parametrize(("code", "told"), STOPS)
def test_a_stop_is_told_plainly(code: str, told: str) -> None:
    """The sentence names what to look at, in words that a message may use, and quotes nothing of Python's own."""
    trouble = stop_of(code)
    found = explain(trouble, KNOWN, tuple(TABLE.columns))

    assert told in found.say
    assert found.name and found.name != "other"
    assert trouble.type not in found.say
    assert not re.search(r"Traceback|0x[0-9a-f]{4}|object at|Error\b", found.say)


@pytest.mark.parametrize(("code", "told"), STOPS)
def test_a_sentence_keeps_to_the_writing_rules(code: str, told: str) -> None:
    """At most 3 sentences of 20 words, no blame, no exclamation mark, and nothing that is hard to read."""
    say = explain(stop_of(code), KNOWN, tuple(TABLE.columns)).say
    bare = re.sub(r"\S*[()\[\]=_.]\S*(?<![.?])", "x", say)

    assert len(sentences(say)) <= 3
    assert max(len(words(one)) for one in sentences(say)) <= 20
    assert [] == [use for use in uses(bare, message=True) if use.rule in ("W4", "W5", "W7", "F7", "S5")]
    assert grade(bare) <= 8


def test_what_nobody_has_described_is_told_without_pythons_words() -> None:
    """A stop that is not in the table still gets a sentence, and none of Python's text."""
    found = explain(Trouble("SomeLibraryError", "segment 0x12 of frobnicator"))

    assert "other" == found.name
    assert "frobnicator" not in found.say
    assert found.say.endswith(".")
