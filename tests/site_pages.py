"""What the tests of the programme's pages share: their names, and the repository that they link to."""

from __future__ import annotations

from grader.lesson.folders import folders

REPOSITORY = "a-department/foothills"
LESSONS = [folder.name for folder in folders()]
PAGES = ["index.html", "open.html", *(f"{name}.html" for name in LESSONS)]
