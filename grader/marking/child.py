"""One learner's cells (or the tests for them), in a forked child: waits for frames, does what they ask, answers."""

from __future__ import annotations

import asyncio
import os
import random
import signal
import socket
import sys
import time
from typing import Any

from grader.marking.frame import Ended, Frame, receive, send
from grader.marking.sandbox.enter import Limits, enter_child
from grader.marking.shell import Shell


def serve(
    link: socket.socket, shell: Shell, layer: str, limits: Limits, folder: str, readable: list[str], inherited: int
) -> None:
    """Enter the sandbox and answer frames until the other side has had enough. Never returns."""
    status = 1
    try:
        os.setsid()  # the system shares its time out between sessions, so one learner's programs are worth one
        shell.recorder.hold_files()
        enter_child(layer, limits, folder, readable, inherited)
    except BaseException as trouble:  # without a sandbox nothing of the learner's may run
        send(link, {"op": "broken", "why": f"{type(trouble).__name__}: {trouble}"})
        os._exit(3)
    try:
        os.register_at_fork(after_in_child=link.close)  # a copy of this process has no part in the talk
        signal.signal(signal.SIGINT, _interrupt)
        shell.recorder.limit = limits.output
        shell.ready()
        _fresh_chance()
        asyncio.run(_answer(link, shell))
        status = 0
    except Ended:
        status = 0
    except BaseException as trouble:
        send(link, {"op": "broken", "why": f"{type(trouble).__name__}: {trouble}"})
    finally:
        os._exit(status)


def _interrupt(*_: object) -> None:
    """Stop what runs. A handler of our own, because asyncio would put its own in place of Python's."""
    raise KeyboardInterrupt


def _fresh_chance() -> None:
    random.seed()
    numpy = sys.modules.get("numpy")
    if numpy is not None:
        numpy.random.seed()


async def _answer(link: socket.socket, shell: Any) -> None:
    service: Any = None
    while True:
        try:
            frame = receive(link)
        except KeyboardInterrupt:  # sent for a cell that had just ended
            continue
        if frame.op == "start":
            _write_files(frame)
            if frame.data.get("role") == "kernel":
                shell = await _other_shell(shell, frame.data["kernel"])
            service = _service(link, shell, frame.data)
            send(link, {"op": "ready", "language": shell.language})
        elif frame.op == "run":
            await _run(link, shell, frame, service)
        elif service is not None:
            service.answer(frame)


async def _other_shell(shell: Shell, wish: dict[str, Any]) -> Any:
    from grader.marking.other_shell import OtherShell

    other = OtherShell(wish, shell.recorder)
    await other.start()
    return other


def _service(link: socket.socket, shell: Any, wish: dict[str, Any]) -> Any:
    if wish.get("role") == "answers":
        from grader.marking.split.answering import Answering

        return Answering(link, shell, wish)
    if wish.get("role") == "tests":
        from grader.marking.split.checking import Checking

        return Checking(link, shell, wish)
    return None


async def _run(link: socket.socket, shell: Any, frame: Frame, service: Any) -> None:
    began = time.perf_counter()
    if service is not None:
        service.before(frame)
    outputs, number = await shell.run(str(frame.data["code"]), str(frame.data["id"]), frame.data.get("number"))
    recorder = shell.recorder
    answer = {
        "op": "cell",
        "token": frame.data["token"],
        "outputs": outputs,
        "number": number,
        "left_out": recorder.left_out,
        "changed": recorder.changed,
    }
    more, parts = service.after(outputs) if service is not None else ({}, [])
    send(link, answer | more | {"seconds": time.perf_counter() - began}, parts)


def _write_files(frame: Frame) -> None:
    for name, content in zip(frame.data.get("files", []), frame.parts, strict=False):
        folder = os.path.dirname(name)
        if folder:
            os.makedirs(folder, exist_ok=True)
        with open(name, "wb") as file:
            file.write(content)
