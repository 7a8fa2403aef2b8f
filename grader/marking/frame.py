"""Frames: one JSON document and its attached bytes, over a socket. Nothing here decodes anything but JSON."""

from __future__ import annotations

import json
import select
import socket
import struct
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

HEAD = struct.Struct(">II")
SIZE = struct.Struct(">Q")
MAX_FRAME = 300_000_000
MAX_BODY = 32_000_000  # as objects it may take twenty times as much
MAX_PARTS = 10_000


class Ended(Exception):
    """The other side has gone, or sent something that is not a frame."""


class Late(Exception):
    """The other side did not answer in time."""


@dataclass(frozen=True)
class Frame:
    """One message: `data` is JSON, `parts` are the bytes that go with it."""

    data: dict[str, Any]
    parts: tuple[bytes, ...] = ()

    @property
    def op(self) -> str:
        """What the message is about."""
        return str(self.data.get("op", ""))


def send(link: socket.socket, data: dict[str, Any], parts: Sequence[bytes] = (), until: float | None = None) -> None:
    """Send one frame; raise Ended when nobody reads it, Late when they do not read it in time."""
    body = json.dumps(data, separators=(",", ":")).encode("utf-8", "replace")
    pieces = [HEAD.pack(len(body), len(parts)), *(SIZE.pack(len(part)) for part in parts), body, *parts]
    try:
        link.settimeout(None if until is None else max(0.01, until - time.monotonic()))
        link.sendall(b"".join(pieces))
    except TimeoutError:
        raise Late from None
    except OSError:
        raise Ended from None


def receive(link: socket.socket, until: float | None = None, limit: int = MAX_FRAME) -> Frame:
    """Return the next frame; raise Ended or Late. `until` is a time of `time.monotonic`."""
    size, count = HEAD.unpack(_exactly(link, HEAD.size, until))
    if size > MAX_BODY or count > MAX_PARTS:
        raise Ended
    sizes = [SIZE.unpack(_exactly(link, SIZE.size, until))[0] for _ in range(count)]
    if size + sum(sizes) > limit:
        raise Ended
    body = _exactly(link, size, until)
    parts = tuple(bytes(_exactly(link, each, until)) for each in sizes)
    try:
        data = json.loads(body)
    except (ValueError, RecursionError):
        raise Ended from None
    if type(data) is not dict:
        raise Ended
    return Frame(data, parts)


def _exactly(link: socket.socket, size: int, until: float | None) -> bytearray:
    held = bytearray(size)
    view = memoryview(held)
    link.settimeout(None)
    while view:
        if until is not None and not _readable(link, until):
            raise Late
        try:
            got = link.recv_into(view)
        except OSError:
            raise Ended from None
        if not got:
            raise Ended
        view = view[got:]
    return held


def _readable(link: socket.socket, until: float) -> bool:
    """Say whether there is more before the time is up; after it there is not, however fast the other side talks."""
    seconds = until - time.monotonic()
    waiting = select.poll()
    waiting.register(link, select.POLLIN)
    return seconds > 0 and bool(waiting.poll(int(seconds * 1000) + 1))
