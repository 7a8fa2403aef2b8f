"""The trusted side of the warm process: start it, ask it for children, talk to them, stop them."""

from __future__ import annotations

import contextlib
import json
import os
import select
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from grader.marking.frame import Ended, Frame, receive, send
from grader.marking.sandbox.enter import LANDLOCK, NAMESPACES, NOBODY, Limits, nobody_reads
from grader.marking.sandbox.view import CACHE, HOME
from grader.marking.scratch import Scratch
from grader.marking.surroundings import PACKAGE, font_lists, trees_to_show

MODULES = (
    "numpy", "pandas", "pandas.io.formats.style", "pandas.io.formats.html", "pandas.plotting._matplotlib", "matplotlib",
    "matplotlib.pyplot", "matplotlib.backends.backend_agg", "matplotlib_inline.backend_inline", "PIL.PngImagePlugin",
    "IPython.display", "pexpect", "IPython.core.completer", "IPython.core.pylabtools",
    "IPython.core.magics.pylab", "IPython.core.magics.execution", "pandas.core.reshape.reshape", "asyncio", "json", "csv",
    "datetime", "grader.marking.child", "grader.marking.split.answering", "grader.marking.split.checking",
    "grader.kernel.session", "grader.kernel.lesson", "grader.kernel.drawing", "grader.checks.expect_chart",
)  # fmt: skip
BOOT = """
import sys, types
for name, path in (("grader", sys.argv[2]), ("grader.marking", sys.argv[2] + "/marking")):
    sys.modules[name] = types.ModuleType(name)
    sys.modules[name].__path__ = [path]
from grader.marking.warm import main
main(int(sys.argv[1]))
"""
START_TIME = 120


class Broken(Exception):
    """The engine itself did not work: no submission is to blame, and none is marked."""


class Child:
    """One forked child. `ask` raises Late when it takes too long and Ended when it has gone."""

    def __init__(self, warm: Warm, number: int, link: socket.socket, handle: int, folder: str) -> None:
        self._warm, self._number, self._link, self._handle, self._folder = warm, number, link, handle, folder
        self._trusted = True

    def ask(self, data: dict[str, Any], parts: Sequence[bytes] = (), until: float | None = None) -> Frame:
        """Send one frame and return the answer."""
        self.tell(data, parts, until)
        return self.hear(until)

    def tell(self, data: dict[str, Any], parts: Sequence[bytes] = (), until: float | None = None) -> None:
        """Send one frame."""
        with self._blamed():
            send(self._link, data, parts, until)

    def hear(self, until: float | None = None) -> Frame:
        """Return the next frame."""
        with self._blamed():
            frame = receive(self._link, until)
        if frame.op == "broken" and not self._trusted:
            raise Ended
        if frame.op == "broken":
            raise Broken(str(frame.data.get("why")))
        return frame

    @contextlib.contextmanager
    def _blamed(self) -> Iterator[None]:
        """Let a child that ends before anything of a learner's ran be the engine's trouble, not the learner's."""
        try:
            yield
        except Ended:
            if self._trusted:
                raise Broken("a child ended before it began") from None
            raise

    def runs_now(self) -> None:
        """Note that from here on what the child says may be a learner's doing."""
        self._trusted = False

    def interrupt(self) -> None:
        """Ask what runs to stop, as the stop button does."""
        self._signal(signal.SIGINT)

    def stop(self) -> None:
        """End the child and everything it started."""
        self._signal(signal.SIGKILL)
        waiting = select.poll()
        waiting.register(self._handle, select.POLLIN)
        waiting.poll(5000)

    def why(self) -> str:
        """Return why the child ended: "memory", "processes", "signal 9", "exit 0", ..."""
        return self._warm.why(self._number)

    def close(self) -> None:
        """Stop the child and let go of it."""
        self.stop()
        self._link.close()
        os.close(self._handle)
        if self._folder:
            shutil.rmtree(self._folder, ignore_errors=True)

    def _signal(self, number: int) -> None:
        with contextlib.suppress(ProcessLookupError):
            signal.pidfd_send_signal(self._handle, number)


