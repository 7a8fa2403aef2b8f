"""The author's guide says what the code does, and its example is a whole exercise."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from grader import authoring
from grader.checks.rules import RULES
from grader.lesson import answers, cells, folders, front, template
from grader.lesson.validate import check

GUIDE = folders.ROOT / "README.md"


@pytest.fixture(scope="module")
def guide() -> str:
    """Give the text of the guide."""
    return GUIDE.read_text(encoding="utf-8")


def section(guide: str, heading: str) -> str:
    """Give what stands under a heading, as far as the next one."""
    found = re.search(rf"^#+ {re.escape(heading)}$(.*?)(?=^#+ |\Z)", guide, flags=re.DOTALL | re.MULTILINE)
    assert found, heading
    return found[1]


def in_the_first_column(text: str) -> list[str]:
    """Give the code in the first column of a section's tables."""
    return [
        name for row in re.findall(r"^\| (`.*?) \|", text, flags=re.MULTILINE) for name in re.findall(r"`(\w+)", row)
    ]


def fences(guide: str) -> dict[str, str]:
    """Give the code of the first lesson's one exercise, by file."""
    text = section(guide, "A first lesson in six steps").replace("\n   ", "\n")
    page, bank = (found.strip() + "\n" for found in re.findall(r"````markdown\n(.*?)````", text, flags=re.DOTALL))
    checks = re.search(r"```python\n(from grader\.authoring.*?)```", text, flags=re.DOTALL)
    assert checks
    return {"lesson.md": page, "checks.py": checks[1], "answers.md": bank}


def test_each_lesson_is_in_the_programme(guide: str) -> None:
    """The programme lists every lesson, with its title and its question."""
    rows = re.findall(r"^\| (\d+) \| \[(.+?)\]\((.+?)/lesson\.md\) \| (.+?) \|$", guide, flags=re.MULTILINE)
    told = [(int(number), title, folder, question) for number, title, folder, question in rows]
    heads = {folder.name: front.split((folder / "lesson.md").read_text("utf-8"))[0] for folder in folders.folders()}
    made = {name: front.read(head, "lesson.md")[0] for name, head in heads.items()}

    assert [(one.lesson, one.title, name, one.question) for name, one in made.items()] == told


def test_the_front_matter_is_told(guide: str) -> None:
    """The guide explains each name that the front matter can have, and no other."""
    told = in_the_first_column(section(guide, "The first lines of lesson.md"))

    assert list(front.Front.__dataclass_fields__) == told


def test_the_fences_are_told(guide: str) -> None:
    """The guide shows each mark that gives a cell its role, and each kind of exercise."""
    text = section(guide, "The cells of lesson.md")

    assert all(f'step="{step}"' in text for step in cells.STEPS)
    assert all(kind in text for kind in cells.KINDS)


def test_what_is_right_is_told(guide: str) -> None:
    """The guide names everything that checks.py can import, and every rule."""
    text = "\n".join(section(guide, name) for name in ("Checks", "What is right", "Slips"))

    assert [] == [name for name in authoring.__all__ if f"`{name}(" not in text]
    assert [] == [name for name in RULES if f"`{name}`" not in text]


def test_the_verdicts_are_told(guide: str) -> None:
    """The guide explains each word that can start an answer's heading, with what the check then says."""
    rows = dict(re.findall(r"^\| `(\w+):` \| (.+?) \|$", section(guide, "Known answers"), flags=re.MULTILINE))

    assert {word: verdict.words for word, verdict in answers.VERDICTS.items()} == rows


def test_the_example_is_a_whole_exercise(guide: str, tmp_path: Path) -> None:
    """The guide's exercise, put in place of the first one of a new lesson, has nothing to mend."""
    folder = template.copy("14-our-data", tmp_path)
    parts = fences(guide)
    page = (folder / "lesson.md").read_text(encoding="utf-8")
    page = re.sub(r"### 14\.1 .*?(?=### 14\.2 )", lambda _: parts["lesson.md"] + "\n\n", page, flags=re.DOTALL)
    page = page.replace("holidays.head(3)\n", "len(holidays)\n", 1)
    (folder / "lesson.md").write_text(page, encoding="utf-8")
    checks = (folder / "checks.py").read_text(encoding="utf-8")
    theirs = parts["checks.py"].replace("EXERCISES =", "GUIDE =")
    mine = re.sub(
        r'    exercise\(\n        "one_row",.*?\n    \),\n', "    *GUIDE,\n", checks, count=1, flags=re.DOTALL
    )
    (folder / "checks.py").write_text(mine.replace("EXERCISES =", f"{theirs}\nEXERCISES ="), encoding="utf-8")
    bank = (folder / "answers.md").read_text(encoding="utf-8")
    bank = re.sub(r"## one_row\n.*?(?=## days_off)", lambda _: parts["answers.md"] + "\n", bank, flags=re.DOTALL)
    (folder / "answers.md").write_text(bank, encoding="utf-8")

    assert [] == [str(problem) for problem in check(folder) if "n_rows" in str(problem) or "one_row" in str(problem)]
    assert [] == [str(problem) for problem in check(folder) if "still the example's" not in str(problem)]
