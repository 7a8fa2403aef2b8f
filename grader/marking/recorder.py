"""Collect the outputs of cells as a notebook saves them, within a size. Learner's child only."""

from __future__ import annotations

import os
import signal
from typing import Any

STREAMS = ("stdout", "stderr")
SHOWN = ("display_data", "execute_result")
MAX_OUTPUTS = 2_000


class Recorder:
    """Takes the kernel's messages and keeps, for each cell, the list of outputs that nbclient would keep."""

    def __init__(self) -> None:
        self.limit = 500_000
        self.rich_limit = 8_000_000
        self.changed: dict[str, list[dict[str, Any]]] = {}
        self.on_message: Any = None
        self._outputs: list[dict[str, Any]] = []
        self._displays: dict[str, list[tuple[str, list[dict[str, Any]], dict[str, Any]]]] = {}
        self._waiting: dict[str, list[str]] = {name: [] for name in STREAMS}
        self._size = self._rich = 0
        self._left_out = 0
        self._clear_next = False
        self._cell = ""
        self._files: dict[str, int] = {}
        self._seen: dict[str, int] = {}

    def hold_files(self) -> None:
        """Have what programs write to file numbers 1 and 2 land in memory, where `flush` finds it."""
        for name, number in zip(STREAMS, (1, 2), strict=True):
            held = os.memfd_create(name)
            os.dup2(held, number)
            os.close(held)
            self._files[name], self._seen[name] = number, 0
        _append_only()
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)

    def begin(self, cell_id: str) -> None:
        """Start the outputs of one cell."""
        self._outputs, self._cell = [], cell_id
        self._size = self._rich = self._left_out = 0
        self._clear_next = False
        self.changed = {}

    def end(self) -> list[dict[str, Any]]:
        """Return the outputs of the cell."""
        return self._outputs

    def drain(self) -> list[dict[str, Any]]:
        """Return the outputs so far and start again with none."""
        self.flush()
        outputs, self._outputs = self._outputs, []
        return outputs

    @property
    def left_out(self) -> int:
        """How many characters of the cell's text were not kept."""
        return self._left_out

    def write(self, name: str, text: str) -> None:
        """Take text that a cell wrote."""
        self._pull(name)
        room = self.limit - self._size
        self._size += len(text)
        if room < len(text):
            self._left_out += len(text) - max(0, room)
            text = text[: max(0, room)]
        if text:
            self._waiting[name].append(text)

    def flush(self) -> None:
        """Put waiting text among the outputs."""
        for name in STREAMS:
            self._pull(name)
            if self._waiting[name]:
                text = "".join(self._waiting[name])
                self._waiting[name].clear()
                self._add_text(name, text)

    def take(self, kind: str, content: dict[str, Any]) -> None:
        """Take one message of the kernel's."""
        if self.on_message is not None and self.on_message(kind, content):
            return
        if kind == "stream":
            self.write(content.get("name", "stdout"), content.get("text", ""))
        elif kind in SHOWN or kind == "error":
            self.flush()
            self._add(kind, content)
        elif kind == "update_display_data":
            self._update(content)
        elif kind == "clear_output":
            self.flush()
            self._clear_next = bool(content.get("wait"))
            if not self._clear_next:
                self._outputs.clear()

    def _pull(self, name: str) -> None:
        if name not in self._files:
            return
        try:
            size = os.fstat(self._files[name]).st_size
            if size <= self._seen[name]:
                return
            content = os.pread(self._files[name], min(size - self._seen[name], self.limit + 1), self._seen[name])
        except OSError:
            return
        self._seen[name] = size
        text = content.decode("utf-8", "replace").replace("\r\n", "\n")
        self.write(name, text)

    def _add_text(self, name: str, text: str) -> None:
        self._clear_if_due()
        last = self._outputs[-1] if self._outputs else None
        if last is not None and last["output_type"] == "stream" and last["name"] == name:
            last["text"] += text
        elif len(self._outputs) < MAX_OUTPUTS:
            self._outputs.append({"output_type": "stream", "name": name, "text": text})

    def _add(self, kind: str, content: dict[str, Any]) -> None:
        self._clear_if_due()
        if len(self._outputs) >= MAX_OUTPUTS:
            self._left_out += 1
            return
        if kind == "error":
            output = {"output_type": "error", **self._short(content)}
        else:
            output = {
                "output_type": kind,
                "data": self._within(content.get("data", {})),
                "metadata": content.get("metadata", {}),
            }
            if kind == "execute_result":
                output["execution_count"] = content.get("execution_count")
        self._outputs.append(output)
        name = (content.get("transient") or {}).get("display_id")
        if name:
            self._displays.setdefault(name, []).append((self._cell, self._outputs, output))

    def _short(self, content: dict[str, Any]) -> dict[str, Any]:
        """Return the parts of an error, as much of them as a cell may show."""
        kept: dict[str, Any] = {name: str(content.get(name, ""))[: self.limit] for name in ("ename", "evalue")}
        room, lines = self.limit, list[str]()
        for line in content.get("traceback", ()):
            if len(line) > room or len(lines) >= MAX_OUTPUTS:
                self._left_out += 1
                break
            lines.append(line)
            room -= len(line)
        return kept | {"traceback": lines or [f"{kept['ename']}: {kept['evalue'][:200]}"]}

    def _within(self, data: dict[str, Any]) -> dict[str, Any]:
        """Return a display's forms, dropping the large ones once a cell has shown too much."""
        kept = {}
        for kind, value in data.items():
            size = len(value) if isinstance(value, str) else 1_000
            most = self.rich_limit if kind.startswith("image/") else self.rich_limit // 4
            if self._rich + size > most and kind != "text/plain":
                self._left_out += size
                continue
            if kind == "text/plain" and size > self.limit:
                self._left_out += size - self.limit
                value = value[: self.limit]
            self._rich += size
            kept[kind] = value
        return kept

    def _update(self, content: dict[str, Any]) -> None:
        name = str((content.get("transient") or {}).get("display_id"))
        for cell, outputs, output in self._displays.get(name, []):
            output["data"], output["metadata"] = self._within(content.get("data", {})), content.get("metadata", {})
            if cell != self._cell:
                self.changed[cell] = outputs

    def _clear_if_due(self) -> None:
        if self._clear_next:
            self._clear_next = False
            self._outputs.clear()


def _append_only() -> None:
    import fcntl

    for number in (1, 2):
        fcntl.fcntl(number, fcntl.F_SETFL, fcntl.fcntl(number, fcntl.F_GETFL) | os.O_APPEND)
