"""Run a package's recipe and keep its description in step with what it wrote."""

from __future__ import annotations

import hashlib
import importlib.util
import json
import os
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from grader.data.fingerprint import fingerprint
from grader.data.package import DESCRIPTOR, ROOT, Package, load
from grader.data.tidy import json_bytes
from grader.errors import GraderError

Recipe = Callable[[Path], dict[str, bytes]]


def default_raw(root: Path | None = None) -> Path:
    """Give the folder of raw files that may lie beside the checkout."""
    return (root or ROOT).parent.parent / "shared" / "data" / "raw"


def find_raw(raw: Path | None = None) -> Path:
    """Give the folder of raw files, or say how to name one."""
    folder = raw or default_raw()
    if not folder.is_dir():
        raise GraderError(
            "The folder of raw files is not there.",
            where=str(folder),
            todo="Name it with --raw DIR.",
        )
    return folder


def recipe(package: Package) -> Recipe:
    """Load the `prepare` function of a package."""
    path = package.folder / "prepare.py"
    spec = importlib.util.spec_from_file_location(f"recipe_{package.name.replace('-', '_')}", path)
    if spec is None or spec.loader is None or not path.is_file():
        raise GraderError(
            f"The data set {package.name} has no recipe.", where=str(path), todo="Write one: prepare(raw)."
        )
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.prepare  # type: ignore[no-any-return]


def run(package: Package, raw: Path) -> dict[str, bytes]:
    """Run the recipe and give the files it makes, without writing any."""
    for source in package.raw:
        if not (raw / source.path).is_file():
            raise GraderError(
                f"The recipe of {package.name} needs a raw file that is not there.",
                where=str(raw / source.path),
                todo="Put the file there, or name another folder with --raw DIR.",
            )
    return recipe(package)(raw)


def describe(package: Package, files: dict[str, bytes], raw: Path) -> dict[str, Any]:
    """Give the package's description with sizes, checksums and row counts brought up to date."""
    listed = {r.path for r in package.resources}
    by_hand = {path for path in listed - set(files) if (package.folder / path).is_file()}
    odd = (listed ^ set(files)) - by_hand
    if odd:
        raise GraderError(
            f"The recipe and the description of {package.name} name different files: {', '.join(sorted(odd))}.",
            where=str(package.folder / DESCRIPTOR),
            todo="List every file the recipe makes under resources, and no other.",
        )
    files = files | {path: (package.folder / path).read_bytes() for path in by_hand}
    new: dict[str, Any] = json.loads(json.dumps(package.descriptor))
    for resource in new["resources"]:
        content = files[resource["path"]]
        resource["bytes"] = len(content)
        resource["hash"] = "sha256:" + hashlib.sha256(content).hexdigest()
        table = resource["path"].endswith(".csv")
        resource.pop("rows", None)
        if table:
            resource["row_count"] = content.count(b"\n") - 1
        resource["fingerprint"] = fingerprint(content, table)
    for source in new["raw"]:
        source["sha256"] = hashlib.sha256((raw / source["path"]).read_bytes()).hexdigest()
    return new


def prepare(name: str, raw: Path | None = None, root: Path | None = None) -> tuple[Package, list[str]]:
    """Make a package's files again; give the package and the names of files that changed."""
    package = load(name, root)
    folder = find_raw(raw)
    files = run(package, folder)
    everything = files | {DESCRIPTOR: json_bytes(describe(package, files, folder))}
    changed = write(package.folder, everything)
    return load(name, root), changed


def write(folder: Path, files: dict[str, bytes]) -> list[str]:
    """Replace files all together, the description last; give the names that changed."""
    changed = [n for n, c in files.items() if not (folder / n).is_file() or (folder / n).read_bytes() != c]
    with tempfile.TemporaryDirectory(dir=folder, prefix=".new-") as temporary:
        for name in changed:
            (Path(temporary) / name).write_bytes(files[name])
        for name in sorted(changed, key=lambda n: n == DESCRIPTOR):
            os.replace(Path(temporary) / name, folder / name)
    return sorted(changed)
