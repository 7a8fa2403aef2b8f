"""What learners and facilitators are shown of a marked notebook: nothing secret, nothing that acts."""

from __future__ import annotations

from urllib.parse import unquote

import pandas as pd
import pytest
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath

from grader.marking.clean import clean_html, clean_latex, clean_markdown, clean_output
from grader.marking.hidden import without_secrets
from grader.marking.pictures import attachments

PNG = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="

ATTACKS = [
    "<script>stolen()</script>",
    "<img src=x onerror=stolen()>",
    "<svg onload=stolen()><script>stolen()</script></svg>",
    "<a href='javascript:stolen()'>a</a>",
    "<a href='data:text/html,<script>stolen()</script>'>a</a>",
    "<iframe srcdoc='<script>stolen()</script>'></iframe>",
    "<style>@import 'https://elsewhere.example/stolen';</style>",
    "<div style=\"background:url('https://elsewhere.example/stolen')\">a</div>",
    "<form action='https://elsewhere.example/stolen'><button>a</button></form>",
    "<math><mtext></p><style><img src=x onerror=stolen()></style></mtext></math>",
    "<object data='stolen'></object><embed src='stolen'><link rel=stylesheet href='//stolen'><base href='//stolen'>",
    "<meta http-equiv=refresh content='0;url=//stolen'>",
    "<style></style/><script>stolen()</script>",
    "<style>.a { background-image: image-set('https://elsewhere.example/stolen' 1x) }</style>",
    "<style>body::after { content: 'stolen' }</style>",
    "<style>#T_a { color: red } body { content: 'stolen' }</style>",
    "<p style='position:fixed' class='modal-backdrop stolen' id='stolen'>a</p>",
    "<p style=\"margin-top:-999px;font-family:'stolen'\">a</p>",
]


@pytest.mark.parametrize("attack", ATTACKS)
def test_html_of_learners_does_not_act(attack: str) -> None:
    """HTML is kept without anything that runs, loads or sends."""
    cleaned = clean_html(f"<p>kept</p>{attack}")

    assert "kept" in cleaned
    assert "stolen" not in cleaned


def test_html_that_costs_a_parser_dearly_is_its_text() -> None:
    """HTML that a parser would make a thousand times larger, or nest for minutes, is reduced to what it says."""
    for costly in (
        "".join(f"<p><b title={number}>kept</p>" for number in range(5_000)),
        "<div>" * 50_000 + "kept",
        "<b>kept<!--" * 5_000,
        "<table><tr>kept</b>" * 5_000,
    ):
        cleaned = clean_html(costly)

        assert "kept" in cleaned and "<" not in cleaned
        assert len(cleaned) <= 6 * len(costly)


def test_styled_tables_stay_dressed() -> None:
    """What pandas' Styler writes is kept with its colours and its bars."""
    table = pd.DataFrame({"a": [1, 2], "b": [3.0, 4.0]})
    made = table.style.bar(subset=["b"], color="#d65f5f").set_properties(color="red").to_html(uuid="own")

    cleaned = clean_html(made)

    assert made.partition("</style>")[0] in cleaned
    assert 'id="T_own_row0_col1" class="data row0 col1"' in cleaned


def test_links_and_pictures_in_markdown_lead_away_only_when_selected() -> None:
    """A link to a page stays, one that acts goes nowhere; a picture stays when it came with the answer."""
    cleaned = clean_markdown(
        "[a](https://example.org/x) [b](notes.csv) ![c](attachment:c.png) ![d](https://example.org/d.png) [e](java&Tab;script:x)"
        " ![f](attachment:f.png) ![g](plots/g.png) ![h](../hub/logout)",
        {"c.png"},
    )

    assert (
        "[a](https://example.org/x) [b](notes.csv) ![c](attachment:c.png) \\![d](https://example.org/d.png) [e](#java&Tab;script:x)"
        " \\![f](#attachment:f.png) ![g](plots/g.png) \\![h](../hub/logout)" == cleaned
    )


