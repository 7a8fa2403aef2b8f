"""A certificate: one page, made on the learner's own machine, that states what was done and how it was checked."""

from __future__ import annotations

import datetime
import html
from collections.abc import Sequence

from grader.kernel.programme import Stage

NAME = "certificate.html"
HOW = (
    "Each lesson checked the answers as they were given, as often as its reader liked. "
    "Nobody watched, and this page was made by the person it is about. It says what was practised. It is not an exam."
)
_PAGE = """<!DOCTYPE html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>
body {{ max-width: 44rem; margin: 2rem auto; padding: 0 1rem; background: #fff; color: #0b0c0c; font: 1.125rem/1.5 Arial, sans-serif; }}
main {{ border: 2px solid #12436d; padding: 1rem 1.5rem; }}
h2 {{ font-size: 1.15rem; margin-bottom: .2rem; }}
</style>
</head>
<body>
<main>
<h1>{title}</h1>
{who}<p>Made on {day}.</p>
{lessons}
<p>{how}</p>
</main>
</body>
</html>
"""


def page(stages: Sequence[Stage], person: str, day: datetime.date) -> str:
    """Return the certificate of the finished lessons as a page of its own."""
    finished = [one for one in stages if one.finished]
    count = "1 lesson" if len(finished) == 1 else f"{len(finished)} lessons"
    return _PAGE.format(
        title=f"Certificate: {count} of Foothills done",
        who=f"<p>{html.escape(person)}</p>\n" if person else "",
        day=f"{day.day} {day:%B %Y}",
        lessons="\n".join(map(_lesson, finished)),
        how=HOW,
    )


def _lesson(one: Stage) -> str:
    core = f"{one.done} of {one.core} core exercises" + (f", and {one.more} more" if one.more else "")
    return f"<h2>{html.escape(one.label)}</h2>\n<p>{html.escape(one.idea)} Done: {core}.</p>"
