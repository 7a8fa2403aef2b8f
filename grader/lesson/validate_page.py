"""Rules for the shape of the page: headings, the first screen, lists, bold, links, tables (S1 to S6, S10)."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from grader.lesson.problem import Problem
from grader.lesson.prose import sentences, words
from grader.lesson.prose_page import Block
from grader.lesson.validate_subject import Subject, start

PAGE = "lesson.md"
LONGEST_TITLE, MOST_COLUMNS, MOST_ROWS = 65, 5, 10
BUTTONS = frozenset(
    "File Edit View Run Kernel Save Restart Interrupt Settings Help Tab Shift Enter Esc Open Play".split()
)
_VAGUE_LINKS = frozenset(
    ("here", "more", "this", "link", "this link", "read more", "find out more", "this page", "the page", "website")
)
_NAMES = frozenset(
    "I January February March April May June July August September October November December Monday Tuesday Wednesday "
    "Thursday Friday Saturday Sunday Python Jupyter JupyterLab GOV.UK England Wales Scotland Ireland Northern London Britain "
    "UK NHS ONS CSV JSON API Excel United Kingdom Greater Manchester".split()
)  # fmt: skip


def _all_blocks(subject: Subject) -> list[Block]:
    return [block for passage in subject.passages for block in passage.blocks]


def headings(subject: Subject) -> Iterator[Problem]:
    """S1: one H1 that is the title, no level left out, sentence case, no full stop, no second question."""
    found = [block for block in _all_blocks(subject) if block.kind == "heading"]
    tops = [block for block in found if block.level == 1]
    title = subject.lesson.front.title
    if [block.text for block in tops] != [title]:
        yield Problem(
            PAGE,
            "headings",
            f"There should be one heading of the first level, and it should be the title: {title}",
            "Write it once, as # and the title.",
        )
    if len(title) > LONGEST_TITLE:
        yield Problem(
            PAGE, "front matter", f"The title has {len(title)} letters. The most is {LONGEST_TITLE}.", "Shorten it."
        )
    if title and not title.endswith("?"):
        yield Problem(PAGE, "front matter", "The title is not a question.", "Ask what a civil servant asks.")
    level = 0
    for block in found:
        if block.level > level + 1:
            yield Problem(
                PAGE,
                f"heading {start(block.text)}",
                f"It jumps from level {level} to level {block.level}.",
                f"Give it {level + 1} # marks, or put a heading between.",
            )
        level = block.level
        yield from _heading(block, subject)


def _heading(block: Block, subject: Subject) -> Iterator[Problem]:
    place, text = f"heading {start(block.text)}", re.sub(r"^\d+\.\d+\s+", "", block.text)
    if block.level > 1 and text.endswith((".", "?", "!", ":")):
        yield Problem(PAGE, place, f'It ends in "{text[-1]}".', "Make it a statement with no mark at the end.")
    capital = [
        word for word in words(text)[1:] if word[:1].isupper() and not _is_name(word.strip("\"'“”‘’,:?()"), subject)
    ]
    if capital or not (text[:1].isupper() or text.startswith("`")):
        yield Problem(
            PAGE,
            place,
            "It is not in sentence case" + (f": {', '.join(capital)}." if capital else "."),
            "Use a capital for the first word and for names.",
        )


def _is_name(word: str, subject: Subject) -> bool:
    """Say whether a word is a name: it is listed, or the page uses it with a capital inside a sentence."""
    base = re.sub(r"['’]s$", "", word)
    inside = re.compile(rf"[a-z,] {re.escape(base)}\b")
    return base in _NAMES or any(inside.search(block.text) for block in _all_blocks(subject) if block.kind != "heading")


def first_screen(subject: Subject) -> Iterator[Problem]:
    """S2: the page starts with the question, what you will be able to do, the time, and who can see your work."""
    cells = subject.cells
    first_code = next((i for i, cell in enumerate(cells) if cell.role not in ("prose", "task")), len(cells))
    text = "\n".join(cell.source for cell in cells[:first_code])
    for pattern, what, todo in (
        (r"\A\s*# ", "It does not start with the question.", "Start with # and the title."),
        (
            r"you will be able to|you can then",
            "It does not say what you will be able to do.",
            "Write: After this lesson you will be able to ...",
        ),
        (r"\d+ minutes", "It does not say how long it takes.", "Write: It takes 45 minutes."),
        (r"\byou need\b", "It does not say what you need.", "Write: You need ..."),
        (r"\{\{who_can_see\}\}", "It does not say who can see what you do.", "Put {{who_can_see}} on a line."),
    ):
        if not re.search(pattern, text, flags=re.IGNORECASE):
            yield Problem(PAGE, "first screen", what, todo)


def lists(subject: Subject) -> Iterator[Problem]:
    """S4: a list has a lead-in line and more than one item; bullets are short, with no full stop at the end."""
    for passage in subject.passages:
        items: dict[int, list[Block]] = defaultdict(list)
        for block in passage.blocks:
            if block.kind in ("bullet", "step"):
                items[block.list_id].append(block)
        for group in items.values():
            yield from _list(group, passage.blocks)


def _list(group: list[Block], around: tuple[Block, ...]) -> Iterator[Problem]:
    first, place = around.index(group[0]), f"list {start(group[0].text)}"
    if not first or around[first - 1].kind not in ("paragraph", "quote"):
        yield Problem(PAGE, place, "It has no lead-in line.", "Say in one line what the list is.")
    if len(group) == 1:
        yield Problem(PAGE, place, "It has one item.", "Make it a sentence.")
    for item in group if group[0].kind == "bullet" else ():
        text = item.text.strip()
        if len(sentences(text)) > 1:
            yield Problem(
                PAGE, f"bullet {start(text)}", "It has more than one sentence.", "Keep one, or use paragraphs."
            )
        if text.endswith((".", ";", ",")):
            yield Problem(PAGE, f"bullet {start(text)}", f'It ends in "{text[-1]}".', "Take the mark off the end.")
        if re.search(r"\b(?:and|or)$", text):
            yield Problem(PAGE, f"bullet {start(text)}", "It ends in a joining word.", "Take it off the end.")


def slant_and_bold(subject: Subject) -> Iterator[Problem]:
    """S5: no italics, and no bold but the names of buttons."""
    for block in _all_blocks(subject):
        yield from (
            Problem(PAGE, start(text), "S5: it is in italics.", "Set it plain, or in quote marks.")
            for text in block.slanted
        )
        for text in block.bold:
            if not any(word.strip(",.") in BUTTONS for word in text.split()):
                yield Problem(PAGE, start(text), "S5: it is in bold and is not a button.", "Set it plain.")


def links(subject: Subject) -> Iterator[Problem]:
    """S6: a link says where it goes, and the same words go to the same place."""
    goes: dict[str, str] = {}
    for block in _all_blocks(subject):
        for link in block.links:
            said = link.words.strip().lower()
            if (
                said in _VAGUE_LINKS
                or not said
                or said.startswith(("http", "www."))
                or re.search(r"\b(?:click|select) here\b", said)
            ):
                yield Problem(
                    PAGE,
                    f"link {start(link.words)}",
                    "The words do not say where it goes.",
                    "Name the page and, for another site, the site.",
                )
            if goes.setdefault(said, link.to) != link.to:
                yield Problem(
                    PAGE,
                    f"link {start(link.words)}",
                    "The same words go to 2 places.",
                    "Give each place words of its own.",
                )


def tables(subject: Subject) -> Iterator[Problem]:
    """S10: at most 5 columns and 10 rows, no empty cells, numbers right-aligned."""
    for block in _all_blocks(subject):
        if block.kind != "table":
            continue
        heads, *rows = block.rows
        place = f"table {start(' | '.join(heads))}"
        if len(heads) > MOST_COLUMNS or len(rows) > MOST_ROWS:
            yield Problem(
                PAGE,
                place,
                f"It has {len(heads)} columns and {len(rows)} rows.",
                f"The most is {MOST_COLUMNS} columns and {MOST_ROWS} rows.",
            )
        if any(not cell.strip() for row in block.rows for cell in row):
            yield Problem(PAGE, place, "It has an empty cell.", 'Write "no data".')
        for column, align in enumerate(block.aligned):
            cells = [row[column] for row in rows if column < len(row)]
            if (
                cells
                and align != "right"
                and all(re.fullmatch(r"[£−-]?[\d,.]+%?|no data", cell.strip()) for cell in cells)
            ):
                yield Problem(
                    PAGE,
                    place,
                    f'The numbers under "{heads[column]}" are not on the right.',
                    "Write ---: in the line under the heading.",
                )
