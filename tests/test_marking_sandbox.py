"""What a learner's code can do to anything outside its own folder: nothing, under every layer that this machine has."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import marking_room as room
import psutil
import pytest

from grader.marking import words
from grader.marking.engine import Warm
from grader.marking.marked import CellResult
from grader.marking.one_child import run_together
from grader.marking.sandbox.enter import LANDLOCK, NAMESPACES, Limits
from grader.marking.sandbox.layers import layers
from grader.marking.surroundings import trees_to_show

LIMITS = Limits(cell_time=2, notebook_time=60, memory=400_000_000, processes=20, disk=20_000_000, output=20_000)
HERE = [layer.name for layer in layers() if layer.available]
SECRET = "the-marks-of-everyone"


@pytest.fixture(scope="module", params=[NAMESPACES, LANDLOCK])
def warm(request: pytest.FixtureRequest) -> Iterator[Warm]:
    """Give a warm process under each layer of this machine, with a secret in the environment that it must not pass on."""
    if request.param not in HERE:
        pytest.skip(f"this machine has no {request.param}")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("FOOTHILLS_TOKEN", SECRET)
        with Warm(request.param, LIMITS) as started:
            yield started


def run(warm: Warm, *codes: str, files: Mapping[str, bytes] | None = None) -> list[CellResult]:
    """Run cells one after another in one notebook and return what each did."""
    cells = [room.cell("code", code, name=f"c{number}") for number, code in enumerate(codes)]
    results = run_together(warm, cells, files or {}, frozenset())
    return [results[cell["id"]] for cell in cells]


def shown(result: CellResult) -> str:
    """Return all text that a cell showed, its errors too."""
    return "".join(
        output.get("text", "") + output.get("evalue", "") + output.get("data", {}).get("text/plain", "")
        for output in result.outputs
    )


def attempts(warm: Warm, *codes: str) -> list[str]:
    """Run each attempt in a cell of its own and return how each ended: "done", or the name of the error."""
    wrapped = [
        "try:\n" + "".join(f"    {line}\n" for line in code.splitlines()) + "    print('done')\n"
        "except BaseException as trouble:\n    print(type(trouble).__name__)"
        for code in codes
    ]
    return [shown(result).strip().splitlines()[-1] for result in run(warm, *wrapped)]


def test_reads_no_file_of_anyone(warm: Warm, tmp_path: Path) -> None:
    """Files of the course, of the checkout, of the system's users and of other processes cannot be read."""
    tmp_path.chmod(0o755)
    (tmp_path / "gradebook.db").write_text(SECRET)
    (tmp_path / "gradebook.db").chmod(0o644)
    places = [
        tmp_path / "gradebook.db",
        Path(__file__),
        "/etc/shadow",
        f"/proc/{os.getpid()}/environ",
        "/proc/1/environ",
    ]

    found = run(
        warm,
        *(f"print(open({str(place)!r}).read())" for place in places),
        f"import os\nprint(os.listdir({str(tmp_path)!r}))",
        "import subprocess\nprint(subprocess.run('cat /etc/shadow ../*/*', shell=True, capture_output=True, text=True).stdout)",
        "import os\nos.symlink('/etc/shadow', 'mine')\nprint(open('mine').read())",
    )

    text = "".join(output.get("text", "") for result in found for output in result.outputs)
    assert SECRET not in text and "root:" not in text and "FOOTHILLS_TOKEN" not in text and "pytest" not in text
    assert [place for place, result in zip(places, found[:4], strict=False) if "Error" not in str(result.outputs)] == []


def test_changes_nothing_outside(warm: Warm, tmp_path: Path) -> None:
    """Nothing is written, removed or renamed outside the scratch folder, which is writable."""
    tmp_path.chmod(0o777)
    kept = tmp_path / "kept.txt"
    kept.write_text("as it was")
    kept.chmod(0o666)
    package = Path(sys.prefix) / "planted.py"

    ended = attempts(
        warm,
        "open('own.txt', 'w').write('mine')",
        f"open({str(tmp_path / 'new.txt')!r}, 'w').write('x')",
        f"open({str(kept)!r}, 'a').write('x')",
        f"import os\nos.remove({str(kept)!r})",
        f"open({str(package)!r}, 'w').write('x')",
        "open('/usr/planted', 'w').write('x')",
        "open('../planted', 'w').write('x')",
        "import os, stat\nos.chmod('/usr/bin', stat.S_IMODE(os.stat('/usr/bin').st_mode))",
    )

    assert "done" == ended[0]
    assert "done" not in ended[1:6] and "done" != ended[7]
    assert ["kept.txt"] == [path.name for path in tmp_path.iterdir()] and "as it was" == kept.read_text()
    assert not package.exists() and not Path("/usr/planted").exists()


