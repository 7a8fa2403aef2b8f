"""What a single value must be: a number, a choice, some words, or several of these together.

Every expectation is a frozen dataclass with `match(value) -> Match`; `KINDS` maps its `kind` to its
class, so that an expectation can be data in a `checks.pack`.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar, Protocol

import pandas as pd

from grader.checks.match import DIFFERS, Match, differs, other_form, same
from grader.checks.values import Opaque

_EXACT = 1e-9
_BEGINNING = 4  # letters that tell one option from another


class Expectation(Protocol):
    """Something an answer can be compared with."""

    kind: ClassVar[str]

    def match(self, value: Any) -> Match:
        """Compare a plain value with what is expected."""
        ...

    def with_value(self, value: Any) -> Expectation:
        """Return the same expectation for another value: how a slip is recognised."""
        ...


def close(a: float, b: float) -> bool:
    """Say whether two numbers are the same but for the last bits of arithmetic."""
    return (math.isnan(a) and math.isnan(b)) or math.isclose(a, b, rel_tol=_EXACT, abs_tol=1e-12)


def is_number(value: Any) -> bool:
    """Say whether a plain value is a number (True and False are not)."""
    return type(value) in (int, float)


def rounded_forms(value: float) -> tuple[float, ...]:
    """Return `value` at every sensible rounding: at least 2 figures are kept."""
    found = []
    for places in range(6, -1, -1):
        made = round(float(value), places)
        if made != value and abs(value) * 10**places >= 10:
            found.append(made)
    return tuple(found)


@dataclass(frozen=True)
class Number:
    """A number. `places`: rounding that the question asks for. `share`: a part of 1, also understood as %.

    `also` holds numbers that answer the same question counted another way, by the form that says how.
    """

    kind: ClassVar[str] = "number"
    value: float
    places: int | None = None
    share: bool = False
    percent: bool = False
    also: Mapping[str, float] = field(default_factory=dict)

    def with_value(self, value: Any) -> Number:
        return Number(value, self.places, self.share, self.percent)

    def match(self, value: Any) -> Match:
        boxed = _unbox(value)
        if boxed is not value:
            inner = self.match(boxed)
            return other_form("boxed", *inner.forms) if inner.agrees else inner
        if not is_number(value):
            return differs()
        return self._match_number(float(value))

    def _match_number(self, value: float) -> Match:
        for form, other in self.also.items():
            if close(value, float(other)):
                return other_form(form)
        if self.places is not None:
            asked = round(float(self.value), self.places)
            if close(value, asked):
                return same()
            finer = (round(float(self.value), places) for places in range(self.places + 1, 7))
            if close(value, float(self.value)) or any(close(value, made) for made in finer):
                return other_form("not_rounded")
            return self._match_rounded(value)
        if close(value, float(self.value)):
            return same()
        return self._match_rounded(value)

    def _match_rounded(self, value: float) -> Match:
        if any(close(value, made) for made in rounded_forms(self.value)):
            return other_form("rounded")
        for wanted, factor, form in ((self.share, 100.0, "percent"), (self.percent, 0.01, "share")):
            scaled = float(self.value) * factor
            if wanted and (close(value, scaled) or any(close(value, made) for made in rounded_forms(scaled))):
                return other_form(form)
        return differs()


def _unbox(value: Any) -> Any:
    """Return the one value in a list or a column of one; anything else as it is."""
    if type(value) in (list, tuple) and len(value) == 1:
        return value[0]
    if type(value) is pd.Series and len(value) == 1 and not pd.api.types.is_bool_dtype(value.dtype):
        return value.tolist()[0]
    return value


@dataclass(frozen=True)
class Choice:
    """One letter of several: a bare letter in quote marks, "(b)" or the whole option typed are understood."""

    kind: ClassVar[str] = "choice"
    value: str
    options: Mapping[str, str] = field(default_factory=dict)

    def with_value(self, value: Any) -> Choice:
        return Choice(value, self.options)

    def match(self, value: Any) -> Match:
        letter = self.letter(value)
        if not letter:
            return differs("no_letter")
        return same() if letter == self.value else differs()

    def letter(self, value: Any) -> str:
        """Return the letter that was meant, or "" when none can be read."""
        if type(value) is list and len(value) == 1:
            value = value[0]
        if is_number(value):
            value = f"{value:.12g}"
        if type(value) is not str:
            return ""
        text = re.sub(r"^(?:option|answer|letter)\b[ :]*", "", _bare(value))
        bare = re.fullmatch(r"\(?([a-z])\)?[.:,]?", text)
        if bare and bare[1] in self.options:
            return bare[1]
        for letter, option in self.options.items():
            if re.fullmatch(rf"(?:\(?{letter}\)?[ .:,=–-]+)?{re.escape(_bare(option))}", text):
                return letter
            if text in _number_texts(_bare(option)):
                return letter
        return self._by_words(text)

    def _by_words(self, text: str) -> str:
        """Return the letter of the one option that says the same, or starts so; hyphens and a small word in front aside."""
        told = _telling(text)
        said = [letter for letter, option in self.options.items() if _telling(_bare(option)) == told]
        if not said and sum(map(str.isalpha, told)) >= _BEGINNING:
            said = [letter for letter, option in self.options.items() if _telling(_bare(option)).startswith(told)]
        return said[0] if len(said) == 1 and told else ""


def _bare(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip().strip(".").lower()


def _telling(text: str) -> str:
    """Return a text without a small word in front, and without anything but letters, figures, % and minus signs."""
    words = re.sub(r"^(?:an?|the|one|it is|its)\s+(?=\S*[^\W\d])", "", text)
    return re.sub(r"(?<=[a-z])[-\s]+(?=[a-z])|[^\w%.−-]", "", words)


def _number_texts(option: str) -> tuple[str, ...]:
    """Return how an option that is a number may be typed without its commas and signs: 50% as 50 or 0.5."""
    bare = option.replace(",", "").replace("£", "")
    found = re.fullmatch(r"(\d+(?:\.\d+)?)(%?)", bare)
    if not found:
        return ()
    return (found[1], f"{float(found[1]) / 100:.12g}") if found[2] else (found[1],)


@dataclass(frozen=True)
class Words:
    """Any text with at least `letters` letters in it. `value` is not compared: it is an example."""

    kind: ClassVar[str] = "words"
    value: str
    letters: int = 2

    def with_value(self, value: Any) -> Expectation:
        return Exact(value)

    def match(self, value: Any) -> Match:
        if type(value) in (list, tuple) and len(value) == 1:
            value = value[0]
        if type(value) is not str:
            return differs("not_text")
        if not value.strip():
            return differs("no_text")
        return same() if sum(letter.isalpha() for letter in value) >= self.letters else differs("no_text")


@dataclass(frozen=True)
class Exact:
    """A text, True, False or None, compared as it is; capital letters and outer spaces do not count in text.

    `also` holds other texts that say the same.
    """

    kind: ClassVar[str] = "exact"
    value: Any
    also: tuple[str, ...] = ()

    def with_value(self, value: Any) -> Exact:
        return Exact(value)

    def match(self, value: Any) -> Match:
        boxed = _unbox(value)
        if boxed is not value:
            return other_form("boxed_text") if self.match(boxed).agrees else differs()
        if type(value) in (Opaque, pd.Series, pd.DataFrame) or type(value) is not type(self.value):
            return differs()
        if type(value) is str:
            said = {text.strip().casefold() for text in (self.value, *self.also)}
            return same() if value.strip().casefold() in said else differs()
        return same() if value == self.value else differs()


@dataclass(frozen=True)
class Several:
    """Several variables at once, each with its own expectation. `match` takes a dictionary of values."""

    kind: ClassVar[str] = "several"
    parts: Mapping[str, Any]

    @property
    def value(self) -> dict[str, Any]:
        """The expected value of every variable."""
        return {name: part.value for name, part in self.parts.items()}

    def with_value(self, value: Any) -> Several:
        return Several({name: self.parts[name].with_value(item) for name, item in value.items()})

    def match(self, value: Any) -> Match:
        if type(value) is not dict:
            return differs()
        found = {name: part.match(value.get(name)) for name, part in self.parts.items()}
        missed = [name for name, match in found.items() if match.level == DIFFERS]
        if missed:
            return differs(found[missed[0]].problem, f"Look at {' and '.join(missed)}.")
        return other_form(*dict.fromkeys(form for match in found.values() for form in match.forms))
