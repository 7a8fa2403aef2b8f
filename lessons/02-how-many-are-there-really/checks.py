"""What counts as right in lesson 2, and what each likely slip deserves to hear."""

from __future__ import annotations

from grader.authoring import chart, choice, exercise, number, rule, several, slip, table, table_of, trouble

rescues = table_of("animal-rescues")
spending = table_of("cabinet-office-spending", "cabinet-office-spending")
codes = table_of("animal-rescues-tidy")["borough_code"]

animal, tidy = rescues["animal"], rescues["animal"].str.lower()
counts, tidy_counts = animal.value_counts(), tidy.value_counts()
boroughs = rescues["borough"].str.lower()
bodies = spending["entity"].str.lower().value_counts()
outside = codes.nunique() - codes[codes.str.startswith("E09", na=False)].nunique()

supplier = spending[spending["supplier"].str.lower().str.startswith("amazon web services", na=False)]
paid = supplier.groupby("supplier")["amount"].agg(["count", "sum"]).sort_values("sum", ascending=False)
commonest, total = round(paid["sum"].max()), round(paid["sum"].sum())


def supplier_table() -> str:
    """Return the spellings of the one supplier as a Markdown table."""
    rows = [f"| {name} | {row['count']:,.0f} | £{row['sum']:,.0f} |" for name, row in paid.iterrows()]
    return "\n".join(["| Spelling | Payments | Pounds |", "|---|---:|---:|", *rows])


def beside(first: object, second: object) -> dict[str, object]:
    """Return the table `rescues` cut down to the animal as found and the tidy column."""
    return {"rescues": rescues[["animal"]].assign(animal=first, animal_tidy=second)}


def rescues_at(percent: int) -> str:
    """Return how many rescues a share of them is."""
    return f"{len(rescues) * percent / 100:,.0f}"


SHARES = {"a": 10, "b": 25, "c": 50, "d": 75}
share = 100 * (tidy == "cat").mean()
nearest = min(SHARES, key=lambda letter: abs(SHARES[letter] - share))
TOP = 10

FIGURES = {
    **{f"share_{letter}": f"{percent}%" for letter, percent in SHARES.items()},
    "spellings": f"{len(paid)}",
    "commonest": f"£{commonest:,}",
    "all_spellings": f"£{total:,}",
    "commonest_plain": f"{commonest}",
    "all_plain": f"{total}",
    "missed_share": f"{100 * (total - commonest) / total:.0f}%",
    "bodies_found": f"{spending['entity'].nunique()}",
    "chart_said": f"bars on their side. The Cabinet Office has {bodies.iloc[0]:,} payments, "
    f"the Government Property Agency {bodies.iloc[1]:,} and GPA {bodies.iloc[2]:,}.",
    "boroughs": f"{rescues['borough'].nunique()}",
    "outside": f"{outside}",
    "supplier_table": supplier_table(),
}
GIVEN = {"animal_tidy": tidy}