def test_has_no_network(warm: Warm, tmp_path: Path) -> None:
    """No connection reaches a port of this machine or a socket in a folder."""
    path = tmp_path / "door"
    with socket.create_server(("127.0.0.1", 0)) as port, socket.socket(socket.AF_UNIX) as door:
        door.bind(str(path))
        door.listen()
        door.setblocking(False)
        port.setblocking(False)

        ended = attempts(
            warm,
            f"import socket\nsocket.create_connection(('127.0.0.1', {port.getsockname()[1]}), 1)",
            f"import socket\nsocket.socket(socket.AF_UNIX).connect({str(path)!r})",
            "import urllib.request\nurllib.request.urlopen('http://1.1.1.1', timeout=1)",
        )

        assert "done" not in ended
        for listening in (port, door):
            with pytest.raises(BlockingIOError):
                listening.accept()


def test_touches_no_other_process(warm: Warm) -> None:
    """A process outside cannot be seen, signalled or traced, and neither can the warm process."""
    with subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"]) as other:
        parent = warm._process.pid
        results = run(
            warm,
            "import os, signal\nfor process in range(1, 40000):\n    if process != os.getpid():\n"
            "        try:\n            os.kill(process, signal.SIGKILL)\n        except OSError:\n            pass",
            "try:\n    os.kill(-1, signal.SIGTERM)\nexcept OSError:\n    pass",
            f"try:\n    print([open(f'/proc/{{p}}/cmdline').read() for p in ({other.pid}, {parent})])\n"
            "except OSError:\n    print('unseen')",
            "1 + 1",
        )
        alive = other.poll() is None and psutil.pid_exists(parent)
        other.kill()

    assert alive
    assert "unseen" in shown(results[2]) or "time.sleep" not in shown(results[2])
    assert "2" == shown(run(warm, "1 + 1")[0])


def test_an_endless_loop_costs_its_own_cell(warm: Warm) -> None:
    """A loop is stopped as the stop button would, with a verdict; names from before and after are there."""
    first, loop, last = run(warm, "kept = 5", "while True:\n    pass", "kept + 1")

    assert "6" == shown(last) and first.reached and last.reached
    assert words.TIME.format(seconds=2) == loop.trouble and loop.trouble in shown(loop)


def test_a_loop_that_does_not_let_go_is_ended(warm: Warm) -> None:
    """Code that ignores the stop button is ended, and the other cells run again without it."""
    stuck = "import time\nwhile True:\n    try:\n        time.sleep(1)\n    except BaseException:\n        pass"
    first, loop, last = run(warm, "kept = 5\nprint('once')", stuck, "kept + 1")

    assert ("once\n", "6") == (shown(first), shown(last))
    assert words.STUCK.format(seconds=2) == loop.trouble and loop.trouble in shown(loop)


def test_too_much_memory_costs_its_own_cell(warm: Warm) -> None:
    """Taking more memory than allowed ends the cell with a verdict."""
    first, greedy, last = run(warm, "kept = 5", "held = [bytearray(50_000_000) for _ in range(40)]", "kept + 1")

    assert words.MEMORY.format(megabytes=400) == greedy.trouble and greedy.trouble in shown(greedy)
    assert "6" == shown(last) and first.reached


def test_memory_of_descendants_counts_together() -> None:
    """Processes that each stay below the limit are ended when together they pass it."""
    if NAMESPACES not in HERE:
        pytest.skip("this machine has no namespaces")
    code = (
        "import os, time\nfor _ in range(8):\n    if not os.fork():\n"
        "        held = bytearray(os.urandom(1_000_000)) * 120\n        time.sleep(30)\n        os._exit(0)\ntime.sleep(30)"
    )
    limits = Limits(cell_time=20, memory=300_000_000, processes=40)
    with Warm(NAMESPACES, limits) as started:
        greedy, last = run(started, code, "1 + 1")

        assert words.MEMORY.format(megabytes=300) == greedy.trouble
        assert "2" == shown(last)


