"""Fetch a publisher's file, and refuse what is plainly not that file."""

from __future__ import annotations

import json
from pathlib import Path

import httpx
import stamina

from grader.errors import GraderError

MOST_BYTES = 100_000_000
TIMEOUT = httpx.Timeout(10, read=30)
# the first bytes of files that are not text
BINARY = {
    b"PK\x03\x04": "a zip file or a workbook",
    b"%PDF": "a PDF",
    b"\x1f\x8b": "a gzip file",
    b"\xd0\xcf": "an old workbook",
}


class _TryAgain(Exception):
    """The service asked for patience."""


def fetch(url: str, target: Path, attempts: int = 3, wait: float = 1.0, timeout: httpx.Timeout = TIMEOUT) -> Path:
    """Download a file to `target`, trying again after a broken line; raise GraderError where it is not usable."""
    try:
        for attempt in stamina.retry_context(
            on=(httpx.TransportError, _TryAgain), attempts=attempts, wait_initial=wait, wait_max=10 * wait
        ):
            with attempt:
                content = _get(url, timeout)
    except httpx.TimeoutException as problem:
        raise _refused("The publisher's service did not answer in time.", url) from problem
    except httpx.TransportError as problem:
        raise _refused(f"The file could not be fetched whole: {problem or type(problem).__name__}.", url) from problem
    except _TryAgain as problem:
        raise _refused(f"The publisher's service is not working now: {problem}.", url) from problem
    _must_be_like(target.suffix.lower(), content, url)
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(content)
    return target


def _get(url: str, timeout: httpx.Timeout) -> bytes:
    with httpx.stream("GET", url, follow_redirects=True, timeout=timeout) as answer:
        if answer.status_code == 429 or answer.status_code >= 500:
            raise _TryAgain(f"status {answer.status_code}")
        if answer.status_code != 200:
            raise _refused(f"The publisher's service answered with status {answer.status_code}.", url)
        content = bytearray()
        for part in answer.iter_bytes():
            content += part
            if len(content) > MOST_BYTES:
                raise _refused(f"The file is larger than {MOST_BYTES // 1_000_000} MB.", url)
    return bytes(content)


def _must_be_like(suffix: str, content: bytes, url: str) -> None:
    """Refuse a page, an empty file, or a file of another kind."""
    start = content[:2000].lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    if not start:
        raise _refused("The file is empty.", url)
    if start.startswith((b"<!doctype html", b"<html")):
        raise _refused("A web page came where the file should be: it has moved, or the service shows a notice.", url)
    if suffix in (".csv", ".tsv", ".txt", ".json"):
        for first, kind in BINARY.items():
            if content.startswith(first):
                raise _refused(f"The file is {kind}, not {suffix[1:].upper()}.", url)
    if suffix == ".json":
        try:
            json.loads(content)
        except ValueError as problem:
            raise _refused(f"The file is not whole JSON: {problem}.", url) from problem
    elif suffix in (".csv", ".tsv") and start.startswith((b"{", b"[{", b"<?xml")):
        raise _refused(f"The file is of another kind, not {suffix[1:].upper()}.", url)


def _refused(what: str, url: str) -> GraderError:
    return GraderError(what, where=url, todo="Nothing was changed. Look at the official page, then try again.")
