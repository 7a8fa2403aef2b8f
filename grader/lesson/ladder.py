"""The skill ladder: which code words each lesson teaches. A word may not appear before its lesson.

Each rung lists (what the author writes under `words:`, the tokens it allows). A token is how
`grader.lesson.ladder_tokens` names a part of a syntax tree: ".head" a tool, "len()" a function, "title=" an
option, "==" an operator, "for" a statement, "[1]" a position in square brackets, "[,]" a list.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from grader.lesson.ladder_tokens import tokens_of_word

ALWAYS = frozenset({"grader"})

RUNGS: dict[int, tuple[tuple[str, str], ...]] = {
    0: (
        ("run a cell", ""),
        ("= (give a name)", "="),
        ("+ - * / and brackets", "+ - * / -x"),
        ("round(x, 2)", "round()"),
        ("# note", ""),
        ("quote marks", ""),
    ),
    1: (
        ("import pandas as pd", "import:pandas"),
        ('pd.read_csv("...")', ".read_csv"),
        (".head(n)", ".head"),
        ("len(table)", "len()"),
        ('table["column"]', "[text]"),
        (".min() and .max()", ".min .max"),
    ),
    2: (
        (".value_counts()", ".value_counts"),
        (".str.lower()", ".str .lower"),
        ('table["new"] = ...', "[]="),
        ('.plot.barh(title="...")', ".plot .barh title="),
        (".nunique()", ".nunique"),
    ),
    3: (
        (".isin(list)", ".isin [,]"),
        ("==", "=="),
        ("table[test]", "[test]"),
        ("~test", "~"),
        (".sum()", ".sum"),
    ),
    4: (
        (".isna()", ".isna"),
        ("> < >= <=", "> < >= <="),
        ("(test) & (test)", "&"),
        (".sum() on numbers", ".sum"),
    ),
    5: (
        (".mean()", ".mean"),
        (".median()", ".median"),
        ('.sort_values("c", ascending=False)', ".sort_values ascending= True/False"),
        (".plot.hist(bins=20)", ".hist bins="),
    ),
    6: (
        ('.groupby("c")["d"].mean()', ".groupby .count"),
        ("a / b * 100000", ""),
        (".round(1)", ".round"),
        (".plot.barh(x=, y=)", "x= y="),
    ),
    7: (
        ('.merge(other, on="code", how="inner")', ".merge on= how="),
        ('how="outer"', ""),
        ("indicator=True", "indicator= True/False"),
        ('validate="one_to_one"', "validate="),
    ),
    8: (
        ("pd.to_datetime(c, dayfirst=True)", ".to_datetime dayfirst= True/False"),
        (".dt.year and .dt.month", ".dt .year .month"),
        (".diff()", ".diff"),
        (".plot.line(x=, y=, xlabel=, ylabel=)", ".line xlabel= ylabel="),
    ),
    9: (
        ("import matplotlib.pyplot as plt", "import:matplotlib"),
        ("fig, ax = plt.subplots()", ".subplots (,)="),
        ("ax.bar(x, y)", ".bar"),
        ("ax.set_ylim(0, top)", ".set_ylim"),
        ("ax.set_title and ax.set_xlabel and ax.set_ylabel", ".set_title .set_xlabel .set_ylabel"),
    ),
    10: (
        (".sample(200)", ".sample random_state="),
        ("[] with .append()", "[,] .append"),
        ("for i in range(500):", "for range()"),
        ("ax.hist(list)", ".hist"),
    ),
    11: (
        ('.groupby(["a", "b"]).size()', ".size"),
        (".where(test)", ".where"),
        (".drop(columns=[...])", ".drop columns="),
    ),
    12: (
        ('data["key"]["key"]', "[text]"),
        ("items[0]", "[1]"),
        ("pd.DataFrame(items)", ".DataFrame"),
        ("ask(service, year=2025)", "ask() any="),
    ),
}
LAST = max(RUNGS)
MOST_NEW_WORDS = 6  # 5 after the first two lessons


def words_of(lesson: int) -> tuple[str, ...]:
    """Return the new code words of a lesson, as an author lists them; none after the last rung."""
    return tuple(word for word, _ in RUNGS.get(lesson, ()))


def allowed(lesson: int, listed: Sequence[str] = ()) -> frozenset[str]:
    """Return the tokens that may appear in a lesson. After the last rung, the words that it lists are added."""
    found = set(ALWAYS)
    for number, rung in RUNGS.items():
        if number <= lesson:
            found |= {token for _, tokens in rung for token in tokens.split()}
    if lesson > LAST:
        found |= {token for word in listed for token in tokens_of_word(word)}
    return frozenset(found)


def first_lesson(token: str) -> int | None:
    """Return the lesson that teaches a token, if any does."""
    return next((number for number, rung in RUNGS.items() if any(token in tokens.split() for _, tokens in rung)), None)


def same_words(lesson: int, listed: Sequence[str]) -> bool:
    """Say whether the listed words are those of the lesson's rung, whatever their order and spacing."""
    return {_bare(word) for word in listed} == {_bare(word) for word in words_of(lesson)}


def _bare(word: str) -> str:
    return re.sub(r"[\s`]+", "", word)
