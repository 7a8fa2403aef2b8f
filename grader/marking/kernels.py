"""Notebooks for another kernel than Python's: which one the source asks for, and what a child starts it with."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from jupyter_client.kernelspec import KernelSpecManager, NoSuchKernel

from grader.errors import GraderError
from grader.marking.gradebook_rows import StoredNotebook
from grader.marking.sandbox.enter import NAMESPACES
from grader.marking.sandbox.view import SYSTEM

MODULES = ("nbclient", "jupyter_client.manager", "jupyter_client.provisioning")
USUAL = ("", "python", "python3")


@dataclass(frozen=True)
class Kernel:
    """A kernel of this machine's: `argv` starts it, `trees` are the folders it reads besides the system's."""

    name: str
    title: str
    argv: tuple[str, ...]
    env: dict[str, str]
    interrupt_mode: str
    trees: tuple[str, ...]

    def to_json(self) -> dict[str, Any]:
        """Return it for a child."""
        return asdict(self)


def kernels_of(notebooks: Sequence[StoredNotebook], course: Path) -> dict[str, Kernel]:
    """Return the kernel of each notebook that asks for another language, by the notebook's name.

    Raises GraderError where that kernel is not on this machine.
    """
    return {notebook.name: _kernel(notebook, course) for notebook in notebooks if not is_python(notebook)}


def refuse_kernels(kernels: Mapping[str, Kernel], assignment: str, layer: str) -> None:
    """Raise GraderError where the sandbox lets no program start, and so no kernel."""
    if kernels and layer != NAMESPACES:
        name, kernel = next(iter(kernels.items()))
        raise GraderError(
            f"{name} asks for the kernel {kernel.title}, and the sandbox of this machine runs only Python.",
            todo=f"To mark with nbgrader, without a sandbox: club mark {assignment} --no-sandbox",
        )


def is_python(notebook: StoredNotebook) -> bool:
    """Tell whether a notebook is Python's, by whatever name its kernel goes."""
    return str(notebook.kernelspec.get("language") or "python").lower() in ("python", "python3", "ipython")


def other_pythons(notebooks: Sequence[StoredNotebook]) -> tuple[tuple[str, str], ...]:
    """Return the notebooks that ask for a Python of another name than the usual, each with what it calls it."""
    asked = [(each, str(each.kernelspec.get("name", ""))) for each in notebooks if is_python(each)]
    return tuple(
        (each.name, str(each.kernelspec.get("display_name") or name)) for each, name in asked if name not in USUAL
    )


def _kernel(notebook: StoredNotebook, course: Path) -> Kernel:
    name = str(notebook.kernelspec.get("name", ""))
    title = str(notebook.kernelspec.get("display_name") or name)
    try:
        spec = KernelSpecManager().get_kernel_spec(name)
    except NoSuchKernel:
        raise GraderError(
            f"{notebook.name} asks for the kernel {title} ({name}), which is not on this machine.",
            todo="Install that kernel, or mark on a machine that has it. To see what is here: jupyter kernelspec list",
        ) from None
    program = shutil.which(spec.argv[0]) or spec.argv[0]
    trees = tuple(_trees(program, spec.resource_dir, course))
    argv = (program, *spec.argv[1:])
    return Kernel(name, title, argv, dict(spec.env), str(spec.interrupt_mode), trees)


def _trees(program: str, resources: str, course: Path) -> Iterable[str]:
    """Return where a kernel and its program live, but never a folder that holds somebody's home or the course."""
    homes = (Path.home().resolve(), course.resolve())
    for path in {Path(program).absolute(), Path(os.path.realpath(program))}:
        inside = path.parent.parent if path.parent.name == "bin" else path.parent
        for folder in (inside, path.parent):
            if not any(home.is_relative_to(folder) for home in homes):
                yield str(folder)
                break
    if resources:
        yield resources


def to_show(kernels: Iterable[Kernel]) -> list[str]:
    """Return the folders to show in the sandbox for these kernels."""
    found = {tree for kernel in kernels for tree in kernel.trees}
    return sorted(tree for tree in found if os.path.isdir(tree) and not tree.startswith(SYSTEM))
