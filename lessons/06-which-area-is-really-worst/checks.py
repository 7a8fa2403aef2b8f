"""What counts as right in lesson 6, and what each likely slip deserves to hear."""

from __future__ import annotations

from typing import Any

import pandas as pd

from grader.authoring import (
    areas,
    case,
    chart,
    choice,
    exact,
    exercise,
    labelled,
    number,
    rule,
    several,
    slip,
    table,
    table_of,
    trouble,
)

rescues = table_of("animal-rescues-tidy")
boroughs = table_of("population", "boroughs")
hospitals = table_of("nhs-ae", "two-hospitals")

by_animal = rescues.groupby("animal_tidy")["cost"]
means = by_animal.mean().sort_values(ascending=False)
counts = by_animal.count()

PEOPLE = 100_000


def rates(top: pd.Series, bottom: pd.Series, times: float = PEOPLE) -> pd.DataFrame:
    """Return the boroughs with a column `rate`: `top` over `bottom`, times a round number."""
    return boroughs.assign(rate=top / bottom * times)


rescued, residents, at_first = boroughs["rescues"], boroughs["residents"], boroughs["residents_first"]
with_rate = rates(rescued, residents)
highest = with_rate.loc[with_rate["rate"].idxmax()]
most = boroughs.loc[rescued.idxmax()]
last_name = boroughs["borough"].max()
top_rates = with_rate.sort_values("rate", ascending=False).head(10).set_index("label")["rate"]

visits, long_waits = (hospitals.set_index(["hospital", "unit"])[name] for name in ("attendances", "over_4_hours"))
in_units = 100 * (1 - long_waits / visits)
in_time = 100 * (1 - long_waits.groupby("hospital").sum() / visits.groupby("hospital").sum())


def my_area(name: str) -> Any:
    """Return what counts in exercise 6.8 for one borough."""
    row = boroughs.set_index("borough").loc[name]
    count, first, census = (float(row[column]) for column in ("rescues", "residents_first", "residents"))
    before, after = count / first * PEOPLE, count / census * PEOPLE
    moved = "up" if after > before else "down"

    def both(one: float, other: float) -> dict[str, float]:
        return {"rate_first": one, "rate_census": other}

    slips = [
        slip("swapped", both(after, before), "They are the other way round. Which column holds the first estimate?"),
        slip(
            "census_twice",
            both(after, after),
            "Both names hold the same rate. Do the sum again for `rate_first`, with the other population.",
        ),
        slip(
            "first_twice",
            both(before, before),
            "Both names hold the same rate. Do the sum again for `rate_census`, with the other population.",
        ),
        slip(
            "upside_down",
            both(first / count, census / count),
            "You have divided residents by rescues. Say it aloud: rescues for each resident. Which goes on top?",
        ),
        slip(
            "upside_down_and_more",
            both(first / count * PEOPLE, census / count * PEOPLE),
            "You have divided residents by rescues. Say it aloud: rescues for each resident. Which goes on top?",
        ),
        slip(
            "per_person",
            both(count / first, count / census),
            "That is rescues for each person, a number nobody can read. What did 6.5 multiply by?",
        ),
        slip(
            "people",
            both(first, census),
            "Those are the people. A rate is the rescues divided by the people, times a round number.",
        ),
        *(
            slip(
                f"for_each_{times}",
                both(count / first * times, count / census * times),
                "The sum is the right way up. Now count the noughts in the number you multiply by.",
            )
            for times in (1000, 10000, 1000000)
        ),
    ]
    if name != START:
        city = boroughs.set_index("borough").loc[START]
        slips.append(
            slip(
                "other_area",
                both(city["rescues"] / city["residents_first"] * PEOPLE, city["rescues"] / city["residents"] * PEOPLE),
                f"Those are the rates of the {START}, and `my_area` is {name}. Run the cell with `my_area`, then this one.",
            )
        )
    right = (
        f"{name} goes {moved} from {before:.1f} to {after:.1f}, with the same {count:,.0f} rescues. "
        "Only the bottom number moved."
    )
    return case(several(rate_first=number(before), rate_census=number(after)), right, slips)


