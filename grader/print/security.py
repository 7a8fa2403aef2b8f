"""The page for a security officer: facts about this copy, read from what is installed."""

from __future__ import annotations

import html
import platform
import re
from collections.abc import Sequence
from importlib import metadata

from grader.course.folder import CHECKOUT
from grader.marking.sandbox.layers import layers
from grader.print.sheets import PRINT
from grader.report.page import page
from grader.report.sections import Section


def security() -> str:
    """Return the page."""
    return page(
        "Foothills: what a security officer asks",
        [
            Section("What is installed", _installed()),
            Section("Which addresses are contacted, and when", _list(ADDRESSES)),
            Section("Whose code runs where", _list([*CODE, *_sandbox()])),
            Section("Where data sits", _list(DATA)),
            Section("How to remove all of it", _list(REMOVE)),
            Section("What is untested", _list(UNTESTED)),
            Section("Parts and licences", _parts()),
        ],
        over=f"Python {platform.python_version()} on {platform.system()}",
        style=PRINT,
    )


ADDRESSES = (
    "While installing: the Python package index that your pip or uv settings name. Every package is pinned, with its "
    "checksum, in requirements.txt.",
    "After that: none. Lessons, checks, marking and reports work without a network.",
    "JupyterLab and the data service listen on 127.0.0.1 alone, on a port of their own, behind a token. JupyterLab's "
    "news and update checks are off.",
    "Only when an author types club data refresh: the publishers' addresses in the recipes under datasets/.",
    "Binder, a hub or a website are other ways to run it. Each has its own page in this folder's README files.",
)
CODE = (
    "A learner's own code runs on the learner's own machine, with the learner's own rights, as in any notebook.",
    "When a facilitator marks, learners' code runs on the facilitator's machine. The fast engine runs it in a sandbox; "
    "nbgrader's own engine does not.",
    "The values that come out of a sandbox are numbers, text and tables in a closed format. Nothing is unpickled.",
    "Feedback and report pages hold no script, and ask for nothing from anywhere.",
)
DATA = (
    "Lessons use public data sets, copied into datasets/ with their licence. No personal data is in this folder.",
    "A learner's work is in the folder foothills in their home folder.",
    "A club's list, hand-ins, points and reports are in the course's folder, outside this one. The points are in an "
    "SQLite file, gradebook.db.",
    "The name of the course used last is in the user's settings folder, foothills/settings.json.",
    "The page that is passed on has no names and no counts under 5. Pages with names say so in their file names.",
)
REMOVE = (
    "One person: club forget ID. It lists what it removed.",
    "One club: club archive keeps counts only; or delete the course's folder.",
    "All of it: delete this folder (the programs are in .venv inside it), foothills and foothills-clubs in the home "
    "folder, and foothills in the user's settings folder.",
)
UNTESTED = (
    "The tests run on Linux with Python 3.11. Windows and macOS have not been tested by us.",
    "No outside firm has looked for weaknesses. The tests hold a set of hostile notebooks.",
    "Synced folders have been imitated, not tried with a vendor's service.",
)


def _list(lines: Sequence[str]) -> str:
    return "<ul>" + "".join(f"<li>{html.escape(line)}</li>" for line in lines) + "</ul>"


def _sandbox() -> list[str]:
    """Say what this machine's sandbox is."""
    there = [layer for layer in layers() if layer.available]
    if there:
        return [f"On this machine the sandbox is made of {there[0].name}. It stops: {there[0].stops}."]
    return ["This machine has no sandbox, so the fast engine does not run learners' code here."]


def wanted() -> list[str]:
    """Return the names of the packages that the locked list names and that are installed."""
    text = (CHECKOUT / "requirements.txt").read_text(encoding="utf-8")
    found = re.findall(r"^([A-Za-z0-9][\w.-]*)==", text, flags=re.MULTILINE)
    names = dict.fromkeys(found)  # one that differs between Pythons is there more than once
    there = {str(one.metadata["Name"]).lower().replace("_", "-") for one in metadata.distributions()}
    return [name for name in names if name.lower().replace("_", "-") in there]


def _installed() -> str:
    names = wanted()
    return _list(
        (
            f"Foothills {metadata.version('foothills')} and {len(names)} Python packages, in .venv in this folder, and "
            "nothing else. No administrator's rights are asked for.",
            "No service is left running, nothing starts by itself, and no browser extension is added.",
        )
    )


def _parts() -> str:
    rows = "".join(
        f'<tr><th scope="row">{html.escape(name)}</th><td>{html.escape(metadata.version(name))}</td>'
        f"<td>{html.escape(licence(name))}</td></tr>"
        for name in wanted()
    )
    return (
        '<div class="wide" role="region" aria-label="Parts and licences, table" tabindex="0"><table><thead><tr>'
        '<th scope="col">Package</th><th scope="col">Version</th><th scope="col">Licence</th></tr></thead>'
        f"<tbody>{rows}</tbody></table></div>"
    )


def licence(name: str) -> str:
    """Return a package's licence as its own metadata gives it."""
    about = metadata.metadata(name)
    given = about["License-Expression"] if "License-Expression" in about else ""
    if not given:
        classes = [
            line.split(" :: ")[-1] for line in about.get_all("Classifier") or () if line.startswith("License ::")
        ]
        given = ", ".join(classes)
    short = str(about["License"] if "License" in about else "").strip().splitlines()
    return str(given) or (short[0][:60] if short else "") or "not stated"
