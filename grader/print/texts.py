"""Short texts to send: an invitation, and the half-minute check for the day before."""

from __future__ import annotations

from grader.course import settings
from grader.course.folder import Course
from grader.lesson.folders import find
from grader.print.notes import front_of

DESK = """Half a minute, the day before

1. Open a terminal in the Foothills folder and type: ./club open
   On Windows, type: py club open
   If your club has a link, select the link in its place.
2. A page opens in your browser. Select the first grey box, then press Shift and Enter together.
3. Look for a line that starts with "Ready."

You see the line: you are ready. Close the page.
You see something else: tell me what the last line says. It is not your fault, and there is time to put it right.
"""


def invitation(lesson: str, course: Course | None) -> str:
    """Return an invitation to one lesson, ready to send; what it cannot know stands in square brackets."""
    front = front_of(find(lesson))
    known = settings.load(course) if course else None
    day = known.dates.get(find(lesson).name, "") if known else ""
    when = settings.day(day) if day else "[day]"
    return f"""{front.title}

{front.question}

Come and find out over lunch: {when}, [time], [room or link]. It takes {sum(front.minutes.values())} minutes.

You do not need to know any code. You work with someone else, on real public data, one small step at a time.
Bring a laptop. You cannot break anything.

{front.idea}

Nobody can see what you do unless you choose to send it.
"""


def desk() -> str:
    """Return the check to do the day before."""
    return DESK
