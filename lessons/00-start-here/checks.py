"""What counts as right in lesson 0, and what each likely slip deserves to hear."""

from __future__ import annotations

from grader.authoring import choice, exact, exercise, number, slip, table_of, trouble, words

in_2018 = table_of("animal-rescues").query("year == 2018")
rescues = int((in_2018["cost"] > 0).sum())
cost = int(in_2018["cost"].sum())
cost_each = cost / rescues
all_rescues = len(in_2018)
nought = int((in_2018["cost"] == 0).sum())

FIGURES = {
    "rescues_2018": f"{all_rescues:,}",
    "with_cost": f"{rescues}",
    "without": f"{all_rescues - rescues}",
    "blank": f"{in_2018['cost'].isna().sum()}",
    "nought": {1: "one"}.get(nought, str(nought)),
    "cost_2018": f"£{cost:,}",
    "cost_plain": f"{cost}",
    "apart": f"£{cost_each - cost / all_rescues:.2f}",
}
GIVEN = {"cost_each": cost_each}

NAME_FIRST = "The name goes on the left of the =, and the sum on the right. Swap them round."
LET_PYTHON = "That holds today. Let Python do the sum, so that others can see how you got it."

EXERCISES = [
    exercise(
        "four",
        number(2 + 2),
        ask="Replace the dots with the sum from the question.",
        right="You ran a cell, and the answer now has a name. Every exercise works like this one.",
        typed="You ran a cell. Next time, type the sum and let Python work it out.",
        slips=[
            slip("side_by_side", 22, "Python read one number, 22. What goes between the 2s to add them?"),
            slip("text", "2 + 2", "Quote marks make it text, and Python does no sums in text. Take them off."),
            slip("times", 2 * 3, "That is another sum. Type the one from the question, sign by sign."),
            trouble("gap", "SyntaxError", r"^invalid syntax", "Python could not read the line. Keep `four =`, then type the sum, sign by sign."),
            trouble("name_last", "SyntaxError", r"^cannot assign", NAME_FIRST),
        ],
        hints=[
            "Leave `four =` as it is. Change only what comes after it.",
            "The worked example starts with the same sum. Copy it.",
        ],
        worked="seven = 3 + 4",
    ),
    exercise(
        "my_guess",
        number(10 - 2 * 3),
        ask="Work out what Python will show.",
        right="Python multiplies before it takes away, as in school. Brackets change that: `(10 - 2) * 3` shows 24.",
        slips=[
            slip("left_to_right", (10 - 2) * 3, "You went from left to right. Which sum does Python do first here?"),
            slip("stopped_early", 10 - 2, "You have left out the 3. Which sum does Python do first here?"),
            slip("only_first", 2 * 3, "That is one part of it. What is left to do with it?"),
            slip("other_way", 2 * 3 - 10, "You took the 2 parts away the other way round. Which one comes first in the line?"),
        ],
        hints=[
            "Times and divided by come before plus and minus, unless there are brackets.",
            "Work out the part with the `*` first. Then take it from the first number.",
        ],
        worked="20 - 3 * 4  # shows 8: first 3 * 4 is 12, then 20 - 12",
    ),
    exercise(
        "cost_each",
        number(cost_each),
        ask="Share the cost out between the rescues.",
        right=f"About £{cost_each:,.0f} for a rescue. Anyone can now see which 2 numbers you used.",
        typed=LET_PYTHON,
        slips=[
            slip("swapped", rescues / cost, "You have divided rescues by cost. Swap them round so cost comes first."),
            slip("times", cost * rescues, "You have multiplied. To share a cost out, which sign do you need?"),
            slip("taken_away", cost - rescues, "You have taken one from the other. To share a cost out, which sign do you need?"),
            slip("added", cost + rescues, "You have added them. To share a cost out, which sign do you need?"),
            slip(
                "all_rescues",
                cost / all_rescues,
                f"You have divided by all {all_rescues:,} rescues. Use the name `rescues`, which leaves out those with no cost.",
            ),
            slip("only_cost", cost, "That is the cost of all the rescues. Share it out between them."),
            slip("only_rescues", rescues, "That is how many rescues there were. Which number do you share out?"),
            slip("a_month", cost / 12, "That is the cost of one month. How many rescues share the cost?"),
            slip("no_pence", cost // rescues, "The pence are gone. One `/` keeps them."),
            trouble("name_last", "SyntaxError", r"^cannot assign", NAME_FIRST),
            trouble(
                "pound_sign",
                "SyntaxError",
                r"invalid character '£'",
                "Leave out the £ sign. Python only wants the number.",
            ),
            trouble("words", "SyntaxError", r"^invalid syntax", "Python could not read the sum. It needs a name, a sign and a name."),
        ],
        hints=[
            "The worked example shared a year out between 12 months.",
            "Which one do you share out, and between how many? The first goes before the `/`.",
            "Start with `cost_each =`, then the 2 names with a `/` between them.",
        ],
        worked="rescues_a_month = rescues_2018 / 12",
    ),
    exercise(
        "cost_rounded",
        number(cost_each, places=2),
        ask="Round the cost to 2 decimal places.",
        right=f"£{cost_each:,.2f}. Python leaves off a 0 at the end. Most lines that will not run need one small mark.",
        typed=LET_PYTHON,
        slips=[
            trouble(
                "no_comma",
                "SyntaxError",
                r"^invalid syntax",
                "Something is missing between the number and how many decimal places to keep. What goes between 2 things?",
            ),
            trouble(
                "swapped",
                "TypeError",
                r"'float' object cannot be interpreted as an integer",
                "`round` takes the number first, and then how many decimal places to keep. Swap them round.",
            ),
            trouble(
                "places_as_text",
                "TypeError",
                r"'str' object cannot be interpreted as an integer|__round__",
                "`round` works on numbers. Take the quote marks off.",
            ),
            slip("pair", (cost_each, 2), "You have 2 values side by side. Put both inside the brackets of `round`."),
            slip(
                "closed_early",
                (round(cost_each), 2),
                "The bracket closes too early. The comma and what comes after it belong inside it.",
            ),
            slip("places_only", 2, "That is how many decimal places to keep. Which number do you want to round?"),
        ],
        hints=[
            "Compare the line with the one in the worked example that uses `round`.",
            "Look between the name and the 2. What stands there in the worked example?",
        ],
        worked="round(rescues_2018 / 12, 1)",
    ),
    exercise(
        "last_shown",
        number(5 * 2),
        ask="Follow x through the 5 runs.",
        right="A ran after B, so x was 5 again. The order in which you run cells counts, not their order on the page.",
        slips=[
            slip("page_order", 7 * 2, "The second time, A ran after B. What is x when the last C runs?"),
            slip("shows_x", 7, "C does a sum with x. And which cell gave x its value last?"),
            slip("not_doubled", 5, "That is x. C does not show x itself: what does it do with it?"),
            slip("added_up", (5 + 7) * 2, "x holds one value at a time. A new value takes the place of the old one."),
        ],
        hints=[
            "Take a pencil. Write down what x is after each of the 5 runs.",
            "A and B give x a new value each time that they run. C only uses the one that is there.",
        ],
        worked="y = 3\ny = 4\ny * 10  # shows 40: the last value counts",
    ),
    exercise(
        "my_team",
        words("Data and Insight", letters=1),
        ask="Type the name of a team, with quote marks round it.",
        right="Python keeps what is between the quote marks, letter by letter, spaces and all.",
        slips=[
            trouble(
                "no_quotes",
                "NameError",
                r"^name '(?!my_team\b)",
                "Put quote marks around the words. Without them, Python looks for something called that.",
            ),
            trouble(
                "no_quotes_spaces",
                "SyntaxError",
                r"^invalid (syntax|decimal)",
                "Python could not read the name. Keep `my_team =`, and put one quote mark before the first letter and one after the last.",
            ),
            trouble(
                "apostrophe",
                "SyntaxError",
                r"unterminated string",
                "A quote mark was opened and not closed. If there is an apostrophe in the name, use double marks round it.",
            ),
            slip("empty", "", "There is nothing between the quote marks yet. Type a team name."),
        ],
        hints=[
            "In the worked example, `city` holds some text. What stands round it?",
            "A quote mark goes right before the first letter, and the same mark right after the last one.",
        ],
        worked='my_city = "Leeds"',
    ),
    exercise(
        "first_step",
        choice(
            "b",
            a="change a cell until it matches",
            b="restart and run every cell from the top",
            c="trust the screen",
        ),
        ask="Choose the letter of the best first step.",
        right="A fresh run from the top shows what the recipe really makes. If it still differs, you can look for the line together.",
        slips=[
            slip("made_to_match", "a", "Changing cells hides the cause. Which step shows what the recipe itself makes?"),
            slip("old_screen", "c", "The screen may show an old result. Which step shows what the notebook makes now?"),
        ],
        hints=[
            "Think of cells A, B and C in exercise 0.5. What can the screen not tell you?",
            "Which of the 3 would give the same result to both of you?",
        ],
    ),
    exercise(
        "team_copied",
        exact("Data and Insight"),
        ask="Keep the words, and mend only the marks round them.",
        right="Word bends quote marks to make a page look good. Python only knows straight ones.",
        slips=[
            trouble(
                "still_curly",
                "SyntaxError",
                r"invalid character '[‘’“”„‚«»]'",
                "There is still a curly quote mark. Word makes them. Which key gives a straight one?",
            ),
            trouble(
                "one_mended",
                "SyntaxError",
                r"unterminated string",
                "The first mark is straight now, and it has no partner. Look at the other end of the text.",
            ),
            trouble(
                "no_quotes",
                "NameError",
                r"^name '(?!team_copied\b)",
                "The quote marks are gone, so Python looks for something called that. Type straight marks round the words.",
            ),
            trouble(
                "doubled",
                "SyntaxError",
                r"^invalid syntax",
                "Python could not read the text. Look for one straight mark at each end, and no others.",
            ),
            slip(
                "curly_inside",
                "“Data and Insight”",
                "The curly marks are part of the text now. Take them out, and keep the straight ones.",
            ),
        ],
        hints=[
            "Delete each curly mark, and type it again here in the cell.",
            "Compare the marks with those of exercise 0.6. They should look the same at both ends.",
        ],
        worked='my_city = "Leeds"',
    ),
]  # fmt: skip
