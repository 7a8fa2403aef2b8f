"""What a learner's code has shown while a test asked it: shown with the test, as one process would."""

from __future__ import annotations

import sys
from typing import Any


def show(publish: Any, shown: Any) -> None:
    """Write texts to this process's streams and hand displays to `publish`; whatever else was told is left out."""
    for output in shown if type(shown) is list else ():
        kind = output.get("output_type")
        if kind == "stream":
            stream = sys.stderr if output.get("name") == "stderr" else sys.stdout
            stream.write(str(output.get("text")))
        elif kind == "display_data" and type(output.get("data")) is dict:
            publish(output["data"], output.get("metadata") or {})
