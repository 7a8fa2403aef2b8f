"""Build every lesson into ~/foothills, as `club open` would; work that is there already is kept."""

from __future__ import annotations

import sys
from pathlib import Path

from grader.cli.open import build
from grader.jupyter.folder import place
from grader.jupyter.source import ROOT, fingerprint
from grader.lesson.folders import folders


def main(home: Path) -> None:
    """Make every lesson ready in the learner's folder and say where each one is."""
    for folder in folders():
        opened = place(home, folder.name, fingerprint(ROOT, folder), lambda folder=folder: build(folder))
        print(opened.notebook)


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "~/foothills").expanduser())
