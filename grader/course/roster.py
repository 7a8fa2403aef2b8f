"""Who is in a club: read from any spreadsheet's CSV, with ids that are safe as folder names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from grader.course import table
from grader.errors import GraderError

USUAL = {
    "id": (
        "id",
        "learner id",
        "learner",
        "student id",
        "user id",
        "userid",
        "username",
        "user name",
        "pseudonym",
        "staff number",
        "staff id",
        "code",
    ),
    "email": (
        "email",
        "e mail",
        "email address",
        "e mail address",
        "work email",
        "work e mail",
        "mail",
        "user principal name",
    ),
    "first": ("first name", "firstname", "forename", "given name", "first"),
    "last": ("last name", "lastname", "surname", "family name", "last"),
    "name": ("name", "full name", "display name", "learner name", "student name", "your name", "student"),
}
_RESERVED = re.compile(r"(?i)^(con|prn|aux|nul|com\d|lpt\d)$")
MAX_LEARNERS = 5_000
MAX_TITLE = 10  # rows among which the headings are looked for


@dataclass(frozen=True)
class Learner:
    """One person in the club. `id` is a folder name; name and email may be blank."""

    id: str
    name: str = ""
    email: str = ""


@dataclass(frozen=True)
class Roster:
    """The people, and what is worth saying about how the file was read."""

    learners: tuple[Learner, ...]
    notes: tuple[str, ...] = ()


def read(content: bytes, where: str) -> Roster:
    """Return the people in a CSV file; raise GraderError when nobody can be found in it."""
    made = table.read(content, where)
    if not made.rows:
        raise GraderError(
            "There is nobody in the file.", where=where, todo="Put a heading such as name, then one person a line."
        )
    above, places = _headings(made.rows)
    rows: Sequence[Sequence[str]] = made.rows[above + 1 :]
    if not places:
        rows = _addresses(made.rows) or made.rows
        places = _without_headings(rows, where)
    people = [_person(row, places) for row in rows]
    found = [person for person in people if any(person)]
    if not found:
        raise GraderError("There are headings and nobody under them.", where=where, todo="Put one person a line.")
    if len(found) > MAX_LEARNERS:
        raise GraderError(
            f"There are {len(found)} people in the file; a club has at most {MAX_LEARNERS}.",
            where=where,
            todo="Check that it is the right file.",
        )
    blank = made.blank + len(people) - len(found)
    notes = list(made.notes)
    notes += [f"{_count(above, 'line')} above the headings left out."] if above else []
    notes += [f"{_count(blank, 'line')} with nobody on it left out."] if blank else []
    return _distinct(found, notes)


def _headings(rows: Sequence[Sequence[str]]) -> tuple[int, dict[str, int]]:
    """Return how many rows are above the headings, and the columns they name; no columns where there are none."""
    for above, row in enumerate(rows[:MAX_TITLE]):
        if places := table.columns(row, USUAL):
            return above, places
    return 0, {}


def _addresses(rows: Sequence[Sequence[str]]) -> list[tuple[str]]:
    """Return the people of an e-mail's list of addresses, one a row, where the table is such a list."""
    cells = [cell for row in rows for cell in row if cell]
    return [(cell,) for cell in cells] if all("@" in cell for cell in cells) else []


def _without_headings(rows: Sequence[Sequence[str]], where: str) -> dict[str, int]:
    """Say what the columns are where the first row does not: one column of pseudonyms, names or e-mails."""
    if all(len([cell for cell in row if cell]) == 1 for row in rows):
        values = [next(cell for cell in row if cell) for row in rows]
        if all("@" in value for value in values):
            return {"email": 0}
        return {"name": 0} if any(" " in value for value in values) else {"id": 0}
    # the first line may hold a person's name, so it is not repeated here
    raise GraderError(
        "No column is called id, name or email.",
        where=where,
        todo="Put those words in the first line, above the columns.",
    )


def _person(row: Sequence[str], places: dict[str, int]) -> tuple[str, str, str]:
    def cell(name: str) -> str:
        return row[places[name]] if name in places and places[name] < len(row) else ""

    name = " ".join(part for part in (cell("first"), cell("last")) if part) or cell("name")
    email = cell("email")
    for text in (email, name):
        if found := re.fullmatch(r"(.*?)\s*<(\S+@\S+)>", text):  # Ana Smith <ana@example.org>
            name, email = (name if text == email else "") or found[1].strip("\"' "), found[2]
            break
    if re.fullmatch(r"[^,]+, [^,]+", name):  # Smith, Ana
        name = " ".join(reversed(name.split(", ")))
    return cell("id"), name, email.removeprefix("mailto:").lower()


def _distinct(found: Sequence[tuple[str, str, str]], notes: Sequence[str]) -> Roster:
    """Give each person an id of their own; say who was there twice and whose id had to change."""
    learners: dict[str, Learner] = {}
    twice = changed = 0
    for given, name, email in found:
        wanted = given or email.partition("@")[0] or name
        id = safe(wanted)
        changed += bool(given) and id != given
        same = learners.get(id.casefold())
        if (same and _same(same, name, email, bool(given))) or any(
            email and email == other.email for other in learners.values()
        ):
            twice += 1
            continue
        number = 2
        while id.casefold() in learners:
            id = f"{safe(wanted)}-{number}"
            number += 1
        learners[id.casefold()] = Learner(id, name, email)
    said = list(notes)
    if twice:
        said.append(f"{_count(twice, 'line')} with somebody already there left out.")
    if changed:
        said.append(f"{_count(changed, 'id')} changed, because an id is a folder's name too.")
    return Roster(tuple(learners.values()), tuple(said))


def _same(known: Learner, name: str, email: str, by_id: bool) -> bool:
    alike = table.plain(known.name) == table.plain(name) or not name or not known.name
    return alike and (by_id or known.email == email)


def safe(text: str) -> str:
    """Return an id that every system takes as a folder name."""
    made = re.sub(r"[^A-Za-z0-9_-]+", "-", _letters(text)).strip("-_")[:60].rstrip("-_")
    made = made or "learner"
    return f"{made}-1" if _RESERVED.match(made) else made


def _letters(text: str) -> str:
    """Return text without accents, keeping capital letters."""
    return "".join(table.plain(letter).upper() if letter.isupper() else table.plain(letter) for letter in text)


def _count(number: int, noun: str) -> str:
    return f"1 {noun}" if number == 1 else f"{number} {noun}s"
