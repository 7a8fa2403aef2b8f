"""How an answer comes out: five verdicts, and the message that fits what was done."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from grader.authoring import case, choice, exercise, labelled, number, rule, several, slip, trouble, words
from grader.checks.exercise import Exercise, exercise_from_data, exercise_to_data
from grader.checks.judge import Words, judge
from grader.checks.snapshot import Snapshot, Trouble
from grader.checks.values import Opaque, plain
from grader.checks.verdict import Outcome, Verdict

TABLE = pd.DataFrame({"animal": ["Cat", "Dog", "Cat"], "cost": [1.0, 2.0, 3.0]})
ROWS = exercise(
    "n_rows",
    number(7544),
    ask="Count every row.",
    right="That is every row.",
    typed="Let the file tell you.",
    slips=[
        slip("columns", 8, "You have the columns."),
        slip("first_rows", 5, "You have the first look.", hints=["Look at the whole table."]),
        trouble("no_table", "NameError", "rescue'", "The table has an s at its end."),
        rule("pair", "is_pair", "You have 2 numbers."),
    ],
    hints=["One.", "Two.", "Three.", "Four."],
)
STARTED = Exercise(**{**ROWS.__dict__, "starter": "n_rows = ..."})


def outcome(made: Exercise = STARTED, source: str | None = "n_rows = mine", stop: Trouble | None = None, **names: Any) -> Outcome:  # fmt: skip
    """Judge an answer with these variables."""
    variables = {name: plain(value) for name, value in names.items()}
    return judge(made, Snapshot(made.name, variables, source, trouble=stop), Words(("rescues", "n_rows"), ("animal",)))


@pytest.mark.parametrize(
    ("source", "names"),
    [
        ("n_rows = ...", {"n_rows": ...}),
        ("n_rows   =  ...  # my note", {"n_rows": ...}),
        ("", {}),
        ("# only a note", {}),
        ("n_rows = '...'", {"n_rows": "..."}),
        (None, {}),
        (None, {"n_rows": ...}),
    ],
)
def test_an_untouched_exercise_is_not_tried(source: str | None, names: dict[str, Any]) -> None:
    """The starter as it comes, with or without a note, an empty cell and dots are not tried, and cost nothing."""
    found = outcome(source=source, **names)

    assert (Verdict.NOT_TRIED, 0.0, "") == (found.verdict, found.score, found.slip)
    assert found.message


def test_the_right_answer_has_the_lessons_words_and_all_points() -> None:
    """Right says what the lesson has to say of it, and gives every point."""
    found = outcome(n_rows=7544)

    assert (Verdict.RIGHT, "That is every row.", 1.0) == (found.verdict, found.message, found.score)


def test_a_number_typed_by_hand_is_right_and_gets_a_word_of_its_own() -> None:
    """A typed number is as right as a counted one; the message says why the file should tell."""
    found = outcome(source="n_rows = 7544", n_rows=7544)

    assert (Verdict.RIGHT, "Let the file tell you.") == (found.verdict, found.message)


@pytest.mark.parametrize(
    ("value", "name"),
    [
        (8, "columns"), (8.0, "columns"), ([8], "columns"), (5, "first_rows"), ((7544, 8), "pair"),
        ("7544", "text_number"), (TABLE, "whole_table"), (TABLE["cost"], "whole_column"), (True, "true_or_false"),
        (Opaque("method"), "no_brackets"), (Opaque("groups"), "groups"), (None, "nothing_kept"), (123, ""),
    ],
)  # fmt: skip
def test_a_slip_is_known_by_its_value(value: Any, name: str) -> None:
    """A slip is named whatever code made it, the lesson's own slips first, then those that any lesson may meet."""
    found = outcome(n_rows=value) if not isinstance(value, Opaque) else judge(STARTED, Snapshot("n_rows", {"n_rows": value}, "x"))  # fmt: skip

    assert (Verdict.NOT_YET, name, 0.0) == (found.verdict, found.slip, found.score)
    assert "7544" not in found.message.replace('"7544"', "")
    assert "7,544" not in found.message


def test_an_answer_nobody_has_described_is_told_what_it_is_and_what_is_asked() -> None:
    """For a new wrong answer the message says what was found and restates the question."""
    found = outcome(n_rows=123)

    assert "You have 123." in found.message
    assert "Count every row." in found.message


def test_hints_are_those_of_the_slip_and_at_most_three() -> None:
    """A slip's own hints come in place of the exercise's; never more than 3."""
    assert ("Look at the whole table.",) == outcome(n_rows=5).hints
    assert ("One.", "Two.", "Three.") == outcome(n_rows=8).hints


