"""The read-only system that a learner's code sees: programs and Python, nothing of anyone's. Standard library only."""

from __future__ import annotations

import os
import shutil
from collections.abc import Sequence

from grader.marking.sandbox.linux import (
    MS_BIND,
    MS_NODEV,
    MS_NOEXEC,
    MS_NOSUID,
    MS_PRIVATE,
    MS_REC,
    mount,
    pivot_root,
    read_only,
    umount,
)

SYSTEM = ("/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32")
SETTINGS = (
    "fonts",
    "ld.so.cache",
    "ld.so.conf",
    "ld.so.conf.d",
    "localtime",
    "timezone",
    "alternatives",
    "ssl",
    "mime.types",
    "magic",
)
DEVICES = ("null", "zero", "full", "random", "urandom")
HOME, CACHE = "/home/learner", "/var/cache/marking"
FOLDERS = ("proc", "dev/pts", "dev/shm", "tmp", "home/learner", "etc", "var/cache/marking", "run", "root", ".old")
TEXTS = {
    "etc/passwd": "root:x:0:0:root:/root:/bin/sh\nlearner:x:1000:1000:learner:/home/learner:/bin/sh\n",
    "etc/group": "root:x:0:\nlearner:x:1000:\n",
    "etc/hosts": "127.0.0.1 localhost\n::1 localhost\n",
    "etc/nsswitch.conf": "passwd: files\ngroup: files\nhosts: files\n",
}


def settings() -> list[str]:
    """Return the files under /etc that programs read, for where there is no view of our own."""
    return [*(f"/etc/{name}" for name in SETTINGS), *(f"/{name}" for name in TEXTS)]


def build(root: str, trees: Sequence[str], fonts: Sequence[str]) -> None:
    """Make the view at `root` and enter it; the system as it was is out of reach afterwards."""
    mount("none", "/", "", MS_REC | MS_PRIVATE)
    mount("tmpfs", root, "tmpfs", MS_NOSUID | MS_NODEV, "mode=755,size=64m")
    for folder in FOLDERS:
        os.makedirs(os.path.join(root, folder), exist_ok=True)
    for name, text in TEXTS.items():
        with open(os.path.join(root, name), "w", encoding="utf-8") as file:
            file.write(text)
    os.chmod(root + CACHE, 0o777)
    for path in fonts:
        shutil.copy(path, root + CACHE)
    for path in _outermost([*SYSTEM, *trees]):
        _show(root, path)
    for name in SETTINGS:
        _show(root, f"/etc/{name}")
    for name in DEVICES:
        target = os.path.join(root, "dev", name)
        open(target, "w").close()
        mount(f"/dev/{name}", target, "", MS_BIND)
    for name, target in (
        ("fd", "/proc/self/fd"),
        ("stdin", "/proc/self/fd/0"),
        ("stdout", "/proc/self/fd/1"),
        ("stderr", "/proc/self/fd/2"),
        ("ptmx", "pts/ptmx"),
    ):
        os.symlink(target, os.path.join(root, "dev", name))
    mount("/proc", f"{root}/proc", "", MS_BIND | MS_REC)
    pivot_root(root, f"{root}/.old")
    os.chdir("/")
    umount("/.old")


def _outermost(paths: Sequence[str]) -> list[str]:
    kept: list[str] = []
    for path in sorted(set(paths)):
        if os.path.lexists(path) and not any(path.startswith(f"{outer}/") for outer in kept):
            kept.append(path)
    return kept


def _show(root: str, path: str) -> None:
    target = root + path
    if os.path.islink(path):
        os.makedirs(os.path.dirname(target), exist_ok=True)
        if not os.path.lexists(target):
            os.symlink(os.readlink(path), target)
        return
    if not os.path.exists(path):
        return
    if os.path.isdir(path):
        os.makedirs(target, exist_ok=True)
    else:
        os.makedirs(os.path.dirname(target), exist_ok=True)
        open(target, "w").close()
    mount(path, target, "", MS_BIND | MS_REC)
    read_only(target)


def cover(folder: str, options: str, trees: Sequence[str]) -> None:
    """Put an empty folder over another; trees of the view that lie in it, as a checkout below /tmp does, stay."""
    inside = [tree for tree in _outermost(trees) if tree.startswith(f"{folder}/")]
    held = {tree: os.open(tree, os.O_PATH) for tree in inside}
    mount("tmpfs", folder, "tmpfs", MS_NOSUID | MS_NODEV, options)
    for tree, handle in held.items():
        os.makedirs(tree, exist_ok=True)
        mount(f"/proc/self/fd/{handle}", tree, "", MS_BIND | MS_REC)
        os.close(handle)


def fresh(disk: int, trees: Sequence[str]) -> None:
    """Give a child its own empty folders and process table over the read-only view."""
    limit = f"mode=700,size={disk},nr_inodes=20k"
    cover(HOME, limit, trees)
    cover("/tmp", limit, trees)
    mount("tmpfs", "/dev/shm", "tmpfs", MS_NOSUID | MS_NODEV | MS_NOEXEC, limit)
    try:
        mount("devpts", "/dev/pts", "devpts", MS_NOSUID | MS_NOEXEC, "newinstance,ptmxmode=0666,mode=600,max=64")
    except OSError:
        pass
    try:
        mount("proc", "/proc", "proc", MS_NOSUID | MS_NODEV | MS_NOEXEC)
    except OSError:  # a container that masks parts of /proc refuses a new one: then there is none at all
        mount("tmpfs", "/proc", "tmpfs", MS_NOSUID | MS_NODEV | MS_NOEXEC, "mode=555,size=4k")
