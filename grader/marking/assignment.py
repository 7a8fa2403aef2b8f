"""An assignment of a course, as the gradebook keeps it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from grader.marking.gradebook import Book, Course
from grader.marking.gradebook_rows import StoredNotebook
from grader.marking.kernels import Kernel, kernels_of


@dataclass(frozen=True)
class Assignment:
    """Its notebooks; `kernels` has those that ask for another language's kernel, by the notebook's name."""

    course: Course
    name: str
    notebooks: tuple[StoredNotebook, ...]
    kernels: Mapping[str, Kernel]

    def submitted(self, learner: str) -> Path:
        """Return the folder that a learner handed in."""
        return self.course.folder("submitted", self.name, learner)

    def autograded(self, learner: str) -> Path:
        """Return the folder of a learner's marked work."""
        return self.course.folder("autograded", self.name, learner)


def read_assignment(course: Course, book: Book, name: str) -> Assignment:
    """Return an assignment; raise GraderError when nbgrader does not know it, or a kernel it needs is not here."""
    notebooks = tuple(book.notebooks(name))
    return Assignment(course, name, notebooks, kernels_of(notebooks, course.root))
