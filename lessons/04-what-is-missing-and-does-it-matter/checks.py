"""What counts as right in lesson 4, and what each likely slip deserves to hear."""

from __future__ import annotations

from grader.authoring import choice, exercise, number, rule, several, slip, table, table_of, trouble

ae = table_of("nhs-ae", "ae_september_2021.csv")
pay = table_of("gender-pay-gap", "pay_gap_2018.csv")
pay_later = table_of("gender-pay-gap", "pay_gap_2021_22.csv")

waits, visits = ae["over_4_hours"], ae["attendances"]
blank = waits.isna()
zero = waits == 0
n_blank, n_reported = int(blank.sum()), int((~blank).sum())
blank_visits = int(visits[blank].sum())
share_all = 1 - waits.sum() / visits.sum()
share_reported = 1 - waits.sum() / visits[~blank].sum()
worst = 1 - (waits.sum() + blank_visits) / visits.sum()
MANY_VISITS, MANY_WAITS = 20_000, 5_000
many_visits, many_waits = visits > MANY_VISITS, waits > MANY_WAITS
above = pay["median_gap"] > 100
mean_above = pay["mean_gap"] > 100
moved = abs(pay_later["median_gap"].median() - pay["median_gap"].median())
assert moved < 1  # a message says so
paper = ae.head(8)  # the table of the paper version
paper_waits, paper_visits = paper["over_4_hours"].sum(), paper["attendances"].sum()
paper_blank = paper[paper["over_4_hours"].isna()]["attendances"].sum()


def percent(share: float, places: int = 1) -> str:
    """Return a share as a percentage."""
    return f"{100 * share:.{places}f}%"


FIGURES = {
    "n_trusts": f"{len(ae)}",
    "n_blank": f"{n_blank}",
    "n_reported": f"{n_reported}",
    "n_zero": f"{zero.sum()}",
    "visits": f"{visits.sum() / 1_000_000:.0f} million",
    "all_visits": f"{visits.sum():,}",
    "blank_visits": f"{blank_visits:,}",
    "blank_part": percent(blank_visits / visits.sum(), 0),
    "blank_size": f"{visits[blank].mean():,.0f}",
    "reported_size": f"{visits[~blank].mean():,.0f}",
    "share_all": percent(share_all),
    "share_reported": percent(share_reported),
    "apart": f"{100 * (share_all - share_reported):.0f}",
    "worst": percent(worst),
    "best": percent(share_all),
    "many_visits": f"{MANY_VISITS:,}",
    "many_waits": f"{MANY_WAITS:,}",
    "paper_rows": " ".join(
        f"{number:,.0f}" for name in ("attendances", "over_4_hours") for number in paper[name].dropna()
    ),
    "paper_sums": f"{paper_blank:,} {paper_waits:,.0f} {paper_visits:,} {paper_visits - paper_blank:,}",
    "paper_as_zero": percent(1 - paper_waits / paper_visits),
    "paper_reported": percent(1 - paper_waits / (paper_visits - paper_blank)),
    "paper_worst": percent(1 - (paper_waits + paper_blank) / paper_visits),
    "largest_gap": f"{pay['median_gap'].max():.0f}%",
}

LET_THE_FILE = "That holds today. Let the file tell you, so it stays right when the file changes."
WHICH_LETTER = {"a": "completeness", "b": "uniqueness", "c": "validity", "d": "accuracy", "e": "consistency", "f": "timeliness"}  # fmt: skip

