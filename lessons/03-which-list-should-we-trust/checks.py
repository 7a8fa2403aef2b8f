"""What counts as right in lesson 3, and what each likely slip deserves to hear."""

from __future__ import annotations

from grader.authoring import choice, column, exercise, number, rule, several, slip, table, table_of, trouble

register = table_of("councils-register", "register-councils-2017")
land_list = table_of("council-lists", "land-registry-list")
os_list = table_of("council-lists", "ordnance-survey-list")
spellings = table_of("council-spellings", "known-spellings")
list_codes = table_of("council-spellings", "list-codes")

names = register["name"]
lower_names = names.str.lower()
os_matches = os_list["name"].isin(names)
lower_land = land_list["name"].str.lower()
lower_matches = lower_land.isin(lower_names)
leftover = land_list[~lower_matches]

land_codes = list_codes[list_codes["list"] == "land_registry_list"].set_index("name")["code"]
in_wales = leftover["name"].map(land_codes).str.startswith("principal-local-authority:", na=False).sum()
school_codes = list_codes[list_codes["list"] == "schools_list"]["code"]

no_borough = table_of("animal-rescues")["borough"].isna().sum()

HULL = "local-authority-eng:KHL"
n_hull = int((spellings["register_code"] == HULL).sum())

FIGURES = {
    "n_register": f"{len(register):,}",
    "n_land": f"{len(land_list):,}",
    "n_leftover": f"{len(leftover):,}",
    "in_wales": f"{in_wales:,}",
    "n_spellings": f"{len(spellings):,}",
    "schools_most": f"{register['code'].isin(school_codes).sum():,}",
}
GIVEN = {"lower_matches": lower_matches, "leftover": leftover}

NOT_A_LIST = r"only list-like objects are allowed"

