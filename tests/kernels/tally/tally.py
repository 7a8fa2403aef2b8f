"""A kernel for a made-up language of five words, for notebooks that are not Python's.

`set NAME NUMBER`, `show NAME`, `expect NAME NUMBER`, `read PATH`, `wait`, `leave`: one to a line.
"""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import Any, ClassVar

from ipykernel.kernelapp import IPKernelApp
from ipykernel.kernelbase import Kernel


class Tally(Kernel):
    """Keeps numbers by name."""

    implementation, implementation_version, banner = "tally", "1", "tally"
    language_info: ClassVar[dict[str, Any]] = {"name": "tally", "mimetype": "text/plain", "file_extension": ".tly"}

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.kept: dict[str, str] = {}

    def do_execute(self, code: str, silent: bool, *_: Any, **__: Any) -> dict[str, Any]:  # type: ignore[override]
        """Follow the lines of a cell, up to the first that cannot be followed."""
        try:
            for line in code.splitlines():
                self._follow(*line.split())
        except KeyboardInterrupt:
            return self._stopped("Interrupted", "")
        except (KeyError, ValueError, OSError) as trouble:
            return self._stopped(type(trouble).__name__, str(trouble))
        return {"status": "ok", "execution_count": self.execution_count, "payload": [], "user_expressions": {}}

    def _stopped(self, name: str, said: str) -> dict[str, Any]:
        content = {"ename": name, "evalue": said, "traceback": [f"{name}: {said}"]}
        self.send_response(self.iopub_socket, "error", content)
        return {"status": "error", "execution_count": self.execution_count, **content}

    def _follow(self, word: str = "", name: str = "", number: str = "") -> None:
        if word == "set":
            self.kept[name] = number
        elif word == "show":
            self._say(self.kept[name])
        elif word == "expect" and self.kept[name] != number:
            raise ValueError(f"{name} is {self.kept[name]}")
        elif word == "read":
            self._say(Path(name).read_text())
        elif word == "wait":
            time.sleep(600)
        elif word == "leave":
            os._exit(1)

    def _say(self, text: str) -> None:
        self.send_response(self.iopub_socket, "stream", {"name": "stdout", "text": f"{text}\n"})


if __name__ == "__main__":
    IPKernelApp.launch_instance(kernel_class=Tally)
