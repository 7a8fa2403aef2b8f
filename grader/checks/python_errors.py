"""Python's own messages in one plain sentence, for people who have never read one.

`explain` is a table of (name, exception, pattern, sentence): the first row that fits wins. A sentence may use
what the pattern caught. Nothing here says how to answer an exercise, only how to get going again.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Collection
from dataclasses import dataclass

from grader.checks.snapshot import Trouble


@dataclass(frozen=True)
class Explained:
    """A known trouble: its short name, and the sentence to say."""

    name: str
    say: str


TABLE_TOOLS = ("head", "tail", "shape", "columns", "value_counts", "nunique", "min", "max", "mean", "median", "sum",
               "count", "sort_values", "groupby", "merge", "isna", "isin", "round", "plot", "drop", "sample", "where",
               "diff", "str", "dt", "lower", "read_csv", "DataFrame", "to_datetime", "size")  # fmt: skip

_ROWS: tuple[tuple[str, str, str, str], ...] = (
    ("curly_quotes", "SyntaxError", r"invalid character '[‘’“”]'",
     "A quote mark here is curly. Some programs make them curly for you. Delete it and type a straight one."),
    ("odd_character", "SyntaxError", r"invalid character '(?P<char>.+?)'",
     "Python does not know the character {char} in code. Take it out. For money, type only the number."),
    ("open_text", "SyntaxError", r"unterminated string literal|EOL while scanning",
     "A quote mark was opened and not closed. Put the same mark at the end of the text."),
    ("open_bracket", "SyntaxError", r"'(?P<bracket>[\[({])' was never closed",
     "A bracket {bracket} was opened and not closed. Count the brackets in pairs."),
    ("open_bracket", "SyntaxError", r"incomplete input|unexpected EOF",
     "A bracket was opened and not closed. Count the brackets in pairs."),
    ("extra_bracket", "SyntaxError", r"unmatched '(?P<bracket>.)'",
     "There is a bracket {bracket} with no partner. Count the brackets in pairs."),
    ("other_bracket", "SyntaxError", r"closing parenthesis '(?P<bracket>.)' does not match",
     "The bracket {bracket} closes one of another shape. Each bracket needs a partner of its own shape."),
    ("one_equals", "SyntaxError", r"Maybe you meant '==' (or ':=' )?instead of '='|cannot assign to (comparison|subscript|expression)",
     "Use == to ask if 2 things are the same. One = gives a name."),
    ("missing_comma", "SyntaxError", r"Perhaps you forgot a comma",
     "Something is missing between 2 parts. Inside brackets, put a comma between them. Text also needs quote marks round it."),
    ("leading_zero", "SyntaxError", r"leading zeros",
     "A number here starts with 0. Take the 0 off the front."),
    ("invalid_decimal", "SyntaxError", r"invalid decimal literal",
     "A number and a word run together here. A name cannot start with a number."),
    ("no_body", "IndentationError", r"expected an indented block",
     "Lines inside a loop start 4 spaces in."),
    ("extra_spaces", "IndentationError", r".*",
     "This line starts with spaces it does not need, or too few. Move it to line up with the line above."),
    ("other_syntax", "SyntaxError", r".*",
     "Python could not read this line. Check that words in text have quote marks, and that brackets come in pairs."),
    ("two_columns", "KeyError", r"^\(",
     'To pick 2 columns, put them in a list, with double brackets: table[["a", "b"]].'),
    ("by_position", "KeyError", r"^\d+$",
     "This has labels, not positions. Use a label in quote marks."),
    ("no_column", "KeyError", r"^['\"]?(?P<name>.*?)['\"]?$",
     "There is nothing called {name} here. Check capital letters and spaces against the headings or labels."),
    ("text_tool", "AttributeError", r"'Series' object has no attribute '(?P<name>lower|upper|strip|replace|contains|title)'",
     "Add .str before .{name}. It tells pandas to change the text in every row."),
    ("no_tool", "AttributeError", r"'(?P<kind>\w+)' object has no attribute '(?P<name>\w+)'",
     "{Kind} has no tool called {name}.{meant}"),
    ("no_tool_in_library", "AttributeError", r"module '(?P<kind>[\w.]+)' has no attribute '(?P<name>\w+)'",
     "{kind} has no tool called {name}.{meant}"),
    ("mean_of_text", "TypeError", r"Cannot perform reduction '(?P<name>\w+)' with string dtype|dtype '(str|object)' does not support operation '(?P<name2>\w+)'",
     "That column is text, so it has no {name}. Pick a column of numbers."),
    ("group_of_text", "TypeError", r"agg function failed|does not support operation",
     'pandas tried to work on text too. Name the number column in ["..."].'),
    ("text_and_number", "TypeError", r"'[<>]=?' not supported between instances of '(str|int|float)' and '(str|int|float)'",
     "You are comparing text with a number. The column may be text because of commas or £ signs. It needs to be numbers first."),
    ("number_and_text", "TypeError", r"Invalid comparison between dtype=(u?int|float)\d+ and str",
     "You are comparing a column of numbers with text. Take the quote marks off, so that Python reads a number."),
    ("brackets_round_tests", "TypeError", r"unsupported operand type\(s\) for [&|]|Cannot perform 'r?(and|or)_?'|operation 'r?(and|or)_?' not supported|'r?(and|or)_' not supported|cannot compare a dtyped .* array with a scalar of type",
     "Python tried the & first. Put brackets round each test: (a > 1) & (b > 2)."),
    ("missing_argument", "TypeError", r"missing \d+ required positional argument",
     "This tool needs something inside its brackets."),
    ("unknown_option", "TypeError", r"unexpected keyword argument '(?P<name>\w+)'|got an unexpected keyword argument (?P<name2>\w+)",
     "Python does not know the option {name}. Check its spelling, letter by letter."),
    ("not_a_tool", "TypeError", r"'(?P<kind>\w+)' object is not callable",
     "Round brackets were put after something that is not a tool. To pick a column, use square brackets."),
    ("not_pickable", "TypeError", r"'(?P<kind>\w+)' object is not subscriptable",
     "Square brackets were put after something that has no columns. Use round brackets to run a tool."),
    ("tool_not_run", "TypeError", r"unsupported operand type\(s\) for .*(method|function)",
     "Add () to the end of the tool. Without brackets Python describes the tool and does not use it."),
    ("text_sum", "TypeError", r"unsupported operand type|can only concatenate str|can't multiply|must be real number|bad operand type",
     "You are doing a sum with something that is not a number. Look for text in quote marks, or a comma inside a number."),
    ("and_for_columns", "ValueError", r"truth value of a \w+ is ambiguous",
     "You used the word and, or, or not with a column. For columns, put & between tests, and brackets round each one."),
    ("lists_with_equals", "ValueError", r"[Cc]an only compare identically-labeled",
     "== goes row by row and the lists differ. Use .isin() to ask if each name is anywhere in the other list."),
    ("other_length", "ValueError", r"Lengths? must match|Length of values",
     "The 2 columns have different lengths, so they cannot be put side by side."),
    ("number_with_comma", "ValueError", r"Unable to parse string|could not convert string to float|invalid literal for int",
     "This text is not a plain number. A comma, a £ sign or a space may be in it."),
    ("day_first", "ValueError", r"time data .* doesn't match format",
     "Python guessed month first. Add dayfirst=True."),
    ("different_kinds", "ValueError", r"trying to merge on",
     "One side is numbers, the other is text. Read the codes as text on both sides."),
    ("nothing_in_common", "MergeError", r"No common columns",
     'Say which column to match: on="code".'),
    ("repeats_in_join", "MergeError", r"not unique",
     "A code appears twice. Find it before you join."),
    ("no_file", "FileNotFoundError", r".*",
     "Python cannot see a file with that name. Check the spelling, and that it starts with data/."),
    ("old_letters", "UnicodeDecodeError", r".*",
     'The file was saved in an older form. Add encoding="cp1252".'),
    ("no_library", "ModuleNotFoundError", r"No module named '(?P<name>[\w.]+)'",
     "Python has nothing called {name} to import. Check its spelling."),
    ("by_nought", "ZeroDivisionError", r".*",
     "Python was asked to divide by 0. Look at what is under the line."),
    ("stopped", "KeyboardInterrupt", r".*",
     "The cell was stopped before it was done. Run it again."),
    ("too_long", "TimeoutError|CellTimeoutError", r".*",
     "The cell ran for too long and was stopped. Is there a loop that never ends?"),
)  # fmt: skip

_KINDS = {"DataFrame": "A table", "Series": "A column", "str": "Text", "int": "A number", "float": "A number",
          "list": "A list", "dict": "A dictionary", "NoneType": "Nothing"}  # fmt: skip


def explain(trouble: Trouble, known: Collection[str] = (), columns: Collection[str] = ()) -> Explained:
    """Return the plain sentence for a Python exception.

    `known` holds the names that the lesson makes, `columns` the headings of its tables: they turn "not known"
    into "run the cell that makes it" or "did you mean".
    """
    if trouble.type in ("NameError", "UnboundLocalError"):
        return _unknown_name(trouble, known)
    for name, types, pattern, sentence in _ROWS:
        found = re.search(pattern, trouble.text.strip())
        if found and trouble.type in _with_children(types):
            return Explained(name, _fill(sentence, found, columns if name == "no_column" else TABLE_TOOLS))
    return Explained(
        "other",
        "Python stopped in this cell. Read the last line of its message, then check the cell for a slip of the keys.",
    )


def _with_children(types: str) -> set[str]:
    wanted = set(types.split("|"))
    return wanted | ({"IndentationError", "TabError"} if "SyntaxError" in wanted else set())


def _unknown_name(trouble: Trouble, known: Collection[str]) -> Explained:
    found = re.search(r"name '(?P<name>\w+)'", trouble.text)
    name = found["name"] if found else "that"
    if name in known:
        return Explained("not_run", f"Python does not know the name {name} yet. Run the cells above from the top. "
                                    f"The one that makes {name} has not been run.")  # fmt: skip
    near = difflib.get_close_matches(name, list(known), n=1, cutoff=0.8)
    if near:
        return Explained("near_name", f"Python does not know the name {name}. Did you mean {near[0]}?")
    return Explained("missing_quotes", f"Python does not know {name}. If it is a column or a word, put quote marks "
                                       "round it. If it is a name you made, run the cell that makes it.")  # fmt: skip


def _fill(sentence: str, found: re.Match[str], words: Collection[str]) -> str:
    caught = {key.rstrip("2"): value for key, value in found.groupdict().items() if value}
    near = difflib.get_close_matches(caught.get("name", ""), list(words), n=1, cutoff=0.7)
    kind = caught.get("kind", "")
    filled = {
        "name": "", "char": "", "bracket": "", **caught,
        "Kind": _KINDS.get(kind, "This"),
        "meant": f" Did you mean {near[0]}?" if near else " Check its spelling.",
    }  # fmt: skip
    said = sentence.format(**filled)
    return (
        f"{said} Did you mean {near[0]}?" if near and "Did you mean" not in said and words is not TABLE_TOOLS else said
    )
