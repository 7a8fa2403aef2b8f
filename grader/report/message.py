"""One message for the whole room, ready to paste into a chat or an e-mail: no names, no marks, nothing to open."""

from __future__ import annotations

from grader.report.summary import NEW, NOT_TRIED, Summary
from grader.report.words import listed


def message(summary: Summary) -> str:
    """Return the message as plain text."""
    lines = [f"{summary.results.title}", ""]
    if not summary.enough:
        return "\n".join(
            [*lines, "Thank you for coming. Your own page says how each exercise went.", "Questions are welcome."]
        )
    lines.append(f"Thank you to the {summary.marked.words} of you who sent your notebook.")
    well = [
        f'"{facility.exercise.title}"'
        for facility in summary.facilities
        if facility.share is not None and facility.share >= 0.8 and facility.exercise.level == "core"
    ]
    if well:
        lines.append(f"Most of you got {listed(well[:4])}.")
    for facility in summary.hardest[:2]:
        top = next((missed for missed in facility.missed if missed.name not in (NEW, NOT_TRIED)), None)
        lines += ["", f"Worth a second look: {facility.exercise.title}."]
        if top is not None and top.slip.say:
            lines.append(top.slip.say)
    lines += ["", "You can open the notebook again, change an answer and run its check as often as you like."]
    return "\n".join(lines)
