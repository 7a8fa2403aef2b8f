"""Whose file is it? Found from names alone: the file's, its folder's or its zip's; never from what is inside."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from grader.course.roster import Learner
from grader.course.table import plain


@dataclass(frozen=True)
class Whose:
    """The learner, or why nobody was found."""

    learner: str = ""
    why: str = ""


def whose(parts: Sequence[str], learners: Sequence[Learner], lesson: str) -> Whose:
    """Return whose file lies at `parts` (names from the outside in); the inmost name that tells wins."""
    told: list[str] = []
    for part in reversed(parts):
        found = _named(part, learners, lesson)
        if len(found) > 1:
            return Whose(why=f"It could be {_either(found)}.")
        told += [name for name in found if name not in told]
    if len(told) > 1:
        return Whose(why=f"Its names point to {_either(told)}.")
    return Whose(told[0]) if told else Whose(why="Its name says nobody in the course.")


def _either(names: Sequence[str]) -> str:
    return ", ".join(sorted(names)[:-1]) + f" or {sorted(names)[-1]}"


def _named(part: str, learners: Sequence[Learner], lesson: str) -> list[str]:
    """Return the learners that one name points to; a match inside a longer one does not count."""
    text = _without_lesson(plain(part), plain(lesson))
    matches = {learner.id: found for learner in learners if (found := _match(learner, text)) is not None}
    return [id for id, match in matches.items() if not any(_surer(other, match) for other in matches.values())]


@dataclass(frozen=True)
class _Match:
    """The words of a name that point to a learner; an e-mail is surer than an id, and an id than a name."""

    words: frozenset[str]
    rank: int


def _surer(one: _Match, other: _Match) -> bool:
    return other.words < one.words or (one.words == other.words and one.rank > other.rank)


def _match(learner: Learner, text: str) -> _Match | None:
    """Return the widest way in which a name points to a learner."""
    found = list(_matches(learner, text))
    return max(found, key=lambda match: (len(match.words), match.rank), default=None)


def _matches(learner: Learner, text: str) -> Iterator[_Match]:
    words = _words(text)
    email, id_words, name = plain(learner.email), _words(plain(learner.id)), _words(plain(learner.name))
    if email and re.search(rf"(?<![\w.+-]){re.escape(email)}(?![a-z0-9-])", text):
        yield _Match(frozenset(_words(email)), 4)
    if list(words) == id_words if _short(id_words) else _follows(words, id_words) or _name_like(id_words, words):
        yield _Match(frozenset(id_words), 3)
    local = _words(email.partition("@")[0])
    if local and not _short(local) and (_follows(words, local) or (len(local) > 1 and _holds(words, local))):
        yield _Match(frozenset(local), 2)
    if (_holds(words, name) and (len(name) > 1 or not _short(name))) or _run_together(words, name):
        yield _Match(frozenset(name), 1)


def _name_like(id_words: Sequence[str], words: Sequence[str]) -> bool:
    """Tell whether an id such as ana-ruiz is there in another order."""
    return len(id_words) > 1 and all(word.isalpha() and len(word) > 1 for word in id_words) and _holds(words, id_words)


def _run_together(words: Sequence[str], name: Sequence[str]) -> bool:
    """Tell whether a name is there without its spaces; a short one has to be a word of its own."""
    if len(name) < 2:
        return False
    run = "".join(words)
    return any(one in words or (len(one) > 5 and one in run) for one in ("".join(name), "".join(reversed(name))))


def _words(text: str) -> list[str]:
    return re.findall(r"[a-z0-9]+", text)


def _short(words: Sequence[str]) -> bool:
    """Tell whether an id is too short or too plain a number to be looked for inside a longer name."""
    run = "".join(words)
    return len(run) < 3 or (run.isdigit() and len(run) < 4)


def _follows(words: Sequence[str], wanted: Sequence[str]) -> bool:
    size = len(wanted)
    return bool(size) and any(
        list(words[place : place + size]) == list(wanted) for place in range(len(words) - size + 1)
    )


def _holds(words: Sequence[str], wanted: Sequence[str]) -> bool:
    left = list(words)
    for word in wanted:
        if word not in left:
            return False
        left.remove(word)
    return bool(wanted)


def _without_lesson(text: str, lesson: str) -> str:
    """Take out what says which lesson and which copy it is, so that it is not taken for a person."""
    text = re.sub(r"\.(ipynb|zip|csv|txt)$", "", text)
    flat = r"[\W_]+".join(re.escape(word) for word in re.findall(r"[a-z0-9]+", lesson))
    text = re.sub(rf"(?<![a-z0-9]){flat}(?![a-z0-9])", " ", text) if flat else text
    text = re.sub(r"\(\d+\)", " ", text)
    return re.sub(r"(?<![a-z])(lesson|lektion|week|session)[\W_]*\d*(?![a-z0-9])", " ", text)


def copy_number(name: str) -> int:
    """Return the number a browser or a sync service gave a copy: 2 for "lesson (2).ipynb", 0 for none."""
    found = re.findall(r"\((\d{1,3})\)|[ _-]copy ?(\d{0,3})(?=\.|$)|(?<=[^\d])[ _-]v(\d{1,3})(?=\W|_|$)", plain(name))
    return max((int(a or b or c or 1) for a, b, c in found), default=0)
