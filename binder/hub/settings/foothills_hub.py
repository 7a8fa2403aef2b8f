"""JupyterHub's settings for a Foothills club: JupyterLab, a memory limit, and the exchange."""

import os
from pathlib import Path

c = get_config()  # noqa: F821  JupyterHub gives this function

c.Spawner.default_url = "/lab"
c.Spawner.mem_limit = "1G"
c.Spawner.start_timeout = 120
c.Spawner.http_timeout = 120
c.Spawner.environment = {
    "JUPYTER_CONFIG_PATH": str(
        Path(os.environ.get("FOOTHILLS_HOME", "/opt/foothills")) / "binder" / "hub" / "settings"
    ),
    "FOOTHILLS_COURSE": os.environ.get("FOOTHILLS_COURSE", "club"),
    "FOOTHILLS_EXCHANGE": os.environ.get("FOOTHILLS_EXCHANGE", "/srv/nbgrader/exchange"),
}
# Logging out stops the person's server; their files stay.
c.JupyterHub.shutdown_on_logout = True
