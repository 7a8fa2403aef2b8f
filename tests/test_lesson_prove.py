"""The proof of the marking finds what a check lets pass: changed solutions, bad values, slips that cannot be heard."""

from __future__ import annotations

import math
import shutil
from collections.abc import Mapping
from pathlib import Path

import pandas as pd
import pytest

from grader.checks.expect import Choice, Number, Words
from grader.checks.expect_tables import Column, Labelled, Table
from grader.lesson import template
from grader.lesson.mutate import Names, mutants
from grader.lesson.prove import prove, prove_exercises
from grader.lesson.prove_bad import bad_values
from grader.lesson.prove_choice import choices
from grader.lesson.prove_values import holds, same
from grader.lesson.read import lesson
from grader.lesson.validate import check

NAMES = Names(columns=("a", "b"), tables=("left", "right"), files=("data/one.csv", "data/two.csv"), letters=("a", "b"))


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("x = p + q", {"x = p - q", "x = p", "x = q", "x = q + p"}),
        ("x = p * 100 / q", {"x = p / 100 / q", "x = p * 100 * q", "x = p * 99 / q", "x = p / q", "x = p * 100"}),
        ("x = left[left['a'] > 3]", {"x = left[left['a'] >= 3]", "x = left[left['b'] > 3]", "x = left", "x = left[left['a'] > 4]"}),
        ("x = left['a'].min()", {"x = left['a'].max()", "x = left['b'].min()", "x = left['a']", "x = right['a'].min()"}),
        ("x = len(left)", {"x = left", "x = len(right)", "x = len()"}),
        ("x = left.sort_values('a', ascending=False)", {"x = left.sort_values('a', ascending=True)", "x = left.sort_values('a')", "x = left"}),
        ("x = left['a'].isin(['p', 'q'])", {"x = left['a'].isin(['q'])", "x = left['a'].isin(['p'])"}),
        ("x = ~left['a'].isna()", {"x = left['a'].isna()", "x = ~left['a'].notna()"}),
        ("x = left.merge(right, on='a', how='inner')", {"x = left.merge(right, on='a', how='outer')", "x = left.merge(right, on='a')", "x = left.merge(right, on='b', how='inner')"}),
        ("x = read('data/one.csv')", {"x = read('data/two.csv')"}),
        ("x = 'a'", {"x = 'b'"}),
        ("x = 1\ny = 2", {"x = 1", "y = 2", "x = 2\ny = 2"}),
    ],
)  # fmt: skip
def test_a_solution_is_changed_in_every_small_way(code: str, expected: set[str]) -> None:
    """Operators, numbers, columns, tools, tables, files and left-out parts are all changed, one at a time."""
    made = {mutant.code for mutant in mutants(code, NAMES)}

    assert set() == expected - made
    assert code not in made


def test_a_change_is_made_once() -> None:
    """Two ways to the same code are one change."""
    made = [mutant.code for mutant in mutants("x = left['a'].min() + left['a'].min()", NAMES)]

    assert len(set(made)) == len(made)


def test_only_rounding_is_told_from_other_changes() -> None:
    """A change to how a number is rounded is known as such, and a change to the number itself is not."""
    rounding = {mutant.code: mutant.rounding for mutant in mutants("x = round(p / q, 2)")}

    assert rounding["x = round(p / q, 1)"]
    assert rounding["x = p / q"]
    assert not rounding["x = round(p * q, 2)"]


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        (3, 3.0, True),
        (True, 1, False),
        (0.1 + 0.2, 0.3, True),
        (0.3, 0.3000001, False),
        (math.nan, math.nan, True),
        ("cat", "Cat", False),
        ([1, 2], [2, 1], False),
        (pd.Series([1, 2]), pd.Series([1, 2]), True),
        (pd.Series([1, 2]), pd.Series([2, 1], index=[1, 0]), False),
        (pd.Series([1, 2]), pd.Series([1.0, 2.0]), False),
        (pd.Series([1], name="a"), pd.Series([1], name="b"), False),
        (pd.DataFrame({"a": [1]}), pd.DataFrame({"a": [1]}), True),
        (pd.DataFrame({"a": [1]}), pd.DataFrame({"a": [1], "b": [2]}), False),
        ({"x": 1}, {"x": 2}, False),
    ],
)
def test_two_answers_are_compared_strictly(a: object, b: object, expected: bool) -> None:
    """Whether a change changed the value is decided by == and pandas.testing."""
    assert expected is same(a, b)


def test_an_answer_holds_another_in_any_form() -> None:
    """The same values in another order, with another column or as a table are found; one that differs is not."""
    right = pd.Series([3, 2, 1], index=["a", "b", "c"])

    assert holds(right, right.iloc[::-1])
    assert holds(right, right.reset_index())
    assert holds(right, right.to_dict())
    assert not holds(right, pd.Series([3, 2, 2], index=["a", "b", "c"]))