EXERCISES = [
    exercise(
        "cat_share",
        choice(nearest, **{letter: f"{percent}%" for letter, percent in SHARES.items()}),
        ask="Choose the letter of the share that you think is nearest.",
        right="Cats are close to half. A guess before you count makes an odd count stand out.",
        slips=[
            slip("a_tenth", "a", f"That would be about {rescues_at(10)} rescues. Run the count in 2.2 and compare its top line with that."),
            slip("a_quarter", "b", f"That would be about {rescues_at(25)} rescues. Run the count in 2.2 and compare its top line with that."),
            slip("three_quarters", "d", f"That would be about {rescues_at(75)} rescues. Run the count in 2.2 and compare its top line with that."),
        ],
        hints=[
            "Run the count in exercise 2.2. The top line is the commonest animal.",
            f"There are {len(rescues):,} rescues in all. Is the top line near all of them, or near a small part?",
        ],
    ),
    exercise(
        "cat_rows",
        number(counts["Cat"]),
        ask="Give the number of rows that say Cat, with a capital C.",
        right=f"{counts['Cat']:,} rows say Cat. Look further down the same list: there is another cat.",
        slips=[
            slip("both", tidy_counts["cat"], "That counts both spellings. This question asks for Cat with a capital C only."),
            slip("small_letter", counts["cat"], "Those rows say cat with a small c. Look at the top of the list."),
            slip("all_rows", len(rescues), "That is every rescue. Which line of the list says Cat?"),
            slip("next_line", counts.iloc[1], "That count belongs to the line under it. Follow the line across from Cat."),
            slip("n_lines", len(counts), "That is how many lines the list has. Read the number beside Cat."),
            rule("only_the_word", "source_has", "You have kept the word, not its count. Look it up in `counts`, with square brackets.", r"=\s*[\"']\s*[Cc]ats?\s*[\"']"),
        ],
        hints=[
            "The list under exercise 2.2 has one line for each spelling, with its number of rows beside it.",
            "The worked example looked up one count: the name of the counts, then the spelling in square brackets.",
        ],
        worked='crown = bodies["CROWN COMMERCIAL SERVICE"]',
    ),
    exercise(
        "two_lines",
        choice("b", a="they are 2 kinds of cat", b="a computer sees a capital letter as a different letter", c="somebody broke into the file"),
        ask="Choose the letter of the reason.",
        right=f"One letter of difference hides {counts['cat']} cats from anyone who counts Cat.",
        slips=[
            slip("two_kinds", "a", "Would a vet see a difference? Compare the 2 words letter by letter."),
            slip("hacked", "c", "There is a plainer reason. Picture 2 people who fill in the same form."),
        ],
        hints=[
            "Write the 2 words one under the other. What is not the same?",
            "You see one animal. What does something see that only compares letters?",
        ],
    ),
    exercise(
        "animal_tidy",
        several(rescues=table(beside(animal, tidy)["rescues"], part=True)),
        ask="Add the column `animal_tidy` to `rescues`: the animal in lower case.",
        right=f"{len(counts)} spellings have become {len(tidy_counts)}. The column you were given is still there to check against.",
        slips=[
            trouble("no_str", "AttributeError", r"'Series' object has no attribute 'lower'",
                    "A column has no `.lower()` of its own. Open its text tools first: which word came before `.lower()` in the worked example?"),
            trouble("whole_table", "AttributeError", r"'DataFrame' object has no attribute '(str|lower)'",
                    "You have asked the whole table. Pick the column first, with square brackets."),
            trouble("not_made", "KeyError", r"animal_tidy", "There is no column `animal_tidy` yet. One = sign after the new heading makes it."),
            rule("changed_animal", "source_has", "You have changed the column `animal` itself. Run the first cell of this page again, then give the tidy column its own heading.", r"(?m)^\s*rescues\s*\[\s*[\"']animal[\"']\s*\]\s*=[^=]"),
            slip("overwrote", {"rescues": rescues[["animal"]].assign(animal=tidy)},
                 "You have changed the column `animal` itself. Run the first cell of this page again, then give the tidy column its own heading."),
            slip("not_lower", beside(animal, animal), "Your new column still has capital letters. Which tool gives small letters?"),
            slip("one_word", beside(animal, "animal"), "Every row of your new column holds the same word. Say first which table the column is in."),
            slip("upper", beside(animal, animal.str.upper()), "Your new column is all capitals. The question asks for small letters."),
            slip("first_capital", beside(animal, animal.str.capitalize()), "Your new column keeps a capital at the start. The question asks for small letters only."),
            slip("each_capital", beside(animal, animal.str.title()), "Your new column gives each word a capital. The question asks for small letters only."),
            slip("cats_only", beside(animal, animal.str.replace("Cat", "cat")), "Only the cats have changed. Turn every animal into small letters at once."),
            slip("other_column", beside(animal, boroughs), "Your new column holds the boroughs. Which heading names the animal?"),
            rule("no_brackets", "source_has", "`.lower` has no brackets after it, so Python only describes the tool. Add them.", r"\.lower\b(?!\s*\()"),
            rule("outside", "source_has", "You have made a column, but outside the table. Start the line with the table's name and the new heading in square brackets.", r"(?m)^\s*animal_tidy\s*="),
            rule("not_kept", "source_lacks", 'Your line works out the tidy text but does not keep it. Start it with `rescues["animal_tidy"] =`.', r"[\])]\s*=(?!=|\s*\.\.\.)|\.(insert|assign|loc)\b"),
        ],
        hints=[
            "The worked example made `entity_tidy` in the same way. Look at that line again.",
            "Left of the = stands the new heading. Right of it: the old column, then its text tools, then the tool for small letters.",
            'Right of the =, start with `rescues["animal"]`, then add the 2 tools of the worked example, each with its dot.',
        ],
        worked='spending["supplier_tidy"] = spending["supplier"].str.lower()',
    ),
    exercise(
        "cats_total",
        number(tidy_counts["cat"]),
        ask="Count the rows of `tidy` that say cat.",
        right=f"{tidy_counts['cat']:,} rescues of cats. The first count, {counts['Cat']:,}, was too low.",
        typed="That holds today. Let Python count them, so it stays right when the file changes.",
        slips=[
            slip("old_column", counts["Cat"], "That is the count of Cat in the old column. Count `tidy` in its place."),
            slip("small_letter", counts["cat"], "You looked it up in the old counts. Count the column `tidy` first."),
            slip("all_rows", len(rescues), "That is every rescue. Look up the word cat in your counts."),
            slip("n_names", len(tidy_counts), "That is how many different animals there are. You want the rows that say cat."),
            slip("next_line", tidy_counts.iloc[1], "That is the count of another animal. Look up the word cat."),
            trouble("capital", "KeyError", r"^['\"]?Cat['\"]?$", "There is no Cat here, with a capital. What did `.lower()` do to the word?"),
            trouble("not_counted", "KeyError", r"^['\"]?cat['\"]?$", "Nothing is labelled cat here yet. Count the column first, then look up the word in the counts."),
            rule("only_the_word", "source_has", "You have kept the word, not its count. Count the column, then look the word up.", r"cats_total\s*=\s*[\"']\s*[Cc]ats?\s*[\"']"),
            rule("all_counts", "has_rows", "You have the count of every animal. Look up the one you want, in square brackets.", len(tidy_counts)),
            rule("not_counted_yet", "is_column", "You have a column, one animal a row. Count it with `.value_counts()`, then look up the word."),
        ],
        hints=[
            "Exercise 2.2 counted the old column. Do the same to `tidy`.",
            "First keep the counts under a name of your own. On the next line, look up the word cat in them.",
            'Start with `tidy_counts = tidy` and add the tool that counts, with its dot.',
        ],
        worked='body_counts = spending["entity_tidy"].value_counts()\ncrown_total = body_counts["crown commercial service"]',
    ),
    exercise(
        "animal_chart",
        chart(tidy_counts.head(TOP), "bars", direction="across",
              bare=("animal_tidy", "tidy", "animal", "animals", "count", "counts", "rescues", f"top {TOP} animals", f"the top {TOP} animals",
                    "animal rescues", "animal rescues in london", "animals rescued in london", "rescues by animal",
                    "number of rescues by animal", "number of animals rescued", "count of animals", "animal rescues by animal")),
        ask=f"Draw the {TOP} commonest animals of `tidy` as bars on their side, with a title.",
        right="A reader sees the message before they read a number. The bars start at 0, so their lengths can be trusted.",
        slips=[
            rule("upright", "problem", "The bars stand up, so the names are hard to read. Which tool of the worked example turns them on their side?", "other_direction"),
            slip("old_column", counts.head(TOP), "These bars come from the old column. Use `tidy`."),
            rule("too_many", "problem", "Your chart has too many bars to read. Keep the first few of the counts before you draw.", "too_many_bars"),
            rule("too_few", "problem", f"Your chart has fewer than {TOP} bars. Count the whole column first, then keep the first {TOP}.", "too_few_bars"),
            rule("no_title", "problem", 'The chart has no title. Say what you see, such as title="Most fires are out within an hour".', "no_title"),
            rule("bare_title", "problem", "Your title does not say much yet. Tell the reader what they will see: which animal stands out, and by how far?", "bare_title"),
            rule("pie", "source_has", "Slices are hard to compare by eye. The question asks for bars on their side.", r"\bpie\b"),
            rule("no_bars", "problem", "Your chart has no bars. The question asks for bars on their side.", "no_bars"),
            trouble("no_numbers", "TypeError", r"no numeric data to plot", "The column holds words, and a bar needs a number. Count the words first."),
            rule("not_drawn", "source_lacks", "Your cell counts, but does not draw yet. Look at the last line of the worked example.", r"plot|plt|bar|ax\."),
        ],
        hints=[
            "Look at the last cell of the worked example. Your chart is made in the same 4 steps.",
            "The steps are: pick the column, count it, keep the first few, draw the bars. Each tool starts with a dot.",
            'The title goes inside the last brackets: `title="..."`. Write what a busy reader should remember.',
        ],
        worked='top_suppliers = spending["supplier"].value_counts().head(5)\ntop_suppliers.plot.barh(title="A few suppliers get many of the payments")',
    ),
    exercise(
        "boroughs_left",
        several(
            n_boroughs=number(boroughs.nunique(), also={"with_blank": len(boroughs.unique())}),
            why_more=choice("b", a="some spelling slips are left", b=f"crews helped in {outside} places outside London", c="some boroughs are counted twice"),
        ),
        ask="Count the different boroughs in lower case, then choose the letter of the reason.",
        right=f"{boroughs.nunique()} names are left: 33 boroughs and {outside} places outside London. "
        f"{boroughs.isna().sum()} rows have no borough, and pandas leaves those out.",
        slips=[
            slip("capitals", {"n_boroughs": rescues["borough"].nunique()}, "That counts capitals and small letters apart. Turn the column into lower case, then count."),
            slip("capitals_and_blank", {"n_boroughs": len(rescues["borough"].unique())}, "That counts capitals and small letters apart. Turn the column into lower case first."),
            slip("london_only", {"n_boroughs": 33}, "That is how many boroughs London has. Let Python count the different names in the file."),
            slip("all_rows", {"n_boroughs": len(rescues)}, "That counts rows. You want the number of different names."),
            slip("filled_rows", {"n_boroughs": int(boroughs.count())}, "That counts the rows that are filled in. You want the number of different names."),
            slip("spelling", {"why_more": "a"}, 'Your count is fine. Run `rescues["borough"].str.lower().value_counts()` and read the smallest counts. Is any name misspelt?'),
            slip("twice", {"why_more": "c"}, "Your count is fine. Each name is counted once. Which names in the file are not in London?"),
        ],
        hints=[
            "One tool of the worked example gives the number of different values.",
            'Lower case first, then count what is different: `rescues["borough"]`, the text tool, then the counting tool.',
            "For the reason, count the tidy boroughs and read the names with the smallest counts. Where are those places?",
        ],
        worked='n_suppliers = spending["supplier"].str.lower().nunique()',
    ),
    exercise(
        "missed",
        number(total - commonest, also={"not_rounded": float(paid["sum"].sum() - paid["sum"].max())}),
        ask="Give the pounds that the commonest spelling leaves out.",
        right=f"£{total - commonest:,} is left out, {FIGURES['missed_share']} of the money. No sum was off: the list was.",
        slips=[
            slip("full_total", total, "That is the full total. Take away the part that was already found."),
            slip("found_part", commonest, "That is the part that was found. How much of the full total is not in it?"),
            slip("reversed", commonest - total, "You took the full total away from its part. Swap them round."),
            slip("added", commonest + total, "You have added the 2 numbers. The part is inside the total already."),
        ],
        hints=[
            "The missing part is the whole, less the part that was found.",
            "Type both numbers with no commas and no £ sign, with a minus sign between them.",
        ],
        worked="left_over = 500 - 120",
    ),
    exercise(
        "report",
        choice("b", a="add all of them, and say one number", b="find out which are one company, then say what you added", c="give the commonest spelling only"),
        ask="Choose the letter of what you would do.",
        right="Two names that look alike can be 2 companies. What you write beside the number matters as much as the number.",
        slips=[
            slip("add_all", "a", "Two of the names may be separate legal companies. How would a reader know what you had added?"),
            slip("one_only", "c", f"That leaves out {FIGURES['missed_share']} of the money, and no reader can tell. What could you find out first?"),
        ],
        hints=[
            'One name ends in "INC" and one in "EMEA SARL". Are those the same company?',
            "Every company has a number in a public register. A name can be spelt in many ways, a number cannot.",
        ],
    ),
]  # fmt: skip
