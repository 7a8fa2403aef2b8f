"""The one exception that means: a person can put this right."""

from __future__ import annotations


class GraderError(Exception):
    """Something an author, facilitator or learner can mend.

    `what` says what was found, `where` names the file or place, `todo` is the next step.
    """

    def __init__(self, what: str, *, where: str = "", todo: str = "") -> None:
        self.what, self.where, self.todo = what, where, todo
        super().__init__(" ".join(part for part in (f"{where}:" if where else "", what, todo) if part))
