"""What the engine says to people: one place for every sentence about limits and endings."""

from __future__ import annotations

STOPPED = "Stopped"  # the name of the error that says so
TIME = "Stopped after {seconds} seconds. Is there a loop that never ends?"
STUCK = "Stopped after {seconds} seconds: the cell did not let go. Is there a loop that never ends?"
MEMORY = "Stopped: it used more than {megabytes} MB of memory."
PROCESSES = "Stopped: it started too many processes, or held too many files and connections open."
CHANGED = "The answer changes the data that this test is given, so it was tested with the data as the lesson has it."
ENDED = "Python ended while this cell ran, so it has no result. Marking went on with the next cell."
OUTPUT = "... the rest is left out: the cell showed more than {kilobytes} KB ..."
NOTEBOOK_TIME = "Not run: the whole notebook had already taken {seconds} seconds."
NOT_REACHED = "Not run: Python ended too often in this notebook."
BIG = "The notebook is {megabytes} MB; the most that is marked is {most} MB. Clear all outputs and hand it in again."
LEFT_OUT = "Some files were left out: together they are more than {most} MB or {count} files, or one is a link, or has a name that is too long or the lesson's."
OTHER_NOTEBOOK = "None of this lesson's cells are in the notebook. Is it the notebook of another lesson?"
PARTS = "The notebook has thousands of cells or millions of parts, far more than a person writes. Clear all outputs and hand it in again."
ODD_LEARNER = "Not marked: the folder's name holds signs that no learner's id has. Give it the id that is in the list of learners."
UNWRITTEN = "Not marked: the result could not be written ({why})."
NO_TIME = "The file timestamp.txt holds no time, so the work counts as handed in on time."
NO_NOTEBOOK = "There is no notebook called {name}."
NOT_A_FILE = "{name} is a link or not an ordinary file, so it was not read."
RENAMED = "The notebook was called {found}; it was taken for {name}."


def sayable(name: str) -> str:
    """Return a name that a learner gave to a file without signs that a terminal would obey or cannot show."""
    return "".join(letter if letter.isprintable() else "?" for letter in name)