class Warm:
    """The warm process. `fork` may be called from several threads."""

    def __init__(self, layer: str, limits: Limits, modules: Sequence[str] = (), trees: Sequence[str] = ()) -> None:
        self.layer, self.limits = layer, limits
        self._trees = list(trees) or trees_to_show()
        self._lock = threading.Lock()
        self._count = 0
        self._temporary = Scratch()
        self._scratch = self._temporary.path
        self._control, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with theirs:
            self._process = subprocess.Popen(
                [sys.executable, "-s", "-c", BOOT, str(theirs.fileno()), str(PACKAGE)],
                pass_fds=[theirs.fileno()],
                env=self._environment(),
                cwd="/",
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                start_new_session=True,
            )
        self._control.send(json.dumps(self._wish(modules)).encode())
        self._control.settimeout(START_TIME)
        answer = self._heard()
        if answer.get("op") != "ready":
            self.close()
            raise Broken(str(answer.get("why", "the warm process did not start")))
        self.language: dict[str, Any] = answer["language"]

    def _environment(self) -> dict[str, str]:
        cache = CACHE if self.layer == NAMESPACES else str(self._scratch / "cache")
        home = HOME if self.layer == NAMESPACES else str(self._scratch)
        kept = {name: os.environ[name] for name in ("LANG", "LC_ALL", "TZ", "PYTHONPATH") if name in os.environ}
        kept |= {"PATH": f"{Path(sys.executable).parent}:/usr/local/bin:/usr/bin:/bin", "HOME": home, "USER": "learner"}
        kept |= {"MPLCONFIGDIR": cache, "IPYTHONDIR": f"{cache}/ipython", "NBGRADER_EXECUTION": "autograde"}
        kept |= dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"), "1")
        return kept | {"MPLBACKEND": "module://matplotlib_inline.backend_inline", "PYTHONDONTWRITEBYTECODE": "1"}

    def _wish(self, modules: Sequence[str]) -> dict[str, Any]:
        cache = self._scratch / "cache"
        cache.mkdir(mode=0o755)
        root = self._scratch / "root"
        root.mkdir()
        fonts = font_lists()
        if self.layer == LANDLOCK:
            for font in fonts:
                shutil.copy(font, cache)
            if self._as_nobody():
                for path in (self._scratch, cache):
                    shutil.chown(path, NOBODY, NOBODY)
        return {
            "layer": self.layer,
            "trees": self._trees,
            "readable": [*self._trees, str(cache)],
            "fonts": fonts,
            "root": str(root),
            "modules": [*MODULES, *modules],
            "limits": asdict(self.limits),
        }

    def fork(self) -> Child:
        """Return a new child that has run nothing yet."""
        ours, theirs = socket.socketpair()
        with self._lock, theirs:
            self._count += 1
            number = self._count
            folder = self._folder(number)
            wish = {"op": "fork", "id": number, "folder": folder}
            try:
                socket.send_fds(self._control, [json.dumps(wish).encode()], [theirs.fileno()])
                content, held, _, _ = socket.recv_fds(self._control, 65536, 1)
            except OSError:
                held, content = [], b""
        if not held or not content:
            ours.close()
            raise Broken("the warm process has gone")
        return Child(self, number, ours, held[0], folder)

    def _folder(self, number: int) -> str:
        if self.layer == NAMESPACES:
            return ""
        folder = self._scratch / f"learner-{number}"
        folder.mkdir(mode=0o700)
        if self._as_nobody():
            shutil.chown(folder, NOBODY, NOBODY)
        return str(folder)

    def _as_nobody(self) -> bool:
        return os.geteuid() == 0 and nobody_reads(self._trees)

    def why(self, number: int) -> str:
        """Return why a child ended, once it has."""
        with self._lock:
            for _ in range(20):
                try:
                    self._control.send(json.dumps({"op": "why", "id": number}).encode())
                except OSError:
                    raise Broken("the warm process has gone") from None
                answer = self._heard()
                if answer.get("why"):
                    return str(answer["why"])
                time.sleep(0.01)
        return ""

    def _heard(self) -> dict[str, Any]:
        """Return what the warm process says next; nothing when it has gone."""
        try:
            content = self._control.recv(65536)
        except OSError:
            content = b""
        return json.loads(content) if content else {}

    def __enter__(self) -> Warm:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End the warm process and all its children, and remove its scratch folder."""
        self._control.close()
        try:
            self._process.wait(5)
        except subprocess.TimeoutExpired:
            self._process.terminate()
            self._process.wait(5)
        self._temporary.close()