EXERCISES = [
    exercise(
        "total_with_blanks",
        choice(
            "b",
            a="stop, with a message about the blanks",
            b="add up the rest, and say nothing",
            c="give a blank",
        ),
        ask="Choose the letter that says what the sum does about blanks.",
        right="It adds up the rest and says nothing. So the blanks are yours to look for.",
        slips=[
            slip("stops", "a", "In the worked example a test met 2 blanks. Did Python say anything about them?"),
            slip("gives_blank", "c", "Some tools do that. Did the blanks in the worked example get in the way of the test?"),
        ],
        hints=["In the worked example, 2 rows with blanks left the answer. Was there a message?"],
    ),
    exercise(
        "n_blank",
        number(n_blank),
        ask="Count the blanks in the `over_4_hours` column.",
        right=f"{n_blank} of the {len(ae)} trusts left it blank. Next, ask why.",
        typed=LET_THE_FILE,
        slips=[
            slip(
                "equals_text",
                0,
                "You have 0. A blank is not a word, and nothing equals a blank. Use `.isna()` to find blanks.",
            ),
            slip(
                "zeros",
                zero.sum(),
                f"{zero.sum()} trusts have a 0: they told us that nobody waited over 4 hours. A blank means we were not told.",
            ),
            slip(
                "blanks_and_zeros",
                n_blank + zero.sum(),
                "You have counted the zeros with the blanks. A 0 is a figure that was reported.",
            ),
            slip(
                "all_rows",
                len(ae),
                "That counts every answer, True and False. Use `.sum()` to count the Trues.",
            ),
            slip("reported", n_reported, "That is how many did report. Which of them do you want to count?"),
            slip(
                "small_table",
                ae.head(8)["over_4_hours"].isna().sum(),
                "That is for the first 8 rows. The whole table is called `ae`.",
            ),
            rule(
                "not_counted",
                "is_tests",
                "You have a True or False for each trust. `.sum()` counts the Trues.",
            ),
            rule("rows_and_columns", "is_pair", "You have 2 numbers, the rows and the columns. Keep the rows only."),
            rule("rows_kept", "is_table", "You have a table. The question asks how many rows, so count them."),
        ],
        hints=[
            "The worked example has a tool that says True for each blank.",
            "Trues can be counted, as you did last time with `.sum()`.",
            'Start with `ae["over_4_hours"].isna()`, and add one more tool at the end.',
        ],
        worked='n_no_trust = ae["trust"].isna().sum()',
    ),
    exercise(
        "why_blank",
        choice(
            "b",
            a="they were lost in the post",
            b="those trusts were testing new measures",
            c="nobody there waited over 4 hours",
        ),
        ask="Choose the letter that says why the boxes are blank.",
        right=f"One cause for all {n_blank}, and it has nothing to do with how long people waited. That is worth knowing before you choose.",
        slips=[
            slip("lost", "a", "The note names one cause for all of them. Read it once more."),
            slip("nobody_waited", "c", "If nobody waited, the figure would be 0, not blank."),
        ],
        hints=["Read the note aloud. What were those trusts doing in these years?"],
    ),
    exercise(
        "blank_visits",
        number(blank_visits),
        ask="Add up the attendances at the trusts with a blank.",
        right=f"{blank_visits:,} visits, {FIGURES['blank_part']} of all. The trusts with a blank are larger than most, so they are not a random few.",
        typed=LET_THE_FILE,
        slips=[
            trouble(
                "column_of_a_test",
                "KeyError",
                r"^'?attendances'?$",
                "You picked attendances from a column of True and False. Keep the rows first: put the test inside `ae[...]`.",
            ),
            trouble(
                "both_at_once",
                "InvalidIndexError",
                ".*",
                "There are 2 things in one pair of square brackets. Keep the rows first, then pick the column in brackets of its own.",
            ),
            slip(
                "everyone",
                visits.sum(),
                "That is everyone. Keep only the rows where `over_4_hours` is blank, then add.",
            ),
            slip(
                "reported",
                visits[~blank].sum(),
                "These are the visits at trusts that did report. Which rows do you want to keep?",
            ),
            slip("trusts", n_blank, "That is the number of trusts. How many visits did they have?"),
            slip(
                "blank_column",
                0,
                "You have 0. Which column has the blanks, and which one should you add?",
            ),
            slip(
                "zeros",
                visits[zero].sum(),
                "These are the visits at trusts with a real 0. You want the trusts with a blank.",
            ),
            slip(
                "blanks_and_zeros",
                visits[blank | zero].sum(),
                "Trusts with a real 0 are in there too. Keep only those with a blank.",
            ),
            slip(
                "small_table",
                ae.head(8)[blank.head(8)]["attendances"].sum(),
                "That is for the first 8 rows. The whole table is called `ae`.",
            ),
            rule(
                "every_column",
                "has_rows",
                "You have added up every column, the codes too. Pick the `attendances` column before you add.",
                ae.shape[1],
            ),
            rule("not_added", "is_column", "You have one number for each trust. Put `.sum()` at the end to add them up."),
            rule("rows_kept", "is_table", "You have the rows. Now pick the `attendances` column and add it up."),
        ],
        hints=[
            "In the worked example, square brackets kept some rows. Which rows do you want here?",
            'Use the test `ae["over_4_hours"].isna()` inside `ae[...]` to keep the rows.',
            'After the rows that you keep, add `["attendances"]` and one more tool.',
        ],
        worked='ae[ae["over_4_hours"] == 0]["attendances"].sum()',
    ),
    exercise(
        "share_all",
        number(share_all, share=True),
        ask="Take from 1 all the long waits divided by all the attendances.",
        right=f"{percent(share_all)} of all visits, it seems. But what has this sum done with the blanks?",
        typed=LET_THE_FILE,
        slips=[
            slip(
                "waited",
                waits.sum() / visits.sum(),
                "That is the share who waited longer. Take it from 1.",
            ),
            slip(
                "only_reported",
                share_reported,
                "That leaves out trusts with a blank, which comes next. Here, divide by the attendances of all trusts.",
            ),
            slip(
                "upside_down",
                1 - visits.sum() / waits.sum(),
                "You have divided visits by waits. Put the long waits on top.",
            ),
            slip(
                "visits_by_waits",
                visits.sum() / waits.sum(),
                "You have divided visits by waits. Put the long waits on top.",
            ),
            slip(
                "brackets",
                (1 - waits.sum()) / visits.sum(),
                "Your brackets make Python take the waits from 1 first. Divide first, then take that from 1.",
            ),
            slip(
                "count_of_visits",
                visits.sum() - waits.sum(),
                "That is how many visits, not what share of them. Divide by all the attendances.",
            ),
            slip("count_of_waits", waits.sum(), "That is how many long waits. Divide it by all the attendances."),
            slip(
                "mean_of_shares",
                (1 - waits / visits).mean(),
                "You have one share for each trust, and their mean. Add up each column first, then divide once.",
            ),
            slip(
                "means",
                1 - waits.mean() / visits.mean(),
                "A mean leaves the blanks out of one column and not the other. Add up each column instead.",
            ),
            slip(
                "sum_of_blanks",
                float("nan"),
                "You have nan, which is a blank. Python's own `sum` stops at blanks: put `.sum()` after the column.",
            ),
            slip("first_8_rows", 1 - paper_waits / paper_visits, "That is for the first 8 rows. The whole table is called `ae`."),
            slip(
                "told_8_rows",
                1 - paper_waits / (paper_visits - paper_blank),
                "`told` comes from the first 8 rows. Make it again from `ae`.",
            ),
            slip(
                "sum_of_shares",
                1 - (waits / visits).sum(),
                "You have added up a share for each trust. Add up each column first, then divide once.",
            ),
            slip(
                "other_way_round",
                waits.sum() / visits.sum() - 1,
                "You have taken 1 from the share. Take the share from 1: the 1 comes first.",
            ),
            rule(
                "share_each",
                "is_column",
                "You have a share for each trust. Add up each column first, then divide once.",
            ),
        ],
        hints=[
            "You need 2 sums: one for each column. Then divide, and take the answer from 1.",
            'One of the 2 sums is `ae["attendances"].sum()`.',
            'Start with `share_all = 1 - ae["over_4_hours"].sum()`, then divide by the other sum.',
        ],
        worked='1 - small["over_4_hours"].max() / small["attendances"].max()',
    ),
    exercise(
        "share_reported",
        number(share_reported, share=True),
        ask="Do the same sum with only the trusts that reported.",
        right=f"{percent(share_reported)}: {FIGURES['apart']} points lower. Before, the visits of the silent trusts were in the bottom number, and their waits counted as none.",
        typed=LET_THE_FILE,
        slips=[
            trouble(
                "column_of_a_test",
                "KeyError",
                r"^'?(over_4_hours|attendances)'?$",
                "You kept a column of True and False. To keep the rows, put that test inside `ae[...]`.",
            ),
            slip(
                "all_trusts",
                share_all,
                "You still divide by patients from all the trusts. Long waits at the silent ones count as none. Keep only rows that reported, for both sums.",
            ),
            slip(
                "waited",
                waits.sum() / visits[~blank].sum(),
                "That is the share who waited longer. Take it from 1.",
            ),
            slip(
                "waited_all",
                waits.sum() / visits.sum(),
                "That is the share who waited longer, with all the trusts. Keep the rows that reported, then take the share from 1.",
            ),
            slip("only_blank", 1, "You have kept the trusts with a blank. Put `~` in front to turn the test round."),
            slip(
                "bottom_blank",
                1 - waits.sum() / blank_visits,
                "The bottom number comes from the trusts with a blank. Use the rows that reported, for both sums.",
            ),
            slip(
                "zeros_left_out",
                1 - waits.sum() / visits[waits > 0].sum(),
                "You have left out the trusts with a 0 as well. A 0 is a figure that was reported.",
            ),
            slip(
                "counted_as_waits",
                worst,
                "You have counted every visit at the silent trusts as a long wait. Leave those rows out.",
            ),
            slip(
                "means",
                1 - waits.mean() / visits.mean(),
                "The mean leaves blanks out of one column only. Keep only rows that reported, for both columns.",
            ),
            slip(
                "sum_of_blanks",
                float("nan"),
                "You have nan, which is a blank. Python's own `sum` stops at blanks: put `.sum()` after the column.",
            ),
            slip("first_8_rows", 1 - paper_waits / paper_visits, "That is for the first 8 rows. The whole table is called `ae`."),
            slip(
                "told_8_rows",
                1 - paper_waits / (paper_visits - paper_blank),
                "`told` comes from the first 8 rows. Make it again from `ae`.",
            ),
            rule("rows_kept", "is_table", "You have kept the rows. Now do the sum of 4.5 with that table."),
            rule(
                "share_each",
                "is_column",
                "You have a share for each trust. Add up each column first, then divide once.",
            ),
        ],
        hints=[
            "The worked example kept the rows that are not blank, and called them `told`.",
            'A first line could be `reported = ae[~ae["over_4_hours"].isna()]`.',
            "Then write the sum of 4.5 again, with `reported` in place of `ae` both times.",
        ],
        worked='told = small[~small["over_4_hours"].isna()]\ntold["over_4_hours"].sum()',
    ),
    exercise(
        "fair_sentence",
        choice(
            "b",
            a=f"{percent(share_all)} of visits took 4 hours or less",
            b=f"{percent(share_reported)} of visits took 4 hours or less, at the {n_reported} trusts that reported",
            c="the data cannot be used",
        ),
        ask="Choose the letter of the sentence that you would sign.",
        right="It gives the number and says what it covers. That is what makes a number with gaps fit to use.",
        slips=[
            slip(
                "blanks_as_none",
                "a",
                f"This treats a missing figure as no long waits. It flatters the result by {FIGURES['apart']} points.",
            ),
            slip("not_usable", "c", "It can be used, if you say what it covers. Which sentence does that?"),
        ],
        hints=["Ask of each sentence: does it say whose visits these are?"],
    ),
    exercise(
        "busy",
        table(ae[many_visits & many_waits]),
        ask="Keep the rows where both tests are True.",
        right="Each test has brackets of its own, and `&` stands between them. The trusts with a blank are not in it: a test is never True of a blank.",
        slips=[
            trouble(
                "no_brackets",
                "TypeError",
                r"rand_|ror_|unsupported operand type\(s\) for [&|]",
                "Python tried the & first. Put brackets round each test: (a > 1) & (b > 2).",
            ),
            trouble(
                "word_and",
                "ValueError",
                "ambiguous",
                "You used the word and. For columns, use & between the tests, with brackets round each.",
            ),
            slip(
                "first_without",
                ae[visits > (MANY_VISITS & many_waits)],
                "One test has brackets, the other has none. Put brackets round the first test too.",
            ),
            slip(
                "second_without",
                ae.iloc[0:0],
                "No row is left. One test has brackets, the other has none. Put brackets round the second test too.",
            ),
            slip(
                "visits_only",
                ae[many_visits],
                "You have tested the attendances only. Keep both tests, with & between them.",
            ),
            slip("waits_only", ae[many_waits], "You have tested the long waits only. Keep both tests, with & between them."),
            slip("either", ae[many_visits | many_waits], "You have the rows where one test or the other is True. Both must be."),
            rule("not_kept", "is_tests", "You have a True or False for each row. Put it inside `ae[...]` to keep rows."),
        ],
        hints=[
            "Compare this line with the last cell of the worked example.",
            "A test such as `(a > 1)` has round brackets of its own. How many tests are there here?",
        ],
        worked='small[(small["attendances"] > 10000) & (small["over_4_hours"] > 4600)]',
    ),
    exercise(
        "impossible",
        number(above.sum()),
        ask="Count the employers whose median gap is more than 100.",
        right=f"{above.sum()} of {len(pay):,}, and the largest says {FIGURES['largest_gap']}. The boxes are full, and still they cannot be true.",
        typed=LET_THE_FILE,
        slips=[
            trouble(
                "test_inside_brackets",
                "TypeError",
                "instances of 'str' and 'int'",
                "The test compares text with 100. Close the square bracket after the heading, before the `>`.",
            ),
            slip(
                "both_columns",
                (above | mean_above).sum(),
                "You may have counted the mean gap too. Use the `median_gap` column only.",
            ),
            slip("mean_gap", mean_above.sum(), "That is the count for another gap. Use the `median_gap` column."),
            slip(
                "nobody",
                (above & mean_above).sum(),
                "You have 0. The column is in percent already, so test it against 100, and test that column only.",
            ),
            slip(
                "as_share",
                (pay["median_gap"] > 1).sum(),
                "You have tested against 1. The column is in percent already, so 100% is 100.",
            ),
            slip("all_rows", len(pay), "That counts every row. Use `.sum()` to count the Trues."),
            slip("largest", pay["median_gap"].max(), "That is the largest gap. How many employers are above 100?"),
            slip("below", (pay["median_gap"] < 100).sum(), "You have counted gaps below 100. Turn the sign round."),
            rule("not_counted", "is_tests", "You have a True or False for each employer. `.sum()` counts the Trues."),
            rule("rows_and_columns", "is_pair", "You have 2 numbers, the rows and the columns. Keep the rows only."),
            rule("rows_kept", "is_table", "You have the rows. The question asks how many there are."),
        ],
        hints=[
            "First make a test: which values are more than 100?",
            "Then count the Trues, as in 4.2.",
        ],
        worked='(pay["mean_gap"] > 50).sum()',
    ),
    exercise(
        "above_100",
        choice(
            "b",
            a="the law does not allow it",
            b="it would mean that women pay to work",
            c="it comes from rounding",
        ),
        ask="Choose the letter that says why it cannot be above 100%.",
        right="At 100% women would earn nothing. Above it they would pay to be there.",
        slips=[
            slip("law", "a", "The law sets no limit. Think what 100% would mean in pounds."),
            slip(
                "rounding",
                "c",
                f"Rounding moves a number by a little, not by {pay['median_gap'].max() - 100:.0f} points.",
            ),
        ],
        hints=["If a man earns £10 an hour and the gap is 100%, what does a woman earn?"],
    ),
    exercise(
        "what_changed",
        choice(
            "b",
            a="employers became fairer",
            b="the form now checks the number when it is typed",
            c="it is chance",
        ),
        ask="Choose the letter of the most likely reason.",
        right="The largest is now 100 and not a hair above. A check at the door costs less than mending later.",
        slips=[
            slip("fairer", "a", "The middle gap moved by less than a point. Only the impossible values went."),
            slip(
                "chance",
                "c",
                f"From {above.sum()} of {len(pay):,} to none, with the top value exactly 100. That looks like a rule.",
            ),
        ],
        hints=["Look at the largest value in the later file. What kind of thing stops a number right there?"],
    ),
    exercise(
        "six_matches",
        several(
            blank_boxes=choice("a", **WHICH_LETTER),
            two_cats=choice("e", **WHICH_LETTER),
            gap_of_320=choice("c", **WHICH_LETTER),
            closed_council=choice("f", **WHICH_LETTER),
            off_africa=choice("d", **WHICH_LETTER),
            listed_twice=choice("b", **WHICH_LETTER),
        ),
        ask="Give each thing a letter from the card.",
        right="Six questions, and a blank answers only the first. Keep the card near your desk.",
        slips=[
            slip(
                "two_cats_twice",
                {"two_cats": "b"},
                "Look at `two_cats`. No rescue is there twice: one animal is spelled in 2 ways.",
            ),
            slip(
                "two_cats_range",
                {"two_cats": "c"},
                "Look at `two_cats`. Each spelling could do. The trouble is that the file has both.",
            ),
            slip(
                "gap_true",
                {"gap_of_320": "d"},
                "Look at `gap_of_320`. You need no other source to know it cannot be: it is out of range.",
            ),
            slip(
                "council_true",
                {"closed_council": "d"},
                "Look at `closed_council`. It was true once. What has happened since?",
            ),
            slip(
                "council_agrees",
                {"closed_council": "e"},
                "Look at `closed_council`. The list may agree with itself, and still be old.",
            ),
            slip(
                "africa_range",
                {"off_africa": "c"},
                "Look at `off_africa`. The place is on the map, so the form would take it. Is it where the cat was?",
            ),
            slip(
                "twice_agrees",
                {"listed_twice": "e"},
                "Look at `listed_twice`. The 2 rows may agree. How many should there be?",
            ),
            slip(
                "blank_late",
                {"blank_boxes": "f"},
                "Look at `blank_boxes`. The figure is not old, it is not there.",
            ),
        ],
        hints=[
            "Read the card aloud, and ask its 6 questions of each thing.",
            "Each letter is used once.",
        ],
    ),
]  # fmt: skip
