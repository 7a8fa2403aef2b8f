"""Keys that are typed in the panel stay in it: JupyterLab would take a letter for a command, and D D deletes a cell."""

from __future__ import annotations

from IPython.display import Javascript, display

# Lumino, which JupyterLab is made with, takes no command from a control that has this attribute itself.
_SCRIPT = """
const keep = panel => panel.querySelectorAll('button, input, select, a, iframe').forEach(
  control => control.setAttribute('data-lm-suppress-shortcuts', 'true'));
const waiting = setInterval(() => {
  const panels = document.querySelectorAll('.club-panel');
  panels.forEach(panel => {
    keep(panel);
    new MutationObserver(() => keep(panel)).observe(panel, {childList: true, subtree: true});
  });
  if (panels.length) clearInterval(waiting);
}, 50);
"""


def keep() -> None:
    """Keep the keys, as soon as the panel is on the page."""
    display(Javascript(_SCRIPT))  # type: ignore[no-untyped-call]
