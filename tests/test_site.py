"""The programme's pages: whole, without answers, and every link on them leads somewhere."""

from __future__ import annotations

import io
import itertools
import re
import zipfile
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from bs4 import BeautifulSoup
from click.testing import CliRunner
from site_pages import LESSONS, PAGES, REPOSITORY

from grader.cli.site import site as command
from grader.errors import GraderError
from grader.lesson import template
from grader.lesson.build import handout
from grader.lesson.notebook import release_notebook
from grader.lesson.read import lesson
from grader.site import build
from grader.site.links import Binder, Repository
from grader.site.page import sources

pytestmark = pytest.mark.xdist_group("site")


def soup(path: Path) -> BeautifulSoup:
    """Read a page."""
    return BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")


def squeezed(text: str) -> str:
    """Give a text without its spaces and line breaks."""
    return re.sub(r"\s+", "", text)


@pytest.mark.parametrize("name", LESSONS)
def test_a_page_has_the_whole_lesson(pages: Path, name: str) -> None:
    """Every heading, starter and worked cell of the released notebook is on the lesson's page, and its data."""
    text = squeezed(soup(pages / f"{name}.html").get_text())
    for cell in release_notebook(lesson(name))["cells"]:
        if cell["cell_type"] == "markdown":
            for heading in re.findall(r"^#+ (.*)$", cell["source"], flags=re.MULTILINE):
                assert squeezed(heading.replace("`", "")) in text
        elif not cell["source"].startswith("grader.check(") and not cell["id"].startswith("interactive"):
            assert squeezed(cell["source"]) in text
    for source in sources(lesson(name)):
        assert squeezed(source.publisher) in text


@pytest.mark.parametrize("name", LESSONS)
def test_a_page_has_no_solution(pages: Path, name: str) -> None:
    """A model answer, or a line of one, is on the page only where the notebook itself shows it."""
    text = (pages / f"{name}.html").read_text(encoding="utf-8")
    made = lesson(name)
    given = "\n".join(cell["source"] for cell in release_notebook(made)["cells"])
    lines = {line.strip() for exercise in made.exercises.values() for line in exercise.solution.splitlines()}
    secret = [line for line in lines if len(line) > 8 and line not in given]

    assert [] == [line for line in secret if line in BeautifulSoup(text, "html.parser").get_text()]


@pytest.mark.parametrize("name", LESSONS)
def test_a_download_is_what_a_learner_needs(pages: Path, name: str) -> None:
    """The download unpacks to one folder with the notebook, the data and the checks, as `club open` makes it."""
    with zipfile.ZipFile(io.BytesIO((pages / f"downloads/{name}.zip").read_bytes())) as packed:
        inside = {path.removeprefix(f"{name}/"): packed.read(path) for path in packed.namelist()}

    assert handout(lesson(name)) == inside


@pytest.mark.parametrize("name", PAGES)
def test_every_link_leads_somewhere(pages: Path, name: str) -> None:
    """A link within the site meets a page and a place on it; a link out of it is to a whole https address."""
    page = soup(pages / name)
    for link in page.select("a[href]"):
        target = str(link["href"])
        address = urlsplit(target)
        if address.scheme:
            assert "https" == address.scheme and "." in address.netloc, target
            continue
        there = pages / unquote(address.path or name)
        assert there.is_file(), target
        if address.fragment:
            assert soup(there).find(id=address.fragment), target


@pytest.mark.parametrize("name", PAGES)
def test_what_a_page_needs_is_beside_it(pages: Path, name: str) -> None:
    """Style, icon and pictures are the site's own, and no page brings a script."""
    page = soup(pages / name)
    wanted = [str(tag.get("src") or tag.get("href")) for tag in page.select("link[href], img[src], source, iframe")]

    assert [] == page.select("script")
    assert all(one.startswith("data:image/svg+xml") or (pages / one).is_file() for one in wanted)


@pytest.mark.parametrize("name", PAGES)
def test_headings_go_down_one_at_a_time(pages: Path, name: str) -> None:
    """There is one heading of the first level, and none skips a level."""
    levels = [int(tag.name[1]) for tag in soup(pages / name).select("h1, h2, h3, h4, h5, h6")]

    assert [1] == [level for level in levels if level == 1]
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))