START = str(highest["borough"])
AREAS = areas({name: my_area(name) for name in boroughs["borough"]})
WITHHELD = [name for name in boroughs["borough"] if name not in AREAS]

FIGURES = {
    "top_count": str(most["borough"]),
    "top_rescues": f"{most['rescues']:,}",
    "top_residents": f"{most['residents']:,}",
    "city_rescues": f"{rescued.min():,}",
    "city_residents": f"{highest['residents']:,}",
    "city_first": f"{highest['residents_first']:,}",
    "city_rate": f"{highest['rate']:.1f}",
    "city_rate_first": f"{highest['rescues'] / highest['residents_first'] * PEOPLE:.1f}",
    "top_rate": f"{with_rate.loc[most.name, 'rate']:.1f}",
    "bull_cost": f"£{means['bull']:,.0f}",
    "horse_cost": f"£{means['horse']:,.0f}",
    "horses": f"{counts['horse']:,}",
    "withheld": f"{', '.join(WITHHELD[:-1])} and {WITHHELD[-1]}",
    "major": f"{in_units['A', 'major']:.1f}% and {in_units['B', 'major']:.1f}%",
    "minor": f"{in_units['A', 'minor']:.1f}% and {in_units['B', 'minor']:.0f}%",
    "a_all": f"{in_time['A']:.1f}",
    "b_all": f"{in_time['B']:.1f}",
}
FIGURES |= {
    "horse_headline": "horses cost the most of the animals rescued often: "
    f"{FIGURES['horse_cost']} on average, over {FIGURES['horses']} rescues",
    "city_yes": "yes: its rate is the highest in London",
    "city_no": f"no: {FIGURES['city_rescues']} rescues, {FIGURES['city_residents']} residents, "
    "and hundreds of thousands of people who come in to work",
    "city_slip": "no: there must be a slip in the sum",
}
GIVEN = {"rated": with_rate, "by_animal": means}

LET_THE_FILE = "That holds today. Let the file tell you, so it stays right when the file changes."
ON_TOP = "You have divided residents by rescues. Say it aloud: rescues for each resident. Which goes on top?"
NOUGHTS = "The sum is the right way up. Now count the noughts in the number you multiply by."

