"""Counts that could point to a person are not shown, nor can they be worked out."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from grader.checks.verdict import Verdict
from grader.report import quiet
from grader.report.results import LOOK, NOTEBOOK, Answer, Exercise, Person, Results, Slip
from grader.report.summary import summarise

COUNTS = st.integers(0, 60)


@given(COUNTS, COUNTS)
def test_a_part_and_what_is_left_of_it_are_both_safe(number: int, rest: int) -> None:
    """Beside its whole, a part is a figure only where neither it nor the rest is 1 to 4."""
    shown = quiet.part(number, number + rest)

    assert (shown.number is None) == (1 <= number <= 4 or 1 <= rest <= 4)
    assert shown.number in (None, number)


@given(st.lists(COUNTS, min_size=1, max_size=8), COUNTS)
def test_parts_that_share_a_whole_give_nothing_away(numbers: list[int], rest: int) -> None:
    """Taking the figures that are shown from the whole never leaves 1 to 4."""
    whole = sum(numbers) + rest
    shown = quiet.parts({str(place): number for place, number in enumerate(numbers)}, whole)
    figures = [count.number for count in shown.values() if count.number is not None]

    assert not any(1 <= figure <= 4 for figure in figures)
    assert not figures or sum(figures) == 0 or not 1 <= whole - sum(figures) <= 4


@given(st.lists(st.integers(0, 9).map(float), max_size=60))
def test_bars_hold_five_or_more(scores: list[float]) -> None:
    """Every bar of the spread stands for nobody or for 5 or more, and together they are everybody."""
    bins = quiet.bins(scores, 9)

    assert not any(1 <= one.number <= 4 for one in bins)
    assert sum(one.number for one in bins) == (len(scores) if len(scores) > 4 else 0)


def room(verdicts: list[Verdict], looks: int = 0) -> Results:
    """Return a lesson of one exercise that came out like this."""
    exercise = Exercise("n", "1.1 Count", slips={"odd": Slip("counted twice", "Count again.")})
    people = [
        Person(
            f"p{place}", NOTEBOOK, {"n": Answer(verdict, "odd" if verdict is Verdict.NOT_YET else "", 1.0)}, 1.0, 1.0
        )
        for place, verdict in enumerate(verdicts)
    ]
    people += [Person(f"q{place}", LOOK, {}) for place in range(looks)]
    return Results("club", "01-x", "X", (exercise,), tuple(people), {person.learner: "" for person in people})


@given(st.lists(st.sampled_from(list(Verdict)), max_size=40), st.integers(0, 6))
def test_no_two_figures_of_a_lesson_differ_by_one_to_four(verdicts: list[Verdict], looks: int) -> None:
    """Handed in, marked and got it: no figure is 1 to 4, nor is what is left between one and its whole."""
    made = summarise(room(verdicts, looks))
    handed_in, marked = made.handed_in.number, made.marked.number

    assert handed_in is None or not 1 <= handed_in <= 4
    assert handed_in is None or marked is None or not 1 <= handed_in - marked <= 4
    for facility in made.facilities:
        got, whole = facility.got.number, facility.whole.number
        assert got is None or whole is None or not (1 <= got <= 4 or 1 <= whole - got <= 4)
        for missed in facility.missed:
            assert missed.count.number is None or missed.count.number > 4


def test_in_the_room_every_count_is_shown() -> None:
    """What stays in the room has every figure."""
    made = summarise(room([Verdict.RIGHT, Verdict.NOT_YET, Verdict.NOT_YET], looks=1), in_room=True)

    assert (4, 3, 1) == (made.handed_in.number, made.marked.number, made.facilities[0].got.number)
    assert [("odd", 2)] == [(missed.name, missed.count.number) for missed in made.facilities[0].missed]
