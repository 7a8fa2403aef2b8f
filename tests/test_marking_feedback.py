"""What learners and facilitators are shown of a marked notebook: nothing secret, nothing that acts."""

from __future__ import annotations

import pytest

from grader.marking.clean import clean_html, clean_latex, clean_markdown, clean_output
from grader.marking.feedback import without_secrets

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
]


@pytest.mark.parametrize("attack", ATTACKS)
def test_html_of_learners_does_not_act(attack: str) -> None:
    """HTML is kept without anything that runs, loads or sends."""
    cleaned = clean_html(f"<p>kept</p>{attack}")

    assert "kept" in cleaned
    assert "stolen" not in cleaned


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
