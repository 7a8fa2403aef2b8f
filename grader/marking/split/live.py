"""Objects of classes that learners write: where the reference answer makes such objects, tests may look at theirs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from grader.marking.split.checking import Checking


class Live:
    """Stands for an object of the learner's: attributes and methods are asked for, comparing is between two of them."""

    def __init__(self, peer: Checking, number: int, name: str) -> None:
        object.__setattr__(self, "_live_peer", peer)
        object.__setattr__(self, "_live_number", number)
        object.__setattr__(self, "_live_name", name)

    def __getattr__(self, name: str) -> Any:
        if name.startswith(("__", "_repr_", "_ipython_")):
            raise AttributeError(name)
        return self._live_peer.look("attribute", {"number": self._live_number, "name": name})

    def __setattr__(self, name: str, value: Any) -> None:
        self._live_peer.look("set", {"number": self._live_number, "name": name}, (value,))

    def _operate(self, name: str, *arguments: Any) -> Any:
        return self._live_peer.look("operator", {"number": self._live_number, "name": name}, arguments)

    def _compare(self, name: str, other: Any) -> Any:
        return self._operate(name, other) if type(other) is Live else NotImplemented

    def __len__(self) -> int:
        return self._operate("__len__")  # type: ignore[no-any-return]

    def __iter__(self) -> Any:
        return self._operate("__iter__")

    def __next__(self) -> Any:
        return self._operate("__next__")

    def __contains__(self, item: Any) -> bool:
        return self._operate("__contains__", item) is True

    def __getitem__(self, key: Any) -> Any:
        return self._operate("__getitem__", key)

    def __call__(self, *arguments: Any) -> Any:
        """Call the learner's object."""
        return self._operate("__call__", *arguments)

    def __str__(self) -> str:
        return str(self._operate("__str__"))

    def __repr__(self) -> str:
        return str(self._operate("__repr__"))

    def __eq__(self, other: object) -> Any:
        return self._compare("__eq__", other)

    def __ne__(self, other: object) -> Any:
        return self._compare("__ne__", other)

    def __lt__(self, other: Any) -> Any:
        return self._compare("__lt__", other)

    def __gt__(self, other: Any) -> Any:
        return self._compare("__gt__", other)

    def __le__(self, other: Any) -> Any:
        return self._compare("__le__", other)

    def __ge__(self, other: Any) -> Any:
        return self._compare("__ge__", other)

    def __add__(self, other: Any) -> Any:
        return self._compare("__add__", other)

    def __sub__(self, other: Any) -> Any:
        return self._compare("__sub__", other)

    def __mul__(self, other: Any) -> Any:
        return self._compare("__mul__", other)

    def __hash__(self) -> int:
        return id(self)
