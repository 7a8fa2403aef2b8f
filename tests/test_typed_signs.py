"""Signs that people write and Python cannot read are recognised in the cell's text, and nothing else is."""

from __future__ import annotations

import pytest

from grader.authoring import exercise, number
from grader.checks.judge import judge
from grader.checks.snapshot import Snapshot, Trouble
from grader.checks.verdict import Outcome, Verdict


def judged(source: str) -> Outcome:
    """Judge an answer that Python could not read, as a kernel hands it over."""
    with pytest.raises(SyntaxError) as caught:
        compile(source, "cell", "exec")
    made = exercise("answer", number(5), ask="Give the number.", right="Five.")
    return judge(made, Snapshot("answer", {}, source, trouble=Trouble("SyntaxError", caught.value.msg)))


@pytest.mark.parametrize(
    ("source", "sign", "word"),
    [
        ("answer = 50%", "percent_sign", "%"),
        ("answer = 50%  # a share", "percent_sign", "%"),
        ('answer = a["b"] x 100', "times_sign", "*"),
        ("answer = 3 × 4", "times_sign", "*"),
        ("answer = 6 ÷ 2", "divide_sign", "/"),
        ("answer = 6 − 2", "minus_sign", "minus"),
    ],
)
def test_a_sign_from_paper_is_named(source: str, sign: str, word: str) -> None:
    """The message names what to type in place of the sign."""
    outcome = judged(source)
    assert (outcome.verdict, outcome.slip) == (Verdict.COULD_NOT_RUN, sign)
    assert word in outcome.message


@pytest.mark.parametrize("source", ["answer = ('50%'", "for x in (3", 'answer = "a x b" + (', "answer = (x y)"])
def test_other_slips_keep_their_own_words(source: str) -> None:
    """A % or an x that is text, or a name, is not taken for a sign."""
    assert judged(source).slip not in {"percent_sign", "times_sign", "divide_sign", "minus_sign"}
