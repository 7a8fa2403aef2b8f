"""A real IPython kernel without sockets or threads: cells run in it and their outputs come back as nbclient saves them."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import sys
from types import SimpleNamespace
from typing import Any

from ipykernel.ipkernel import IPythonKernel
from ipykernel.kernelapp import IPKernelApp
from ipykernel.zmqshell import ZMQInteractiveShell
from jupyter_client.session import Session
from traitlets.config import Config

from grader.marking import tracebacks
from grader.marking.recorder import Recorder


class _Session(Session):
    """Hands every message of the kernel's to the recorder instead of a socket."""

    recorder: Recorder

    def send(
        self,
        stream: Any,
        msg_or_type: Any,
        content: Any = None,
        parent: Any = None,
        ident: Any = None,
        buffers: Any = None,
        track: bool = False,
        header: Any = None,
        metadata: Any = None,
    ) -> Any:
        """Record one message."""
        if isinstance(msg_or_type, dict):
            kind, content = msg_or_type["header"]["msg_type"], msg_or_type["content"]
        else:
            kind = msg_or_type
        self.recorder.take(kind, content or {})
        return None


class _Stream:
    """What `sys.stdout` and `sys.stderr` are: text goes to the recorder, in order with what programs wrote."""

    encoding, errors, newlines, closed = "UTF-8", "strict", None, False

    def __init__(self, name: str, number: int, recorder: Recorder) -> None:
        self.name, self._number, self._recorder = f"<{name}>", number, recorder
        self._stream = name

    def write(self, text: str) -> int:
        """Record text."""
        if not isinstance(text, str):
            raise TypeError(f"write() argument must be str, not {type(text)}")
        self._recorder.write(self._stream, text)
        return len(text)

    def writelines(self, lines: Any) -> None:
        """Record several texts."""
        for line in lines:
            self.write(line)

    def flush(self) -> None:
        """Put what was written before in its place among the outputs."""
        self._recorder.flush()

    def fileno(self) -> int:
        """Return the number that programs started from a cell write to."""
        return self._number

    def isatty(self) -> bool:
        """Say that nobody sits at a terminal."""
        return False

    def readable(self) -> bool:
        """Say that this can only be written."""
        return False

    def writable(self) -> bool:
        """Say that this can be written."""
        return True

    def seekable(self) -> bool:
        """Say that there is no going back."""
        return False

    def close(self) -> None:
        """Stay open: IPython and the learner share this stream."""


class _Kernel(IPythonKernel):
    """The kernel's own shell, display and comm machinery, with nothing behind it."""

    def _publish_status(self, *_: Any, **__: Any) -> None:
        """Say nothing: nobody waits for a status."""

    def getpass(self, prompt: str = "", stream: Any = None, *, echo_char: str | None = None) -> str:
        """Refuse as the kernel does when nobody can type."""
        return str(self.raw_input(prompt))  # type: ignore[no-untyped-call]


class Shell:
    """One IPython shell. Made in the warm process, used in a child."""

    def __init__(self) -> None:
        self.recorder = Recorder()
        session = _Session(key=b"")
        session.recorder = self.recorder
        settings = Config({"HistoryManager": {"enabled": False, "hist_file": ":memory:"}})
        made: Any = _Kernel
        self._kernel = made(config=settings, session=session, log=_quiet(), user_ns={})
        self._kernel.io_loop = SimpleNamespace(add_callback=_soon, call_later=lambda *_: None, stop=lambda: None)
        self._kernel.shell_channel_thread = SimpleNamespace(parent_thread=None)
        IPKernelApp.instance(kernel=self._kernel)  # what %matplotlib and others ask for; it is not started
        self.shell: ZMQInteractiveShell = self._kernel.shell
        keep_no_copy: Any = self.shell
        keep_no_copy._tee = lambda channel: contextlib.nullcontext()  # IPython keeps all that is printed a second time
        keep_no_copy._format_exception_for_storage = _named_only  # nor writes each traceback a second time
        tracebacks.keep_rules()
        tracebacks.know_cells(self.shell.compile)
        self.language: dict[str, Any] = self._kernel.language_info
        self._count = 0

    def ready(self) -> None:
        """Take over the streams; called once in the child, before any cell."""
        self._draw_once()
        sys.stdout = sys.__stdout__ = _Stream("stdout", 1, self.recorder)  # type: ignore[assignment,misc]
        sys.stderr = sys.__stderr__ = _Stream("stderr", 2, self.recorder)  # type: ignore[assignment,misc]

    def _draw_once(self) -> None:
        """Leave it to the saving of a figure to draw it: pyplot draws every figure before that too, for a screen."""
        pyplot = sys.modules.get("matplotlib.pyplot")
        draw = getattr(pyplot, "_draw_all_if_interactive", None)
        if draw in self.shell.events.callbacks["post_execute"]:
            self.shell.events.unregister("post_execute", draw)

    async def run(self, code: str, cell_id: str, number: int | None = None) -> tuple[list[dict[str, Any]], int | None]:
        """Run one cell, as the one of that number; return its outputs and its number."""
        self._count += 1
        if number is not None:
            self.shell.execution_count = number
        header = {
            "msg_id": f"cell-{self._count}",
            "msg_type": "execute_request",
            "session": "marking",
            "username": "learner",
            "date": None,
            "version": "5.3",
        }
        self._kernel.set_parent(
            [],
            {
                "header": header,
                "msg_id": header["msg_id"],
                "msg_type": "execute_request",
                "content": {},
                "metadata": {},
            },
        )
        shown = self.shell.execution_count
        self.recorder.begin(cell_id)
        reply: dict[str, Any] = {}
        try:
            reply = await self._kernel.do_execute(
                code, silent=False, store_history=True, allow_stdin=False, cell_id=cell_id
            )
        except KeyboardInterrupt:
            self.recorder.take(
                "error", {"ename": "KeyboardInterrupt", "evalue": "", "traceback": ["KeyboardInterrupt"]}
            )
        self.recorder.flush()
        outputs = self.recorder.end()
        add_unseen_error(outputs, reply)
        return outputs, shown if code.strip() else None


def add_unseen_error(outputs: list[dict[str, Any]], reply: dict[str, Any]) -> None:
    """Add the error that the reply tells of when no output shows it, as nbgrader's Execute does."""
    if reply.get("status") != "error":
        return
    if any(output["output_type"] == "error" and output["ename"] == reply.get("ename") for output in outputs):
        return
    traceback = reply.get("traceback") or ["ERROR: An error occurred while showtraceback was disabled"]
    outputs.append(
        {
            "output_type": "error",
            "ename": str(reply.get("ename", "")),
            "evalue": str(reply.get("evalue", "")),
            "traceback": traceback,
        }
    )


def _named_only(trouble: BaseException, *_: Any, **__: Any) -> dict[str, Any]:
    """Return what IPython's history keeps of an exception: here only its kind, as nobody asks for more."""
    return {"ename": type(trouble).__name__, "evalue": "", "traceback": []}


def _soon(callback: Any, *arguments: Any) -> None:
    asyncio.get_event_loop().call_soon_threadsafe(callback, *arguments)


def _quiet() -> Any:
    log = logging.getLogger("marking.kernel")
    log.addHandler(logging.NullHandler())
    log.propagate = False
    return log
