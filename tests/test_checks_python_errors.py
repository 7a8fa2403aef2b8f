"""What Python says when it stops, made by real Python and pandas, and the plain sentence that stands above it."""

from __future__ import annotations

import io
import re
import warnings

import matplotlib
import pandas as pd
import pytest

from grader.checks.python_errors import explain
from grader.checks.snapshot import Trouble
from grader.lesson.prose import grade, sentences, words
from grader.lesson.prose_words import uses

matplotlib.use("agg")
LONGEST, MOST, HARDEST = 20, 3, 8  # words in a sentence, sentences, reading grade

# the code, and a part of what is said: the rows of the curriculum's table of Python's messages, and more
SAID = [
    ('table[council]', "put quote marks round it"),
    ("len(rescues)", "run the cells above from the top"),
    ("pd.read_csv('a.csv')", "import pandas as pd"),
    ('table["Council"]', "capital letters and spaces"),
    ('table[["council", "m"]]', "nothing called m here"),
    ('table.groupby("council")["m"]', "nothing called m here"),
    ('table["council", "n"]', "put them in a list"),
    ("word = ‘text’", "curly"),
    ('table[["n"', "count the brackets in pairs"),
    ('table[table["n"] = 3]', "to ask if 2 things are the same, use =="),
    ("len(table) = rows", "the name goes on the left"),
    (" rows = 3\n  cost = 4", "move it to line up"),
    ("for i in range(3):\nprint(i)", "4 spaces in"),
    ("table.haed(3)", "did you mean head?"),
    ("table.len()", "len goes in front"),
    ("len()", "needs something inside its brackets"),
    ("len[table]", "takes round brackets"),
    ("len(3)", "has nothing to count"),
    ('table["council"].lower()', "add .str before .lower"),
    ('"table"["council"]', "take its quote marks off"),
    ('"council".max()', "name the table first"),
    ('table.sort_values("n", asending=False)', "does not know the option asending"),
    ('table["council"].mean()', "that column is text"),
    ('table.groupby("n").mean()', "text"),
    ('table["council"] > 3', "needs to be numbers first"),
    ('table["n"] == 1 & table["council"] == "A"', "brackets round each test"),
    ('(table["n"] > 1) and (table["n"] > 2)', "put & between tests"),
    ('~table["council"] == "A"', "brackets round the whole test"),
    ('table["council"] == pd.Series(["A"])', ".isin()"),
    ('table["council"] == ["A"]', ".isin()"),
    ('table["council"].isin("A")', "square brackets"),
    ('table["new"] = [1]', "different lengths"),
    ('pd.to_numeric(pd.Series(["1,200"]))', "a comma"),
    ('pd.to_datetime(pd.Series(["01/02/2024", "13/02/2024"]))', "dayfirst=true"),
    ('pd.to_datetime("lunch")', "not a date"),
    ('table["council"].dt.year', "pd.to_datetime first"),
    ('pd.read_csv("data/nothing.csv")', "check the spelling"),
    ("pd.read_csv(table)", "a file name is text"),
    ("pd.read_csv(old)", 'encoding="cp1252"'),
    ("pd.read_csv(empty)", "cannot read a table from this file"),
    ("pd.readcsv('a.csv')", "did you mean read_csv?"),
    ('table.merge(texts, on="n")', "read the codes as text"),
    ("table.merge(strangers)", 'on="code"'),
    ('table.merge(twice, on="council", validate="one_to_one")', "appears twice"),
    ('{"events": []}[0]', "labels, not positions"),
    ('["events"]["events"]', "places, not labels"),
    ('["events"][1]', "not that long"),
    ('table.drop("council")', "columns="),
    ("table.sample(99)", "more rows than there are"),
    ("table.head('3')", "plain number"),
    ("round(3.14, '2')", "plain number"),
    ("round(table['n'].max)", "add () to the end"),
    ("for i in 5:\n    i", "range(5)"),
    ("x, y = [1, 2, 3]", "not as many"),
    ("print(table).head()", "holds nothing"),
    ("pd.DataFrame(3)", "made from a list"),
    ("head(3)", "say first what it works on"),
    ("read_csv('a.csv')", "put pd. in front"),
    ("rond(3.2, 1)", "did you mean round?"),
    ("Table", "did you mean table?"),
    ("three", "in figures"),
    ('"3" + 3', "not a number"),
    ("1 / 0", "divide by 0"),
    ("cost = £5", "type only the number"),
    ("cost = 10\u200b", "a blank in this line"),
    ("word = 'text\"", "a quote mark has no partner"),
    ("(1 + 2]", "closes one of another shape"),
    ("1 + 2)", "with no partner"),
    ("print 3", "round brackets"),
    ("import pandsa", "nothing called pandsa"),
    ("from pandas import tables", "nothing called tables"),
    ("one fish", "could not read this line"),
    ("tabel", "did you mean table?"),
    ("rescues = 007", "starts with 0"),
    ("round(5 6)", "put a comma between them"),
    ("table['n'].sum(totl=1)", "does not know the option totl"),
    ("raise KeyboardInterrupt", "stopped before it was done"),
]  # fmt: skip


def trouble_of(code: str) -> Trouble:
    """Run a line as a learner's cell runs it, and give the trouble that it ends in."""
    names = {
        "pd": pd,
        "table": pd.DataFrame({"council": ["A", "B", "C"], "n": [1, 2, 3]}),
        "texts": pd.DataFrame({"n": ["1", "2"]}),
        "strangers": pd.DataFrame({"other": [1]}),
        "twice": pd.DataFrame({"council": ["A", "A"]}),
        "old": io.BytesIO("café,1\n".encode("cp1252")),
        "empty": io.StringIO(""),
    }
    if code.startswith("pd.read_csv('a.csv')"):
        del names["pd"]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            exec(compile(code, "cell", "exec"), names)
        except SyntaxError as trouble:
            return Trouble(type(trouble).__name__, str(trouble.msg))
        except BaseException as trouble:
            return Trouble(type(trouble).__name__, str(trouble))
    raise AssertionError(f"{code} did not stop")


@pytest.mark.parametrize(("code", "part"), SAID, ids=[code for code, _ in SAID])
def test_a_trouble_has_its_sentence(code: str, part: str) -> None:
    """Python's own trouble with a line is told in words that say what to do, and quote none of Python's."""
    trouble = trouble_of(code)
    told = explain(trouble, known=("table", "rescues"), columns=("council", "n"))

    assert "other" != told.name
    assert part in told.say.lower()
    assert not re.search(rf"{trouble.type}|Traceback|object at|Error\b", told.say)


@pytest.mark.parametrize("code", [code for code, _ in SAID])
def test_a_sentence_is_short_and_plain(code: str) -> None:
    """What is said keeps to the rules for messages: short sentences, and none of the words that are not used."""
    said = explain(trouble_of(code), known=("table", "rescues"), columns=("council", "n")).say

    assert len(sentences(said)) <= MOST
    assert [] == [one for one in sentences(said) if len(words(one)) > LONGEST]
    assert [] == uses(said, message=True)
    assert grade(re.sub(r"\S*[()\[\]=_.]\S*(?<![.?])", "x", said)) <= HARDEST


def test_a_trouble_nobody_has_foreseen_still_says_what_to_do() -> None:
    """An exception that nobody has described gets a sentence that sends people to Python's last line."""
    told = explain(Trouble("HouseOnFire", "segment 0x12 of frobnicator"))

    assert "other" == told.name
    assert "Read the last line" in told.say
    assert "frobnicator" not in told.say
