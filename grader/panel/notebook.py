"""The notebook that holds the panel."""

from __future__ import annotations

import json

NAME = "control-panel.ipynb"
CODE = """# Press Ctrl and Enter here.
# The panel comes in a few seconds.
from grader.panel import panel

panel()"""


def notebook() -> bytes:
    """Return the notebook, one cell to run; the same bytes each time."""
    cell: dict[str, object] = {
        "cell_type": "code",
        "id": "panel",
        "metadata": {},
        "execution_count": None,
        "outputs": [],
        "source": CODE,
    }
    made = {
        "cells": [cell],
        "metadata": {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}},
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    return (json.dumps(made, indent=1) + "\n").encode()
