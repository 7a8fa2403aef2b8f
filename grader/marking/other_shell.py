"""Another language's kernel, started inside a child's sandbox and driven as nbgrader drives it. Learner's child only."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
from typing import Any

from jupyter_client.kernelspec import KernelSpec, KernelSpecManager
from jupyter_client.manager import AsyncKernelManager
from nbclient import NotebookClient
from nbformat import NotebookNode

from grader.marking.recorder import Recorder
from grader.marking.shell import add_unseen_error

START_TIME = 50
Node: Any = NotebookNode


class _OnlyThis(KernelSpecManager):
    """Knows the one kernel that the marking side named."""

    spec: KernelSpec

    def get_kernel_spec(self, kernel_name: str) -> KernelSpec:
        """Return it."""
        return self.spec


class OtherShell:
    """Has what the child needs of a `Shell`: `run`, `recorder` and `language`."""

    def __init__(self, wish: dict[str, Any], recorder: Recorder) -> None:
        self.recorder = recorder
        self.language: dict[str, Any] = {}
        known = _OnlyThis()
        known.spec = KernelSpec(
            argv=list(wish["argv"]),
            env=dict(wish["env"]),
            name=wish["name"],
            display_name=wish["title"],
            interrupt_mode=wish["interrupt_mode"],
        )
        self._kernel = AsyncKernelManager(kernel_name=wish["name"], kernel_spec_manager=known)
        self._client = NotebookClient(
            Node(cells=[], metadata=Node(), nbformat=4, nbformat_minor=5),
            km=self._kernel,
            timeout=None,
            allow_errors=True,
            startup_timeout=START_TIME,
        )
        self._client.on_cell_executed = _keep_error

    async def start(self) -> None:
        """Start the kernel and wait until it answers. From now on an interrupt goes to it."""
        os.environ.setdefault("JUPYTER_RUNTIME_DIR", "/tmp/jupyter")
        await self._client.async_start_new_kernel(stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        asked = await self._client.async_start_new_kernel_client()
        reply = await self._client.async_wait_for_reply(asked.kernel_info())
        self.language = dict((reply or {}).get("content", {}).get("language_info", {}))
        loop = asyncio.get_running_loop()
        loop.add_signal_handler(signal.SIGINT, lambda: loop.create_task(self._interrupt()))

    async def _interrupt(self) -> None:
        await self._kernel.interrupt_kernel()

    async def run(self, code: str, cell_id: str, number: int | None = None) -> tuple[list[dict[str, Any]], int | None]:
        """Run one cell; return its outputs and its number. Raises what nbclient raises when the kernel has died."""
        cell = Node(cell_type="code", metadata=Node(), source=code, outputs=[], execution_count=None)
        self._client.nb.cells.append(cell)
        self.recorder.begin(cell_id)
        await self._client.async_execute_cell(cell, len(self._client.nb.cells) - 1, store_history=True)
        for output in cell.outputs:
            self.recorder.take(output.output_type, dict(output))
        self.recorder.flush()
        return self.recorder.end(), cell.execution_count


def _keep_error(cell: Any, cell_index: int, execute_reply: dict[str, Any]) -> None:
    add_unseen_error(cell.outputs, execute_reply["content"])
