"""Objects of the other side's classes: asking it for everything where that is allowed, else their plain content."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from grader.marking.split import awaiting, known_classes, stand_ins
from grader.marking.split.classes import Kind, Live

if TYPE_CHECKING:
    from grader.marking.split.checking import Checking
    from grader.marking.split.peer import Peer
    from grader.marking.split.unpacking import Unpacker


def live(peer: Peer, number: int, data: dict[str, Any], unpacker: Unpacker) -> Any:
    """Return an object that asks the other end for everything; None for one of a class that cannot."""
    kind = unpacker.unpack(data["kind"])
    if not isinstance(kind, Kind) or not issubclass(kind, Live):
        return None
    made = object.__new__(kind)
    object.__setattr__(made, "_live_peer", peer)
    object.__setattr__(made, "_live_number", number)
    return made


def make_object(peer: Checking, number: int, data: dict[str, Any], unpacker: Unpacker) -> Any:
    """Return what stands for a described object: asking where this test may look at objects, else its plain content."""
    if peer.live and number:
        made = live(peer, number, data, unpacker)
        if made is not None:
            peer.objects_used = True
            return made
    else:
        peer.dull[number] = {name: value for name, value in data.items() if name != "plain"}
    does, name = data["kind"].get("does", ()), str(data["name"])
    if "plain" in data:
        missing = _missing(peer, number) if "__missing__" in does else None
        return known_classes.below(unpacker.unpack(data["plain"]), name, missing)
    if data.get("call"):
        return stand_ins.function(peer, number, data | {"name": data["called"] or name}, unpacker)
    if "__anext__" in does:
        return awaiting.Steps(peer, number)
    if "__next__" in does:
        return stand_ins.Steps(peer, number, name)
    return stand_ins.Listed(peer, number, name) if "__iter__" in does else stand_ins.Inert(name)


def _missing(peer: Checking, number: int) -> Any:
    return lambda _, key: peer.request("operator", {"number": number, "name": "__missing__"}, (key,))
