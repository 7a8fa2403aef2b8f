"""The control panel: a club's week by buttons, in a notebook beside the course."""

from grader.panel.view import panel

__all__ = ["panel"]