EXERCISES = [
    exercise(
        "my_matches",
        choice("a", a="0", b="17", c="20", d=FIGURES["n_land"]),
        ask="Choose the letter of the number that you think is nearest.",
        right="Not one name matches. A person sees the same councils, and a computer sees different letters.",
        slips=[
            slip("a_few", "b", "Compare the first name of each list, letter by letter. Would a computer call any of the 3 the same?"),
            slip("a_few_more", "c", "Look at the 2 lists side by side again. What is different about every name?"),
            slip("all_of_them", "d", "A person would match nearly all of them. What does a computer compare?"),
        ],
        hints=[
            "Look at the 2 cells of exercise 3.1. What is different about every name?",
            "Last week Cat and cat were 2 different things. What are ADUR and Adur?",
        ],
    ),
    exercise(
        "exact_matches",
        several(os_matches=column(os_matches.rename(None)), n_os=number(os_matches.sum())),
        ask="Make the test for the names of `os_list`, and count the Trues.",
        right=f"{os_matches.sum()} of {len(os_list):,}. This list adds marks to most names, such as (B) for a borough.",
        slips=[
            trouble("equals", "ValueError", r"identically-labeled", "`==` compares row 1 with row 1, and the lists have different lengths. To ask if a name is anywhere, use `.isin()`."),
            trouble("not_a_list", "TypeError", NOT_A_LIST, "`.isin()` needs a list or a column in its brackets. Which column of the register holds the names?"),
            trouble("word_in", "TypeError", r"unhashable", "The word `in` asks about one value. To ask for every row of a column, use `.isin()`."),
            slip("turned_round", {"os_matches": names.isin(os_list["name"])}, "You have asked the question the other way round. Start from the Ordnance Survey list."),
            slip("other_list", {"os_matches": land_list["name"].isin(names)}, "That test is about Land Registry's list. Start from `os_list`."),
            slip("kept_rows", {"os_matches": os_list[os_matches]}, "You have kept rows. The question first asks for the test, True or False for each row."),
            slip("kept_names", {"os_matches": os_list["name"][os_matches]}, "You have kept names. The question first asks for the test, True or False for each row."),
            slip("counted_too_soon", {"os_matches": int(os_matches.sum())}, "Your first line counts already. Keep the test there, True or False for each row, and count on the second line."),
            slip("whole_list", {"os_matches": os_list.isin(names)}, "You have asked every column of `os_list`. Pick its column `name` first."),
            slip("official_name", {"os_matches": os_list["name"].isin(register["official_name"])}, "You looked in the official names. Look in the column `name` of the register."),
            rule("whole_table", "source_has", "You looked in the whole table, and `.isin()` then looks at its headings. Name one column of the register.", r"isin\(\s*register\s*\)"),
            slip("turned_over", {"os_matches": ~os_matches}, "Your test says True where the name is not there. Leave out the `~`."),
            slip("none_found", {"n_os": 0}, "Your test found none. Which column of which list did you look in?"),
            slip("counted_rows", {"n_os": len(os_list)}, "len counts every row, True or False. `.sum()` counts only the Trues."),
            slip("not_there", {"n_os": int((~os_matches).sum())}, "That is how many are not in the register. Count the Trues of your test."),
            slip("register_rows", {"n_os": len(register)}, "That is how many councils the register has. Count the Trues of your test."),
        ],
        hints=[
            "The cell under exercise 3.2 did this for Land Registry. Change the list that you start from.",
            'Start with `os_list["name"]`, then the tool that asks if a name is in a list.',
            "For the second line, take your test and add up its Trues with the tool of the worked example.",
        ],
        worked='test = register["name"].isin(["Leeds", "Kent"])\nn_found = test.sum()',
    ),
    exercise(
        "lower_matches",
        several(lower_matches=column(lower_matches.rename(None)), n_lower=number(lower_matches.sum())),
        ask="Make the test for Land Registry's names with both sides in lower case, and count the Trues.",
        right=f"From 0 to {lower_matches.sum()}, with no name changed by hand. Tidy first, match second.",
        slips=[
            trouble("no_str", "AttributeError", r"'Series' object has no attribute 'lower'", "A column has no `.lower()` of its own. What comes before `.lower()`, as in lesson 2?"),
            trouble("whole_table", "AttributeError", r"'DataFrame' object has no attribute '(str|lower|isin\w*)'", "You have asked a whole table. Pick the column of names first, with square brackets."),
            trouble("equals", "ValueError", r"identically-labeled", "`==` compares row 1 with row 1, and the lists have different lengths. To ask if a name is anywhere, use `.isin()`."),
            trouble("not_a_list", "TypeError", NOT_A_LIST, "`.isin()` needs a list or a column in its brackets. Is a pair of brackets missing after `lower`?"),
            trouble("word_in", "TypeError", r"unhashable", "The word `in` asks about one value. To ask for every row of a column, use `.isin()`."),
            slip("turned_round", {"lower_matches": lower_names.isin(lower_land)}, "You have asked the question the other way round. Start from the Land Registry list."),
            slip("one_side", {"lower_matches": land_list["name"].isin(names)}, "Only one side has been changed, or neither. Both lists need `.str.lower()`."),
            slip("other_list", {"lower_matches": os_list["name"].str.lower().isin(lower_names)}, "That test is about the Ordnance Survey list. Start from `land_list`."),
            slip("title_case", {"lower_matches": lower_land.str.title().isin(names)}, "A capital for each word does not fit names such as Bath and North East Somerset. Use small letters on both sides."),
            slip("counted_too_soon", {"lower_matches": int(lower_matches.sum())}, "Your first line counts already. Keep the test there, True or False for each row, and count on the second line."),
            slip("official_name", {"lower_matches": lower_land.isin(register["official_name"].str.lower())}, "You looked in the official names. Look in the column `name` of the register."),
            slip("turned_over", {"lower_matches": ~lower_matches}, "Your test says True where the name is not there. Leave out the `~`."),
            slip("kept_rows", {"lower_matches": land_list[lower_matches]}, "You have kept rows. The question first asks for the test, True or False for each row."),
            slip("nought", {"n_lower": 0}, "Only one side has been changed, or neither. Both lists need `.str.lower()`."),
            slip("counted_rows", {"n_lower": len(land_list)}, "len counts every row, True or False. `.sum()` counts only the Trues."),
            slip("register_rows", {"n_lower": len(register)}, "That counts the rows of the register. Count the Trues of your own test."),
            slip("not_there", {"n_lower": len(leftover)}, "That is how many are not in the register. Count the Trues of your test."),
        ],
        hints=[
            "The cell under exercise 3.2 matched the names as they are. Which tool of lesson 2 makes small letters?",
            "Change the names on both sides: the ones you ask about, and the ones you look in.",
            'Start with `land_list["name"].str.lower()`, then ask if each is in the names of the register, made small too.',
        ],
        worked='os_lower = os_list["name"].str.lower()\nos_test = os_lower.isin(["rutland", "cornwall"])\nn_found = os_test.sum()',
    ),
    exercise(
        "leftover",
        table(leftover),
        ask="Keep the rows of `land_list` that do not match.",
        right=f"{len(leftover)} rows. Reading what is left tells you more than counting what matched.",
        slips=[
            slip("matching", land_list[lower_matches], "These are the ones that do match. Put `~` in front of the test to turn it round."),
            rule("only_test", "is_tests", "You have True and False, not rows. Put the test in square brackets after the table."),
            slip("all_rows", land_list, "All the rows are still there. Use the test `matches`, in square brackets after the table."),
            slip("small_letters", leftover.assign(name=leftover["name"].str.lower()), "The rows are the ones asked for, in small letters: `land_list` itself was changed. Run the second cell of 3.1 again, then this one."),
            slip("counted", len(leftover), "That is how many there are. The question asks for the rows themselves."),
            slip("counted_matching", int(lower_matches.sum()), "That is a count of the ones that match. The question asks for the rows that do not."),
            trouble("word_not", "ValueError", r"truth value", "The word `not` is for one value. To turn a whole test round, put `~` in front of it."),
            trouble("other_list", r"IndexingError|KeyError|ValueError", r"[Uu]nalignable|Boolean Series key|wrong length", "The test and the table are from different lists. Use `land_list` with `matches`."),
        ],
        hints=[
            "The worked example kept rows in this way: the table, then the test in square brackets.",
            "Your test says True where a name matches. You want the rows where it says False.",
            "Start with `leftover = land_list[`, then turn the test round, then close the bracket.",
        ],
        worked='test = register["name"].isin(["Leeds", "Kent"])\nothers = register[~test]',
    ),
    exercise(
        "wales",
        choice("b", a="the register is missing councils", b="this register is for England, and Wales keeps its own", c="Land Registry is out of date"),
        ask="Choose the letter of the best reading.",
        right="Both lists can be right: they do not cover the same place. Ask what a list is meant to hold.",
        slips=[
            slip("missing", "a", "Read the title of the register in its data card. Which country is it for?"),
            slip("out_of_date", "c", "Those councils exist. Ask first what each list is meant to cover."),
        ],
        hints=[
            "A list can leave things out on purpose. Where would it say so?",
            "Scroll down to the data card of the register. Read the line that says where.",
        ],
    ),
    exercise(
        "old_names",
        choice("b", a="nothing at all", b="the list is a copy that nobody keeps up to date", c="the register has left them out"),
        ask="Choose the letter that says what the 2 old names tell you.",
        right="No one took them out, so nobody was looking. A copy ages from the day it is made.",
        slips=[
            slip("nothing", "a", "A council that closed years ago is still there. Who would have removed it?"),
            slip("left_out", "c", "Search the register for Penwith. What would you expect of a council that closed in 2009?"),
        ],
        hints=[
            "Think of a telephone list on a wall. What do old names on it tell you?",
            "Somebody has to take a name out. What if that is nobody's job?",
        ],
    ),
    exercise(
        "lasting_fix",
        choice("c", a="type the names more carefully", b="email the list round each month", c="one owner keeps the list, and others use its codes", d="always use the longest name"),
        ask="Choose the letter of the fix that would last.",
        right="One list to keep, and codes that everyone can point at. Names may then be written as people like.",
        slips=[
            slip("careful", "a", "People will still type St Helens and St. Helens. Both look careful."),
            slip("email", "b", "That makes more copies. Each one can drift."),
            slip("longest", "d", "Length does not make a name official. Who decides which name is the long one?"),
        ],
        hints=[
            "What made the 9 lists drift apart in the first place?",
            "Which of these leaves fewer copies in the world than there are now?",
        ],
    ),
    exercise(
        "kent",
        table(register[names == "Kent"][["code", "name"]], part=True),
        ask="Keep the one row of the register where the name is Kent.",
        right="One = gives a name, and == asks a question. This is the commonest slip in tests.",
        slips=[
            trouble("one_equals", "SyntaxError", r"==|cannot assign", "The line still has a single = inside the brackets. How do you ask if 2 things are the same?"),
            trouble("no_quotes", "NameError", r"'Kent'", "Python looked for something called Kent. The name of a council is text: what goes round text?"),
            rule("only_test", "is_tests", "You have True and False for every row. Put the test in square brackets after the table."),
            rule("no_rows", "has_rows", "No row passed the test. Check the capitals, and run the first cell of the page again if you changed the register.", 0),
            slip("others", register[names != "Kent"], "Those are all the other councils. Ask for the same, not for different."),
            slip("all_rows", register, "All the rows are there. Put the question in square brackets after the table."),
            rule("only_text", "is_text", "You have kept the word, not the row. Start from `register`."),
        ],
        hints=[
            "Compare this line with the last cell of the worked example, mark by mark.",
            "A single = gives a name. Which sign asks a question?",
        ],
        worked='leeds = register[register["name"] == "Leeds"]',
    ),
    exercise(
        "n_hull",
        number(n_hull),
        ask="Count the rows of `spellings` with that code.",
        right=f"There are {n_hull} ways to write one council, and one code. Match by code and the spelling does not matter.",
        typed="That holds today. Let Python count them, so it stays right when the file grows.",
        slips=[
            trouble("one_equals", "SyntaxError", r"==|cannot assign|expected", "One = gives a name, and == asks a question. You are asking a question."),
            slip("all_rows", len(spellings), "That is every row. Keep the rows with the code first, or add up the Trues."),
            slip("nought", 0, "No row passed your test. Copy the code letter by letter, and look in the column `register_code`."),
            slip("one_row", 1, "You found one row. Look in the table `spellings`, and in its column of codes, not of names."),
            slip("other_rows", len(spellings) - n_hull, "Those are the rows with other codes. Leave out the `~`."),
            rule("kept_rows", "has_rows", "You have kept the right rows. Now count them.", n_hull),
            rule("only_test", "is_tests", "You have True and False for every row. Add up the Trues."),
        ],
        hints=[
            "The last line of the worked example asked about one name with `==`. Ask about one code.",
            "Keep the rows that pass and use `len`, or add up the Trues of the test.",
            'The test is `spellings["register_code"] ==` and the code in quote marks.',
        ],
        worked='kent = register[register["name"] == "Kent"]\nn_kent = len(kent)',
    ),
    exercise(
        "namibia",
        choice("b", a="Namibia has no code", b='its code is "NA", and pandas reads those letters as "not available"', c="the file is broken"),
        ask="Choose the letter that says what happened.",
        right=f"It also explains last week: {no_borough} rescues have the letters NA for a borough, and pandas left them out.",
        slips=[
            slip("no_code", "a", "Open the file as text and find Namibia. There are 2 letters there."),
            slip("broken", "c", "The file is fine. The reader made a guess about 2 letters that also mean something else."),
        ],
        hints=[
            "Select `register_countries.csv` in the folder `data` on the left, and look for Namibia's row.",
            "Which 2 letters would you choose for Namibia? What do people write in a form when they have no answer?",
        ],
    ),
]  # fmt: skip
