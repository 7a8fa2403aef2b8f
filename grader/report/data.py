"""The report as JSON types; a count that may not be shown is null, with the words that may."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from grader.report import term, undescribed
from grader.report.quiet import Count
from grader.report.results import Person, Results
from grader.report.summary import Facility, Summary


def lesson_data(summary: Summary, course: str) -> dict[str, Any]:
    """Return one lesson's report."""
    results = summary.results
    made: dict[str, Any] = {
        "course": course,
        "lesson": results.assignment,
        "title": results.title,
        "in_room": summary.open,
        "handed_in": _count(summary.handed_in),
        "marked": _count(summary.marked),
        "late": _count(summary.late),
        "needs_a_look": _count(summary.looks),
        "by_receipt": _count(summary.by_receipt),
        "waiting": _count(summary.waiting),
        "points": summary.points,
        "middle_score": summary.median,
        "scores": [{"from": one.low, "to": one.high, "people": one.number} for one in summary.bins],
        "written": [
            {"exercise": one.exercise.name, "marked": _count(one.marked), "middle_score": one.median}
            for one in summary.written
        ],
        "exercises": [_facility(facility) for facility in summary.facilities],
    }
    if summary.enough:
        made["undescribed"] = [
            {"exercise": found.exercise.name, "answers": list(found.codes)}
            for found in undescribed.undescribed(results)
        ]
    if summary.open:
        made["people"] = [_person(person) for person in results.people]
        there = {person.learner for person in results.people}
        made["nothing_yet"] = [learner for learner in results.roster if learner not in there]
    return made


def term_data(lessons: Sequence[Results], course: str, in_room: bool) -> dict[str, Any]:
    """Return the term's report."""
    made = []
    for row in term.rows(lessons, in_room):
        entry = {
            "lesson": row.results.assignment,
            "title": row.results.title,
            "handed_in": _count(row.handed_in),
            "middle_share": row.middle,
        }
        made.append(entry | ({"people": [_person(person) for person in row.results.people]} if in_room else {}))
    return {"course": course, "in_room": in_room, "lessons": made}


def _count(count: Count) -> dict[str, Any]:
    return {"number": count.number, "words": count.words}


def _facility(facility: Facility) -> dict[str, Any]:
    return {
        "exercise": facility.exercise.name,
        "title": facility.exercise.title,
        "level": facility.exercise.level,
        "got": _count(facility.got),
        "of": _count(facility.whole),
        "share": facility.share,
        "first_try": _count(facility.first_try) if facility.first_try else None,
        "missed": [
            {
                "slip": missed.name,
                "what": missed.slip.title,
                "say": missed.slip.say,
                "people": _count(missed.count),
            }
            for missed in facility.missed
        ],
    }


def _person(person: Person) -> dict[str, Any]:
    return {
        "learner": person.learner,
        "how": person.how,
        "score": person.score,
        "points": person.points,
        "late": person.late,
        "answers": {
            name: answer.verdict.value if answer.verdict else answer.score for name, answer in person.answers.items()
        },
    }
