"""Pictures attached to Markdown answers: kept for the person who marks by hand, and only if they are pictures."""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from pathlib import PurePosixPath
from typing import Any

MAX_PICTURE = 3_000_000
MAX_ALL = 10_000_000
ONLY_BASE64 = re.compile(r"[A-Za-z0-9+/=\s]+")
GOOD_NAME = re.compile(r"[\w .()+-]{1,200}")
PLAIN_NAME = re.compile(r"[a-zA-Z0-9_.-]+")
SIGNS = {"image/png": b"\x89PNG\r\n\x1a\n", "image/jpeg": b"\xff\xd8\xff", "image/gif": b"GIF8"}


def attachments(cell: dict[str, Any]) -> dict[str, dict[str, str]]:
    """Return the attached pictures of a cell that are what they say and not too big, by the names they are kept by."""
    kept: dict[str, dict[str, str]] = {}
    total = 0
    held = cell.get("attachments")
    for name, bundle in held.items() if type(held) is dict else ():
        for kind, text in bundle.items() if type(bundle) is dict else ():
            if type(text) is str and GOOD_NAME.fullmatch(name) and kind in SIGNS and is_picture(kind, text):
                total += len(text)
                if total > MAX_ALL:
                    return kept
                kept.setdefault(kept_name(name), {})[kind] = text
    return kept


def kept_name(name: str) -> str:
    """Return a name without spaces and accents for a picture: nbconvert finds none by a name that has some."""
    if PLAIN_NAME.fullmatch(name):
        return name
    return f"picture-{hashlib.sha256(name.encode('utf-8', 'replace')).hexdigest()[:12]}{PurePosixPath(name).suffix[:5]}"


def is_picture(kind: str, text: str) -> bool:
    """Say whether base64 text is a picture of this kind, within the size that is kept."""
    if len(text) > MAX_PICTURE * 4 // 3 or not ONLY_BASE64.fullmatch(text):
        return False
    try:
        return base64.b64decode(text[:64].strip()[:48]).startswith(SIGNS[kind])
    except (binascii.Error, ValueError):
        return False