EXERCISES = [
    exercise(
        "dearest",
        choice("c", a="horse", b="cat", c="bull", d="snake"),
        ask="Choose the letter of the animal with the highest mean cost.",
        right="Bulls are at the top of the list. Hold on to that: exercise 6.3 asks on how many.",
        slips=[
            slip(
                "cat",
                "b",
                "Cats cost most in total, because there are so many. The question is about each one.",
            ),
            slip(
                "horse", "a", "Close. Horses are big, and there are many of them. Look for one with very few rescues."
            ),
            slip("snake", "d", "A snake is light to lift. Which of the 4 would take a crew the most hours?"),
        ],
        hints=[
            "The cost goes up with the hours. Which animal is hard to move?",
            "An average can be high because of one case. Which of the 4 is rare in London?",
        ],
    ),
    exercise(
        "by_animal",
        labelled(means, order=True),
        ask="Give the mean cost for each `animal_tidy`, biggest first.",
        right=f"{len(means)} animals, each with a mean of its own. It does not say how many rescues each mean rests on.",
        slips=[
            rule(
                "groups",
                "is_groups",
                'The groups are made. Now say which column and what to work out: `["cost"].mean()`.',
            ),
            trouble(
                "all_columns",
                "TypeError",
                r"does not support operation|agg function failed|Cannot perform reduction",
                "pandas tried to average text too. Name the column of numbers in square brackets, before the mean.",
            ),
            trouble(
                "named_column",
                "TypeError",
                r"sort_values\(\) takes 1 positional",
                "There is one column of numbers here, so sorting needs no name. Leave it out, and keep `ascending`.",
            ),
            trouble(
                "old_groups",
                "KeyError",
                r"^['\"]?(animal_tidy|cost)['\"]?$",
                "You picked one column first, and the other was left behind. Group the whole table, then pick the cost.",
            ),
            slip(
                "smallest_first",
                means.sort_values(),
                "The means are there, smallest first. Add `ascending=False` to put the biggest first.",
            ),
            slip(
                "not_sorted",
                means.sort_index(),
                "The means are there, in the order of the alphabet. Sort them, with the biggest first.",
            ),
            slip(
                "as_typed",
                rescues.groupby("animal")["cost"].mean().sort_values(ascending=False),
                "You have grouped by `animal`, where Cat and cat are 2 animals. Which column has one spelling?",
            ),
            slip(
                "added_up",
                by_animal.sum().sort_values(ascending=False),
                "That is the total for each animal, so many small costs beat a few big ones. The question asks for the mean.",
            ),
            slip(
                "counted",
                counts.sort_values(ascending=False),
                "You have counted the rescues of each animal. The question asks for their mean cost.",
            ),
            slip(
                "middle",
                by_animal.median().sort_values(ascending=False),
                "That is the median, the middle cost. The question asks for the mean this time.",
            ),
            slip(
                "hours",
                rescues.groupby("animal_tidy")["hours"].mean().sort_values(ascending=False),
                "That is the mean of the hours. Which column holds the cost?",
            ),
            slip(
                "one_mean",
                rescues["cost"].mean(),
                "You have one mean, for all animals together. Make the groups first.",
            ),
            rule("whole_table", "is_table", "You have a table with more than one column. Name the one you want, cost."),
        ],
        hints=[
            "In the worked example, `groupby` made a group for each year. Here you want one for each animal.",
            'Start with `rescues.groupby("animal_tidy")`, then the column in square brackets, then the mean.',
            "Put `.sort_values(ascending=False)` at the end of the line.",
        ],
        worked='by_year = rescues.groupby("year")["cost"].mean().sort_values(ascending=False)',
    ),
    exercise(
        "n_bulls",
        number(int(counts["bull"])),
        ask="Count the rescues of a bull.",
        right="One bull in 12 years, and it is at the top of the list. A mean of one is a story, not a pattern.",
        typed="That is so: one bull. You read it off. `.count()` for each group would tell you for all animals at once.",
        slips=[
            trouble(
                "not_a_heading",
                "KeyError",
                r"^['\"]?[Bb]ulls?['\"]?$",
                "There is nothing called that here. Bull is one of the values in `animal_tidy`: count them all, then pick it.",
            ),
            slip("cost", means["bull"], "That is the cost. Use `.count()` to see how many rescues it rests on."),
            slip(
                "capital",
                0,
                "Nothing has that name. Look at how the animal is spelt in the column, capital letters too.",
            ),
            slip(
                "animals", len(counts), "That is the number of animals in the list. How many rescues did the bull have?"
            ),
            slip("all_rows", len(rescues), "That is every rescue in the file. Count the ones of a bull."),
            slip("all_costs", rescues["cost"].count(), "That is every rescue with a cost. Count the ones of a bull."),
            slip("fish", counts["fish"], "That is how many fish there were, or goats. Which row says bull?"),
            rule(
                "all_counts",
                "is_column",
                "You have a number for each animal. Pick one with its name in square brackets at the end.",
            ),
            rule(
                "kept_rows",
                "is_table",
                "You have kept the rows. How many are they? A tool from lesson 1 counts them.",
            ),
        ],
        hints=[
            "The worked example counted the rescues of each year. Do the same for each animal.",
            'Keep the counts under a name, then put `["bull"]` after it, as in lesson 2.',
            "You can also keep the rows where `animal_tidy` is bull, and measure how long that table is.",
        ],
        worked='n_croydon = rescues.groupby("borough")["cost"].count()["Croydon"]',
    ),
    exercise(
        "headline",
        choice(
            "b",
            a="bulls cost the most to rescue",
            b=FIGURES["horse_headline"],
            c="goats cost more than horses",
        ),
        ask="Choose the letter of the headline that is fair.",
        right="It says which animals, what kind of number and how many cases. A reader can judge it.",
        slips=[
            slip("one_bull", "a", "The mean of bulls rests on one bull. One bull is a story, not a pattern."),
            slip("two_goats", "c", "There were 2 goats. Ask how many each time you see an average."),
        ],
        hints=[
            "For each headline, find the animal in the list of counts.",
            "Which headline would still hold if one more animal of that kind were rescued tomorrow?",
        ],
    ),
    exercise(
        "boroughs",
        table(with_rate, part=True),
        ask="Make the column `rate`: rescues for each 100,000 residents.",
        right=f"{most['borough']}, first by count, has {FIGURES['top_rate']} for each 100,000. Now see who comes first.",
        slips=[
            rule(
                "no_column",
                "problem",
                'The table has no column called `rate` yet. Start your line with `boroughs["rate"] =`, run it, then check.',
                "missing_columns",
            ),
            trouble(
                "comma",
                "ValueError",
                r"Length of values",
                "Python reads a comma as a gap between 2 values. Type the number with no comma in it.",
            ),
            trouble(
                "only_headings",
                "TypeError",
                r"'str' and 'str'",
                "You have divided one word by another. Say which table each column is in, as in the worked example.",
            ),
            rule(
                "outside",
                "source_has",
                'Your rates are beside the table, under the name `rate`. Start your line with `boroughs["rate"] =`.',
                r"(?m)^\s*rate\s*=",
            ),
            trouble(
                "whole_table",
                "ValueError",
                r"Columns must be same length|with multiple columns",
                "`rescues` with no quote marks is the whole first table. The column of that name is in `boroughs`.",
            ),
            trouble(
                "no_quotes",
                "TypeError",
                r"Boolean array expected",
                "In square brackets goes a heading, and a heading is text. What goes round text?",
            ),
            slip("upside_down", rates(residents, rescued, 1), ON_TOP),
            slip("upside_down_and_more", rates(residents, rescued), ON_TOP),
            slip(
                "per_person",
                rates(rescued, residents, 1),
                "That is rescues for each person. Multiply by 100,000 to get a number people can read.",
            ),
            slip("for_each_100", rates(rescued, residents, 100), NOUGHTS),
            slip("for_each_1000", rates(rescued, residents, 1_000), NOUGHTS),
            slip("for_each_10000", rates(rescued, residents, 10_000), NOUGHTS),
            slip("for_each_million", rates(rescued, residents, 1_000_000), NOUGHTS),
            slip(
                "first_estimate",
                rates(rescued, at_first),
                "You have used `residents_first`, the older estimate. Exercise 6.8 is about that one. Use `residents` here.",
            ),
            slip(
                "all_london",
                rates(rescued, pd.Series(residents.sum(), index=boroughs.index)),
                "You have divided by everyone in London. Each borough has its own number of residents.",
            ),
            slip(
                "one_for_all",
                boroughs.assign(rate=float(most["rescues"] / most["residents"] * PEOPLE)),
                "Every borough has the same rate. Use the 2 columns, so that each row gets its own sum.",
            ),
            slip(
                "brackets",
                boroughs.assign(rate=rescued / (residents * PEOPLE)),
                "The brackets make Python multiply before it divides. Take them out, or put them round the division.",
            ),
            slip(
                "rounded_early",
                boroughs.assign(rate=(rescued / residents).round(1) * PEOPLE),
                "You rounded before you multiplied, so there is nothing left. Round at the very end.",
            ),
            slip(
                "rounded_a_little_early",
                boroughs.assign(rate=(rescued / residents).round(4) * PEOPLE),
                "You rounded before you multiplied, so most of the number is gone. Round at the very end.",
            ),
            slip(
                "no_residents",
                boroughs.assign(rate=rescued / PEOPLE),
                "You have divided the rescues by a round number. Which column says out of how many?",
            ),
            slip(
                "no_rescues",
                boroughs.assign(rate=residents / PEOPLE),
                "That is how many times 100,000 people live there: half of the sum. Now divide the rescues by it.",
            ),
            slip("copied", boroughs.assign(rate=rescued), "That is the count again. Divide it by the residents."),
        ],
        hints=[
            "The worked example divided one column by another, then multiplied.",
            "Say it aloud: rescues for each resident. So one column goes first, then /, then the other.",
            'Start with `boroughs["rescues"] /`, then the column of people, then `*` and a 1 with 5 noughts.',
        ],
        worked='hospital["rate"] = hospital["over_4_hours"] / hospital["attendances"] * 100',
    ),
    exercise(
        "highest",
        exact(str(highest["borough"]), also=[f"the {highest['borough']}", "City", "the City", str(highest["label"])]),
        ask="Give the name of the borough with the highest rate.",
        right=f"{highest['borough']}: {FIGURES['city_rate']} for each 100,000. It was last by count, and it is first by rate.",
        slips=[
            slip(
                "by_count",
                most["borough"],
                f"{most['borough']} has the most rescues. Sort by `rate` in place of `rescues`.",
            ),
            slip(
                "lowest",
                str(with_rate.loc[with_rate["rate"].idxmin(), "borough"]),
                "That is the lowest rate. Keep `ascending=False`, so that the biggest comes first.",
            ),
            slip(
                "most_people",
                str(boroughs.loc[residents.idxmax(), "borough"]),
                "That borough has the most residents. Sort by the column `rate`.",
            ),
            slip(
                "second",
                str(with_rate.sort_values("rate")["borough"].iloc[-2]),
                "That one comes second. Look at the row above it.",
            ),
            slip(
                "last_name",
                last_name,
                "That is the last name in the alphabet. Sort by `rate`, then read the name at the top.",
            ),
            slip("the_rate", float(highest["rate"]), "That is the rate. Which borough has it? Give its name."),
            slip(
                "row_label",
                int(highest.name),
                "That is the label at the left of the row. Give the name of the borough.",
            ),
            slip("code", str(highest["code"]), "That is its official code. Give the name in the column `borough`."),
            rule(
                "whole_column",
                "is_column",
                "You have kept a whole column. Look at its first row, and type that name as text.",
            ),
            rule(
                "whole_rows",
                "is_table",
                "Your rows hold the answer and more. Type the name of the top borough as text.",
            ),
            trouble(
                "no_rate",
                "KeyError",
                r"^['\"]?rate",
                "The table has no column `rate`. Keep the first line of the cell: it gives you the table with its rates.",
            ),
        ],
        hints=[
            "Which column is the list sorted by now? Change its name in the last line.",
            "Run the cell after the change. The name you want is in the first row it shows.",
        ],
        worked='rescues.sort_values("hours", ascending=False).head(3)',
    ),
    exercise(
        "most_at_risk",
        choice("b", a=FIGURES["city_yes"], b=FIGURES["city_no"], c=FIGURES["city_slip"]),
        ask="Choose the letter of the best reply.",
        right="Few rescues, few residents, and many more people in the day. The residents are not the right bottom number there.",
        slips=[
            slip(
                "taken_as_true",
                "a",
                "Look at the top and the bottom of the sum. Both are small. Are the residents the only people there?",
            ),
            slip("a_slip", "c", "The sum is right: do it by hand to see. What is special about the numbers in it?"),
        ],
        hints=[
            "Compare the number of rescues and of residents with those of the borough below it.",
            "Think of the City of London at noon on a Tuesday, and at midnight.",
        ],
    ),
    exercise(
        "my_area_rates",
        AREAS[START].expect,
        ask="Work out the rescues for each 100,000 residents with both estimates.",
        right=AREAS[START].right,
        slips=AREAS[START].slips,
        own="my_area",
        cases=AREAS,
        hints=[
            "The row of your area holds the 3 numbers: the rescues and both estimates.",
            "It is the sum of 6.5, done twice. The rescues stay, the bottom number changes.",
            "You may type the numbers from the row, with no commas in them.",
        ],
        worked="rate_of_a_town = 20 / 40000 * 100000",
    ),
    exercise(
        "better",
        choice(
            "b",
            a="hospital A",
            b="hospital B, in each kind of unit: A has far more minor cases",
            c="nobody can say",
        ),
        ask="Choose the letter of the best answer.",
        right="Most of A's visits are minor, and minor visits are short. That mix lifts the total of A above B.",
        slips=[
            slip("in_all", "a", "Compare like with like. In the major units, which is higher? In the minor units?"),
            slip("cannot_say", "c", "You can say something useful. Look at one kind of unit at a time."),
        ],
        hints=[
            "Put a finger on the 2 major units. Then on the 2 minor ones.",
            "Now look at `attendances`. Which hospital has more minor visits than major ones?",
        ],
    ),
    exercise(
        "top_rates",
        chart(top_rates, "bars", direction="across", bare=["rate", "label", "rescues", "boroughs", "top 10 rates"]),
        ask="Draw the 10 highest rates as bars on their side. Put the number of rescues in each name, and add a title.",
        right="A reader can see the rates, and which of them rest on a few cases.",
        slips=[
            rule(
                "no_counts",
                "source_has",
                "Add the number of rescues to each name, so that a reader sees which bars rest on a few cases.",
                r"x\s*=\s*[\"']borough[\"']",
            ),
            rule(
                "no_names",
                "problem",
                "The bars have no names beside them. Say `x=` and the column that holds the names.",
                "no_names",
            ),
            slip(
                "lowest",
                with_rate.sort_values("rate").head(10).set_index("label")["rate"],
                "Those are the 10 lowest rates. Sort with the biggest first, then take the top 10.",
            ),
            slip(
                "first_rows",
                with_rate.head(10).set_index("label")["rate"],
                "Those are the first 10 boroughs in the alphabet. Sort by `rate` first.",
            ),
            slip(
                "most_rescues",
                with_rate.sort_values("rescues", ascending=False).head(10).set_index("label")["rate"],
                "Those are the 10 boroughs with the most rescues. Sort by `rate`.",
            ),
            slip(
                "drew_counts",
                with_rate.sort_values("rate", ascending=False).head(10).set_index("label")["rescues"],
                "The bars show the counts of the 10 boroughs. Say `y=` and the column of rates.",
            ),
            rule(
                "all_of_them",
                "problem",
                "Your chart has too many bars. Take the top 10 before you draw, and name one column as `y`.",
                "too_many_bars",
            ),
            rule(
                "upright",
                "problem",
                "The bars stand up, and long names are hard to read there. Use `barh`.",
                "other_direction",
            ),
            rule("untitled", "problem", "The chart has no title. Add one that says what you see.", "no_title"),
            rule(
                "bare", "problem", "The title names the column. Say what the chart shows, in a few words.", "bare_title"
            ),
        ],
        hints=[
            "First sort by rate and keep the top 10 under a name. Then draw that.",
            "Sorting is in exercise 6.6, and `.head(10)` keeps 10 rows.",
            'In the brackets of `.plot.barh` go `x="label"`, the column of rates as `y`, and a title.',
        ],
        worked='hospital.head(6).plot.barh(x="month", y="rate", title="More than 1 in 10 visits took over 4 hours")',
    ),
]
