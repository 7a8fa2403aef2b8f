"""The term at a glance: lesson by lesson without names, learner by lesson in the room."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from grader.report import quiet
from grader.report.quiet import Count
from grader.report.results import LOOK, Person, Results
from grader.report.sections import HIDDEN, Section
from grader.report.words import number, text


@dataclass(frozen=True)
class Row:
    """One lesson of the term: how many handed in and were marked, and the share of points most reached."""

    results: Results
    handed_in: Count
    middle: float | None


def rows(lessons: Sequence[Results], in_room: bool = False) -> tuple[Row, ...]:
    """Return a row for each lesson."""
    return tuple(
        Row(results, quiet.alone(len(results.people), in_room), _middle(results, in_room)) for results in lessons
    )


def _middle(results: Results, in_room: bool) -> float | None:
    shares = sorted((person.score or 0.0) / person.points for person in results.marked if person.points)
    if not shares or (len(shares) < quiet.FEW and not in_room):
        return None
    return shares[len(shares) // 2]


def sections(lessons: Sequence[Results], in_room: bool = False) -> list[Section]:
    """Return the term as sections of a page."""
    made = [Section("Lesson by lesson", _lessons(rows(lessons, in_room)))]
    if in_room:
        made.append(Section("Learner by lesson", _learners(lessons)))
        about = "<p>This page holds names. Keep it in the room, and delete it when you have read it.</p>"
    else:
        about = f"<p>This page holds no names. {HIDDEN}</p>"
    return [*made, Section("About this page", about)]


def _lessons(found: Sequence[Row]) -> str:
    body = "".join(
        f'<tr><th scope="row">{text(row.results.title)}</th><td>{row.handed_in.words}</td>'
        f"<td>{'not shown' if row.middle is None else f'{row.middle:.0%}'}</td></tr>"
        for row in found
    )
    return _table("Lesson by lesson", ("Lesson", "Handed in", "Middle score"), body)


def _learners(lessons: Sequence[Results]) -> str:
    roster: dict[str, str] = {}
    for results in lessons:
        roster |= results.roster
    body = "".join(
        f'<tr><th scope="row">{text(name or learner)}</th>'
        + "".join(f"<td>{_cell(_by_learner(results).get(learner))}</td>" for results in lessons)
        + "</tr>"
        for learner, name in roster.items()
    )
    return _table("Learner by lesson", ("Person", *(results.title for results in lessons)), body)


def _by_learner(results: Results) -> Mapping[str, Person]:
    return {person.learner: person for person in results.people}


def _cell(person: Person | None) -> str:
    if person is None:
        return "nothing yet"
    if person.how == LOOK or person.score is None:
        return "needs a look"
    return f"{number(person.score)} of {number(person.points)}"


def _table(name: str, headings: Sequence[str], body: str) -> str:
    head = "".join(f'<th scope="col">{text(heading)}</th>' for heading in headings)
    return (
        f'<div class="wide" role="region" aria-label="{name}, table" tabindex="0"><table><thead><tr>{head}</tr></thead>'
        f"<tbody>{body}</tbody></table></div>"
    )
