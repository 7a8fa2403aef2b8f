"""The report as sections of HTML: what a page and a notebook are both made of."""

from __future__ import annotations

import html
from collections.abc import Sequence
from dataclasses import dataclass

from grader.report import chart, undescribed
from grader.report.quiet import Count
from grader.report.results import LOOK, RECEIPT, Answer
from grader.report.summary import NEW, NOT_TRIED, Facility, Summary, Written
from grader.report.words import listed, number, stretch, text

TRIES = "First tries are as people's own notebooks say. They are never scored."
COUNTS = ("Who handed in", "How the scores spread", "Exercise by exercise")
HIDDEN = (
    "Counts of 1 to 4 people are written as fewer than 5, and so is what would give them away by taking one count "
    "from another. Scores are joined until each bar stands for at least 5 people."
)


@dataclass(frozen=True)
class Section:
    """A heading and the HTML under it."""

    heading: str
    body: str


def sections(summary: Summary) -> list[Section]:
    """Return a lesson's report, most useful first."""
    made = [Section("Who handed in", _handed_in(summary))]
    if not summary.enough:
        return [*made, Section("About this page", _about(summary))]
    made += [
        Section("What to say next time", _say(summary.hardest)),
        Section("How the scores spread", _spread(summary)),
        Section("Exercise by exercise", _exercises(summary)),
        Section("What people did instead", _misconceptions(summary.facilities)),
        Section("Answers nobody has described yet", _undescribed(summary)),
    ]
    if summary.written:
        made.append(Section("Written answers", _written(summary.written)))
    if summary.open:
        made.append(Section("Who did what", _people(summary)))
    return [*made, Section("About this page", _about(summary))]


def _handed_in(summary: Summary) -> str:
    said = [f"Handed in: {summary.handed_in.words}."]
    if summary.open:
        missing = _missing(summary)
        said[0] = f"Handed in: {summary.handed_in.words} of {len(summary.results.roster)}."
        said.append(f"Nothing yet from {listed(missing)}." if missing else "Everybody handed in.")
    if not summary.enough and not summary.open:
        said.append("That is too few to show more here without pointing at people.")
    said += _some(summary.late, "Late: {}.")
    said += _some(summary.looks, "Not marked, and waiting for you to look: {}.")
    said += _some(summary.by_receipt, "By receipt, as they sent it: {}.")
    said += _some(summary.waiting, "With a written answer for you to mark: {}.")
    return "<ul>" + "".join(f"<li>{text(one)}</li>" for one in said) + "</ul>"


def _some(count: Count, words: str) -> list[str]:
    return [words.format(count.words)] if count.number != 0 else []


def _missing(summary: Summary) -> list[str]:
    there = {person.learner for person in summary.results.people}
    return [_name(summary, learner) for learner in summary.results.roster if learner not in there]


def _name(summary: Summary, learner: str) -> str:
    return summary.results.roster.get(learner) or learner


def _say(hardest: Sequence[Facility]) -> str:
    if not hardest:
        return "<p>Everybody got every core exercise. There is nothing to go back to.</p>"
    items = []
    for facility in hardest:
        top = next((missed for missed in facility.missed if missed.name not in (NEW, NOT_TRIED)), None)
        said = f"<strong>{text(facility.exercise.title)}</strong>: {_got(facility)}."
        if top is not None:
            said += f" Most often: {text(top.slip.title)}."
            said += f" Say: “{text(top.slip.say)}”" if top.slip.say else ""
        items.append(f"<li>{said}</li>")
    return "<p>The core exercises that most people missed, and a line to start with:</p><ol>" + "".join(items) + "</ol>"


def _got(facility: Facility) -> str:
    share = f" ({facility.share:.0%})" if facility.share is not None else ""
    return f"{facility.got.words} of {facility.whole.words} got it{share}"


def _spread(summary: Summary) -> str:
    if not summary.bins:
        return "<p>Nothing is marked yet.</p>"
    points = number(summary.points)
    bars = [
        chart.Bar(
            f"{stretch(one.low, one.high)} {'point' if one.high == 1 == one.low else 'points'}",
            one.number,
            str(one.number),
        )
        for one in reversed(summary.bins)
    ]
    most = max(summary.bins, key=lambda one: one.number)
    middle = f" The middle score is {number(summary.median)} of {points}." if summary.median is not None else ""
    alt = f"Bar chart of scores. Most people, {most.number}, have {stretch(most.low, most.high)} of {points} points.{middle}"
    if len(bars) == 1 and not summary.open:
        return f"<p>{summary.bins[0].number} people are marked, too few to show a spread.{middle}</p>"
    return chart.figure("People by score", alt, ("Score", "People"), bars)


