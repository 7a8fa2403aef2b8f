"""Objects of the other side's classes: asking it for everything where that is allowed, else their plain content."""

from __future__ import annotations

from collections.abc import Mapping
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


class Forms:
    """The objects that stand here in two forms: as plain content, and asking the other end for everything."""

    def __init__(self, peer: Checking) -> None:
        self._peer = peer
        self._both: list[tuple[int, Any, Any]] = []

    def shown(self, names: Mapping[str, Any]) -> dict[str, Any]:
        """Return the names that hold one form where a test that looks at objects, or at none, is to have the other."""
        peer, found = self._peer, dict[str, Any]()
        for value in list(names.values()) if peer.live else ():
            number = peer.shared.number_of(value)
            if number is not None and number in peer.dull:
                made = make_object(peer, number, peer.dull.pop(number), peer.unpacker(()))
                self._both.append((number, value, made))
        for number, plain, made in self._both:
            old, new = (plain, made) if peer.live else (made, plain)
            found |= {name: new for name, held in names.items() if held is old}
            peer.shared.add(new, number)
        return found
