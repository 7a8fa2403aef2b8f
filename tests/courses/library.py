"""A notebook on a town's library: classes below the lesson's, records, functions that hold something, what tests hand over."""

from __future__ import annotations

from courses.exercise import Exercise

NAME = "library"
FILES: dict[str, str] = {}
START = """
import asyncio, functools, inspect, io
import numpy as np
from abc import ABC, abstractmethod
from dataclasses import FrozenInstanceError, asdict, dataclass, field, replace
from typing import NamedTuple
from unittest.mock import Mock
class Item(ABC):
    def __init__(self, title):
        self.title = title
    @abstractmethod
    def days(self):
        ...
    def label(self):
        return f'{type(self).__name__}: {self.title} ({self.days()})'
class Lost(Exception):
    pass
lent = []
"""
EXERCISES = (
    Exercise(
        "items",
        """
class Book(Item):
    fine = 2
    def days(self):
        return 21
class Film(Item):
    def __init__(self, title, minutes):
        super().__init__(title)
        if minutes <= 0:
            raise Lost('no film')
        self.minutes = minutes
    def days(self):
        return 3
def longest(items):
    return max(items, key=lambda item: item.days())
def in_order(items):
    return sorted(items)
""",
        """
book = Book('Emma')
assert isinstance(book, Item) and issubclass(Film, Item) and book.label() == 'Book: Emma (21)'
try:
    Film('Up', 0)
except Lost as lost:
    assert str(lost) == 'no film'
else:
    raise AssertionError('a film of no length')
Book.fine = 3
assert book.fine == 3 and vars(Film('Up', 96)) == {'title': 'Up', 'minutes': 96}
""",
        """
class Map:
    def __init__(self, n):
        self.n = n
    def days(self):
        return self.n
    def __lt__(self, other):
        return self.n < other.n
maps = [Map(2), Map(5), Map(1)]
assert longest(maps) is maps[1] and longest([Film('Up', 96), book]) is book
assert [each.n for each in in_order(maps)] == [1, 2, 5]
""",
        other="""
Book = type('Book', (Item,), {'fine': 1, 'days': lambda self: 3 * 7})
class Film(Book):
    def __init__(self, title, minutes):
        self.__dict__.update(title=title, minutes=minutes)
        if not minutes:
            raise Lost('no film')
    days = lambda self: 3
def longest(items):
    best = items[0]
    for item in items:
        best = item if item.days() > best.days() else best
    return best
def in_order(items):
    done = []
    for item in items:
        place = sum(other < item for other in done)
        done.insert(place, item)
    return done
""",
        part="class Book:\n    def __init__(self, title):\n        self.title = title\n    def days(self):\n        return 21\nclass Film(Item):\n    pass\ndef longest(items):\n    return items[0]\ndef in_order(items):\n    return [1, 2, 5]",
    ),
    Exercise(
        "records",
        """
@dataclass(order=True)
class Loan:
    day: int
    who: str = field(default='-', compare=False)
    fines: list = field(default_factory=list, compare=False)
@dataclass(frozen=True)
class Shelf:
    row: int
    place: int = 1
class Pair(NamedTuple):
    left: int
    right: int = 5
    def total(self):
        return self.left + self.right
class Names(list):
    def add(self, name):
        self.append(name)
        return self
""",
        """
loan = Loan(3, 'Ann')
loan.fines.append(2)
assert asdict(loan) == {'day': 3, 'who': 'Ann', 'fines': [2]} and Loan(1) < loan and Loan(3, 'Bo') == loan
shelf = Shelf(4)
assert replace(shelf, place=2) == Shelf(4, 2) and {shelf: 'here'}[Shelf(4)] == 'here'
try:
    shelf.row = 5
except FrozenInstanceError:
    pass
else:
    raise AssertionError('a shelf that moves')
""",
        """
assert Pair(1) == (1, 5) and Pair(2, 3).total() == 5 and Pair(1)._asdict() == {'left': 1, 'right': 5}
assert Names().add('Ann') == ['Ann'] and isinstance(Names(), list) and str(type(Names())) == "<class '__main__.Names'>"
""",
        other="""
@dataclass(eq=False)
class Loan:
    day: int
    who: str = '-'
    fines: list = field(default_factory=list)
    __eq__ = lambda self, other: self.day == other.day
    __lt__ = lambda self, other: self.day < other.day
from collections import namedtuple
Shelf = dataclass(frozen=True)(type('Shelf', (), {'__annotations__': {'row': int, 'place': int}, 'place': 1}))
class Pair(namedtuple('Pair', 'left right', defaults=[5])):
    total = lambda self: sum(self)
class Names(list):
    def add(self, name):
        self += [name]
        return self
""",
        part="Loan = dict\nclass Shelf:\n    def __init__(self, row, place=1):\n        self.row = row\nPair = NamedTuple('Pair', [('left', int), ('right', int)])\nNames = list",
    ),
    Exercise(
        "wrappers",
        """
def counted(function):
    @functools.wraps(function)
    def inner(*values, **named):
        inner.calls += 1
        lent.append(function.__name__)
        return function(*values, **named)
    inner.calls = 0
    return inner
def mean():
    total = n = 0
    while True:
        total, n = total + (yield total / n if n else None), n + 1
def kinds(value):
    return {'kind': value, 'n': 1}
def fine(days, *, rate: float = 0.5) -> float:
    return days * rate
""",
        """
@counted
def add(a, b=1):
    "Add."
    return a + b
assert add(1) == 2 and add(2, b=5) == 7 and add.calls == 2 and (add.__name__, add.__doc__) == ('add', 'Add.')
assert lent == ['add', 'add']
""",
        """
running = mean()
assert next(running) is None and running.send(4) == 4 and running.send(8) == 6
assert inspect.isgeneratorfunction(mean) and type(kinds(1)) is dict and str(type(kinds(1)['n'])) == "<class 'int'>"
assert fine.__code__.co_argcount == 1 and fine.__kwdefaults__ == {'rate': 0.5} and fine.__annotations__['return'] is float
assert 'for' not in inspect.getsource(fine) and 'sum' not in fine.__code__.co_names
""",
        other="""
class counted:
    def __init__(self, function):
        functools.update_wrapper(self, function)
        self.function, self.calls = function, 0
    def __call__(self, *values, **named):
        self.calls += 1
        lent[len(lent):] = [self.function.__name__]
        return self.function(*values, **named)
def mean():
    got, seen = None, []
    while True:
        got = yield (sum(seen) / len(seen) if seen else None)
        seen.append(got)
class Kinds(dict):
    pass
def kinds(value):
    return Kinds(kind=value, n=1)
def fine(days, *, rate: float = 0.5) -> float:
    return sum([days * rate])
""",
        part="def counted(function):\n    return function\ndef mean():\n    return iter([None, 4, 6])\ndef kinds(value):\n    return {'kind': value, 'n': np.int64(1)}\ndef fine(days, rate=0.5):\n    return days * rate",
    ),
    Exercise(
        "desk",
        """
def renew(service, title):
    service.start()
    return service.renew(title, days=7)
def first_line(file):
    return file.readline().strip()
def write(file, words):
    for word in words:
        print(word, file=file)
def throw(dice, n):
    return dice.integers(1, 7, n)
async def ask(title):
    await asyncio.sleep(0)
    return title.upper()
async def pages(n):
    for page in range(n):
        yield page
""",
        """
service = Mock()
service.renew.return_value = 'done'
assert renew(service, 'Emma') == 'done' and service.start.called
service.renew.assert_called_once_with('Emma', days=7)
written = io.StringIO()
write(written, ['one', 'two'])
assert written.getvalue() == 'one\\ntwo\\n' and first_line(io.StringIO(' a \\nb')) == 'a'
dice = np.random.default_rng(3)
first, second = throw(dice, 4), throw(dice, 4)
both = np.random.default_rng(3).integers(1, 7, 8)
assert list(first) + list(second) == list(both)
""",
        """
assert await ask('emma') == 'EMMA' and asyncio.iscoroutinefunction(ask)
assert await asyncio.gather(ask('a'), ask('b')) == ['A', 'B'] and [page async for page in pages(3)] == [0, 1, 2]
""",
        other="""
def renew(service, title):
    service.start('now')
    service.renew(title, days=7)
    return 'done'
first_line = lambda file: next(iter(file)).strip()
def write(file, words):
    file.write('\\n'.join([*words, '']))
throw = lambda dice, n: [int(dice.integers(6)) + 1 for _ in range(n)]
async def ask(title):
    async def again():
        return title
    return (await again()).upper()
async def pages(n):
    page = 0
    while page < n:
        yield page
        page += 1
""",
        part="def renew(service, title):\n    return 'done'\ndef first_line(file):\n    return 'a'\ndef write(file, words):\n    print(words)\ndef throw(dice, n):\n    return [1] * n\ndef ask(title):\n    return title.upper()\ndef pages(n):\n    return range(n)",
    ),
)
