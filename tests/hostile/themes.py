"""All attacks, by what they are about, and the names of those that once got through or cost another something."""

from __future__ import annotations

from hostile import (
    display,
    exchange,
    files,
    forging,
    machine,
    metadata,
    network,
    notebook_file,
    own,
    processes,
    resources,
)

INSIDE = (resources, processes, files, network, machine)
THEMES = (*INSIDE, forging, exchange, metadata, notebook_file, display)
OWN = (own,)
FOUND = (
    "a fork bomb",
    "memory in files without a name",
    "memory shared and let go of",
    "memory by a list that grows",
    "memory held by one cell, that another tells of",
    "one line without end",
    "a folder where the notebook belongs",
    "a hole of ten gigabytes handed in",
    "hard links handed in",
    "ten million empty things",
    "a result of the wrong kinds, with the right token",
    "the lesson's data made easy",
    "names that the tests bind, read",
    "a style opened two hundred thousand times",
    "a page of a hundred thousand tags",
    "data of half signs and no numbers",
    "a message displayed while the check looks",
    "a door of the machine, by a family of its own",
    "every watch that a user may have",
    "memory that connections hold",
    "memory out of sight",
    "a time of hundreds of digits",
    "a time that is a file",
    "a name that is no text",
    "the old format, a hundred thousand cells",
    "a class that lists",
    "an enumeration with what tests look for",
    "an exception of one's own given back",
    "a column with what tests look for",
    "a tuple with what tests look for",
    "formulas whose commands hide in signs",
    "a picture of no size",
    "a message displayed at the end of every cell",
)
