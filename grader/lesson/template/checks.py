"""What counts as right in this lesson, and what each likely slip deserves to hear."""

from __future__ import annotations

from grader.authoring import chart, choice, exercise, labelled, rule, slip, table_of

holidays = table_of("bank-holidays")
days_off = holidays["division"].value_counts()

FIGURES = {"good_fridays": f"{(holidays['title'] == 'Good Friday').sum():,}"}
GIVEN = {"days_off": days_off}

EXERCISES = [
    exercise(
        "one_row",
        choice("b", a="one date", b="one holiday in one division", c="one year"),
        ask="Say what one row of the file stands for.",
        right="A date that is a holiday in all divisions has a row for each.",
        slips=[
            slip("date", "a", "The same date can be there more than once. Look at the division column as well."),
            slip("year", "c", "Each of the 3 rows has the same year. Look for what is different between them."),
        ],
        hints=[
            "Read the first row aloud, column by column.",
            "Ask what would have to change for there to be a new row.",
        ],
        worked='one_row_of_a_register = "one organisation"',
    ),
    exercise(
        "days_off",
        labelled(days_off),
        ask="Count the rows of each division.",
        right="The divisions do not have the same number of days.",
        slips=[
            slip("all_rows", len(holidays), "You have counted all the rows together. Count them for each division."),
            slip("names", holidays["title"].value_counts(), "You have counted the names. Count the divisions."),
            slip("years", holidays["year"].value_counts(), "You have counted the years. Count the divisions."),
            rule("column", "has_rows", "You have picked the column. Now count it with value_counts.", len(holidays)),
        ],
        hints=[
            "The worked example counts another column in the same way.",
            'Start with holidays["division"].',
        ],
        worked='holidays["title"].value_counts()',
    ),
    exercise(
        "days_chart",
        chart(days_off, "bars", direction="across", bare=("count", "division", "days_off")),
        ask="Draw the count of each division as bars on their side, with a title.",
        right="A reader can see who has the most days without reading a number.",
        slips=[
            rule("upright", "problem", "The bars stand up. Turn them on their side, so that the names can be read.", "other_direction"),
            rule("untitled", "problem", "The chart has no title. Add one that says what you see.", "no_title"),
            rule("bare", "problem", "The title names the column. Say what the chart shows, in a few words.", "bare_title"),
        ],
        hints=[
            "Lesson 2 draws bars on their side from counts.",
            'The tool is .plot.barh, and the title goes in its brackets: title="...".',
        ],
        worked='holidays["title"].value_counts().plot.barh(title="Most names come back every year")',
    ),
]  # fmt: skip
