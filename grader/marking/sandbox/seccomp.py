"""A filter of system calls, as BPF built once and handed to the kernel by each child. Standard library only."""

from __future__ import annotations

import ctypes
import errno
import os
import platform
import struct
from collections.abc import Sequence

from grader.marking.sandbox.linux import PR_SET_SECCOMP, prctl

ALLOW, REFUSE, NO_SUCH = 0x7FFF0000, 0x00050000 | errno.EPERM, 0x00050000 | errno.ENOSYS
IGNORE = 0x00050000
LOAD, EQUAL, AT_LEAST, ANY_BIT, RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
NEW_NAMESPACES = 0x7E020000 | 0x80
CLONE_THREAD = 0x00010000

# Name: number on x86_64, number on aarch64 (None: it is not there).
CALLS: dict[str, tuple[int | None, int | None]] = {
    "ptrace": (101, 117), "process_vm_readv": (310, 270), "process_vm_writev": (311, 271), "kcmp": (312, 272),
    "bpf": (321, 280), "perf_event_open": (298, 241), "userfaultfd": (323, 282), "keyctl": (250, 219),
    "add_key": (248, 217), "request_key": (249, 218), "io_uring_setup": (425, 425), "io_uring_enter": (426, 426),
    "io_uring_register": (427, 427), "mount": (165, 40), "umount2": (166, 39), "pivot_root": (155, 41),
    "chroot": (161, 51), "move_mount": (429, 429), "open_tree": (428, 428), "fsopen": (430, 430),
    "fsconfig": (431, 431), "fsmount": (432, 432), "fspick": (433, 433), "mount_setattr": (442, 442),
    "setns": (308, 268), "unshare": (272, 97), "kexec_load": (246, 104), "kexec_file_load": (320, 294),
    "init_module": (175, 105), "finit_module": (313, 273), "delete_module": (176, 106), "reboot": (169, 142),
    "swapon": (167, 224), "swapoff": (168, 225), "acct": (163, 89), "quotactl": (179, 60),
    "open_by_handle_at": (304, 265), "syslog": (103, 116), "settimeofday": (164, 170), "clock_settime": (227, 112),
    "adjtimex": (159, 171), "sethostname": (170, 161), "setdomainname": (171, 162), "personality": (135, 92),
    "iopl": (172, None), "ioperm": (173, None), "vhangup": (153, 58), "fanotify_init": (300, 262),
    "lookup_dcookie": (212, 18), "nfsservctl": (180, 42), "uselib": (134, None), "modify_ldt": (154, None),
    # counted for each user of the machine: the next one to ask would get none
    "inotify_init": (253, None), "inotify_init1": (294, 26),
    # memory that no limit counts, because no process has it and no folder holds it
    "memfd_create": (319, 279), "memfd_secret": (447, 447), "vmsplice": (278, 75), "shmget": (29, 194), "msgget": (68, 186),
}  # fmt: skip

# Refused as well where there is no process namespace: new processes, signals to others, sockets, and what Landlock
# does not cover: rights, owners, times and labels of files.
ALONE: dict[str, tuple[int | None, int | None]] = {
    "fork": (57, None), "vfork": (58, None), "execve": (59, 221), "execveat": (322, 281), "socket": (41, 198),
    "connect": (42, 203), "bind": (49, 200), "pidfd_open": (434, 434), "pidfd_send_signal": (424, 424),
    "pidfd_getfd": (438, 438), "process_madvise": (440, 440), "process_mrelease": (448, 448), "semget": (64, 190), "mq_open": (240, 180), "sched_setaffinity": (203, 122),
    "setpriority": (141, 140), "sched_setscheduler": (144, 119), "sched_setparam": (142, 118), "sched_setattr": (314, 274),
    "migrate_pages": (256, 238), "move_pages": (279, 239),
    "ioprio_set": (251, 30), "setpgid": (109, 154), "setsid": (112, 157),
    "chmod": (90, None), "fchmod": (91, 52), "fchmodat": (268, 53), "fchmodat2": (452, 452), "chown": (92, None),
    "fchown": (93, 55), "lchown": (94, None), "fchownat": (260, 54), "utime": (132, None), "utimes": (235, None),
    "futimesat": (261, None), "utimensat": (280, 88), "setxattr": (188, 5), "lsetxattr": (189, 6),
    "fsetxattr": (190, 7), "removexattr": (197, 14), "lremovexattr": (198, 15), "fremovexattr": (199, 16),
    "setxattrat": (463, 463), "removexattrat": (466, 466), "file_setattr": (469, 469),
}  # fmt: skip
SIGNALS: dict[str, tuple[int, int]] = {"kill": (62, 129), "tkill": (200, 130), "tgkill": (234, 131)}
QUEUED: dict[str, tuple[int, int]] = {"rt_sigqueueinfo": (129, 138), "rt_tgsigqueueinfo": (297, 240)}
CLONE, CLONE3, PRLIMIT, SOCKET = (56, 220), (435, 435), (302, 261), (41, 198)
# Refused of prctl: to be out of the sight of the process that counts memory, and to give memory another name there.
PRCTL, OUT_OF_SIGHT, OUTLIVE_PARENT = (157, 167), (4, 0x53564D41), 1
SETSOCKOPT, OF_SOCKETS, BUFFERS = (54, 208), 1, (7, 8)  # memory of the system's that connections may hold
FAMILIES = (1, 2, 10, 16)  # those that a network namespace holds: others reach the machine, or the one it runs on
FCNTL, IOCTL = (72, 25), (16, 29)
OWNERS = {FCNTL: (8, 15), IOCTL: (0x8901, 0x8902)}  # who is sent a signal when something can be read


