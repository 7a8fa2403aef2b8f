"""A made-up nbgrader lesson to measure marking with: 12 exercises on a table of 5,000 rows, two of them charts."""

from __future__ import annotations

import random
from typing import Any

NAME = "parcels"
ROWS = 5_000
START = "import numpy as np\nimport pandas as pd\nimport matplotlib.pyplot as plt\n%matplotlib inline"

# name: first line, reference, another right way, a slip, tests that are seen, tests that are hidden
EXERCISES: dict[str, tuple[str, str, str, str, str, str]] = {
    "opened": (
        "def opened(path):",
        "return pd.read_csv(path, parse_dates=['day'])",
        "t = pd.read_csv(path)\nt['day'] = pd.to_datetime(t['day'])\nreturn t",
        "return pd.read_csv(path)",
        "parcels = opened('parcels.csv')\nassert len(parcels) == 5000",
        "assert parcels['day'].dtype.kind == 'M'\nparcels['day'] = pd.to_datetime(parcels['day'])",
    ),
    "gaps": (
        "def gaps(table):",
        "return table.isna().sum()",
        "return pd.Series({c: int(table[c].isna().sum()) for c in table.columns})",
        "return table.notna().sum()",
        "found = gaps(parcels)\nassert len(found) == len(parcels.columns)",
        "assert int(found['age']) == int(parcels['age'].isna().sum())",
    ),
    "cost": (
        "def cost(table):",
        "return table.assign(cost=table['weight'] * table['rate'])",
        "made = table.copy()\nmade['cost'] = made['weight'] * made['rate']\nreturn made",
        "table['cost'] = table['weight'] * table['rate']\nreturn table",
        "costed = cost(parcels)\nassert 'cost' in costed.columns",
        "assert 'cost' not in parcels.columns\nassert np.isclose(costed['cost'].sum(), (parcels['weight'] * parcels['rate']).sum())",
    ),
    "by_area": (
        "def by_area(table):",
        "return cost(table).groupby('area')['cost'].sum().sort_values(ascending=False)",
        "t = cost(table)\nd = {a: t.loc[t['area'] == a, 'cost'].sum() for a in t['area'].unique()}\nreturn pd.Series(d).sort_values(ascending=False)",
        "return cost(table).groupby('area')['cost'].sum()",
        "areas = by_area(parcels)\nassert len(areas) == 6",
        "assert areas.is_monotonic_decreasing",
    ),
    "largest": (
        "def largest(table, n):",
        "return table.groupby('kind')['weight'].sum().nlargest(n).index.tolist()",
        "d = {}\nfor k, w in zip(table['kind'], table['weight']):\n    d[k] = d.get(k, 0) + w\nreturn sorted(d, key=d.get, reverse=True)[:n]",
        "return table['kind'].value_counts().index.tolist()[-n:]",
        "assert len(largest(parcels, 3)) == 3",
        "assert largest(parcels.head(500), 2) == parcels.head(500).groupby('kind')['weight'].sum().nlargest(2).index.tolist()",
    ),
    "by_month": (
        "def by_month(table):",
        "t = cost(table)\nreturn t.groupby(t['day'].dt.month)['cost'].sum()",
        "t = cost(table)\nreturn t.assign(m=t['day'].dt.month).pivot_table(index='m', values='cost', aggfunc='sum')['cost']",
        "return cost(table)['cost'].head(12)",
        "months = by_month(parcels)\nassert len(months) == 12",
        "assert list(months.index) == list(range(1, 13))",
    ),
    "late_share": (
        "def late_share(table):",
        "return table.groupby('kind')['late'].mean()",
        "return table.groupby('kind')['late'].sum() / table.groupby('kind')['late'].count()",
        "return table.groupby('kind')['late'].sum()",
        "points = 0.0\nshares = late_share(parcels)\nif len(shares) == 4:\n    points += 1",
        "if ((shares >= 0) & (shares <= 1)).all():\n    points += 1\npoints",
    ),
    "crossed": (
        "def crossed(table):",
        "return table.pivot_table(index='area', columns='kind', values='weight', aggfunc='sum')",
        "return table.groupby(['area', 'kind'])['weight'].sum().unstack()",
        "return table.groupby('area')['weight'].sum()",
        "grid = crossed(parcels)\nassert grid.shape == (6, 4)",
        "assert np.isclose(grid.to_numpy().sum(), parcels['weight'].sum())",
    ),
    "filled": (
        "def filled(table):",
        "return table.assign(age=table['age'].fillna(table.groupby('area')['age'].transform('median')))",
        "made = table.copy()\nfor a in made['area'].unique():\n    rows = made['area'] == a\n    made.loc[rows, 'age'] = made.loc[rows, 'age'].fillna(made.loc[rows, 'age'].median())\nreturn made",
        "return table.assign(age=table['age'].fillna(0))",
        "whole = filled(parcels)\nassert whole['age'].isna().sum() == 0",
        "assert parcels['age'].isna().sum() > 0 and whole['age'].min() > 0",
    ),
    "line": (
        "def line(table):",
        "m = by_month(table)\nfigure, axes = plt.subplots(figsize=(6, 3))\naxes.plot(m.index, m.values)\naxes.set(title='Cost by month', xlabel='Month', ylabel='Cost')\nreturn axes",
        "axes = by_month(table).plot(title='Cost by month', xlabel='Month', ylabel='Cost')\nreturn axes",
        "figure, axes = plt.subplots()\naxes.plot(by_month(table).values)\nreturn axes",
        "drawn = line(parcels)\nassert len(drawn.lines) == 1",
        "assert drawn.get_title() and drawn.get_xlabel() and drawn.get_ylabel()",
    ),
    "ages": (
        "def ages(table):",
        "figure, axes = plt.subplots(figsize=(6, 3))\naxes.hist(table['age'].dropna(), bins=20)\nreturn axes",
        "figure, axes = plt.subplots(figsize=(6, 3))\ntable['age'].plot.hist(bins=20, ax=axes)\nreturn axes",
        "figure, axes = plt.subplots()\naxes.hist(table['age'].dropna())\nreturn axes",
        "bars = ages(parcels).patches\nassert len(bars) > 0",
        "assert len(bars) == 20",
    ),
    "far_out": (
        "def far_out(table):",
        "low, high = table['weight'].quantile([.25, .75])\nreturn table.loc[table['weight'] > high + 1.5 * (high - low), 'id'].tolist()",
        "low, high = np.percentile(table['weight'], [25, 75])\nreturn [int(i) for i, w in zip(table['id'], table['weight']) if w > high + 1.5 * (high - low)]",
        "return table.loc[table['weight'] > 50, 'id'].tolist()",
        "points = 0.0\nout = far_out(parcels)\nif isinstance(out, list):\n    points += 1",
        "low, high = parcels['weight'].quantile([.25, .75])\nif set(out) == set(parcels.loc[parcels['weight'] > high + 1.5 * (high - low), 'id']):\n    points += 1\npoints",
    ),
}


