"""Python's own messages in one plain sentence, for people who have never read one.

`explain` is a table of (name, exception, pattern, sentence): the first row that fits wins. A sentence may use
what the pattern caught. Nothing here says how to answer an exercise, only how to get going again.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

from grader.checks.python_names import LIBRARY_TOOLS, TABLE_TOOLS, nearest, unknown
from grader.checks.snapshot import Trouble


@dataclass(frozen=True)
class Explained:
    """A known trouble: its short name, and the sentence to say."""

    name: str
    say: str


_ROWS: tuple[tuple[str, str, str, str], ...] = (
    ("curly_quotes", "SyntaxError", r"invalid character '[‘’“”„‚«»]'",
     "A quote mark here is curly. Some programs make them curly for you. Delete it and type a straight one."),
    ("odd_character", "SyntaxError", r"invalid character '(?P<char>.+?)'",
     "Python does not know the character {char} in code. Take it out. For money, type only the number."),
    ("backslash", "SyntaxError", r"after line continuation character",
     "There is a \\ in this line, which Python reads in its own way. To divide, and in file names, use /."),
    ("odd_blank", "SyntaxError", r"invalid non-printable character",
     "A blank in this line is not a plain one, as happens with text that was copied. Type the line again here."),
    ("open_text", "SyntaxError", r"unterminated (triple-quoted )?string literal|EOL while scanning",
     "A quote mark has no partner. Text needs one at each end, and both of the same kind."),
    ("open_bracket", "SyntaxError", r"'(?P<bracket>[\[({])' was never closed",
     "A bracket {bracket} was opened and not closed. Count the brackets in pairs."),
    ("open_bracket", "SyntaxError", r"incomplete input|unexpected EOF",
     "A bracket was opened and not closed. Count the brackets in pairs."),
    ("extra_bracket", "SyntaxError", r"unmatched '(?P<bracket>.)'",
     "There is a bracket {bracket} with no partner. Count the brackets in pairs."),
    ("other_bracket", "SyntaxError", r"closing parenthesis '(?P<bracket>.)' does not match",
     "The bracket {bracket} closes one of another shape. Each bracket needs a partner of its own shape."),
    ("one_equals", "SyntaxError", r"Maybe you meant '==' (or ':=' )?instead of '='|cannot assign to (comparison|subscript|expression)",
     "One = gives a name, and the name goes on the left. To ask if 2 things are the same, use ==."),
    ("print_brackets", "SyntaxError", r"Missing parentheses in call",
     "This tool needs round brackets round what it works on."),
    ("missing_comma", "SyntaxError", r"Perhaps you forgot a comma",
     "Something is missing between 2 parts. Inside brackets, put a comma between them. Text also needs quote marks round it."),
    ("leading_zero", "SyntaxError", r"leading zeros",
     "A number here starts with 0. If a comma stands before it, take the comma out, else take off the 0."),
    ("invalid_decimal", "SyntaxError", r"invalid decimal literal",
     "A number and a word run together. Start a name with a letter, and put brackets round a test before its tool."),
    ("no_body", "IndentationError", r"expected an indented block",
     "Lines inside a loop start 4 spaces in."),
    ("extra_spaces", "IndentationError", r".*",
     "This line starts with spaces it does not need, or too few. Move it to line up with the line above."),
    ("other_syntax", "SyntaxError", r".*",
     "Python could not read this line. Check that words in text have quote marks, and that brackets come in pairs."),
    ("two_columns", "KeyError", r"^\(",
     'To pick 2 columns, put them in a list, with double brackets: table[["a", "b"]].'),
    ("test_in_one_bracket", "KeyError", r"^(True|False)$",
     'The test compares 2 texts, so no row was asked. Name the table again inside: table[table["column"] == "x"].'),
    ("drop_columns", "KeyError", r"^\"?\['?(?P<name>[^']*)'?.*\] not found in axis",
     "There is nothing called {name} where Python looked. To drop a column, write columns= in front, and check its spelling."),
    ("no_column", "KeyError", r"^\"?\['?(?P<name>[^']*)'?.*\] not in index|Column not found: (?P<name2>[^']*)",
     "There is nothing called {name} here. Check capital letters and spaces against the headings or labels."),
    ("by_position", "KeyError", r"^\d+$",
     "This has labels, not positions. Use a label in quote marks."),
    ("no_column", "KeyError", r"^['\"]?(?P<name>.*?)['\"]?$",
     "There is nothing called {name} here. Check capital letters and spaces against the headings or labels."),
    ("not_text", "AttributeError", r"Can only use \.str accessor",
     ".str opens the tools for text, and what is before it is not text. Put .str straight after a column of text."),
    ("text_tool", "AttributeError", r"'Series' object has no attribute '(?P<name>lower|upper|strip|replace|contains|title)'",
     "Add .str before .{name}. It tells pandas to change the text in every row."),
    ("not_dates", "AttributeError", r"Can only use \.dt accessor",
     ".dt opens the tools for dates, and this column is not dates yet. Use pd.to_datetime first."),
    ("holds_nothing", "AttributeError|TypeError", r"'NoneType' object (has no attribute|is not subscriptable)",
     "What is before the dot or the bracket holds nothing. Look at the line that made it."),
    ("len_first", "AttributeError", r"has no attribute 'len'",
     "len goes in front, and the name of the table goes in its round brackets."),
    ("tool_of_text", "AttributeError", r"'str' object has no attribute '(head|tail|min|max|sum|mean|median|count|value_counts|nunique|sort_values|groupby|merge|isna|isin|plot|sample|drop)'",
     "This is text, in quote marks, and not a table or a column. Name the table first, with no quote marks."),
    ("tool_of_number", "AttributeError", r"'(int|float|bool|numpy\.\w+)' object has no attribute '(?P<name>sum|mean|median|count|value_counts|head|isna|round)'",
     "{name} is working on the number next to it. Put brackets round the whole test, then the dot and {name}."),
    ("no_tool", "AttributeError", r"'(?P<kind>\w+)' object has no attribute '(?P<name>\w+)'",
     "{Kind} has no tool called {name}.{meant}"),
    ("no_tool_in_library", "AttributeError", r"module '(?P<kind>[\w.]+)' has no attribute '(?P<name>\w+)'",
     "{kind} has no tool called {name}.{meant}"),
    ("list_for_isin", "TypeError", r"only list-like objects are allowed to be passed to isin",
     'isin looks through a list. Put what you look for in square brackets: ["a"].'),
    ("text_not_table", "TypeError", r"string indices must be integers",
     "Square brackets were put after text. If it is the name of a table, take its quote marks off."),
    ("list_by_label", "TypeError", r"list indices must be integers",
     "A list has places, not labels. Put a number in the square brackets: the first is 0."),
    ("number_wanted", "TypeError", r"cannot be interpreted as an integer|(?<!method )doesn't define __round__|cannot do positional indexing",
     "A plain number is wanted here. Look for quote marks round it, and for the order inside the brackets."),
    ("one_by_one", "TypeError", r"'(int|float)' object is not iterable",
     "Python can go through a list or a range, one by one, and this is a single number. For 5 turns write range(5)."),
    ("how_many_names", "TypeError|ValueError", r"unpack",
     "The names on the left of the = and the values on the right are not as many as each other."),
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
    ("missing_argument", "TypeError", r"missing (\d+ )?required (positional )?argument|\(0 given\)|expected at least \d+ argument, got 0",
     "This tool needs something inside its brackets."),
    ("too_many_arguments", "TypeError", r"takes .*\d+ (were )?given|expected at most",
     "There is more inside the brackets than this tool takes. Look for a comma that should not be there."),
    ("no_length", "TypeError", r"object of type '\w+' has no len\(\)",
     "len counts what is in a table, a column or a text. What is in its brackets has nothing to count."),
    ("too_much_inside", "TypeError", r"takes .*positional arguments? but",
     "This tool was given more inside its brackets than it takes. Take out what it does not need."),
    ("chart_of_text", "TypeError", r"no numeric data to plot",
     "That column is text, so there is nothing to draw. Pick a column of numbers."),
    ("unknown_option", "TypeError|AttributeError", r"unexpected keyword argument '(?P<name>\w+)'|got an unexpected keyword argument (?P<name2>\w+)",
     "Python does not know the option {name}. Check its spelling, letter by letter."),
    ("not_a_tool", "TypeError", r"'(?P<kind>\w+)' object is not callable",
     "Round brackets were put after something that is not a tool. To pick a column, use square brackets."),
    ("round_brackets", "TypeError", r"'[\w ]*(function|method)[\w ]*' object is not subscriptable",
     "A tool takes round brackets. Square ones pick a column."),
    ("not_pickable", "TypeError", r"'(?P<kind>\w+)' object is not subscriptable",
     "Square brackets were put after something that has no columns. Use round brackets to run a tool."),
    ("tool_not_run", "TypeError", r"unsupported operand type\(s\) for .*(method|function)|type \w*method doesn't define|instances of .*'(method|function)'",
     "Add () to the end of the tool. Without brackets Python describes the tool and does not use it."),
    ("turned_round", "TypeError", r"bad operand type for unary ~",
     "~ turns a test round, and what is after it is not a test. Put brackets round the whole test: ~(a == b)."),
    ("text_sum", "TypeError", r"unsupported operand type|can only concatenate str|can't multiply|must be real number|bad operand type",
     "You are doing a sum with something that is not a number. Look for text in quote marks, or a comma inside a number."),
    ("and_for_columns", "ValueError", r"truth value of a \w+ is ambiguous",
     "You used the word and, or, or not with a column. For columns, put & between tests, and brackets round each one."),
    ("lists_with_equals", "ValueError", r"[Cc]an only compare identically-labeled|Lengths must match to compare",
     "== goes row by row and the lists differ. Use .isin() to ask if each name is anywhere in the other list."),
    ("other_length", "ValueError", r"Lengths? must match|Length of values|must have same first dimension|shape mismatch|must be of the same length",
     "The 2 columns have different lengths, so they cannot be put side by side."),
    ("true_in_quotes", "ValueError", r"expected type bool, received type str",
     "True and False are words of Python's own. They stand without quote marks."),
    ("number_with_comma", "ValueError", r"Unable to parse string|could not convert string to float|invalid literal for int",
     "This text is not a plain number. A comma, a £ sign or a space may be in it."),
    ("day_first", "ValueError", r"time data .* doesn't match format",
     "Python guessed month first. Add dayfirst=True."),
    ("not_a_date", "DateParseError|ValueError", r"[Uu]nknown datetime string|unable to parse.*date",
     "This text is not a date that Python can read."),
    ("name_of_file", "ValueError", r"Invalid file path or buffer",
     "What is inside the brackets is not the name of a file. A file name is text, in quote marks."),
    ("not_excel", "ValueError", r"Excel file format cannot be determined",
     "This is not an Excel file. For a name that ends in .csv use read_csv."),
    ("sample_too_big", "ValueError", r"larger sample than population",
     "You asked for more rows than there are. Ask for fewer."),
    ("not_a_list", "ValueError", r"DataFrame constructor not properly called",
     "A table is made from a list. Look at what is inside the brackets."),
    ("leave_empty", "ValueError", r"No axis named",
     "This tool does not know what is inside its brackets. Leave them empty."),
    ("different_kinds", "ValueError", r"trying to merge on",
     "One side is numbers, the other is text. Read the codes as text on both sides."),
    ("nothing_in_common", "MergeError", r"No common columns",
     'Say which column to match: on="code".'),
    ("repeats_in_join", "MergeError", r"not unique",
     "A code appears twice. Find it before you join."),
    ("no_file", "FileNotFoundError|IsADirectoryError", r".*",
     "Python cannot see a file with that name. Check the spelling, and that it starts with data/."),
    ("no_table_in_file", "EmptyDataError|ParserError", r".*",
     "pandas cannot read a table from this file. Check that it is the file you mean."),
    ("old_letters", "UnicodeDecodeError", r".*",
     'The file was saved in an older form. Add encoding="cp1252".'),
    ("no_library", "ModuleNotFoundError", r"No module named '(?P<name>[\w.]+)'",
     "Python has nothing called {name} to import. Check its spelling."),
    ("not_in_library", "ImportError", r"cannot import name '(?P<name>\w+)'",
     "There is nothing called {name} to import. Check its spelling."),
    ("past_the_end", "IndexError", r".*",
     "The list is not that long. Python counts its places from 0."),
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
        unmet = re.search(r"name '(\w+)'", trouble.text)
        return Explained(*unknown(unmet[1] if unmet else "that", known))
    for name, types, pattern, sentence in _ROWS:
        found = re.search(pattern, trouble.text.strip())
        if found and trouble.type in _with_children(types):
            return Explained(name, _fill(sentence, found, _near(name, found, columns)))
    return Explained(
        "other",
        "Python stopped in this cell. Read the last line of its message, then check the cell for a slip of the keys.",
    )


def _with_children(types: str) -> set[str]:
    wanted = set(types.split("|"))
    return wanted | ({"IndentationError", "TabError"} if "SyntaxError" in wanted else set())


def _near(name: str, found: re.Match[str], columns: Collection[str]) -> str:
    """Return the word that was probably meant, where the trouble is about one that is not there."""
    word = found.groupdict().get("name") or ""
    if name == "no_column":
        return nearest(word, columns, 0.7)
    if name == "no_tool_in_library":
        return nearest(word, LIBRARY_TOOLS, 0.6)
    return nearest(word, (*TABLE_TOOLS, *columns), 0.7) if name == "no_tool" else ""


def _fill(sentence: str, found: re.Match[str], near: str) -> str:
    """Fill a sentence with what the pattern caught; {meant} comes last where a nearer word is known."""
    caught = {key.rstrip("2"): value for key, value in found.groupdict().items() if value}
    meant = f" Did you mean {near}?" if near else ""
    kind = _KINDS.get(caught.get("kind", ""), "This")
    filled = {"name": "", "char": "", "bracket": "", **caught, "Kind": kind, "meant": meant or " Check its spelling."}
    said = sentence.format(**filled)
    return said if "{meant}" in sentence else said + meant
