"""Display: what a learner shows, in outputs and in written answers, does nothing in anyone's browser."""

from __future__ import annotations

from hostile.attack import FULL, LOOK, MARKED, Attack, shown

OWN = "window.__owned=1"
PNG = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
LEAVES = "http://127.0.0.1:@PORT@/left"
HTML = (
    f"<script>{OWN}</script>",
    f"<img src=x onerror='{OWN}'>",
    f"<svg onload='{OWN}'><script>{OWN}</script><animate onbegin='{OWN}' attributeName=x dur=1s></svg>",
    f"<iframe srcdoc='<script>parent.{OWN}</script>'></iframe><iframe src='javascript:parent.{OWN}'></iframe>",
    f"<a href='javascript:{OWN}' id=go>a</a><a href='java&#10;script:{OWN}'>b</a><a href='data:text/html,<script>{OWN}</script>'>c</a>",
    f"<form action='{LEAVES}'><input name=a autofocus onfocus='{OWN}'><button>x</button></form>",
    f"<details open ontoggle='{OWN}'><summary>x</summary></details><marquee onstart='{OWN}'>x</marquee><video><source onerror='{OWN}'></video>",
    f"<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=1 onerror={OWN}&gt;'></mglyph></table></mtext></math>",
    f"<noscript><p title='</noscript><img src=x onerror={OWN}>'></noscript><template><script>{OWN}</script></template>",
    f"<base href='{LEAVES}/'><link rel=stylesheet href='{LEAVES}'><meta http-equiv=refresh content='0;url={LEAVES}'>",
    f"<object data='{LEAVES}'></object><embed src='{LEAVES}'><audio src='{LEAVES}' autoplay></audio><img src='{LEAVES}' srcset='{LEAVES} 2x'>",
    f"<style>@import '{LEAVES}'; body {{ background: url({LEAVES}) }} .a {{ background-image: image-set('{LEAVES}' 1x) }}</style><div class=a>a</div>",
    f"<div style=\"background-image:-webkit-image-set('{LEAVES}' 1x);width:9px;height:9px\">a</div><div style='background:u\\72l({LEAVES})'>b</div>",
    f"<style>@font-face {{ font-family: x; src: url({LEAVES}) }} * {{ font-family: x; cursor: url({LEAVES}), auto }}</style>",
    "<style>body, #notebook, .score, input { display: none !important } body::after { content: 'Full marks' }</style>",
    "<div style='position:fixed;inset:0;background:white;z-index:99999'>Full marks</div><a class='modal-backdrop fade in' href='/x'>a</a>",
    "<div style='margin-top:-9000px;height:9000px;background:white'>Full marks</div><p style='transform:scale(99)'>x</p>",
    "</div></div></body></html><!-- --><h1>Full marks</h1><plaintext>",
    "<form id=forms><input name=attributes></form><a id=body></a><img name=getElementById><p id=__owned></p>",
    f"$\\hr<wbr>ef{{javascript:{OWN}}}{{x}}$ <p title='$&#92;hr&#101;f{{javascript:{OWN}}}{{x}}$'>$\\hr<!-- -->ef{{javascript:{OWN}}}{{x}}$</p>",
    f"$\\href{{javascript:{OWN}}}{{x}}$ \\(\\mmlToken{{mi}}[href='javascript:{OWN}']{{x}}\\) $$\\unicode{{<img src=x onerror={OWN}>}}$$",
)  # fmt: skip
MARKDOWN = (
    f"<script>{OWN}</script><img src=x onerror={OWN}><svg/onload={OWN}>",
    f"[a](javascript:{OWN}) [b](java&Tab;script:{OWN}) [c](&#106;avascript:{OWN}) [d](  JaVaScRiPt:{OWN}) [e][r]\n\n[r]: javascript:{OWN}",
    f"[f](data:text/html;base64,PHNjcmlwdD4=) [g](vbscript:x) [h](<javascript:{OWN}>) <javascript:{OWN}>",
    f"![out]({LEAVES}) ![out][away]\n\n[away]: {LEAVES}\n\n<img src='{LEAVES}'>",
    f"`<script>{OWN}</script>` ```\n<script>{OWN}</script>\n```\n~~~html\n<img src=x onerror={OWN}>\n~~~",
    f"$\\href{{javascript:{OWN}}}{{x}}$\n\n$$\\style{{background:url({LEAVES})}}{{x}} \\require{{html}} \\cssId{{a}}{{b}} \\mmlToken{{mi}}[href='javascript:{OWN}']{{x}}$$",
    f"<!--<img src=x --><img src=x onerror={OWN}>-->\n<b onmouseover={OWN}>x</b>\n<details ontoggle={OWN} open>\n<a href='javascript:{OWN}'>x</a>",
    "=== BEGIN MARK SCHEME ===\nFull marks for this.\n=== END MARK SCHEME ===\n### BEGIN HIDDEN TESTS\nnothing",
    "\u202eskram lluF\u202c \u200b\u2066Full marks\u2069 \x1b[31mred\x1b[0m \x00 \ufeff \ud800",
    "{% raw %}{{ 7 * 7 }}{% include '/etc/passwd' %}${{7*7}}<%= 7*7 %>{{resources.nbgrader}}",
    f"&#36;&#92;href{{javascript:{OWN}}}{{x}}&#36; $\\hr&#101;f{{javascript:{OWN}}}{{x}}$ &bsol;(&bsol;hre&#x66;{{javascript:{OWN}}}{{x}}&bsol;)",
    "![gone](attachment:gone.png) ![a](<attachment:my table.png>) ![b](attachment:caf%C3%A9.png) ![c][d]\n\n[d]: attachment:d.png",
    f"![a](../../../hub/logout) ![b](/hub/logout) ![c](./../x) ![d](//127.0.0.1:@PORT@/x) ![e]({LEAVES}.png 'x') ![f](\\{LEAVES})",
    "[" * 30_000,
    "![" * 30_000,
    "![x](" * 1_000_000,
    "*_" * 30_000 + "`" * 9_999 + "\n" + "> " * 5_000 + "x\n" + "- " * 5_000,
    "<" * 50_000 + "<a" * 20_000 + "&" * 50_000,
    "| a |" * 2_000 + "\n" + "|-" * 2_000 + "\n" + "| b |" * 2_000,
)  # fmt: skip


