"""What counts as right in lesson 1, and what each likely slip deserves to hear."""

from __future__ import annotations

import pandas as pd

from grader.authoring import choice, column, exercise, number, rule, several, slip, table, table_of, trouble

rescues = table_of("animal-rescues")
holidays = table_of("bank-holidays")
roads = table_of("road-casualties")

when = pd.to_datetime(rescues["call_time"], dayfirst=True)
early = when.dt.month <= when.max().month
in_2020, in_2021 = rescues["year"] == 2020, rescues["year"] == 2021
spring_2020, spring_2021 = int((in_2020 & early).sum()), int((in_2021 & early).sum())
fox_and_cat = int(rescues.index[rescues["call_time"] == "01/08/2009 08:56"][0])


def percent(part: float, whole: float) -> str:
    """Return a part of a whole as whole percent."""
    return f"{100 * part / whole:.0f}%"


FIGURES = {
    "rescues_2020": f"{in_2020.sum():,}",
    "rescues_2021": f"{in_2021.sum():,}",
    "fall": percent(in_2020.sum() - in_2021.sum(), in_2020.sum()),
    "last_day": f"{when.max():%-d %B %Y}",
    "crashes": f"{roads['reference'].nunique():,}",
    "people": f"{len(roads):,}",
    "added_up": f"{roads['number_casualties'].sum():,}",
    "fox_row": f"{fox_and_cat + 1}",
}

OTHER_HEADING = r"[\"'](call_time|year|borough|property_type|hours|hourly_rate|cost)[\"']"
LET_THE_FILE = "That holds today. Let the file tell you, so it stays right when the file changes."

