"""Interactives: a control, a sentence that changes with it, and a stand-in where controls do not load."""

from __future__ import annotations

import html
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class StandIn:
    """What is shown where controls do not load: the same sentence for a few settings, and a picture if any."""

    title: str
    sentences: tuple[str, ...]
    picture: str = ""

    def _repr_html_(self) -> str:
        items = "".join(f"<li>{html.escape(sentence)}</li>" for sentence in self.sentences)
        return (
            f'<div style="background:#ffffff;color:#0b0c0c;max-width:44em"><p><strong>{html.escape(self.title)}</strong></p>'
            f"{self.picture}<ul>{items}</ul></div>"
        )

    def __repr__(self) -> str:
        return "\n".join((self.title, *self.sentences))


def with_box(control: Any) -> Any:
    """Return a slider with a box to type or choose its value in, and any other control as it is.

    The words beside them are the box's: ipywidgets gives the handle of a slider no name that a screen reader could say.
    """
    import ipywidgets as widgets  # only a lesson's interactive needs it

    boxes = {
        widgets.IntSlider: (widgets.BoundedIntText, ("min", "max", "step", "value")),
        widgets.FloatSlider: (widgets.BoundedFloatText, ("min", "max", "step", "value")),
        widgets.SelectionSlider: (widgets.Dropdown, ("options", "value")),
    }
    if type(control) not in boxes:
        return control
    kind, shared = boxes[type(control)]
    box = kind(**{name: getattr(control, name) for name in shared})
    box.description, control.description, control.readout = control.description, "", False
    box.style = {"description_width": "initial"}
    box.layout, control.layout = widgets.Layout(width="max-content"), widgets.Layout(width="min(24em, 100%)")
    for name in shared:
        widgets.link((control, name), (box, name))
    return widgets.HBox([box, control], layout=widgets.Layout(flex_flow="row wrap"))


class Interactive:
    """Controls with a live sentence under them; shows its stand-in where there is no front end for controls."""

    def __init__(self, controls: Sequence[Any], respond: Callable[..., str], stand_in: StandIn) -> None:
        import ipywidgets as widgets  # only a lesson's interactive needs it

        self.stand_in = stand_in
        self.sentence = widgets.HTML(value="")
        self._controls, self._respond = list(controls), respond
        for control in self._controls:
            control.continuous_update = False
            control.style = {"description_width": "initial"}
            control.layout = widgets.Layout(width="min(36em, 100%)")
            control.observe(self._changed, names="value")
        self.box = widgets.VBox([*map(with_box, self._controls), self.sentence])
        self._changed(None)

    def _changed(self, _: Any) -> None:
        inner = self._respond(*(control.value for control in self._controls))
        body = inner if inner.lstrip().startswith("<") else f"<p>{html.escape(inner)}</p>"
        self.sentence.value = f'<div role="status" style="font-size:1.1em;line-height:1.5;max-width:40em">{body}</div>'

    def _repr_mimebundle_(self, **_: Any) -> dict[str, Any]:
        bundle = dict(self.box._repr_mimebundle_())
        return bundle | {"text/html": self.stand_in._repr_html_(), "text/plain": repr(self.stand_in)}
