"""Network: nothing leaves and nothing comes in, not even on this machine."""

from __future__ import annotations

from hostile.attack import Attack, code, shown

PORT = "import socket\n"
ATTACKS: dict[str, Attack] = {
    "a door of this machine": code(PORT + "socket.create_connection(('127.0.0.1', @PORT@), 2).sendall(b'x')"),
    "a door of this machine, the newer way": code(PORT + "socket.create_connection(('::1', @PORT@), 2).sendall(b'x')"),
    "a door of this machine, unconnected": shown(PORT + "try:\n    socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b'x', ('127.0.0.1', @PORT@))\nexcept OSError:\n    pass"),
    "the address of the cloud's secrets": code("import urllib.request\nurllib.request.urlopen('http://169.254.169.254/latest/meta-data/', timeout=2).read()"),
    "a name looked up": code(PORT + "socket.getaddrinfo('example.org', 80)[0]"),
    "a question sent to a name server": code(PORT + "s = socket.create_connection(('1.1.1.1', 53), 2)"),
    "a table from the web": code("pd.read_csv('https://example.org/table.csv')"),
    "pip": code("import subprocess, sys\nsubprocess.run([sys.executable, '-m', 'pip', 'install', '--timeout', '1', '--retries', '0', 'cowsay'], check=True, capture_output=True)"),
    "curl": code("!curl -m 2 -s http://127.0.0.1:@PORT@/ -d @/etc/passwd", ""),
    "a server of its own": shown(PORT + "try:\n    held = socket.create_server(('127.0.0.1', @PORT@))\nexcept OSError:\n    pass"),
    "a server for everyone": shown(PORT + "try:\n    held = socket.create_server(('0.0.0.0', 0))\nexcept OSError:\n    pass"),
    "a door in a folder": code(PORT + "socket.socket(socket.AF_UNIX).connect('@OUTSIDE@/door')"),
    "a door without a folder": code(PORT + "socket.socket(socket.AF_UNIX).connect('\\0foothills-door-@PORT@')"),
    "the system's messages": code(PORT + "held = socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, 0)\nheld.bind((0, 0))\nassert held.getsockname()[0] == 0"),
    "raw packets": code(PORT + "socket.socket(socket.AF_PACKET, socket.SOCK_RAW)"),
    "sockets of the machine below": code(PORT + "socket.socket(socket.AF_VSOCK, socket.SOCK_STREAM).connect((2, 1024))"),
    "sockets without number": shown(PORT + "held = []\ntry:\n    while True:\n        held.append(socket.socketpair())\nexcept OSError:\n    held.clear()"),
    "a display server": code("import os\nos.environ['DISPLAY'] = ':0'\nimport tkinter\ntkinter.Tk()"),
    "a browser opened": shown("import webbrowser\nwebbrowser.open('http://127.0.0.1:@PORT@/')"),
}  # fmt: skip
