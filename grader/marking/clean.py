"""Take what can act out of what a learner shows: scripts, frames, handlers, widgets' code. Tables and pictures stay."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Collection, Mapping
from typing import Any
from urllib.parse import unquote

import nh3

from grader.checks.verdict import JSON_TYPE as RESULT
from grader.marking.nesting import is_nested_well, only_text
from grader.marking.pictures import SIGNS, is_picture, kept_name
from grader.marking.styles import STYLE, TABLE_CLASS, TABLE_ID, harmless_sheet, harmless_style

KEPT_KINDS = (RESULT, "text/plain", "text/html", "text/markdown", "text/latex", "application/json", *SIGNS)
TAGS = nh3.ALLOWED_TAGS - {"wbr"} | {  # readers of formulas read on across that one
    "font",
    "details",
    "summary",
    "figure",
    "figcaption",
    "meter",
    "progress",
    "label",
    "u",
    "section",
}
ATTRIBUTES = {
    "*": {"class", "style", "title", "dir", "lang", "align", "valign", "width", "height", "border", "role", "id"}
    | {"aria-label", "aria-hidden", "aria-live", "scope", "colspan", "rowspan"},
    "a": {"href", "hreflang"},
    "img": {"src", "alt"},
    "font": {"color", "size"},
    "progress": {"value", "max"},
    "meter": {"value", "min", "max"},
    "details": {"open"},
}
ACTIVE = re.compile(r"<(?=[a-zA-Z/!?])")
LINK_IN_MATHS = re.compile(r"\\(href|style|class|cssId|require|unicode|html\w*|mmlToken|bbox)(?![a-zA-Z])")
MAX_HTML = 2_000_000
MAX_DEPTH = 50
MAX_SIDE = 10_000
MAX_WRITTEN = 200_000  # letters: readers of Markdown take minutes for ten times as many
REST = "... the rest is left out ..."


def clean_output(output: Mapping[str, Any], of_check: bool = True) -> dict[str, Any] | None:
    """Return an output without anything that acts, or None when nothing of it is left.

    `of_check` is for the cell of a check: in no other is the result of one kept.
    """
    kind = output.get("output_type")
    if kind == "stream":
        return {
            "output_type": kind,
            "name": "stderr" if output.get("name") == "stderr" else "stdout",
            "text": _text(output.get("text")),
        }
    if kind == "error":
        lines = output.get("traceback")
        traceback = [_text(line) for line in lines] if isinstance(lines, list) else []
        return {
            "output_type": kind,
            "ename": _text(output.get("ename")),
            "evalue": _text(output.get("evalue")),
            "traceback": traceback,
        }
    if kind not in ("display_data", "execute_result"):
        return None
    held = output.get("data")
    data = {name: value for name, value in held.items() if name in KEPT_KINDS} if isinstance(held, dict) else {}
    if not of_check:
        data.pop(RESULT, None)
    cleaned = {name: value for name, value in ((n, _clean(n, v)) for n, v in data.items()) if value is not None}
    if not cleaned and kind == "display_data":
        return None
    result = {"output_type": kind, "data": cleaned, "metadata": _sizes(output.get("metadata"))}
    if kind == "execute_result":
        number = output.get("execution_count")
        result["execution_count"] = number if type(number) is int and 0 <= number < 1_000_000 else None
    return result


def _clean(kind: str, value: Any) -> Any:
    if kind == "application/json":
        return value if isinstance(value, (dict, list)) and _is_sound(value) else None
    if kind == RESULT:
        return _result(value)
    value = _text(value)
    if kind in SIGNS:
        return value if is_picture(kind, value) else None
    if kind == "text/html":
        return clean_html(value) if len(value) <= MAX_HTML else None
    if kind == "text/markdown":
        return clean_markdown(value)
    return clean_latex(value) if kind == "text/latex" else value


def _result(value: Any) -> dict[str, Any] | None:
    """Return the result of one of our checks when it is numbers and short texts."""
    if not isinstance(value, dict) or len(value) > 20 or not _is_sound(value):
        return None
    good = (str, int, float, bool, type(None))
    short = all(type(item) in good and (type(item) is not str or len(item) <= 200) for item in value.values())
    return dict(value) if short else None


def _is_sound(value: Any) -> bool:
    """Say whether any program can write and read this as JSON: no half signs, no number that is none, not deep."""
    try:
        if not _within(value, MAX_DEPTH):
            return False
        json.dumps(value, allow_nan=False, ensure_ascii=False).encode()
    except ValueError:
        return False
    return True


def _within(value: Any, depth: int) -> bool:
    held = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return depth > 0 and all(_within(item, depth - 1) for item in held)


def _sizes(metadata: Any) -> dict[str, Any]:
    """Return the metadata that says how large a picture is shown, and nothing else."""
    found = {}
    for kind, value in metadata.items() if isinstance(metadata, dict) else ():
        if kind in SIGNS and isinstance(value, dict):
            found[kind] = {
                name: value[name]
                for name in ("width", "height")
                if type(value.get(name)) in (int, float) and 0 < value[name] < MAX_SIDE
            }
    return found


def clean_html(text: str) -> str:
    """Return HTML that shows tables, text and pictures and runs nothing; styles stay when they only dress a table."""
    styles = [found[0] for found in STYLE.finditer(text) if harmless_sheet(found[1])]
    body = STYLE.sub("", text)
    if not is_nested_well(body, TAGS):
        return html.escape(only_text(body))
    body = nh3.clean(
        body,
        tags=TAGS,
        attributes=ATTRIBUTES,
        url_schemes={"http", "https", "mailto", "data"},
        attribute_filter=_attribute,
        strip_comments=True,
        link_rel="noopener noreferrer",
    )
    return "".join(styles) + LINK_IN_MATHS.sub(r"\\ \1", body)


def _attribute(tag: str, name: str, value: str) -> str | None:
    if name == "src":
        return value if value.startswith(tuple(f"data:{kind};base64," for kind in SIGNS)) else None
    if name == "href":
        return None if value.strip().lower().startswith("data:") else value
    if name == "style":
        return value if harmless_style(value) else None
    if name == "class":  # others would take the looks of the page's own parts, such as a cover over all of it
        return " ".join(each for each in value.split() if TABLE_CLASS.fullmatch(each)) or None
    if name == "id":
        return value if TABLE_ID.fullmatch(value) else None
    return value


def clean_markdown(text: str, attached: Collection[str] = ()) -> str:
    """Return Markdown in which HTML shows as text, links only lead away and pictures are those that came with it.

    `attached` are the names of its pictures: nbconvert makes no page at all of a text that shows another.
    """
    if len(text) > MAX_WRITTEN and len(_PICTURE_DATA.sub("", text)) > MAX_WRITTEN:
        text = f"{text[:MAX_WRITTEN]}\n\n{REST}"
    text = LINK_IN_MATHS.sub(r"\\ \1", _SIGN.sub(_plain_sign, text))
    text = _PICTURE.sub(lambda found: _picture(found, attached), text)
    text = _LINK_THAT_ACTS.sub(
        lambda found: found[0] if found[2] in attached else f"{found[1]}#{found[0][len(found[1]) :]}", text
    )
    if not ACTIVE.search(text):
        return text
    return _TAG.sub(lambda found: found[0] if _PLAIN_TAG.fullmatch(found[0]) else "&lt;" + found[0][1:], text)


def clean_latex(text: str) -> str:
    """Return a formula that holds no HTML and no links."""
    return ACTIVE.sub("< ", LINK_IN_MATHS.sub(r"\\ \1", _SIGN.sub(_plain_sign, text)))


def _plain_sign(found: re.Match[str]) -> str:
    """Return a letter or backslash that was written as `&#101;` as itself, so that no word hides in such signs."""
    sign = html.unescape(found[0])
    return sign if sign == "\\" or (sign.isascii() and sign.isalpha()) else found[0]


def _picture(found: re.Match[str], attached: Collection[str]) -> str:
    """Return the start of a picture that came with the text, under the name it is kept by; of any other as plain text."""
    start, attachment = found[1], found[2]
    if start is None:
        return r"\!["
    if attachment is None:
        return found[0]
    name = kept_name(unquote(attachment.strip("<>").removeprefix("attachment:")))
    return f"![{start}attachment:{name}" if name in attached else "\\" + found[0]


_SIGN = re.compile(r"&(?:#0*+\d{1,7}|#[xX]0*+[0-9a-fA-F]{1,6}|bsol);?")
_OWN_PICTURE = r"data:image/(?:png|jpeg|gif);base64,"
_PICTURE_DATA = re.compile(rf"{_OWN_PICTURE}[A-Za-z0-9+/=]*+")
_FILE = r"(?:\./)?(?:[\w-][\w.-]{0,100}/){0,9}[\w-][\w.-]{0,100}"
_ATTACHED = r"attachment:(?:[^\s()<>]|\([^\s()<>]{0,50}\)){1,250}|<attachment:[^<>\n]{1,250}>"
_PICTURE = re.compile(rf"!\[(?:([^\[\]]{{0,300}}\]\(\s{{0,5}})(?:({_ATTACHED})|(?={_OWN_PICTURE}|{_FILE}\))))?")
# Where a link leads, inside the text or below it; what comes before the first / may spell a scheme in many ways.
_LINK_THAT_ACTS = re.compile(
    rf"(\](?:\(|:)\s*+<?+\s*+)(?!(?i:https?://|mailto:|{_OWN_PICTURE}))"
    rf"(?:attachment:([\w.-]+)|(?=[^\s()\[\]<>/?#]*[:&\\]))"
)
_TAG = re.compile(r"<(?=[a-zA-Z/!?])[^<>]*>?")
_PLAIN_TAG = re.compile(
    r"(?i)</?(b|i|u|em|strong|br|hr|sub|sup|p|code|pre|kbd|small|del|ins|details|summary|table|thead|tbody|tr|td|th|ul|ol|li)\s*/?>|<https?://[^\s<>\"']+>"
)


def _text(value: Any) -> str:
    if isinstance(value, list):
        value = "".join(part for part in value if isinstance(part, str))
    return value.encode("utf-8", "replace").decode("utf-8") if isinstance(value, str) else ""
