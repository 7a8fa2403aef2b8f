"""Pages about lessons: the facilitator's card, the paper version, the code words so far."""

from __future__ import annotations

import html as escape
import re

from grader.lesson.folders import find, folders
from grader.print.notes import front_of, html, notes_of
from grader.report.page import page
from grader.report.sections import Section

PRINT = """
@page{size:A4;margin:12mm}
@media screen and (max-width:30em){table{font-size:.8rem}th,td{padding-right:.3rem;overflow-wrap:anywhere}}
@media print{body{font-size:10.5pt;line-height:1.35}main,header{max-width:none;padding:0}header{padding-top:0}h1{font-size:16pt}h2{font-size:12pt;margin:.6rem 0 .2rem}p,ul,ol,table{margin:.2rem 0}th,td{padding:.15rem .5rem .15rem 0}.new-page{break-before:page}}
"""
ONE_PAGE = (
    PRINT
    + "@media print{body{font-size:8.4pt;line-height:1.25}main{columns:2;column-gap:7mm}section{break-inside:avoid}h2{font-size:10pt}ul,ol{padding-left:1.1rem}}"
)
CARD = ("The 45 minutes", "The story", "Where people get stuck", "Two questions", "What to skip", "Exit question")


def card(lesson: str) -> str:
    """Return the facilitator's card of a lesson, made for one side of paper."""
    notes = notes_of(lesson)
    sections = [Section(heading, html(notes.part(heading))) for heading in CARD]
    return page(
        notes.front.title,
        sections,
        over=f"Lesson {notes.front.lesson}: the card",
        under=_plain(notes.intro),
        style=ONE_PAGE,
    )


def _plain(intro: str) -> str:
    return " ".join(re.sub(r"[*_`#]", "", intro).split())


def paper(lesson: str) -> str:
    """Return the lesson on paper: questions for everyone, then the answers for the facilitator on a page of their own."""
    notes = notes_of(lesson)
    text = notes.part("On paper")
    asked, answers = without_answers(text)
    sections = [
        Section("The idea", f"<p>{escape.escape(notes.front.idea)}</p>"),
        Section("Questions", html(asked)),
        Section("Write here", "<p>My first guess:</p><p><br></p><p>What I think now:</p><p><br></p>"),
    ]
    if answers:
        listed = "".join(f"<li value='{number}'>{escape.escape(answer)}</li>" for number, answer in answers)
        sections.append(Section("For the facilitator: the answers", f"<p>Cut this off.</p><ol>{listed}</ol>"))
    style = PRINT + ("@media print{section:last-child{break-before:page}}" if answers else "")
    return page(notes.front.title, sections, over=f"Lesson {notes.front.lesson}, on paper", style=style)


def without_answers(text: str) -> tuple[str, list[tuple[int, str]]]:
    """Return the questions without the answers in brackets at their ends, and the answers by number."""
    lines, answers = [], []
    for line in text.splitlines():
        found = re.match(r"^(\d+)\. (.*?)\s*\(((?:[^()]|\([^()]*\))*)\)\s*$", line)
        if found:
            answers.append((int(found[1]), found[3]))
            line = f"{found[1]}. {found[2]}"
        if not line.startswith("Print this"):
            lines.append(line)
    return "\n".join(lines), answers


def code_words(lesson: str) -> str:
    """Return the code words up to and with a lesson, each with the lesson it came in."""
    last = front_of(find(lesson)).lesson
    sections = []
    for folder in folders():
        front = front_of(folder)
        if front.lesson > last or not (front.words or front.terms):
            continue
        words = "".join(f"<li><code>{escape.escape(word)}</code></li>" for word in front.words)
        terms = "".join(
            f"<li>{escape.escape(term)}: {escape.escape(meaning)}</li>" for term, meaning in front.terms.items()
        )
        sections.append(Section(f"Lesson {front.lesson}: {front.title}", f"<ul>{words}{terms}</ul>"))
    return page(
        "The code words so far", sections, under="Keep this beside you. Nobody knows them by heart.", style=PRINT
    )
