"""JupyterLab on Binder: the learner's folder, lesson 0 open, no news, nothing to install."""

from pathlib import Path

home = Path("~/foothills").expanduser()
settings = Path(__file__).resolve().parents[2] / "grader" / "jupyter" / "settings"
lessons = sorted(home.glob("[0-9][0-9]-*/*.ipynb"))
page = f"/lab/tree/{lessons[0].relative_to(home).as_posix()}" if lessons else "/lab"

c = get_config()  # noqa: F821  Jupyter gives it
c.ServerApp.root_dir = str(home)
c.ServerApp.default_url = page
c.LabApp.default_url = page
c.LabApp.app_settings_dir = str(settings)
