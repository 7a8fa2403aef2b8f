"""Links that open a lesson somewhere else: on Binder, from this repository or with lessons from another one."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote, urlencode

from grader.errors import GraderError

BINDER = "https://mybinder.org"


@dataclass(frozen=True)
class Repository:
    """A repository on GitHub, written OWNER/NAME, and one of its branches."""

    name: str
    branch: str = "main"

    @property
    def address(self) -> str:
        """Where the repository is."""
        return f"https://github.com/{self.name}"


@dataclass(frozen=True)
class Binder:
    """How lessons open on Binder: the repository that it runs, and the one that the lessons come from, if another.

    `lessons` holds released lesson folders. A lesson that changes there needs no new image of the first.
    """

    runs: Repository
    lessons: Repository | None = None

    def open(self, lesson: str) -> str:
        """Return the link that opens a lesson."""
        return f"{BINDER}/v2/gh/{self.runs.name}/{quote(self.runs.branch, safe='')}?{urlencode({'urlpath': self.page(lesson)})}"

    def page(self, lesson: str) -> str:
        """Return the page of JupyterLab that the link ends on, by way of nbgitpuller where lessons come from elsewhere."""
        if self.lessons is None:
            return f"lab/tree/{lesson}/{lesson}.ipynb"
        folder = self.lessons.name.partition("/")[2]
        page = f"lab/tree/{folder}/{lesson}/{lesson}.ipynb"
        return pull(self.lessons.address, self.lessons.branch, page)


def pull(repository: str, branch: str, page: str) -> str:
    """Return nbgitpuller's page, which brings a repository in and then shows `page`."""
    return f"git-pull?{urlencode({'repo': repository, 'branch': branch, 'urlpath': page})}"


def repository(text: str, branch: str) -> Repository | None:
    """Return the repository named as OWNER/NAME, or None where none is named."""
    if not text:
        return None
    owner, mark, name = text.partition("/")
    if not (owner and mark and name) or "/" in name or " " in text:
        raise GraderError(f'"{text}" does not name a repository.', todo="Write it as OWNER/NAME.")
    return Repository(text, branch)