def table() -> str:
    """Return the table of parcels as CSV; always the same."""
    chance = random.Random(11)
    lines = ["id,day,area,kind,weight,rate,age,late"]
    for number in range(ROWS):
        weight = chance.randint(60, 120) if number % 200 == 7 else chance.randint(1, 20)
        age = "" if number % 17 == 3 else str(chance.randint(16, 90))
        day = f"2024-{number % 12 + 1:02}-{chance.randint(1, 28):02}"
        area, kind = chance.choice("NESWMC"), chance.choice(("letter", "box", "tube", "bag"))
        lines.append(
            f"{number},{day},{area},{kind},{weight},{chance.randint(10, 90) / 10},{age},{chance.random() < 0.1}"
        )
    return "\n".join(lines) + "\n"


def answer(name: str, way: int) -> str:
    """Return an answer: the reference (1), another right way (2), a slip (3), or nothing (0)."""
    parts = EXERCISES[name]
    body = parts[way] if way else "pass"
    return parts[0] + "\n" + "\n".join(f"    {line}" for line in body.splitlines())


def cells() -> list[dict[str, Any]]:
    """Return the cells of the source notebook."""
    made = [_cell("markdown", "# Parcels"), _cell("code", START, _marks("start", locked=True))]
    for name, (first, reference, _, _, seen, hidden) in EXERCISES.items():
        body = "\n".join(f"    {line}" for line in reference.splitlines())
        solved = f"{first}\n    ### BEGIN SOLUTION\n{body}\n    ### END SOLUTION"
        tests = f"{seen}\n### BEGIN HIDDEN TESTS\n{hidden}\n### END HIDDEN TESTS"
        made.append(_cell("markdown", f"## {name}", _marks(f"{name}_text", locked=True)))
        made.append(_cell("code", solved, _marks(name, solution=True)))
        made.append(_cell("code", tests, _marks(f"{name}_test", grade=True, locked=True, points=2)))
    return [{**cell, "id": f"cell-{number}"} for number, cell in enumerate(made)]


def _marks(name: str, **flags: Any) -> dict[str, Any]:
    plain = {"grade": False, "solution": False, "locked": False, "task": False, "schema_version": 3, "grade_id": name}
    return {"nbgrader": plain | flags}


def _cell(kind: str, source: str, metadata: dict[str, Any] | None = None) -> dict[str, Any]:
    made: dict[str, Any] = {"cell_type": kind, "metadata": metadata or {}, "source": source}
    return made | ({"outputs": [], "execution_count": None} if kind == "code" else {})