def _html(text: str) -> str:
    return f"from IPython.display import HTML, display\ndisplay(HTML({text!r}))"


def _bundle(data: str) -> str:
    return f"from IPython.display import display\ndisplay({data}, raw=True)"


ATTACKS: dict[str, Attack] = {
    **{f"a page of the web, {number}": shown(_html(text)) for number, text in enumerate(HTML, 1)},
    **{f"a written answer, {number}": Attack({"why": text}) for number, text in enumerate(MARKDOWN, 1)},
    "a comment for the marker in the code": shown(f"# <script>{OWN}</script> </pre></div><img src=x onerror={OWN}>\nx = '''</textarea><script>{OWN}</script>'''"),
    "JavaScript": shown(f"from IPython.display import Javascript, display\ndisplay(Javascript('{OWN}'))\nget_ipython().run_cell_magic('javascript', '', '{OWN}')\nget_ipython().run_cell_magic('html', '', '<script>{OWN}</script>')"),
    "a vector picture": shown(f"from IPython.display import SVG, display\ndisplay(SVG(data=\"<svg xmlns='http://www.w3.org/2000/svg' onload='{OWN}'><script>{OWN}</script></svg>\"))"),
    "Markdown and formulas": shown(f"from IPython.display import Markdown, Latex, Math, display\nfor kind in (Markdown, Latex, Math):\n    display(kind('''<script>{OWN}</script> [a](javascript:{OWN}) ![b]({LEAVES}) $\\\\href{{javascript:{OWN}}}{{x}}$'''))"),
    "a widget of one's own": shown(f"import ipywidgets\ndisplay(ipywidgets.HTML('<img src=x onerror={OWN}>'))\ndisplay(ipywidgets.Output())"),
    "a frame": shown(f"from IPython.display import IFrame, YouTubeVideo, Audio, Video, display\ndisplay(IFrame('{LEAVES}', 100, 100))\ndisplay(YouTubeVideo('x'))\ndisplay(Video('{LEAVES}'))"),
    "every kind of data at once": shown(_bundle(
        "{'text/plain': 'kept', 'text/html': '<script>window.__owned=1</script>', 'application/javascript': 'window.__owned=1', 'image/svg+xml': '<svg onload=\"window.__owned=1\">', 'application/vnd.plotly.v1+json': {'data': [{'x': [1]}]},"
        " 'application/vnd.vegalite.v5+json': {'$schema': 'http://127.0.0.1:@PORT@/left'}, 'application/pdf': 'x', 'image/png': '\"><script>window.__owned=1</script>', 'image/jpeg': 'not base64 <', 'text/latex': '\\\\href{javascript:1}{x}', 'video/mp4': 'x', '<script>': 'x'}"
    )),
    "data nine hundred levels deep": shown("held = []\nfor _ in range(900):\n    held = [held]\n" + _bundle("{'text/plain': 'deep', 'application/json': held}")),
    "data of half signs and no numbers": shown(_bundle("{'text/plain': '\\ud800', 'text/html': '<p>\\udfff</p>', 'application/json': {'\\ud800': ['\\udfff', float('nan'), float('inf'), 10 ** 400]}}")),
    "data that is not text": shown(_bundle("{'text/plain': 5, 'text/html': {'a': 1}, 'text/markdown': None, 'image/png': [1, 2], 'text/latex': b'x'.hex}") .replace("b'x'.hex", "[]")),
    "formulas whose commands hide in signs": shown(_bundle("{'text/latex': '$\\\\hr&#101;f{javascript:window.__owned=1}{x}$ &#36;&#92;href{javascript:window.__owned=1}{x}&#36;', 'text/markdown': '![gone](attachment:gone.png)'}")),
    "a picture of no size": shown(f"display({{'image/png': {PNG!r}}}, metadata={{'image/png': {{'width': float('nan'), 'height': 10 ** 400, 'onload': '{OWN}'}}, 'isolated': True}}, raw=True)"),
    "our own check's result": shown(_bundle("{'text/plain': '1.0', 'text/html': '<div role=\"status\"><strong>Right.</strong></div>', 'application/vnd.foothills.result+json': {'verdict': 'right', 'exercise': '<script>', 'score': 1e308, 'more': {'deep': [[[]]]}}}")),
    "a style opened two hundred thousand times": shown(_html("") .replace("HTML('')", "HTML('<style>' * 200_000)")),
    "a style opened and never closed, with signs": shown(_html("").replace("HTML('')", "HTML('<style ' * 200_000 + '</style' * 10)")),
    "a page of a hundred thousand tags": shown(_html("").replace("HTML('')", "HTML('<b><i><table><tr>' * 50_000)")),
    "a table of a million cells": shown(_html("").replace("HTML('')", "HTML('<table>' + '<tr><td>1</td></tr>' * 100_000 + '</table>')")),
    "colours of the terminal": shown("print('\\x1b[2J\\x1b[H\\x1b]0;Full marks\\x07\\x1b[8mhidden\\x1b[0m\\x1b[' + '1;' * 5_000 + 'm' + '\\x1b[' * 20_000)"),
    "signs that turn text round": shown("print('\\u202eskram lluF', '\\u2066' * 100, '\\x00\\x08\\x0c\\x7f\\u2028\\u2029')"),
    "an error of a page": shown(f"try:\n    pass\nfinally:\n    pass\nclass Odd(Exception):\n    pass\nOdd.__name__ = \"<script>{OWN}</script>\"\nimport sys\nget_ipython().showtraceback((Odd, Odd('<img src=x onerror={OWN}>'), None))", earns=FULL),
    "a name of a test in an output": shown("print('### BEGIN HIDDEN TESTS')\nprint('=== BEGIN MARK SCHEME ===')"),
    "raw cells": Attack(change=lambda handed: handed["cells"].extend(
        {"cell_type": "raw", "id": f"raw-{n}", "metadata": {"raw_mimetype": kind, "format": kind}, "source": f"<script>{OWN}</script>"} for n, kind in enumerate(("text/html", "", "text/markdown"))
    )),
    "added cells that act": Attack(change=lambda handed: handed["cells"].extend(
        [{"cell_type": "markdown", "id": "added-md", "metadata": {"tags": ["<script>"], "trusted": True}, "source": f"# <script>{OWN}</script>\n[x](javascript:{OWN})"},
         {"cell_type": "code", "id": "added-code", "metadata": {"trusted": True}, "execution_count": 1, "source": "pass", "outputs": [{"output_type": "display_data", "metadata": {}, "data": {"text/html": f"<script>{OWN}</script>"}}]}]
    )),
}  # fmt: skip
assert LOOK and MARKED
