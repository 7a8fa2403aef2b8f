"""Grades notebooks with Otter's own `grade_submission`, one after another in this process; run by Otter's environment.

python otter_runs.py AUTOGRADER.zip RESULTS.json NOTEBOOK...
"""

import json
import sys
from pathlib import Path

from otter.api import grade_submission


def main(autograder: str, results: str, notebooks: list[str]) -> None:
    """Grade each notebook and write its score by its name."""
    scores = {Path(each).stem: grade_submission(each, autograder, quiet=True).total for each in notebooks}
    Path(results).write_text(json.dumps(scores), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], sys.argv[3:])
