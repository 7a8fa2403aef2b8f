"""The data service from inside JupyterLab: jupyter-server-proxy starts it and passes questions on."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.request import ProxyHandler, build_opener

import pytest

from grader.jupyter.server import free_port


@pytest.mark.xdist_group("api")
def test_jupyterlab_passes_a_question_on(home: Path, tmp_path: Path) -> None:
    """A page of JupyterLab's own address gives the rows, so that no second address is needed."""
    port = free_port(8700)
    server = subprocess.Popen(
        [
            sys.executable,
            "-m",
            "jupyter_server",
            f"--ServerApp.root_dir={tmp_path}",
            f"--ServerApp.port={port}",
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
        for _ in range(200):
            try:
                with opener.open(f"{address}?division=scotland&year=2025&_shape=array", timeout=60) as reply:
                    rows = json.load(reply)
                break
            except HTTPError as refusal:
                assert refusal.code in (404, 502, 503, 599), refusal.code
                time.sleep(0.2)
            except URLError:
                assert server.poll() is None
                time.sleep(0.2)
        assert len(rows) == 9
        with anybody.open(address, timeout=10) as page:
            assert "/login" in page.geturl()
    finally:
        server.terminate()
        server.wait(20)
