"""The data service on this machine, and `ask()`: the same answers from the service and from the file."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request

import pytest
from server_room import DIRECT, PATIENCE, unused_port, wait

from grader.data.ask import VARIABLE, ask
from grader.data.package import load, names
from grader.errors import GraderError

# what lesson 12 asks: service, table, fields, and the rows wanted
QUESTIONS: list[tuple[str, dict[str, Any]]] = [
    ("bank-holidays", {"division": "scotland", "year": 2025}),
    ("bank-holidays", {"division": "england-and-wales", "year": 2025, "fields": ["title", "date"]}),
    ("bank-holidays", {"bunting": False, "division": "scotland"}),
    ("bank-holidays", {"division": "scotland", "date": "2025-01-01"}),
    ("bank-holidays", {"division": "wales"}),
    ("bank-holidays", {"year": 2019, "fields": ["date"]}),
    ("river-levels", {"table": "river_stations", "river": "River Parrett"}),
    ("river-levels", {"table": "river_levels", "unit": "mASD"}),
    ("river-levels", {"table": "river_stations", "station": "1029TH", "fields": ["typical_low", "typical_high"]}),
    ("weekly-deaths", {"fields": ["week_ending"]}),
    ("animal-rescues", {"animal": "Cat", "fields": ["year", "cost"]}),
]


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Run `club api` with a home of its own until the tests of this file are done; give its address."""
    home = tmp_path_factory.mktemp("home")
    port = unused_port()
    kept = {name: value for name, value in os.environ.items() if not name.startswith("XDG_")}
    process = subprocess.Popen(
        [sys.executable, "-m", "grader.data.service", str(port)],
        env=kept | {"HOME": str(home)},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    url = f"http://127.0.0.1:{port}"
    try:
        wait(f"{url}/-/versions.json", process)
        yield url
    finally:
        process.terminate()
        process.wait(60)


def get(url: str) -> Any:
    """Ask for JSON."""
    with DIRECT.open(url, timeout=PATIENCE) as reply:
        return json.load(reply)


@pytest.mark.xdist_group("api")
@pytest.mark.parametrize("name", names())
def test_every_data_set_answers(name: str, address: str) -> None:
    """Each table gives all its rows when counted, and its database names publisher and licence."""
    package = load(name)
    for resource in (r for r in package.resources if r.is_table):
        table = resource.path.removesuffix(".csv")
        [found] = get(f"{address}/{name}.json?sql=select+count(*)+as+n+from+[{table}]&_shape=array")
        assert found["n"] == len(package.path(resource.name).read_text(encoding="utf-8").splitlines()) - 1
    about = get(f"{address}/-/metadata.json")["databases"][name]
    assert about["source"] == package.publisher
    assert package.licence.title in about["license"]


@pytest.mark.xdist_group("api")
@pytest.mark.parametrize(("asked", "only"), QUESTIONS, ids=[f"{name}-{n}" for n, (name, _) in enumerate(QUESTIONS)])
def test_the_service_and_the_file_give_the_same_answer(
    asked: str, only: dict[str, Any], address: str, home: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Rows, order, kinds of value, address and number of letters are the same from both."""
    monkeypatch.delenv(VARIABLE, raising=False)
    from_file = ask(asked, **only)
    monkeypatch.setenv(VARIABLE, address)
    from_service = ask(asked, **only)

    assert (from_file.came_from, from_service.came_from) == ("file", "service")
    assert list(from_file) == list(from_service)
    assert [[type(v) for v in row.values()] for row in from_file] == [
        [type(v) for v in row.values()] for row in from_service
    ]
    assert (from_file.address, from_file.letters) == (from_service.address, from_service.letters)


def test_scotland_has_nine_holidays_in_2025(home: object, monkeypatch: pytest.MonkeyPatch) -> None:
    """The answer is the nine rows, and what was asked and how much came back is shown."""
    monkeypatch.delenv(VARIABLE, raising=False)
    found = ask("bank-holidays", division="scotland", year=2025)
    assert len(found) == 9
    assert str(found).startswith(
        "Address: /bank-holidays/bank_holidays.json?division=scotland&year=2025\nAnswer: 9 rows"
    )


def test_an_unknown_service_or_column_is_told(home: object) -> None:
    """A name that is not there is told with the names that are."""
    with pytest.raises(GraderError) as no_service:
        ask("bank-holiday")
    with pytest.raises(GraderError) as no_column:
        ask("bank-holidays", country="scotland")
    assert "bank-holidays" in no_service.value.todo
    assert "division" in no_column.value.todo


@pytest.mark.xdist_group("api")
def test_nobody_can_change_the_data(address: str) -> None:
    """The service refuses statements that would change the data."""
    with pytest.raises(HTTPError) as refused:
        get(f"{address}/bank-holidays.json?sql=delete+from+bank_holidays")
    assert refused.value.code in (400, 403)
    with pytest.raises(HTTPError):
        DIRECT.open(Request(f"{address}/bank-holidays/bank_holidays", data=b"{}", method="POST"), timeout=PATIENCE)
    [found] = get(f"{address}/bank-holidays.json?sql=select+count(*)+as+n+from+bank_holidays&_shape=array")
    assert found["n"] == 280


@pytest.mark.xdist_group("api")
def test_the_service_is_on_this_machine_only(address: str) -> None:
    """The port answers on the loopback address and on no other address of this machine."""
    import psutil

    port = int(address.rpartition(":")[2])
    listening = {
        connection.laddr.ip
        for connection in psutil.net_connections("tcp")
        if connection.laddr.port == port and connection.status == psutil.CONN_LISTEN
    }
    assert listening == {"127.0.0.1"}
