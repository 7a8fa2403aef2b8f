"""Coroutines of the other side's: awaited here, run there to their end, in a loop beside the one that runs the cells."""

from __future__ import annotations

import asyncio
import functools
import types
from collections.abc import AsyncIterator
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from grader.marking.split.peer import Peer

WISHES = ("await", "step")
KINDS = (types.CoroutineType, types.AsyncGeneratorType)


def stand_in(peer: Peer, number: int, data: dict[str, Any]) -> Any:
    """Return a coroutine, or an asynchronous generator, that has the other side run its own."""
    made: Any = _steps(peer, number) if data.get("steps") is True else _whole(peer, number)
    made.__name__ = made.__qualname__ = str(data["name"])
    return made


async def _whole(peer: Peer, number: int) -> Any:
    return peer.ask("await", {"number": number})


async def _steps(peer: Peer, number: int) -> AsyncIterator[Any]:
    while True:
        try:
            item = peer.ask("step", {"number": number})
        except StopAsyncIteration:
            return
        yield item


class Steps:
    """Stands for an object of which nothing is known but that it can be gone through by `async for`."""

    def __init__(self, peer: Peer, number: int) -> None:
        self._peer, self._number = peer, number

    def __aiter__(self) -> Steps:
        return self

    async def __anext__(self) -> Any:
        """Return the next item."""
        return await self._peer.request("operator", {"number": self._number, "name": "__anext__"})


def run(value: Any) -> Any:
    """Run a coroutine to its end, or an asynchronous generator to its next item; raise TypeError for anything else."""
    if not isinstance(value, KINDS):
        raise TypeError("not a coroutine")
    waiting = value if isinstance(value, types.CoroutineType) else anext(value)
    running = asyncio._get_running_loop()
    asyncio._set_running_loop(None)
    try:
        return _loop().run_until_complete(waiting)
    finally:
        asyncio._set_running_loop(running)


@functools.cache
def _loop() -> asyncio.AbstractEventLoop:
    return asyncio.new_event_loop()