def test_a_picture_of_any_name_is_shown_by_nbconvert() -> None:
    """A pasted picture whose name has spaces or accents is found by nbconvert, which makes no page without it."""
    names = ["my%20table.png", "caf%C3%A9.png", "a(1).png", "plain.png"]
    held = {unquote(name): {"image/png": PNG} for name in names}
    written = " ".join(f"![x](attachment:{name})" for name in [*names, "gone.png"])
    kept = attachments({"attachments": held})

    page = str(MarkdownWithMath(renderer=IPythonRenderer(attachments=kept)).render(clean_markdown(written, kept)))

    assert len(names) == page.count(f'src="data:image/png;base64,{PNG}"') and "gone.png" in page


def test_no_command_of_formulas_hides_in_signs() -> None:
    """A command that makes links is taken apart however its letters are written."""
    for written in (r"&#36;&#92;href{x}", r"$\hr&#101;f{x}$", r"&bsol;&#x68;ref{x}", r"\hre&#0000000102;{x}"):
        assert r"\ href" in clean_markdown(written) and r"\ href" in clean_latex(written)
    assert r"\ href" in clean_html(r"<p>$\hr<wbr>ef{x}$</p>") and "5 &#62; 3 &lt; 4" == clean_markdown(
        "5 &#62; 3 &lt; 4"
    )


def test_a_results_place_is_its_check() -> None:
    """The numbers of a check's result are kept in the cell of a check alone, and only when they are numbers and short texts."""
    kind = "application/vnd.foothills.result+json"
    shown = {"output_type": "display_data", "data": {"text/plain": "1.0", kind: {"verdict": "right"}}, "metadata": {}}
    odd = shown | {"data": {"text/plain": "1.0", kind: {"verdict": ["right"], "score": float("nan")}}}

    assert [True, False] == [kind in (clean_output(shown, of_check) or {})["data"] for of_check in (True, False)]
    assert kind not in (clean_output(odd) or {})["data"]


def test_tables_and_messages_stay_whole() -> None:
    """A table with its styles, and the message of a check, come out as they went in."""
    table = '<style scoped>.dataframe th { text-align: right; }</style><table border="1" class="dataframe"><tr><th scope="row">1</th><td>2</td></tr></table>'
    message = (
        '<div role="status" style="border-left:6px solid #00703c;color:#0b0c0c"><p><strong>Right.</strong></p></div>'
    )

    assert "text-align: right" in clean_html(table) and '<th scope="row">1</th>' in clean_html(table)
    assert message == clean_html(message)


@pytest.mark.parametrize("attack", [*ATTACKS, "$\\href{javascript:stolen()}{a}$", "<details ontoggle=stolen()>"])
def test_markdown_and_formulas_hold_no_live_html(attack: str) -> None:
    """In Markdown and formulas HTML is shown as text and links inside formulas are broken."""
    for cleaned in (clean_markdown(attack), clean_latex(attack)):
        assert "<script" not in cleaned and "<img" not in cleaned and "<svg" not in cleaned and "<iframe" not in cleaned
        assert "\\href" not in cleaned and "<details ontoggle" not in cleaned and "<a href" not in cleaned


def test_kinds_that_run_code_are_dropped() -> None:
    """JavaScript, widgets and unknown kinds go; text stays; a false picture goes."""
    data = {
        "text/plain": "kept",
        "application/javascript": "stolen()",
        "application/vnd.jupyter.widget-view+json": {"model_id": "1"},
        "image/svg+xml": "<svg onload=stolen()>",
        "image/png": "bm90IGEgcGljdHVyZQ==",
        "text/x-other": "stolen",
    }

    cleaned = clean_output({"output_type": "display_data", "data": data, "metadata": {"stolen": 1}})

    assert {"output_type": "display_data", "data": {"text/plain": "kept"}, "metadata": {}} == cleaned


def test_secrets_are_left_out() -> None:
    """Hidden tests and mark schemes are cut, also when their end is missing or they come twice."""
    source = "a = 1\n### BEGIN HIDDEN TESTS\nassert secret\n### END HIDDEN TESTS\nb = 2\n# BEGIN HIDDEN TESTS\nsecret\n# END HIDDEN TESTS\nc"
    task = "Draw.\n=== BEGIN MARK SCHEME ===\nsecret: 3\n=== END MARK SCHEME ===\nNow."
    open_ended = "a\n### BEGIN HIDDEN TESTS\nassert secret\n"

    assert "a = 1\nb = 2\nc" == without_secrets(source)
    assert "Draw.\nNow." == without_secrets(task)
    assert "a\n" == without_secrets(open_ended)
