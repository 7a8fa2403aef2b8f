"""pandas' tables as a screen reader needs them: no heading without words, each heading says what it heads."""

from __future__ import annotations

import re
from typing import Any


def with_scopes(made: str) -> str:
    """Return the HTML of a pandas table with its headings marked as those of a column or of a row."""
    made = re.sub(r"<th[^>]*></th>", "<td></td>", made)
    head, mark, body = made.partition("</thead>")
    return re.sub("<th(?=[ >])", '<th scope="col"', head) + mark + re.sub("<th(?=[ >])", '<th scope="row"', body)


def show_with_scopes(formatter: Any) -> None:
    """Make the shell's HTML formatter show every pandas table like that; pandas itself is not imported here."""
    formatter.for_type_by_name("pandas", "DataFrame", _table)


def _table(table: Any) -> str | None:
    made = table._repr_html_()
    return None if made is None else with_scopes(made)
