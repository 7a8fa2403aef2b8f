"""A notebook on a town's buses: functions, forms of value, classes, errors, closures and generators, as courses test them."""

from __future__ import annotations

from courses.exercise import Exercise

NAME = "objects"
FILES: dict[str, str] = {}
START = """
import numpy as np
import pandas as pd
from fractions import Fraction
class Stop:
    def __init__(self, name, then=None):
        self.name, self.then = name, then
    def __eq__(self, other):
        return isinstance(other, Stop) and self.name == other.name
def line(*names):
    first = None
    for name in reversed(names):
        first = Stop(name, first)
    return first
"""
EXERCISES = (
    Exercise(
        "forms",
        """
def riders(days):
    found = {}
    for day in days:
        found[day] = found.get(day, 0) + 1
    return found
def waits(n):
    return [i * 5 for i in range(n)]
def kind(value):
    return type(value)
def first(words):
    return words[0]
fare = Fraction(5, 2)
table = pd.DataFrame({'bus': [1, 2], 'on_time': [True, False]})
""",
        """
assert riders(['mon', 'tue', 'mon']) == {'mon': 2, 'tue': 1}
assert list(waits(4)) == [0, 5, 10, 15] and max(waits(3)) == 10
for got, wanted in zip(waits(3), (0, 5, 10)):
    assert got == wanted
assert kind(3) is int and kind('a') == str and kind(np.zeros(1)) is np.ndarray
assert first(['a', 'b']) == 'a' and first(np.array([4, 5])) == 4
""",
        """
assert fare * 2 == 5 and isinstance(fare, Fraction)
pd.testing.assert_frame_equal(table, pd.DataFrame({'bus': [1, 2], 'on_time': [True, False]}))
""",
        other="""
from collections import Counter
import functools
riders = Counter
def waits(n):
    return (i * 5 for i in range(n))
kind = lambda value: value.__class__
@functools.cache
def first_of(words):
    return words[0]
def first(words):
    return first_of(tuple(words))
class Price(Fraction):
    pass
fare = Price(5, 2)
class Table(pd.DataFrame):
    pass
table = Table({'bus': [1, 2], 'on_time': [True, False]})
""",
        part="def riders(days):\n    return {day: 1 for day in days}\nkind = str\nfare = 2.5\ntable = pd.DataFrame()",
    ),
    Exercise(
        "lines",
        """
def length(stop):
    return 0 if stop is None else 1 + length(stop.then)
def extend(stop, name):
    while stop.then is not None:
        stop = stop.then
    stop.then = Stop(name)
def back(stop):
    before = None
    while stop is not None:
        before = Stop(stop.name, before)
        stop = stop.then
    return before
""",
        """
harbour = line('harbour', 'market', 'school')
assert length(harbour) == 3 and length(None) == 0
extend(harbour, 'beach')
assert length(harbour) == 4 and harbour.then.then.then == Stop('beach')
""",
        "assert isinstance(back(harbour), Stop) and back(harbour).name == 'beach' and length(back(harbour)) == 4",
        other="""
def length(stop):
    n = 0
    while stop:
        stop, n = stop.then, n + 1
    return n
def extend(stop, name):
    if stop.then:
        extend(stop.then, name)
    else:
        setattr(stop, 'then', line(name))
def back(stop, done=None):
    return done if stop is None else back(stop.then, Stop(stop.name, done))
""",
        part="def length(stop):\n    return 3\ndef extend(stop, name):\n    stop.then = Stop(name)\ndef back(stop):\n    return stop",
    ),
    Exercise(
        "cards",
        """
class NoMoney(Exception):
    def __init__(self, short):
        super().__init__(f'{short} short')
        self.short = short
class Card:
    \"\"\"A card for the bus.\"\"\"
    sold = 0
    def __init__(self, money):
        self.money = money
        self.trips = []
        Card.sold += 1
    def ride(self, price):
        if price > self.money:
            raise NoMoney(price - self.money)
        self.money -= price
        self.trips.append(price)
        return self
    def __add__(self, other):
        return Card(self.money + other.money)
    def __eq__(self, other):
        return self.money == other.money
    def __lt__(self, other):
        return self.money < other.money
    def __len__(self):
        return len(self.trips)
    def __iter__(self):
        return iter(self.trips)
    def __str__(self):
        return f'{self.money} left'
class Student(Card):
    def ride(self, price):
        return super().ride(price / 2)
""",
        """
card = Card(10)
assert isinstance(card, Card) and type(card).__name__ == 'Card' and 'bus' in Card.__doc__
assert card.ride(4).ride(1) is card and card.money == 5 and card.trips == [4, 1]
assert len(card) == 2 and list(card) == [4, 1] and str(card) == '5 left'
try:
    card.ride(7)
except NoMoney as short:
    assert short.short == 2 and str(short) == '2 short'
else:
    raise AssertionError('a ride for nothing')
""",
        """
assert Card(2) + Card(3) == Card(5) and sorted([Card(3), Card(1)])[0].money == 1
assert issubclass(Student, Card) and Student(10).ride(4).money == 8 and Card.sold >= 5
assert hasattr(card, 'ride') and callable(Card.ride) and vars(Card(1)) == {'money': 1, 'trips': []}
""",
        other="""
class NoMoney(ValueError):
    short = 2
    def __str__(self):
        return '2 short'
from dataclasses import dataclass, field
@dataclass(order=True)
class Card:
    '''For the bus.'''
    money: float
    trips: list = field(default_factory=list)
    sold = 9
    def ride(self, price):
        if self.money < price:
            raise NoMoney
        self.money, self.trips = self.money - price, [*self.trips, price]
        return self
    __add__ = lambda self, other: Card(self.money + other.money)
    __len__ = lambda self: len(self.trips)
    def __iter__(self):
        yield from self.trips
    __str__ = lambda self: str(self.money) + ' left'
class Student(Card):
    ride = lambda self, price: Card.ride(self, price * 0.5)
""",
        part="class NoMoney(Exception):\n    pass\nclass Card:\n    def __init__(self, money):\n        self.money, self.trips = money, []\n    def ride(self, price):\n        self.money -= price\nclass Student:\n    pass",
    ),
    Exercise(
        "tools",
        """
def twice(function):
    def inner(*values):
        inner.calls = inner.calls + 1
        return function(function(*values))
    inner.calls = 0
    return inner
def stops():
    number = 0
    while True:
        yield number
        number += 1
def tidy(names):
    for place, name in enumerate(names):
        names[place] = name.strip().title()
def share(part: int, whole: int = 100) -> float:
    \"\"\"Say what share a part is.

    >>> share(5, 10)
    0.5
    \"\"\"
    return part / whole
async def later(value):
    return value + 1
rides = 0
def count(n):
    global rides
    rides += n
    return rides
""",
        """
import doctest, inspect, itertools, types
assert twice(lambda n: n + 3)(1) == 7
@twice
def add_one(n):
    return n + 1
assert add_one(1) == 3
assert list(itertools.islice(stops(), 3)) == [0, 1, 2] and isinstance(stops(), types.GeneratorType)
names = [' north', 'south ']
assert tidy(names) is None and names == ['North', 'South']
""",
        """
assert 'return' in inspect.getsource(share) and list(inspect.signature(share).parameters) == ['part', 'whole']
assert share.__name__ == 'share' and share.__doc__ and share.__defaults__ == (100,)
checked = doctest.DocTestRunner(verbose=False)
for each in doctest.DocTestFinder().find(share, 'share', globs={'share': share}, module=False):
    checked.run(each)
assert checked.failures == 0 and checked.tries == 1
try:
    share(1, 0)
except ZeroDivisionError as error:
    assert 'zero' in str(error)
count(2), count(3)
assert rides == 5 and 'share' in globals()
kept = share
del share
try:
    share(1)
except NameError:
    share = kept
""",
        "assert await later(4) == 5",
        other="""
class twice:
    def __init__(self, function):
        self.function = function
    def __call__(self, *values):
        return self.function(self.function(*values))
def stops():
    import itertools
    return (n for n in itertools.count())
def tidy(names):
    names[:] = [name.strip().title() for name in names]
def share(part, whole=100):
    'A share. >>> share(5, 10)'
    return part / whole
def later(value):
    import asyncio
    return asyncio.sleep(0, value + 1)
def count(n):
    globals()['rides'] = globals().get('rides', 0) + n
""",
        part="def twice(function):\n    return function\ndef stops():\n    return [0, 1, 2]\ndef tidy(names):\n    return [name.strip() for name in names]\ndef share(part, whole):\n    return 0\nrides = 5\ndef count(n):\n    pass",
    ),
)
