"""How JupyterLab is started: on this machine alone, on a port that is free, with our settings first."""

from __future__ import annotations

from pathlib import Path

import pytest

from grader.jupyter import server


def test_jupyterlab_listens_to_this_machine_only(tmp_path: Path) -> None:
    """JupyterLab's options keep it on this machine, and its secret is not among them."""
    start = server.Start(tmp_path, tmp_path, server.notebook_page("1 a/b.ipynb"), 8888, "secret", True)
    options = server.arguments(start, administrator=False)

    assert "--ServerApp.ip=127.0.0.1" in options
    assert not any("secret" in option for option in options)
    assert "http://127.0.0.1:8888/lab/tree/1%20a/b.ipynb?token=secret" == start.address


def test_a_port_in_use_is_passed_over() -> None:
    """A port that another program has is left to it; where all are taken, it is said."""
    with server.socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]

        assert port < server.free_port(port)

        with pytest.raises(server.GraderError, match="all in use"):
            server.free_port(port, 1)


def test_our_settings_come_before_those_already_named(tmp_path: Path) -> None:
    """Settings that somebody else named are kept, after ours."""
    start = server.Start(tmp_path, tmp_path, server.notebook_page("b.ipynb"), 8888, "secret", True)
    variables = server.prepare(start, {"JUPYTER_CONFIG_PATH": "/theirs"})

    assert [str(server.SETTINGS), "/theirs"] == variables["JUPYTER_CONFIG_PATH"].split(server.os.pathsep)
