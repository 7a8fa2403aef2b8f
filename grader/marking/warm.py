"""The warm process: enters its sandbox, imports what lessons need, then forks a child for every request.

It runs nothing of a learner's and reads nothing of theirs. Started by `grader.marking.engine`.
"""

from __future__ import annotations

import gc
import importlib
import io
import json
import os
import select
import signal
import socket
import sys
import traceback
from contextlib import redirect_stderr, redirect_stdout
from typing import Any

from grader.marking.sandbox.enter import NAMESPACES, Limits, close_view, enter_warm, fork_apart
from grader.marking.usage import Usage

TICK = 100


def main(held: int) -> None:
    """Serve requests on the control socket until it closes."""
    control = socket.socket(fileno=held)
    wish = json.loads(control.recv(1_000_000))
    try:
        enter_warm(wish["layer"], wish["trees"], wish["fonts"], wish["root"])
        shell = _preload(wish["modules"])
        if wish["layer"] == NAMESPACES:
            close_view()
    except BaseException as trouble:
        place = traceback.extract_tb(trouble.__traceback__)[-1]
        why = f"{type(trouble).__name__}: {trouble} ({place.name}, line {place.lineno})"
        control.send(json.dumps({"op": "broken", "why": why}).encode())
        os._exit(3)
    warm = _Warm(control, shell, wish)
    control.send(json.dumps({"op": "ready", "language": shell.language}).encode())
    warm.serve()
    os._exit(0)


def _preload(modules: list[str]) -> Any:
    """Import what lessons use inside the shell, so that pandas and matplotlib see a notebook."""
    for name in ("grader.marking", "grader"):
        sys.modules.pop(name, None)
    from grader.marking.shell import Shell

    shell = Shell()
    with shell.shell.builtin_trap:
        for name in modules:
            _import_quietly(name)
        _use_once()
        _stumble_once(shell)
    return shell


def _import_quietly(name: str) -> None:
    """Import a module; one that is not there, or prints, is left for the cell that asks for it."""
    try:
        with redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()):
            importlib.import_module(name)
    except Exception:  # whatever a course's module raises, its own cell shall show it
        pass


def _use_once() -> None:
    """Do once what every lesson does, so that children need not load it; one thread, nothing kept."""
    pandas, pyplot = sys.modules.get("pandas"), sys.modules.get("matplotlib.pyplot")
    if pandas is not None:
        table = pandas.read_csv(io.StringIO("a,b,c\n1,x,2024-01-01\n2,y,2024-01-02\n"), parse_dates=["c"])
        table.groupby("b")["a"].sum().sort_values().head()
        table._repr_html_(), repr(table), repr(table["a"])
        table.pivot_table(index="b", values="a"), table.merge(table), table["b"].str.upper(), table["a"].describe()
    if pyplot is not None:
        figure, axes = pyplot.subplots()
        axes.plot([1, 2], [1, 2], label="a")
        axes.bar(["a", "b"], [1, 2])
        axes.set_title("Title")
        axes.legend()
        figure.canvas.print_figure(io.BytesIO(), format="png", bbox_inches="tight")
        pyplot.close("all")


SLIPS = (
    "pandas.DataFrame({'a': [1]}).other",
    "pandas.DataFrame({'a': [1]})['b']",
    "pandas.DataFrame({'a': [1]}).groupby('b')",
    "pandas.Series([1], index=['a'])['b']",
    "pandas.Series(['x']).dt",
    "matplotlib.pyplot.plot([1], [1, 2])",
    "assert False",
)


