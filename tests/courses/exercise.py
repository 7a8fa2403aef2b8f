"""One exercise of a made-up course: the reference, its tests, and other answers to it."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, init=False)
class Exercise:
    """`other` is right in another form, `part` is right in part."""

    name: str
    reference: str
    tests: tuple[str, ...]
    other: str
    part: str
    alike: dict[str, str] = field(default_factory=dict)

    def __init__(self, name: str, reference: str, *tests: str, other: str, part: str) -> None:
        held = {"name": name, "reference": reference.strip(), "other": other.strip(), "part": part.strip()}
        for key, value in {**held, "tests": tuple(test.strip() for test in tests), "alike": {}}.items():
            object.__setattr__(self, key, value)

    def ways(self) -> dict[str, str]:
        """Return answers by what they are like; some are the reference, spoilt."""
        body = self.reference.replace("    return ", "    print('on the way')\n    return ")
        return {
            "right": self.reference,
            "other form": self.other,
            "in part": self.part,
            "raises": self.reference.replace("    return ", "    raise KeyError('lost')\n    return "),
            "warns": f"import warnings\n{self.reference}".replace(
                "    return ", "    warnings.warn('old')\n    return "
            ),
            "prints": f"print('begin')\n{body}",
            "broken": f"{self.reference}\nif True print('no')",
        }