@pytest.mark.parametrize(
    ("expect", "right"),
    [
        (Number(7544), 7544),
        (Number(0), 0),
        (Number(0.4862, share=True), 0.4862),
        (Number(48.62, places=1), 48.6),
        (Choice("b", {"a": "one", "b": "two", "c": "three"}), "b"),
        (Words("because"), "because"),
        (Column(pd.Series(["x", "y", None])), pd.Series(["x", "y", None])),
        (Column(pd.Series([True, False])), pd.Series([True, False])),
        (Labelled(pd.Series([3, 1], index=["a", "b"])), pd.Series([3, 1], index=["a", "b"])),
        (Table(pd.DataFrame({"a": [1, 2], "b": ["x", "y"]})), pd.DataFrame({"a": [1, 2], "b": ["x", "y"]})),
        (Table(pd.DataFrame({"a": [1, 2]}), part=True), pd.DataFrame({"a": [1, 2], "more": [0, 0]})),
    ],
)
def test_no_bad_value_is_accepted(expect: object, right: object) -> None:
    """Every kind of expectation takes the right value and refuses each bad one made from it."""
    accepted = [said for said, value in bad_values(expect, right) if expect.match(value).agrees]  # type: ignore[attr-defined]

    assert expect.match(right).agrees  # type: ignore[attr-defined]
    assert [] == accepted
    assert len(list(bad_values(expect, right))) >= 4


def changed(tmp_path: Path, edits: Mapping[str, Mapping[str, str]]) -> Path:
    """Copy the example lesson and change some of its text."""
    folder = tmp_path / "14-changed"
    shutil.copytree(template.FOLDER, folder)
    for file, pairs in edits.items():
        path = folder / file
        text = path.read_text(encoding="utf-8")
        for there, put in pairs.items():
            assert there in text, there
            text = text.replace(there, put)
        path.write_text(text, encoding="utf-8")
    return folder


def as_number(tmp_path: Path, solution: str, expect: str, slips: str = "") -> Path:
    """Make 14.2 an exercise whose answer is a number."""
    checks = (template.FOLDER / "checks.py").read_text(encoding="utf-8")
    start, end = checks.index("        labelled(days_off),"), checks.index('        hints=[\n            "The worked')
    old = checks[start:end]
    new = f'        {expect},\n        ask="Work it out.",\n        right="That is it.",\n        slips=[{slips}],\n'
    return changed(
        tmp_path,
        {
            "checks.py": {old: new, "import chart, choice": "import chart, choice, number, case"},
            "lesson.md": {'days_off = holidays["division"].value_counts()': solution},
        },
    )


def test_a_change_that_a_check_lets_pass_is_listed_with_its_code(tmp_path: Path) -> None:
    """Leaving a small part out gives the number rounded: the check lets it pass, and the proof says so."""
    folder = as_number(tmp_path, "days_off = 12.3 + 0.04", "number(12.34)")
    problems = prove([folder], jobs=1)[folder.name]

    assert ["days_off = 12.3"] == [str(one).split("): ")[1].split(" Make the check")[0] for one in problems]
    assert {"solution days_off, line 1"} == {one.place for one in problems}


def test_a_form_that_an_exercise_declares_is_no_survivor(tmp_path: Path) -> None:
    """A percentage where a share is asked for, and rounding that is left out, are forms and not survivors."""
    folder = as_number(tmp_path, "days_off = round(0.25 * 0.5, 3)", "number(0.125, share=True)")

    assert [] == list(map(str, prove_exercises(folder, ["days_off"])))


def test_an_answer_that_is_drawn_anew_each_time_cannot_be_proved(tmp_path: Path) -> None:
    """A solution that gives another value each time is named."""
    folder = as_number(tmp_path, "days_off = holidays.sample(5).index[0]", "number(1)")
    [problem, *_] = prove_exercises(folder, ["days_off"])

    assert "It is not right" in str(problem) or "another value each time" in str(problem)


OWN = """number(int((holidays["division"] == "scotland").sum())),
        own="division",
        cases={name: case(number(int((holidays["division"] == name).sum())), "That is it.") for name in NAMES}"""
OWN_SOLUTION = 'division = "scotland"\ndays_off = (holidays["division"] == division).sum()'


def test_every_offered_choice_is_proved(tmp_path: Path) -> None:
    """Where people choose their own area, the solution is run for each choice, and each must be right."""
    good = as_number(tmp_path / "good", OWN_SOLUTION, OWN.replace("NAMES", '("scotland", "northern-ireland")'))
    bad = as_number(
        tmp_path / "bad", OWN_SOLUTION, OWN.replace("NAMES", '("scotland", "wales")').replace("== name", "!= name")
    )

    assert ["scotland", "northern-ireland"] == [one.choice for one in choices(lesson(str(good)), "days_off")]
    assert [] == list(map(str, prove_exercises(good, ["days_off"])))
    assert {"solution days_off, scotland", "solution days_off, wales"} == {
        one.place for one in prove_exercises(bad, ["days_off"])
    }


def test_a_choice_that_hides_a_slip_is_named(tmp_path: Path) -> None:
    """A choice for which a slip gives the right answer is refused, and named with the slip."""
    cases = OWN.replace("NAMES", '("scotland", "northern-ireland")').replace(
        '"That is it.")',
        '"That is it.", [slip("scots", int((holidays["division"] == "scotland").sum()), "You have Scotland.")])',
    )
    folder = as_number(tmp_path, OWN_SOLUTION, cases)
    [found] = [one for one in check(folder) if one.file == "checks.py"]

    assert "exercise days_off" == found.place
    assert "With scotland" in found.what and "slip scots" in found.what


def test_two_slips_with_one_value_are_named(tmp_path: Path) -> None:
    """Of two slips with the same value the second is never heard, so it is named."""
    slips = 'slip("first", 7, "You have 7."), slip("second", 7, "You have 7 too.")'
    folder = as_number(tmp_path, "days_off = 12.34", "number(12.34)", slips)

    assert ["exercise days_off, slip second"] == [
        one.place for one in check(folder) if "cannot be told from the slip first" in one.what
    ]