@pytest.mark.parametrize("name", PAGES)
def test_pictures_have_words(pages: Path, name: str) -> None:
    """Every picture has a text alternative that is a sentence, not a file's name."""
    page = soup(pages / name)
    said = [str(image.get("alt", "")) for image in page.select("img")]
    said += [str(drawing.get("aria-label", "")) for drawing in page.select("svg")]

    assert all(len(text.split()) >= 5 and not re.search(r"\.(png|svg)\b", text) for text in said)


def test_the_front_page_is_light(pages: Path) -> None:
    """The front page with its style and icon is under 200 kilobytes."""
    assert 200_000 > sum((pages / name).stat().st_size for name in ("index.html", "style.css", "icon.svg"))


def test_the_front_page_leads_to_every_lesson(pages: Path) -> None:
    """Each lesson is on the front page, in order, with its question as the words of the link."""
    found = [str(link["href"]) for link in soup(pages / "index.html").select(".lessons a")]

    assert [f"{name}.html" for name in LESSONS] == found


@pytest.mark.parametrize("name", LESSONS)
def test_the_buttons_open_this_lesson(pages: Path, name: str) -> None:
    """The 3 buttons lead to the command, to Binder with this very notebook, and to this lesson's download."""
    here, binder, download = [str(link["href"]) for link in soup(pages / f"{name}.html").select(".buttons a")]
    address = urlsplit(binder)

    assert "#h-open" == here
    assert f"/v2/gh/{REPOSITORY}/main" == address.path
    assert [f"lab/tree/{name}/{name}.ipynb"] == parse_qs(address.query)["urlpath"]
    assert f"downloads/{name}.zip" == download


def test_lessons_from_elsewhere_are_pulled_in() -> None:
    """Where lessons come from another repository, Binder's link ends in nbgitpuller, which shows the lesson there."""
    binder = Binder(Repository("a/foothills"), Repository("b/our-lessons"))
    address = urlsplit(binder.open("14-ours"))
    page = urlsplit(parse_qs(address.query)["urlpath"][0])

    assert "https://mybinder.org/v2/gh/a/foothills/main" == f"{address.scheme}://{address.netloc}{address.path}"
    assert "git-pull" == page.path
    assert {
        "repo": ["https://github.com/b/our-lessons"],
        "branch": ["main"],
        "urlpath": ["lab/tree/our-lessons/14-ours/14-ours.ipynb"],
    } == parse_qs(page.query)


def test_without_a_repository_there_is_no_binder() -> None:
    """A site made without a repository has no link to Binder, and says what to do instead."""
    made = build.site([template.lesson()])
    text = b"".join(content for name, content in made.items() if name.endswith(".html")).decode()

    assert "mybinder" not in text
    assert "Jupyter service" in text


def test_the_same_lessons_make_the_same_site() -> None:
    """Built twice, the site is the same to the byte, so that a host sees only what changed."""
    made = template.lesson()

    assert build.site([made]) == build.site([made])


def test_a_folder_with_other_things_is_refused(tmp_path: Path) -> None:
    """A folder that holds anything but an earlier site is left alone."""
    (tmp_path / "thesis.txt").write_text("mine")

    with pytest.raises(GraderError, match="something else"):
        build.write(tmp_path, {"index.html": b"new"})

    assert ["thesis.txt"] == [path.name for path in tmp_path.iterdir()]


def test_a_site_made_again_drops_pages_that_are_no_more(tmp_path: Path) -> None:
    """Written over an earlier site, the new one leaves none of its old pages behind."""
    build.write(tmp_path, {"index.html": b"old", "gone.html": b"old"})
    build.write(tmp_path, {"index.html": b"new"})

    assert b"new" == (tmp_path / "index.html").read_bytes()
    assert not (tmp_path / "gone.html").exists()


@pytest.mark.parametrize("name", ["foothills", "a/b/c", "/b", "a b/c"])
def test_a_repository_that_is_not_one_is_refused(name: str, tmp_path: Path) -> None:
    """A repository that is not OWNER/NAME is said so before anything is built."""
    run = CliRunner().invoke(command, ["--to", str(tmp_path / "pages"), "--repository", name])

    assert isinstance(run.exception, GraderError) and "OWNER/NAME" in str(run.exception)
    assert not (tmp_path / "pages").exists()
