"""What counts as right in lesson 5, and what each likely slip deserves to hear."""

from __future__ import annotations

from grader.authoring import chart, choice, exercise, number, rule, slip, table, table_of, trouble

spend = table_of("cabinet-office-spending", "cabinet_office_march_2021.csv")
rescues = table_of("animal-rescues-tidy")
pay = table_of("gender-pay-gap", "pay_gap_2018.csv")

amount = spend["amount"]
mean, median = amount.mean(), amount.median()
below = amount < mean
ranked = spend.sort_values("amount", ascending=False)
five = ranked.head(5)["amount"].sum()
share_of_five = five / amount.sum()
paper = sorted((ranked["amount"].iloc[5::104] / 1_000).round().astype(int))  # the 9 payments of the paper version
cost = rescues["cost"].dropna()
bonus = pay["mean_bonus_gap"]
usual = bonus[bonus > bonus.min()]
PAPER_BIN, PAPER_TOP, PAPER_GROWN = 500, 3_000, 9_000  # what the paper version asks about
LIMIT, SMALL, CHEAP = 25_000, 100_000, 400
assert (cost < CHEAP).mean() > 0.87  # the title of the worked example says nearly 9 in 10
assert (amount < SMALL).mean() > 0.5 and (amount > 1_000_000).sum() > 1  # exercise 5.2 says so
assert round(bonus.min()) == -82_000 and (bonus == bonus.min()).sum() == 1  # the story is about one row


def percent(share: float, places: int = 1) -> str:
    """Return a share as a percentage."""
    return f"{100 * share:.{places}f}%"


def pounds(value: float, to: int = 1) -> str:
    """Return money, rounded to the nearest `to` pounds."""
    return f"£{round(value / to) * to:,}"


def in_millions(value: float) -> str:
    """Return money in whole millions of pounds."""
    return f"£{value / 1_000_000:.0f} million"


FIGURES = {
    "limit": pounds(LIMIT),
    "small": pounds(SMALL),
    "n_payments": f"{len(spend)}",
    "mean": pounds(mean),
    "median": pounds(median),
    "mean_rounded": pounds(mean, 1_000),
    "median_rounded": pounds(median, 1_000),
    "below": percent(below.mean()),
    "n_below": f"{below.sum()}",
    "largest": in_millions(amount.max()),
    "five_share": percent(share_of_five, 0),
    "five_money": in_millions(five),
    "paper": " ".join(f"{thousands:,}" for thousands in paper),
    "paper_sum": f"{sum(paper):,}",
    "paper_mean": f"{sum(paper) / len(paper):.0f}",
    "paper_share": percent(max(paper) / sum(paper), 0),
    "paper_bins": f"{PAPER_BIN} {PAPER_TOP:,}",
    "paper_grown": f"{PAPER_GROWN:,} {(sum(paper) - max(paper) + PAPER_GROWN) / len(paper):,.0f}",
    "no_cost": f"{rescues['cost'].isna().sum()}",
    "under_400": percent((cost < CHEAP).mean(), 0),
    "pounds_400": pounds(CHEAP),
    "dearest": pounds(cost.max()),
    "cost_mean": pounds(cost.mean()),
    "cost_median": pounds(cost.median()),
    "employers": f"{len(pay):,}",
    "bonus_lowest": f"minus {-bonus.min():,.0f}",
    "bonus_mean": percent(bonus.mean() / 100),
    "bonus_mean_without": percent(usual.mean() / 100),
    "bonus_median": percent(bonus.median() / 100),
}

LET_THE_FILE = "That holds today. Let the file tell you, so it stays right when the file changes."
BARE = ("amount", "amounts", "histogram", "histogram of amount", "histogram of amounts", "histogram of the amounts",
        "histogram of payments", "distribution of amounts", "payments", "spend")  # fmt: skip


