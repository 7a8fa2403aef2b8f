"""The notebook that holds the panel."""

from __future__ import annotations

import json

NAME = "control-panel.ipynb"
TEXT = """# Your club

Select the cell below and press Shift and Enter. The panel takes a few seconds to come.

Each button says what it will do, and then what it did. They are the same steps as the `club` commands, so you can go from one to the other at any time.

The course is in this folder. It holds people's work: keep it out of folders that are shared or synced."""


def notebook() -> bytes:
    """Return the notebook; the same bytes each time."""
    code: dict[str, object] = {
        "cell_type": "code",
        "id": "panel",
        "metadata": {},
        "execution_count": None,
        "outputs": [],
    }
    made = {
        "cells": [
            {"cell_type": "markdown", "id": "about", "metadata": {}, "source": TEXT},
            code | {"source": "from grader.panel import panel\n\npanel()"},
        ],
        "metadata": {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}},
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    return (json.dumps(made, indent=1) + "\n").encode()