EXERCISES = [
    exercise(
        "rows_shown",
        number(len(rescues.head(3))),
        ask="How many rows of the table will it show?",
        right="It shows the first 3. The headings are names, so they are not a row.",
        slips=[
            slip(
                "empty_brackets",
                5,
                "`head()` shows 5 rows when its brackets are empty. What number is inside the brackets here?",
            ),
            slip("headings", 4, "pandas does not count the headings as a row. Count again without them."),
            slip(
                "from_nought",
                2,
                "pandas counts from 0 down the left side, so the last label is one less. How many rows are that?",
            ),
            slip(
                "columns", rescues.shape[1], "That is the number of columns. Rows go down the page, columns go across."
            ),
            slip("all_rows", len(rescues), "That is every row of the table. `head` shows only the top of it."),
            slip(
                "boxes",
                rescues.head(3).size,
                "That counts every box that is shown. Rows go down the page: count those.",
            ),
            slip(
                "rows_and_columns",
                rescues.head(3).shape,
                "You have 2 numbers, the rows and the columns. Keep the rows only.",
            ),
            trouble(
                "more_than_a_number",
                "SyntaxError",
                r"^invalid syntax",
                "Python could not read the line. Type one number after the =, and nothing else.",
            ),
        ],
        hints=[
            "In the worked example, `holidays.head(2)` showed 2 rows under the headings.",
            "The number inside the brackets is the number of rows you ask for.",
        ],
        worked="holidays.head(7)  # shows 7 rows",
    ),
    exercise(
        "n_rows",
        number(len(rescues)),
        ask="Count every row of `rescues`.",
        right=f"{len(rescues):,} rows. Write that down before you change anything: it tells you later if rows went missing.",
        typed=LET_THE_FILE,
        slips=[
            slip("columns", rescues.shape[1], "That is the number of columns. Which tool counts the rows of a table?"),
            slip("headings", len(rescues) + 1, "You may have added one for the headings. pandas does not count them."),
            slip("boxes", rescues.size, "That counts every box in the table. You want rows only."),
            slip(
                "last_label",
                len(rescues) - 1,
                "That is the last label down the left side. pandas starts those labels at 0, not at 1.",
            ),
            slip(
                "quoted",
                len("rescues"),
                "You have counted the letters of a word. Without quote marks, Python looks at the table of that name.",
            ),
            slip(
                "rows_and_columns", rescues.shape, "You have 2 numbers, the rows and the columns. Keep the rows only."
            ),
            slip("first_look", 5, "That is the first look, which stops after 5 rows. Count the whole table."),
            slip("first_look_of_3", 3, "Those are the rows of exercise 1.2. Count the whole table."),
            slip(
                "other_table",
                len(holidays),
                "That is how many rows the bank holidays have. This question is about `rescues`.",
            ),
            slip(
                "filled_cost",
                rescues["cost"].count(),
                "You have counted the filled boxes of one column. Some of its boxes are blank.",
            ),
            slip(
                "filled_borough",
                rescues["borough"].count(),
                "You have counted the filled boxes of one column. Some of its boxes are blank.",
            ),
            trouble(
                "no_brackets_round",
                "SyntaxError",
                r"^invalid syntax",
                "Python could not read the line. Keep `n_rows =`, and compare what comes after it with the worked example.",
            ),
            trouble(
                "name_last",
                "SyntaxError",
                r"^cannot assign",
                "The name goes on the left of the =, and what it holds on the right. Swap them round.",
            ),
        ],
        hints=[
            "One tool in the worked example measures how long a table is.",
            "The tool is `len`. Put the name of the table in round brackets after it.",
            "Start with `n_rows =`, then `len`, then the table's name in round brackets.",
        ],
        worked="n_holidays = len(holidays)",
    ),
    exercise(
        "one_row",
        choice("b", a="one animal", b="one call-out", c="one fire engine", d="one day"),
        ask="Choose the letter that says what one row stands for.",
        right="One row is one call-out. That is why the fox in the basement has no row of its own.",
        slips=[
            slip("animal", "a", "Think of the fox and the cat in one basement. How many rows did they get?"),
            slip("fire_engine", "c", "Read the headings again. Does any of them name a fire engine, or number it?"),
            slip("day", "d", "Look at `call_time`. Can 2 rows share a day?"),
        ],
        hints=[
            "Ask what happened each time that made somebody add a row.",
            "Read one row aloud: at this time, for this animal, in this place, it took so many hours.",
        ],
    ),
    exercise(
        "second_look",
        table(rescues),
        ask="Read the file data/animal_rescues.csv into `second_look`.",
        right="A file name is text, and text goes in quote marks. Most slips with files are no bigger than this.",
        slips=[
            trouble(
                "no_quotes",
                "NameError",
                r"'(data|animal_rescues)'",
                "Python looked for a name and did not find it. The file name is text. What goes round text?",
            ),
            trouble(
                "quotes_in_pieces",
                "TypeError",
                r"unsupported operand type\(s\) for /",
                "Python took the / for divided by. The whole file name is one text, so it needs one pair of marks.",
            ),
            trouble(
                "marks_missing",
                "SyntaxError",
                r"^invalid syntax",
                "Python could not read the line. Compare it with the one in exercise 1.1, mark by mark.",
            ),
            rule(
                "only_the_name",
                "is_text",
                "You have kept some text, not what is in the file. `pd.read_csv` reads the file.",
            ),
            slip("counted", len(rescues), "You have the number of rows. Keep the table itself."),
            rule(
                "headings_as_rows",
                "has_rows",
                "There is one row too many: the headings are in it. Leave that option out.",
                len(rescues) + 1,
            ),
            rule("one_column", "is_column", "You have one column. Keep the whole table that was read."),
        ],
        hints=[
            "Compare this line with the one in exercise 1.1, letter by letter.",
            "Words that Python should not look up as a name go in quote marks, one at each end.",
        ],
        worked='holidays = pd.read_csv("data/bank_holidays.csv")',
    ),
    exercise(
        "animals",
        column(rescues["animal"]),
        ask="Pick the column that says which kind of animal it was.",
        right=f"A column of {len(rescues):,} values, one for each row. Next week you will count them.",
        slips=[
            trouble(
                "capital",
                "KeyError",
                r"^['\"]?(Animal|ANIMAL)",
                "No column has that name. Names must match exactly, capital letters too. Compare it with the headings under exercise 1.2.",
            ),
            trouble(
                "other_table",
                "KeyError",
                r"^'animal'$",
                "The heading is spelt as it should be, and this table does not have it. Which table holds the rescues?",
            ),
            trouble(
                "other_name",
                "KeyError",
                r"^['\"]",
                "No column has that name. Look at the headings under exercise 1.2, and copy one letter by letter.",
            ),
            trouble(
                "no_quotes",
                "NameError",
                r"'(animal|Animal)'",
                "Python looked for a name and did not find it. A heading is text. What goes round text?",
            ),
            trouble(
                "other_brackets",
                "SyntaxError",
                r"^invalid syntax",
                "Python could not read the line. Which brackets did the worked example use?",
            ),
            rule(
                "whole_table",
                "is_table",
                "This is a table. Use square brackets with one heading in them to pick one column.",
            ),
            rule(
                "only_the_name",
                "source_has",
                "You have the heading as text, not the column. Say first which table it comes from.",
                r"^\s*animals\s*=\s*\[?\s*[\"'][^\"']*[\"']\s*\]?\s*$",
            ),
            rule(
                "first_rows",
                "has_rows",
                "You have only 5 of the rows. Leave out the tool at the end to keep the whole column.",
                5,
            ),
            rule(
                "first_3_rows",
                "has_rows",
                "You have only 3 of the rows. Leave out the tool at the end to keep the whole column.",
                3,
            ),
            slip(
                "counted",
                rescues["animal"].value_counts(),
                "You have counted the animals, and that is next week. Keep the column as it is.",
            ),
            rule("tests", "is_tests", "You have True or False for each row. Keep the column as it is, with no test."),
            slip(
                "changed", rescues["animal"].str.lower(), "You have changed the text in it. Keep the column as it is."
            ),
            rule(
                "headings",
                "has_rows",
                "You have the headings of the table. Pick what stands under one of them.",
                rescues.shape[1],
            ),
            rule(
                "another_column",
                "source_has",
                "You have another column. Read its heading: does it say which kind of animal it was?",
                OTHER_HEADING,
            ),
        ],
        hints=[
            "In the worked example, `holidays[...]` picked one column of `holidays`.",
            "First the table's name, then square brackets, then the heading in quote marks inside them.",
            "Copy the worked example's `holidays[...]`, and change the table's name and the heading.",
        ],
        worked='divisions = holidays["division"]',
    ),
    exercise(
        "years",
        several(first_year=number(rescues["year"].min()), last_year=number(rescues["year"].max())),
        ask="Find the smallest and the largest value of the `year` column.",
        right=f"The file runs from {rescues['year'].min()} to {rescues['year'].max()}. A period is the first thing to write under any number.",
        typed=LET_THE_FILE,
        slips=[
            slip(
                "swapped",
                {"first_year": rescues["year"].max(), "last_year": rescues["year"].min()},
                "You have them the other way round. Which tool gives the smallest value?",
            ),
            slip(
                "both_smallest",
                {"first_year": rescues["year"].min(), "last_year": rescues["year"].min()},
                "Both names hold the same year. `.min()` gives the smallest value, so which tool gives the largest?",
            ),
            slip(
                "both_largest",
                {"first_year": rescues["year"].max(), "last_year": rescues["year"].max()},
                "Both names hold the same year. `.max()` gives the largest value, so which tool gives the smallest?",
            ),
            rule(
                "call_time",
                "source_has",
                "You have used `call_time`, which is text, so pandas sorts it as words. Use the `year` column.",
                "call_time",
            ),
            rule(
                "other_column",
                "source_has",
                "That is the smallest or largest of another column. Which heading holds the years?",
                r"\[\s*[\"'](cost|hours|hourly_rate|animal|borough|property_type)[\"']",
            ),
            rule(
                "whole_table",
                "source_has",
                "You have asked the whole table. Pick the `year` column first, then use the tool on it.",
                r"rescues\s*\.\s*(min|max)\s*\(",
            ),
            rule(
                "other_table",
                "source_has",
                "Those are the years of the bank holidays. This question is about `rescues`.",
                r"holidays",
            ),
            rule(
                "how_many",
                "source_has",
                "You have counted. The question asks for the smallest and the largest value.",
                r"\blen\s*\(|\.count\s*\(",
            ),
            trouble(
                "no_dot",
                "SyntaxError",
                r"^invalid syntax",
                "Python could not read a line. A dot goes between a column and its tool.",
            ),
        ],
        hints=[
            "Pick the column first, as in exercise 1.6. Then put a tool after it, with a dot.",
            "The tools are `.min()` and `.max()`. The brackets at the end stay empty.",
            'The first line is `first_year = rescues["year"]` with one of the 2 tools after it.',
        ],
        worked='last_holiday_year = holidays["year"].max()',
    ),
    exercise(
        "headline",
        choice("b", a="true, well spotted", b=f"the file stops on {FIGURES['last_day']}", c="2020 was unusual"),
        ask="Choose the letter of the best reply.",
        right=f"From January to May there were {spring_2020} rescues in 2020 and {spring_2021} in 2021. "
        f"The headline says a fall of {FIGURES['fall']}. Like for like it rose {percent(spring_2021 - spring_2020, spring_2020)}.",
        slips=[
            slip(
                "taken_as_true",
                "a",
                "The sum is right but the years are not alike. How many months of 2021 are in the file?",
            ),
            slip("unusual_year", "c", "That may be so, but there is a bigger reason. Check the last date in the file."),
        ],
        hints=['Run `rescues["call_time"]` in a new cell, and read the last date it shows.'],
    ),
    exercise(
        "people_hurt",
        number(len(roads)),
        ask="Give the number of people who were hurt.",
        right="One row is one person, so the rows are the people. The same file answers other questions with other numbers.",
        slips=[
            slip(
                "added_up",
                roads["number_casualties"].sum(),
                "Adding that column counts some people several times. It describes the crash, and a crash with 3 people has 3 rows.",
            ),
            slip(
                "crashes",
                roads["reference"].nunique(),
                "That is the number of crashes. Each crash can hurt more than one person.",
            ),
            slip(
                "other_file",
                len(rescues),
                "That is the number of rows in the rescues file. This question is about `roads`.",
            ),
            slip("columns", roads.shape[1], "That is the number of columns. People are in the rows."),
            slip(
                "biggest_crash",
                roads["number_casualties"].max(),
                "That is the most people hurt in one crash. The question is about all of them.",
            ),
            slip(
                "last_label",
                len(roads) - 1,
                "That is the last label down the left side. pandas starts those labels at 0, not at 1.",
            ),
        ],
        hints=[
            "What does one row stand for in this file?",
            "If one row is one person, which number do you need to know about the table?",
        ],
        worked="n_holidays = len(holidays)",
    ),
]