def average_slips(tool: str, other: str, its_value: float, other_value: float) -> list:
    """Return the slips of an exercise that asks for one average: the same for the mean and the median."""
    return [
        trouble(
            "text_column",
            "TypeError",
            "string dtype",
            "That column is text. Pick the `amount` column.",
        ),
        slip("other_average", other_value, f"That is the {other}. The question asks for the {tool}."),
        slip("total", amount.sum(), "That is the total of all the payments. An average is for one payment."),
        slip("largest", amount.max(), "That is the largest payment. Use the tool that the worked example shows."),
        slip("how_many", len(spend), "That is how many payments there are. How big is one of them?"),
        slip("rescues", rescues["cost"].agg(tool), "That is for the rescues. The payments are in `spend`."),
        slip("to_hundreds", round(its_value, -2), "You have rounded to hundreds. `round(x, 0)` keeps whole pounds."),
        slip("to_thousands", round(its_value, -3), "You have rounded to thousands. `round(x, 0)` keeps whole pounds."),
        rule("no_brackets", "is_tool", "Add () to the end. Without brackets Python describes the tool and does not use it."),
        rule("whole_column", "is_column", f"You have the whole column. Put `.{tool}()` after it."),
    ]  # fmt: skip


EXERCISES = [
    exercise(
        "mean_or_median",
        choice("a", a="higher", b="lower", c="the same"),
        ask="Choose the letter that says how the mean compares with the median.",
        right="A few payments in the millions pull the mean up. The middle one stays where it is.",
        slips=[
            slip(
                "lower",
                "b",
                "A few payments are in the millions. Which way do they pull a sum? Do they move the middle one?",
            ),
            slip(
                "same",
                "c",
                "They are the same when the shape is even on both sides. Is it even here, with a few in the millions?",
            ),
        ],
        hints=["In the worked example a few rescues were dear. Which was larger there, mean or median?"],
    ),
    exercise(
        "mean_payment",
        number(mean, places=0),
        ask="Give the mean of the `amount` column, to the nearest pound.",
        right=f"{pounds(mean)}. Before you call that typical, look at the middle one.",
        typed=LET_THE_FILE,
        slips=[
            slip("rounded_first", amount.round().mean(), "You rounded each payment first. Round once, at the end."),
            *average_slips("mean", "median", mean, median),
        ],
        hints=[
            "Pick the column first: the table's name, square brackets, the heading in quote marks.",
            "The worked example has a tool that adds up a column and divides by how many there are.",
            'Start with `spend["amount"]`, add the tool, and put `round(..., 0)` round it all.',
        ],
        worked='round(rescues["hours"].mean(), 0)',
    ),
    exercise(
        "median_payment",
        number(median, places=0),
        ask="Give the median of the `amount` column, to the nearest pound.",
        right=f"{pounds(median)}: half of the payments are smaller. The mean is about {mean / median:.0f} times as large.",
        typed=LET_THE_FILE,
        slips=[
            slip("half_the_rows", len(spend) / 2, "That is where the middle row stands, not what it holds."),
            slip("half_the_mean", mean / 2, "You have half of the mean. The median is the payment in the middle."),
            slip(
                "middle_row",
                amount.iloc[len(spend) // 2],
                "That is the middle row as the file comes. The median is the middle one in order of size.",
            ),
            *average_slips("median", "mean again", median, mean),
        ],
        hints=[
            "It is the line of 5.3 with another tool.",
            "Which tool in the worked example gave the one in the middle?",
        ],
        worked='round(rescues["hours"].median(), 0)',
    ),
    exercise(
        "share_below",
        number(below.mean(), share=True),
        ask="Give the share of payments that are smaller than the mean.",
        right=f"{percent(below.mean())}: more than 8 in 10 payments are smaller than the mean. So it does not describe a typical one.",
        typed=LET_THE_FILE,
        slips=[
            trouble(
                "mean_of_rows",
                "TypeError",
                "string dtype",
                "You asked for the mean of whole rows, names and all. Take the mean of the test, or count the rows.",
            ),
            slip("half", (amount < median).mean(), "Half are below the median. The mean is a different line."),
            slip("half_or_less", (amount <= median).mean(), "Half are below the median. The mean is a different line."),
            slip(
                "how_many",
                below.sum(),
                f"That is how many. Divide by {len(spend)}, or use `.mean()` on the test to get the share.",
            ),
            slip("above", (~below).mean(), "That is the share above the mean. Which way should the sign point?"),
            slip("how_many_above", (~below).sum(), "That is how many are above the mean. Turn the sign round, and take a share."),
            slip("all_rows", len(spend), "That counts every row, True or False. Use `.mean()` on the test."),
            slip(
                "part_of_mean",
                median / mean,
                "You have divided one average by the other. Ask of each payment: is it below the mean?",
            ),
            slip("mean_below", amount[below].mean(), "That is the mean of the small payments. You want to know what share they are."),
            slip("all_of_them", 1, "You have 1, which means all of them: `len` counts True and False alike. Use `.mean()` on the test."),
            slip(
                "of_the_money",
                amount[below].sum() / amount.sum(),
                "That is the share of the money. The question is about the number of payments.",
            ),
            rule("tests", "is_tests", "You have a True or False for each payment. The mean of those is a share."),
            rule("rows_kept", "is_table", "You have kept the payments below the mean. What share of all the payments are they?"),
        ],
        hints=[
            "First make a test: is each amount less than the mean?",
            "True counts as 1, so the mean of the test is the share. Put brackets round the test.",
            'Start with `(spend["amount"] < spend["amount"].mean())`, and add one tool.',
        ],
        worked='(rescues["hours"] > 1).mean()',
    ),
    exercise(
        "best_sentence",
        choice(
            "b",
            a=f"a typical payment is {FIGURES['mean_rounded']}",
            b=f"half of the payments are under {FIGURES['median_rounded']}, and a few are in the millions",
            c="payments vary",
        ),
        ask="Choose the letter of the sentence that tells a reader what to expect.",
        right=f"It gives the middle and warns of the few large ones. And the file leaves out most payments under {pounds(LIMIT)}, so say that too.",
        slips=[
            slip("mean_as_typical", "a", "More than 8 in 10 payments are smaller than that."),
            slip("says_nothing", "c", "True, but the reader still does not know what to expect."),
        ],
        hints=["Think of one payment, picked blind. Which sentence would have told you most about it?"],
    ),
    exercise(
        "amounts_chart",
        chart(amount, "hist", bins=20, bare=BARE),
        ask="Draw `amount` as a histogram with 20 bins and a title.",
        right=f"Almost every payment is in the first bin, because one is {in_millions(amount.max())}. That is the message.",
        slips=[
            rule(
                "a_bar_each",
                "problem",
                "This draws one bar for each payment. Use `.plot.hist` to group them into bins.",
                "bars_not_hist",
            ),
            rule(
                "a_line",
                "problem",
                "This is a chart of another kind, with no bars. Use `.plot.hist` on the column.",
                "no_bars",
            ),
            rule("few_bins", "problem", "Your chart has fewer bins than were asked for. Set them with `bins=`.", "too_few_bars"),
            rule("many_bins", "problem", "Your chart has more bins than were asked for. Set them with `bins=`.", "too_many_bars"),
            rule("no_title", "problem", "The shape is there. Now add a title that says what you see.", "no_title"),
            rule(
                "bare_title",
                "problem",
                "The title names what was drawn. Say what a reader should see, in 3 words or more.",
                "bare_title",
            ),
            rule(
                "other_numbers",
                "problem",
                "Your chart shows other numbers. Draw the whole `amount` column of `spend`, and let Python count.",
                "other_data",
            ),
            rule("log_scale", "problem", "The scale does not go up in equal steps, so small bars look large. Leave it as it comes.", "not_plain_scale"),
        ],
        hints=[
            "The worked example draws the rescues in this way.",
            'Start with `spend["amount"].plot.hist(bins=20, title="...")`.',
            "For the title, finish this sentence: nearly all payments are ...",
        ],
        worked='rescues["hours"].plot.hist(bins=20, title="Most rescues take one hour")',
    ),
    exercise(
        "share_of_five",
        number(share_of_five, share=True),
        ask="Divide the money in the 5 largest payments by all the money.",
        right=f"{percent(share_of_five)} of the money is in 5 of {len(spend)} payments. If you check 5 invoices, check these.",
        typed=LET_THE_FILE,
        slips=[
            trouble(
                "sum_of_rows",
                "TypeError",
                r"unsupported operand type\(s\) for /: 'str'",
                "You added up whole rows, names and all. Pick the `amount` column before you add.",
            ),
            trouble(
                "sorted_by_values",
                "KeyError",
                r"^\s*0\s",
                "The order goes by a heading, not by a column. Put the heading in quote marks in the brackets.",
            ),
            slip("share_of_rows", 5 / len(spend), f"That is 5 out of {len(spend)} payments. The question is about the money."),
            slip("money", five, "That is the money in the 5. What share of all the money is it?"),
            slip(
                "smallest_five",
                ranked.tail(5)["amount"].sum() / amount.sum(),
                "That is the 5 smallest. Add `ascending=False` to put the largest first.",
            ),
            slip(
                "first_five",
                amount.head(5).sum() / amount.sum(),
                "These are the first 5 rows of the file. Put the rows in order of size first.",
            ),
            slip("largest_one", amount.max() / amount.sum(), "That is the largest payment alone. Take 5 of them."),
            slip("the_rest", 1 - share_of_five, "That is the share of all the others. Which part do you want?"),
            slip(
                "mean_of_five",
                ranked.head(5)["amount"].mean() / amount.sum(),
                "You have taken the mean of the 5. Add them up instead.",
            ),
            slip(
                "means",
                ranked.head(5)["amount"].mean() / mean,
                "You have divided one mean by another. Add up the money on top, and add up the money below.",
            ),
            slip("upside_down", amount.sum() / five, "You have divided all the money by the 5. Put the 5 on top."),
            rule("rows_kept", "is_table", "You have the rows. Add up their amounts, then divide by all the money."),
            rule("share_each", "is_column", "You have a number for each payment. Add up the 5, then divide once."),
        ],
        hints=[
            "First get the 5 rows: put the table in order, then take the top.",
            "Then add up their amounts, and divide by the sum of all the amounts.",
            'The 5 rows are `spend.sort_values("amount", ascending=False).head(5)`.',
        ],
        worked='dearest = rescues.sort_values("cost", ascending=False).head(10)\ndearest["cost"].sum() / rescues["cost"].sum()',
    ),
    exercise(
        "ten_largest",
        table(ranked.head(10), order=True),
        ask="Give the 10 largest payments, the largest first.",
        right="One letter was missing. The last line of Python's message named the word to look at.",
        slips=[
            trouble(
                "spelling",
                "TypeError",
                "unexpected keyword argument",
                "Python does not know that option. Check the spelling of `ascending`.",
            ),
            slip(
                "smallest_first",
                ranked[::-1].head(10),
                "These are the smallest payments. The option that turns the order round is not there.",
            ),
            slip(
                "turned_round",
                ranked.head(10)[::-1],
                "These are the right rows, with the smallest of them on top. Which order was asked for?",
            ),
            slip(
                "other_end",
                ranked.tail(10),
                "These are the smallest payments, from the end of the table. Which tool shows the top?",
            ),
            slip("five_only", ranked.head(5), "You have 5 rows. The question asks for 10."),
            slip("in_file_order", spend.head(10), "These are the first rows of the file. They are not in order of size."),
            slip("all_rows", ranked, "You have put every row in order. Keep only the top 10 of them."),
            rule("nothing_kept", "is_text", "You have kept text. Start from the table `spend`."),
        ],
        hints=[
            "Read the last line of the message: it names the word that Python does not know.",
            "Compare the option with the one in the worked example, letter by letter.",
        ],
        worked='rescues.sort_values("hours", ascending=False).head(4)',
    ),
    exercise(
        "one_row",
        choice(
            "b",
            a="delete the row",
            b="report the median, flag the row, ask the employer",
            c=f"report {FIGURES['bonus_mean']}",
        ),
        ask="Choose the letter of what you would do with the row.",
        right="The median holds, and the reader is told. The one who can mend the row is asked to.",
        slips=[
            slip(
                "in_silence",
                "a",
                "Never drop a row in silence. Others will get a different answer and not know why.",
            ),
            slip(
                "one_decides",
                "c",
                f"One form out of {len(pay):,} is deciding the national figure. Would you quote that?",
            ),
        ],
        hints=["Ask of each choice: could somebody else get the same number, and know what was done?"],
    ),
]  # fmt: skip