def _stumble_once(shell: Any) -> None:
    """Show the errors that learners meet most: reading pandas' files to quote them takes longer than all their cells."""
    from stack_data.core import Source

    from grader.marking.split import peer, stand_ins

    names: dict[str, Any] = {name: sys.modules[name] for name in ("pandas", "matplotlib.pyplot") if name in sys.modules}
    names |= {"matplotlib": sys.modules.get("matplotlib")}
    for slip in SLIPS:
        try:
            exec(slip, dict(names))
        except Exception:
            shell.shell.InteractiveTB.structured_traceback(*sys.exc_info())
    if "matplotlib.pyplot" in names:
        names["matplotlib.pyplot"].close("all")
    for module in (peer, stand_ins):  # through which a test calls an answer
        Source.for_filename(str(module.__file__))


class _Warm:
    """Forks children, knows why they ended, and stops those that use too much."""

    def __init__(self, control: socket.socket, shell: Any, wish: dict[str, Any]) -> None:
        self._control, self._shell, self._wish = control, shell, wish
        self._limits = Limits(**wish["limits"])
        self._layer: str = wish["layer"]
        self._own = os.open("/proc/self/ns/pid", os.O_RDONLY) if self._layer == NAMESPACES else -1
        self._children: dict[int, int] = {}
        self._endings: dict[int, str] = {}
        self._inherited = _status("VmData")
        self._usage = Usage()

    def serve(self) -> None:
        """Answer requests; look after the children in between."""
        gc.collect()
        gc.freeze()
        waiting = select.poll()
        waiting.register(self._control, select.POLLIN)
        while True:
            if waiting.poll(TICK if self._children else None):
                content, held, _, _ = socket.recv_fds(self._control, 65536, 4)
                if not content:
                    return
                self._answer(json.loads(content), held)
            self._reap()
            self._watch()

    def _answer(self, wish: dict[str, Any], held: list[int]) -> None:
        if wish["op"] == "fork":
            self._fork(wish, held[0])
        elif wish["op"] == "why":
            self._reap()
            self._control.send(json.dumps({"op": "why", "why": self._endings.pop(wish["id"], "")}).encode())

    def _fork(self, wish: dict[str, Any], held: int) -> None:
        child = fork_apart(self._own) if self._layer == NAMESPACES else os.fork()
        if not child:
            self._become_child(held, wish)
        os.close(held)
        handle = os.pidfd_open(child)
        self._children[child] = wish["id"]
        socket.send_fds(self._control, [json.dumps({"op": "forked", "id": wish["id"]}).encode()], [handle])
        os.close(handle)

    def _become_child(self, held: int, wish: dict[str, Any]) -> None:
        from grader.marking.child import serve

        link = os.dup2(held, 3, inheritable=False) if held != 3 else held
        nothing = os.open("/dev/null", os.O_RDONLY)
        os.dup2(nothing, 0)
        os.closerange(4, 4096)
        self._control.detach()
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        serve(
            socket.socket(fileno=link),
            self._shell,
            self._layer,
            self._limits,
            wish.get("folder", ""),
            self._wish["readable"],
            self._inherited,
        )

    def _reap(self) -> None:
        while self._children:
            try:
                child, status = os.waitpid(-1, os.WNOHANG)
            except ChildProcessError:
                return
            if not child:
                return
            number = self._children.pop(child, None)
            if number is not None:
                code = os.waitstatus_to_exitcode(status)
                self._endings.setdefault(number, f"signal {-code}" if code < 0 else f"exit {code}")

    def _watch(self) -> None:
        """Stop a child whose processes together use too much memory, are too many or hold too many files open."""
        if not self._children:
            return
        most = self._limits
        for child, uses in self._usage.of(self._children).items():
            many = uses.processes > most.processes * 2 or uses.files > most.files
            if many or uses.memory > most.memory:
                self._endings[self._children[child]] = "memory" if uses.memory > most.memory else "processes"
                os.kill(child, signal.SIGKILL)


def _status(name: str) -> int:
    try:
        with open("/proc/self/status", encoding="ascii", errors="replace") as file:
            for line in file:
                if line.startswith(f"{name}:"):
                    return int(line.split()[1]) * 1024
    except OSError:
        pass
    return 0
