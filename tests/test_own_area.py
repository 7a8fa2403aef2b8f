"""The learner's own area: the check follows the choice, and a choice that would hide a slip is not offered."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from grader.authoring import areas, case, exercise, number, several, slip, table_of
from grader.checks.judge import judge
from grader.checks.own import hidden_slips
from grader.checks.snapshot import Snapshot
from grader.checks.verdict import Outcome, Verdict
from grader.errors import GraderError
from grader.lesson.read import lesson
from grader.lesson.rehearse import Rehearsal

LESSON, NAME = 6, "my_area_rates"
BOROUGHS = table_of("population", "boroughs").set_index("borough")


@pytest.fixture(scope="module")
def rehearsal() -> Iterator[Rehearsal]:
    """Give lesson 6, run up to each of its exercises."""
    with Rehearsal(lesson(LESSON)) as ready:
        yield ready


def answer(area: str, first: str, census: str) -> str:
    """Write an answer for an area, each rate a formula of `count`, `old` and `new`."""
    row = BOROUGHS.loc[area]
    numbers = f"count, old, new = {row['rescues']}, {row['residents_first']}, {row['residents']}"
    return f'my_area = "{area}"\n{numbers}\nrate_first = {first}\nrate_census = {census}'


def test_every_offered_area_has_its_own_right_answer(rehearsal: Rehearsal) -> None:
    """For each area on offer its own rates are right, and the answer says that area's name."""
    offered = rehearsal.lesson.exercises[NAME].cases
    assert len(offered) > 20
    for area in offered:
        outcome = rehearsal.run(NAME, answer(area, "count / old * 100000", "count / new * 100000")).outcome
        assert outcome.verdict is Verdict.RIGHT, area
        assert area in outcome.message


@pytest.mark.parametrize("round_to", ["{}", "round({}, 1)", "round({})"])
def test_the_two_estimates_mixed_up_are_noticed_in_every_offered_area(rehearsal: Rehearsal, round_to: str) -> None:
    """Whatever the area and the rounding, the same estimate twice or the other way round is never right."""
    old, new = round_to.format("count / old * 100000"), round_to.format("count / new * 100000")
    expected = {(new, old): "swapped", (old, old): "first_twice", (new, new): "census_twice"}
    for area in rehearsal.lesson.exercises[NAME].cases:
        for (first, census), name in expected.items():
            assert rehearsal.run(NAME, answer(area, first, census)).outcome.slip == name, area


def test_areas_whose_two_rates_look_alike_are_not_offered(rehearsal: Rehearsal) -> None:
    """An area is left out where both its rates are the same whole number, and only there."""
    rounded = [(100_000 * BOROUGHS["rescues"] / BOROUGHS[name]).round() for name in ("residents_first", "residents")]
    alike = set(BOROUGHS.index[rounded[0] == rounded[1]])
    assert alike
    assert set(BOROUGHS.index) - set(rehearsal.lesson.exercises[NAME].cases) == alike
    assert all(name in rehearsal.lesson.figures["withheld"] for name in alike)


def judged(choice: object) -> Outcome:
    """Judge the right answer for Leeds while the area is set to `choice`."""
    made = exercise(
        "people", number(5), ask="", right="", own="my_area", cases={"Leeds": case(number(5), "Leeds has 5.")}
    )
    variables = {"people": 5} if choice is None else {"people": 5, "my_area": choice}
    return judge(made, Snapshot("people", variables, "people = 5"))


def test_the_name_of_an_area_may_be_typed_in_small_letters() -> None:
    """Capital letters and spaces at the ends do not matter."""
    assert judged(" leeds").message == "Leeds has 5."


@pytest.mark.parametrize("choice", ["Leds", "Paris", "...", 6, None])
def test_an_area_that_is_not_offered_is_said_so(choice: object) -> None:
    """A right number for another area is not counted, and the message names the variable to change."""
    outcome = judged(choice)
    assert outcome.verdict is Verdict.NOT_YET
    assert outcome.slip == "not_offered"
    assert "my_area" in outcome.message


def test_a_slip_of_the_keys_in_a_name_is_recognised() -> None:
    """A name that is nearly right gets the name that was meant."""
    assert "Did you mean Leeds?" in judged("Leds").message


def test_a_slip_that_looks_right_once_rounded_is_hidden() -> None:
    """102.2 can be told from 102.4, but both are 102 when rounded; 96.2 cannot be taken for 102.4."""
    close, far = slip("old", 102.2222, "Old."), slip("older", 96.2222, "Older.")
    assert hidden_slips(case(number(102.3566), "Right.", [close, far])) == ["old"]


def test_two_slips_with_one_value_hide_each_other() -> None:
    """Where two slips give the same value, neither message can be sure of its slip."""
    pair = several(a=number(1), b=number(2))
    slips = [slip("one", {"a": 2, "b": 2}, "One."), slip("other", {"a": 2, "b": 2}, "Other.")]
    assert hidden_slips(case(pair, "Right.", slips)) == ["other"]


def test_only_areas_that_hide_nothing_are_offered() -> None:
    """`areas` leaves out the choice that hides a slip, and `exercise` refuses it."""
    cases = {
        "Leeds": case(number(10), "Right.", [slip("half", 5, "Half.")]),
        "York": case(number(5), "Right.", [slip("half", 5, "Half.")]),
    }
    assert list(areas(cases)) == ["Leeds"]
    with pytest.raises(GraderError, match="York"):
        exercise("people", number(10), ask="", right="", own="my_area", cases=cases)
