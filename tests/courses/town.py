"""A notebook on a town's weather: what is said and asked, files, random numbers, charts, a database, a module beside it."""

from __future__ import annotations

from courses.exercise import Exercise

NAME = "town"
FILES = {
    "data/rain.csv": "day,mm\n" + "".join(f"{n},{n * 7 % 11}\n" for n in range(1, 15)),
    "marks.py": """
import hashlib
def digest(value):
    return hashlib.sha1(str(value).encode()).hexdigest()
def look(names):
    score = 1
    for name, wanted in (('wettest', 10), ('dry_days', 1)):
        try:
            assert names[name] == wanted
            score += 1
        except Exception:
            print(name, 'is another')
    assert score > 1
    return score
class points:
    def __init__(self, number):
        self.number = number
    def __enter__(self):
        print('for', self.number)
    def __exit__(self, kind, *_):
        print('yes' if kind is None else 'no')
""",
}
START = """
import random, sqlite3
import numpy as np
import pandas as pd
import matplotlib.pyplot as plt
from marks import digest, look, points
%matplotlib inline
rain = pd.read_csv('data/rain.csv')
"""
FREE = "book = sqlite3.connect(':memory:')\nrain.to_sql('rain', book, index=False)"
EXERCISES = (
    Exercise(
        "numbers",
        """
wettest = int(rain['mm'].max())
dry_days = int((rain['mm'] == 0).sum())
question = 'select day from rain where mm > 8 order by day'
by_week = rain.groupby((rain['day'] - 1) // 7)['mm'].sum()
def double(table):
    table['twice'] = table['mm'] * 2
""",
        "assert digest(wettest) == digest(10) and digest(type(dry_days)) == digest(int)\nassert digest(by_week.tolist()) == digest([42, 33])",
        "with points(2):\n    assert list(pd.read_sql(question, book)['day']) == [3, 6, 14]",
        "look(globals())",
        "double(rain)\nassert rain['twice'].sum() == 2 * rain['mm'].sum() and 'twice' in rain",
        other="""
wettest = max(rain.mm.tolist())
dry_days = len(rain.query('mm == 0'))
question = 'SELECT day FROM rain WHERE mm >= 9'
by_week = np.array([rain.mm[:7].sum(), rain.mm[7:].sum()])
def double(table):
    table.insert(2, 'twice', table.mm + table.mm)
""",
        part="wettest = 10.0\ndry_days = 1\nquestion = 'select mm from rain'\nby_week = [1]\ndef double(table):\n    return table.assign(twice=0)",
    ),
    Exercise(
        "talk",
        """
def greet(town):
    print(f'Good morning, {town}!')
def ask():
    name = input('Which town? ')
    degrees = float(input('How warm? '))
    print(name, 'has', degrees, 'degrees')
    return degrees * 9 / 5 + 32
def guess(n):
    return [random.randint(1, 6) for _ in range(n)]
def noise(n):
    return np.random.normal(size=n)
""",
        """
import contextlib, io
from unittest.mock import patch
said = io.StringIO()
with contextlib.redirect_stdout(said):
    greet('Bergen')
assert said.getvalue() == 'Good morning, Bergen!\\n'
with patch('builtins.print') as printed:
    greet('Oslo')
assert printed.called and 'Oslo' in str(printed.call_args)
with patch('builtins.input', side_effect=['Alta', '-5']), patch('sys.stdout', new_callable=io.StringIO) as shown:
    assert ask() == 23
assert 'Alta has -5.0' in shown.getvalue()
""",
        """
random.seed(5)
thrown = guess(6)
random.seed(5)
assert thrown == [random.randint(1, 6) for _ in range(6)]
np.random.seed(1)
drawn = noise(3)
assert np.allclose(drawn, np.random.RandomState(1).normal(size=3))
with patch('random.randint', return_value=6):
    assert sum(guess(4)) == 24
""",
        "%%capture heard\ngreet('Narvik')",
        "assert heard.stdout.endswith('Narvik!\\n')",
        other="""
import sys
def greet(town):
    sys.stdout.write('Good morning, ' + town + '!' + chr(10))
def ask():
    town, warm = input(), float(input())
    print('%s has %s degrees' % (town, warm))
    return 32 + warm * 1.8
def guess(n):
    return list(map(lambda _: random.randint(1, 6), range(n)))
def noise(n):
    return np.random.randn(n)
""",
        part="def greet(town):\n    return f'Good morning, {town}!'\ndef ask():\n    return 23\ndef guess(n):\n    return [6] * n\ndef noise(n):\n    return np.zeros(n)",
    ),
    Exercise(
        "kept",
        """
import json, os
os.makedirs('results/week', exist_ok=True)
rain.to_csv('results/week/copy.csv', index=False)
json.dump({'wet': 10}, open('results/note.json', 'w'))
def lines_of(name):
    with open(name) as file:
        return len(file.readlines())
""",
        """
import json
from pathlib import Path
assert pd.read_csv('results/week/copy.csv')['mm'].equals(rain['mm']) and json.loads(Path('results/note.json').read_text()) == {'wet': 10}
Path('three.txt').write_text('a\\nb\\nc\\n')
assert lines_of('three.txt') == 3
""",
        other="""
from pathlib import Path
Path('results/week').mkdir(parents=True)
Path('results/week/copy.csv').write_text(Path('data/rain.csv').read_text())
Path('results/note.json').write_text('{"wet": 10}')
lines_of = lambda name: sum(1 for _ in open(name))
""",
        part="open('note.json', 'w').write('{}')\ndef lines_of(name):\n    return 3",
    ),
    Exercise(
        "drawn",
        """
def curve(table):
    plt.plot(table['day'], table['mm'], '--', label='rain')
    plt.title('Rain')
    plt.ylabel('mm')
    plt.legend()
def panes(table):
    figure, axes = plt.subplots(1, 2, figsize=(8, 3))
    axes[0].bar(['wet', 'dry'], [3, 1])
    axes[1].pie([3, 1], labels=['wet', 'dry'])
    return figure, axes
def mark(axes):
    axes.scatter([1, 2], [3, 4])
    axes.set_xlabel('day')
""",
        """
curve(rain)
axes = plt.gca()
assert axes.get_title() == 'Rain' and axes.get_ylabel() == 'mm' and len(axes.lines) == 1
assert list(axes.lines[0].get_ydata()) == list(rain['mm']) and axes.get_legend() is not None
plt.close('all')
figure, pair = panes(rain)
assert tuple(figure.get_size_inches()) == (8, 3) and [bar.get_height() for bar in pair[0].patches] == [3, 1]
assert len(pair[1].patches) == 2 and {'wet', 'dry'} <= {text.get_text() for text in pair[1].texts}
""",
        """
_, own = plt.subplots()
mark(own)
assert own.get_xlabel() == 'day' and own.collections[0].get_offsets().shape == (2, 2)
""",
        other="""
def curve(table):
    figure, axes = plt.subplots()
    axes.plot(table.day, table.mm, label='rain', color='navy')
    axes.set(title='Rain', ylabel='mm')
    axes.legend()
    plt.show()
def panes(table):
    figure = plt.figure(figsize=(8, 3))
    left, right = figure.add_subplot(121), figure.add_subplot(122)
    pd.Series([3, 1], index=['wet', 'dry']).plot.bar(ax=left)
    right.pie([3, 1], labels=['wet', 'dry'])
    return figure, (left, right)
def mark(axes):
    pd.DataFrame({'day': [1, 2], 'y': [3, 4]}).plot.scatter('day', 'y', ax=axes)
""",
        part="def curve(table):\n    plt.bar(table['day'], table['mm'])\n    plt.title('Rain')\ndef panes(table):\n    return plt.gcf(), []\ndef mark(axes):\n    plt.scatter([1], [2])",
    ),
    Exercise(
        "looks",
        """
names = !ls data
def rose(angles):
    figure, axes = plt.subplots(subplot_kw={'projection': 'polar'})
    axes.plot(angles, [1, 2, 3])
    return axes
def hill():
    axes = plt.figure().add_subplot(projection='3d')
    axes.plot([0, 1], [0, 1], [0, 5])
    axes.set_zlabel('height')
    return axes
def spread(axes):
    axes.errorbar([1, 2], [3, 4], yerr=0.5)
    axes.imshow([[1, 2], [3, 4]], cmap='gray')
    axes.set_aspect('equal')
""",
        """
wind = rose([0, 1, 2])
assert wind.name == 'polar' and list(wind.lines[0].get_ydata()) == [1, 2, 3]
up = hill()
assert up.name == '3d' and up.get_zlabel() == 'height' and up.lines[0].get_data_3d()[2][1] == 5
plt.close('all')
""",
        """
_, page = plt.subplots()
spread(page)
assert page.images[0].get_cmap().name == 'gray' and page.get_aspect() == 1 and len(page.containers) == 1
assert 'rain.csv' in names
plt.close('all')
""",
        other="""
import os
names = os.listdir('data')
def rose(angles):
    plt.polar(angles, [1, 2, 3])
    return plt.gca()
def hill():
    figure, axes = plt.subplots(subplot_kw={'projection': '3d'})
    axes.plot3D([0, 1], [0, 1], zs=[0, 5])
    axes.set(zlabel='height')
    return axes
def spread(axes):
    axes.imshow([[1, 2], [3, 4]])
    axes.errorbar([1, 2], [3, 4], [1, 1], fmt='o')
""",
        part="names = []\ndef rose(angles):\n    plt.plot(angles, [1, 2, 3])\n    return plt.gca()\ndef hill():\n    return None\ndef spread(axes):\n    axes.set_aspect(2)",
    ),
)