def test_a_fork_bomb_leaves_its_neighbour_alone(warm: Warm) -> None:
    """A fork bomb meets the limit on processes; a neighbour works meanwhile and nothing of it is left afterwards."""
    bomb = "import os\ntry:\n    while True:\n        os.fork()\nexcept OSError:\n    pass\nimport time\ntime.sleep(1)"
    neighbour = warm.fork()
    try:
        run(warm, bomb)
        neighbour.ask({"op": "start", "role": "", "files": []})
        answer = neighbour.ask({"op": "run", "id": "n", "token": "", "code": "20 + 1"})
    finally:
        neighbour.close()

    assert "21" == answer.data["outputs"][0]["data"]["text/plain"]
    assert "2" == shown(run(warm, "1 + 1")[0])


def test_an_ending_costs_its_own_cell(warm: Warm) -> None:
    """Ending Python in the middle keeps what the cells before showed and runs the cells after."""
    first, gone, last = run(warm, "kept = 5\nprint('once')", "import os\nos._exit(0)", "kept + 1")

    assert ("once\n", "6") == (shown(first), shown(last))
    assert words.ENDED == gone.trouble and words.ENDED in shown(gone)


def test_a_flood_of_output_is_cut(warm: Warm) -> None:
    """Output past the limit is left out with a line that says so, however it is written."""
    results = run(
        warm,
        "for _ in range(500):\n    print('x' * 99_999)",
        "import sys\nfor n in range(300_000):\n    sys.stderr.write('line\\n')",
        "import os\nfor _ in range(50):\n    os.write(1, b'y' * 100_000)",
        "from IPython.display import HTML, display\nfor _ in range(50):\n    display(HTML('z' * 1_000_000))",
        "'end'",
    )

    assert all(len(str(result.outputs)) < 3_000_000 for result in results)
    assert all(words.OUTPUT.format(kilobytes=20) in shown(result) for result in results[:4])
    assert "'end'" == shown(results[4])


def test_disk_is_limited(warm: Warm) -> None:
    """Writing more than allowed stops with an error in that cell."""
    code = "with open('big', 'wb') as file:\n    for _ in range(200):\n        file.write(b'x' * 1_000_000)"
    limits = Limits(cell_time=10, disk=20_000_000, file=20_000_000)
    with Warm(warm.layer, limits) as started:
        ended = attempts(started, code, "open('small', 'w').write('x')")

    assert "done" != ended[0]


def test_speaking_for_the_engine_earns_nothing(warm: Warm) -> None:
    """Messages that a cell sends in the engine's place are not taken for another cell's result."""
    forged = (
        "import json, os, struct\n"
        "body = json.dumps({'op': 'cell', 'id': 'c1', 'outputs': [], 'number': 1, 'seconds': 0, 'left_out': 0,\n"
        "    'changed': {}}).encode()\n"
        "for held in range(3, 20):\n    try:\n        os.write(held, struct.pack('>II', len(body), 0) + body)\n"
        "    except OSError:\n        pass"
    )
    results = run(warm, forged, "assert False, 'a test that must be seen to run'")

    assert any(output["output_type"] == "error" for output in results[1].outputs)


def test_new_namespaces_and_tracing_are_refused(warm: Warm) -> None:
    """The calls that would widen what a process may do are refused."""
    call = "import ctypes\nlibc = ctypes.CDLL(None, use_errno=True)\nif {}:\n    raise PermissionError"
    ended = attempts(
        warm,
        call.format("libc.unshare(0x10000000)"),
        call.format("libc.ptrace(16, 1, 0, 0)"),
        call.format("libc.mount(b'none', b'/tmp', b'tmpfs', 0, None)"),
        call.format("libc.setns(0, 0)"),
        call.format("libc.syscall(425, 8, 0)"),
        "import os\nos.setuid(0)\nos.listdir('/root')",
    )

    assert "done" not in ended[:5]
    assert "done" != ended[5] or not Path("/root").exists() or not any(Path("/root").iterdir())


def test_a_course_on_pythons_path_is_not_shown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder of PYTHONPATH is shown to learners' code, but not the course, what is in it or what it is in."""
    course, other = tmp_path / "home" / "course", tmp_path / "modules"
    (course / "source").mkdir(parents=True)
    other.mkdir()
    monkeypatch.chdir(course)
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(map(str, (".", course, course / "source", course.parent, other))))

    shown_trees = trees_to_show(course)

    assert [str(other)] == [tree for tree in shown_trees if tree.startswith(str(tmp_path))]