def _exercises(summary: Summary) -> str:
    rows = "".join(map(_row, summary.facilities))
    return (
        '<div class="wide" role="region" aria-label="Exercise by exercise, table" tabindex="0"><table>'
        '<thead><tr><th scope="col">Exercise</th><th scope="col">Got it</th>'
        '<th scope="col">At the first try</th></tr></thead>'
        f"<tbody>{rows}</tbody></table></div><p>{TRIES}</p>"
    )


def _row(facility: Facility) -> str:
    stretch_word = " (for who finish early)" if facility.exercise.level == "stretch" else ""
    share = facility.share
    bar = (
        f'<span class="bar" aria-hidden="true"><span style="width:{share:.0%}"></span></span>'
        if share is not None
        else ""
    )
    got = f"{facility.got.words} of {facility.whole.words}" + (f", {share:.0%}" if share is not None else "")
    first = "not known" if facility.first_try is None else facility.first_try.words
    return f'<tr><th scope="row">{text(facility.exercise.title)}{stretch_word}</th><td>{got}{bar}</td><td>{first}</td></tr>'


def _misconceptions(facilities: Sequence[Facility]) -> str:
    parts = []
    for facility in facilities:
        if not facility.missed:
            continue
        items = "".join(
            f"<li>{text(missed.slip.title)}: {missed.count.words}."
            + (f" Say: “{text(missed.slip.say)}”" if missed.slip.say else "")
            + "</li>"
            for missed in facility.missed
        )
        parts.append(f"<h3>{text(facility.exercise.title)}</h3><ul>{items}</ul>")
    return "".join(parts) or "<p>Nobody missed anything.</p>"


def _undescribed(summary: Summary) -> str:
    parts = []
    for found in undescribed.undescribed(summary.results):
        left = (
            f"<p>{found.left_out} left out: too long, or it may hold a name.</p>"
            if summary.open and found.left_out
            else ""
        )
        code = (
            f'<pre tabindex="0" aria-label="Ready to paste into answers.md"><code>{html.escape(found.for_bank())}</code></pre>'
            if found.codes
            else ""
        )
        parts.append(f"<h3>{text(found.exercise.title)}</h3>{code}{left}")
    if not parts:
        return "<p>None: the answer bank knows every answer that was handed in.</p>"
    first = "<p>Each is here once, without a name. To teach the checks about one, paste it into the lesson’s <code>answers.md</code>.</p>"
    return first + "".join(parts)


def _written(found: Sequence[Written]) -> str:
    items = []
    for one in found:
        middle = (
            "" if one.median is None else f" The middle score is {number(one.median)} of {number(one.exercise.points)}."
        )
        items.append(f"<li>{text(one.exercise.title)}: {one.marked.words} marked by a person.{middle}</li>")
    return f"<ul>{''.join(items)}</ul><p>To mark them: <code>club formgrader</code>.</p>"


def _people(summary: Summary) -> str:
    heads = "".join(f'<th scope="col">{text(exercise.title)}</th>' for exercise in summary.results.exercises)
    rows = []
    for person in summary.results.people:
        if person.how == LOOK:
            cells = "<td>needs a look</td>" + "<td>not marked</td>" * len(summary.results.exercises)
        else:
            kind = " (receipt)" if person.how == RECEIPT else ""
            score = "not known" if person.score is None else f"{number(person.score)} of {number(person.points)}{kind}"
            cells = f"<td>{score}</td>" + "".join(
                f"<td>{_cell(person.answers.get(exercise.name))}</td>" for exercise in summary.results.exercises
            )
        late = " (late)" if person.late else ""
        rows.append(f'<tr><th scope="row">{text(_name(summary, person.learner))}{late}</th>{cells}</tr>')
    return (
        '<div class="wide" role="region" aria-label="Who did what, table" tabindex="0"><table>'
        f'<thead><tr><th scope="col">Person</th><th scope="col">Score</th>{heads}</tr></thead>'
        f"<tbody>{''.join(rows)}</tbody></table></div>"
    )


def _cell(answer: Answer | None) -> str:
    if answer is None:
        return "not known"
    if answer.verdict is not None:
        return html.escape(answer.verdict.words.rstrip("."))
    return "waits for you" if answer.score is None else f"{number(answer.score)} of {number(answer.points)}"


def _about(summary: Summary) -> str:
    if summary.open:
        return "<p>This page holds names. Keep it in the room, and delete it when you have read it.</p>"
    return f"<p>This page holds no names. {HIDDEN} To see names and all counts, for yourself alone: <code>club report --in-room</code>.</p>"
