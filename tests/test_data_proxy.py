"""The data service from inside JupyterLab: jupyter-server-proxy starts it and passes questions on."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from urllib.request import ProxyHandler, build_opener

import pytest
from server_room import PATIENCE, unused_port, wait


@pytest.mark.xdist_group("api")
def test_jupyterlab_passes_a_question_on(home: Path, tmp_path: Path) -> None:
    """A page of JupyterLab's own address gives the rows, so that no second address is needed."""
    port = unused_port()
    server = subprocess.Popen(
        [
            sys.executable,
            "-m",
            "jupyter_server",
            f"--ServerApp.root_dir={tmp_path}",
            f"--ServerApp.port={port}",
            "--ServerApp.port_retries=0",
            "--ServerApp.open_browser=False",
            "--ServerApp.allow_root=True",
            "--IdentityProvider.token=known",
        ],
        env=os.environ | {"HOME": str(home)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    address = f"http://127.0.0.1:{port}/data-service/bank-holidays/bank_holidays.json"
    anybody, opener = build_opener(ProxyHandler({})), build_opener(ProxyHandler({}))
    opener.addheaders = [("Authorization", "token known")]
    try:
        wait(f"http://127.0.0.1:{port}/api", server)
        with opener.open(f"{address}?division=scotland&year=2025&_shape=array", timeout=PATIENCE) as reply:
            rows = json.load(reply)
        assert len(rows) == 9
        with anybody.open(address, timeout=PATIENCE) as page:
            assert "/login" in page.geturl()
    finally:
        server.terminate()
        server.wait(60)