def test_a_stop_is_one_plain_sentence() -> None:
    """Python's own message never reaches the learner: the lesson's sentence does, or the plain one for that stop."""
    ours = outcome(stop=Trouble("NameError", "name 'rescue' is not defined"))
    plain_one = outcome(stop=Trouble("NameError", "name 'rescuse' is not defined"))
    unheard = outcome(stop=Trouble("NobodyKnowsError", "something deep at 0x7f"))

    assert (Verdict.COULD_NOT_RUN, "no_table") == (ours.verdict, ours.slip)
    assert (Verdict.COULD_NOT_RUN, "near_name") == (plain_one.verdict, plain_one.slip)
    assert "rescues" in plain_one.message
    assert Verdict.COULD_NOT_RUN is unheard.verdict
    assert "0x7f" not in unheard.message
    assert "NobodyKnowsError" not in unheard.message


def test_a_name_that_is_not_there_says_what_to_do() -> None:
    """Where the cell ran and made another name, or was never run, the message names the line to write or the cells to run."""
    other = outcome(source="rows = 7544", rows=7544)
    never = outcome(source=None, rows=1)

    assert (Verdict.COULD_NOT_RUN, "no_name") == (other.verdict, other.slip)
    assert "n_rows" in other.message
    assert never.verdict in (Verdict.NOT_TRIED, Verdict.COULD_NOT_RUN)


def test_of_several_names_the_one_that_is_off_is_named() -> None:
    """An exercise with two variables says which one to look at, or which still has its dots."""
    years = Exercise(**{**exercise("years", several(first=number(2009), last=number(2021)), ask="Find both.", right="Yes.").__dict__, "starter": "first = ...\nlast = ..."})  # fmt: skip
    off, half = outcome(years, first=2009, last=2020), outcome(years, first=2009, last=...)

    assert "last" in off.message
    assert "first" not in off.message.split("Look at")[1].split(".")[0]
    assert ("half_done", Verdict.NOT_YET) == (half.slip, half.verdict)
    assert "last" in half.message


def test_the_letter_without_quote_marks_is_told_so() -> None:
    """A bare letter is a name to Python; the message shows the letter in quote marks."""
    letters = Exercise(**{**exercise("pick", choice("b", a="one", b="two"), ask="Pick.", right="Yes.").__dict__, "starter": 'pick = "..."'})  # fmt: skip
    found = outcome(letters, source="pick = a", stop=Trouble("NameError", "name 'a' is not defined"))

    assert (Verdict.COULD_NOT_RUN, "bare_letter") == (found.verdict, found.slip)
    assert '"a"' in found.message


@pytest.mark.parametrize(("share", "score"), [(1.0, 2.0), (0.5, 1.0), (0.0, 0.0)])
def test_the_author_decides_what_another_form_is_worth(share: float, score: float) -> None:
    """The right numbers in another form get the part of the points that the exercise gives."""
    counts = pd.Series([2, 1], index=["cat", "dog"])
    made = exercise("counts", labelled(counts), ask="Count.", right="Yes.", points=2.0, form_share=share)
    found = outcome(made, source="x", counts=counts.iloc[::-1])

    assert (Verdict.OTHER_FORM, score, "order") == (found.verdict, found.score, found.slip)


def test_a_learners_own_area_changes_what_is_right() -> None:
    """What is right, and which slips are known, follow the learner's own choice, in any case."""
    made = exercise(
        "rate", number(1), ask="Work it out.", right="Base.", own="my_area",
        cases={
            "Camden": case(number(10), "Camden it is.", [slip("other", 20, "You have Barnet.")]),
            "Barnet": case(number(20), "Barnet it is.", [slip("other", 10, "You have Camden.")]),
        },
    )  # fmt: skip

    assert "Camden it is." == outcome(made, source="x", rate=10, my_area="Camden").message
    assert "Barnet it is." == outcome(made, source="x", rate=20, my_area=" barnet ").message
    assert "You have Camden." == outcome(made, source="x", rate=10, my_area="Barnet").message


def test_any_text_is_right_where_any_is_asked_for() -> None:
    """Where people type what they think, letters are enough and blanks are not."""
    made = Exercise(**{**exercise("guess", words("a cat"), ask="Type.", right="Noted.").__dict__, "starter": 'guess = "..."'})  # fmt: skip

    assert Verdict.RIGHT is outcome(made, source="x", guess="they count crews").verdict
    assert Verdict.NOT_YET is outcome(made, source="x", guess="  ").verdict
    assert Verdict.NOT_YET is outcome(made, source="x", guess=5).verdict


def test_an_exercise_is_the_same_as_data() -> None:
    """An exercise that has been through checks.pack judges as the one its author wrote."""
    again = exercise_from_data(exercise_to_data(STARTED))

    assert again == STARTED
    for value in (7544, 8, 5, 123, "7544", None):
        assert outcome(n_rows=value) == outcome(again, n_rows=value)