def program(alone: bool, own_pid: int = 0) -> bytes:
    """Return the filter; `alone` is for a child that shares its process table with others."""
    arch = platform.machine()
    column, audit = {"x86_64": (0, 0xC000003E), "aarch64": (1, 0xC00000B7)}[arch]
    code = [_step(LOAD, 4), _step(EQUAL, audit, 1, 0), _step(RETURN, REFUSE), _step(LOAD, 0)]
    if column == 0:
        code += [_step(AT_LEAST, 0x40000000, 0, 1), _step(RETURN, REFUSE)]
    refused = [numbers[column] for numbers in CALLS.values()]
    if alone:
        refused += [numbers[column] for numbers in ALONE.values()] + [numbers[column] for numbers in QUEUED.values()]
    for number in refused:
        if number is not None:
            code += [_step(EQUAL, number, 0, 1), _step(RETURN, REFUSE)]
    code += [_step(EQUAL, CLONE3[column], 0, 1), _step(RETURN, NO_SUCH)]
    code += _ignore_buffers(SETSOCKOPT[column])
    for wish in (*OUT_OF_SIGHT, *((OUTLIVE_PARENT,) if alone else ())):
        code += _refuse_argument(PRCTL[column], 0, wish)
    if alone:
        code += _argument(CLONE[column], 0, ANY_BIT, CLONE_THREAD, jump_allows=True)
        for numbers in SIGNALS.values():
            code += _argument(numbers[column], 0, EQUAL, own_pid, jump_allows=True)
        code += _argument(PRLIMIT[column], 0, EQUAL, 0, jump_allows=True)
        for call, wishes in OWNERS.items():
            for wish in wishes:
                code += _refuse_argument(call[column], 1, wish)
    else:
        code += _argument(CLONE[column], 0, ANY_BIT, NEW_NAMESPACES, jump_allows=False)
        code += _only(SOCKET[column], 0, FAMILIES)
    code.append(_step(RETURN, ALLOW))
    return b"".join(code)


def _argument(number: int, place: int, test: int, value: int, jump_allows: bool) -> list[bytes]:
    """Decide one call by one argument's low word, and put the call's number back for the next test."""
    yes, no = (1, 0) if jump_allows else (0, 1)
    return [
        _step(EQUAL, number, 0, 4),
        _step(LOAD, 16 + 8 * place),
        _step(test, value, yes, no),
        _step(RETURN, REFUSE),
        _step(RETURN, ALLOW),
    ]


def _only(number: int, place: int, values: Sequence[int]) -> list[bytes]:
    """Refuse one call but with these low words of one argument."""
    count = len(values)
    return [
        _step(EQUAL, number, 0, count + 3),
        _step(LOAD, 16 + 8 * place),
        *(_step(EQUAL, value, count - at, 0) for at, value in enumerate(values)),
        _step(RETURN, REFUSE),
        _step(RETURN, ALLOW),
    ]


def _ignore_buffers(number: int) -> list[bytes]:
    """Let the wish for larger buffers of a socket come to nothing."""
    return [
        _step(EQUAL, number, 0, 7),
        _step(LOAD, 16 + 8 * 1),
        _step(EQUAL, OF_SOCKETS, 0, 4),
        _step(LOAD, 16 + 8 * 2),
        _step(EQUAL, BUFFERS[0], 1, 0),
        _step(EQUAL, BUFFERS[1], 0, 1),
        _step(RETURN, IGNORE),
        _step(RETURN, ALLOW),
    ]


def _refuse_argument(number: int, place: int, value: int) -> list[bytes]:
    """Refuse one call with this low word of one argument, and go on with the call's number for the next test."""
    return [
        _step(EQUAL, number, 0, 4),
        _step(LOAD, 16 + 8 * place),
        _step(EQUAL, value, 0, 1),
        _step(RETURN, REFUSE),
        _step(LOAD, 0),
    ]


def _step(code: int, value: int, yes: int = 0, no: int = 0) -> bytes:
    return struct.pack("=HBBI", code, yes, no, value)


def enter(filter_bytes: bytes) -> None:
    """Put the filter on this process and all it starts, for good."""

    class Program(ctypes.Structure):
        _fields_ = [("length", ctypes.c_ushort), ("steps", ctypes.c_void_p)]

    held = ctypes.create_string_buffer(filter_bytes)
    wanted = Program(len(filter_bytes) // 8, ctypes.addressof(held))
    prctl(PR_SET_SECCOMP, 2, ctypes.byref(wanted))


def own_pid_program() -> bytes:
    """Return the stricter filter for this very process."""
    return program(alone=True, own_pid=os.getpid())
