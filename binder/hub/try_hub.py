"""Try the hub on a machine that can be thrown away: a facilitator and two learners do a whole lesson on loopback.

It makes three Unix accounts and takes them away again, so it needs root, JupyterHub (requirements-test.txt) and
configurable-http-proxy (npm). The checkout and its Python must be readable by every account.

    sudo .venv/bin/python binder/hub/try_hub.py --proxy node_modules/.bin/configurable-http-proxy
"""

from __future__ import annotations

import argparse
import json
import os
import pwd
import secrets
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

ROOT = Path(__file__).resolve().parents[2]
FACILITATOR, LEARNERS = "trial-fay", ("trial-ana", "trial-ben")
COURSE, PORT = "club", 8030
HUB_CONFIG = """
exec(open({settings!r}).read())
c.JupyterHub.bind_url = "http://127.0.0.1:{port}"
c.JupyterHub.hub_bind_url = "http://127.0.0.1:{hub_port}"
c.JupyterHub.db_url = "sqlite://"
c.JupyterHub.cookie_secret_file = {cookie!r}
c.JupyterHub.authenticator_class = "dummy"
c.Authenticator.allowed_users = {people!r}
c.JupyterHub.spawner_class = "jupyterhub.spawner.LocalProcessSpawner"
c.Spawner.cmd = {single!r}
c.ConfigurableHTTPProxy.command = {proxy!r}
c.ConfigurableHTTPProxy.api_url = "http://127.0.0.1:{proxy_port}"
c.JupyterHub.services = [{{"name": "trial", "api_token": {token!r}}}]
c.JupyterHub.load_roles = [{{"name": "trial", "scopes": ["admin:users", "admin:servers", "tokens", "access:servers"],
                            "services": ["trial"]}}]
"""


@contextmanager
def accounts() -> Iterator[None]:
    """Make the three accounts with homes that only they can read; take them away at the end."""
    people = (FACILITATOR, *LEARNERS)
    for name in people:
        subprocess.run(["useradd", "--create-home", "--shell", "/bin/bash", name], check=True)
        os.chmod(pwd.getpwnam(name).pw_dir, 0o700)
    try:
        yield
    finally:
        for name in people:
            subprocess.run(["pkill", "-KILL", "-u", name], check=False)
            subprocess.run(["userdel", "--remove", name], check=False, stderr=subprocess.DEVNULL)


@contextmanager
def hub(room: Path, proxy: Path, token: str) -> Iterator[str]:
    """Run the hub with the settings that a department would use; give its address."""
    programs = Path(sys.executable).parent
    config = room / "jupyterhub_config.py"
    config.write_text(
        HUB_CONFIG.format(
            settings=str(ROOT / "binder" / "hub" / "settings" / "foothills_hub.py"),
            port=PORT,
            hub_port=PORT + 1,
            proxy_port=PORT + 2,
            cookie=str(room / "cookie"),
            people={FACILITATOR, *LEARNERS},
            single=[str(programs / "jupyterhub-singleuser")],
            proxy=[str(proxy)],
            token=token,
        )
    )
    environment = os.environ | {
        "FOOTHILLS_HOME": str(ROOT),
        "FOOTHILLS_COURSE": COURSE,
        "FOOTHILLS_EXCHANGE": str(room / "exchange"),
    }
    with (room / "hub.log").open("w") as log:
        running = subprocess.Popen(
            [programs / "jupyterhub", "-f", config], cwd=room, env=environment, stdout=log, stderr=log
        )
        try:
            address = f"http://127.0.0.1:{PORT}"
            until(lambda: httpx.get(f"{address}/hub/api/").status_code == 200, "the hub")
            yield address
        finally:
            running.terminate()
            running.wait(30)


def until(ready: Callable[[], bool], what: str, patience: float = 180) -> None:
    """Wait until something is so."""
    end = time.monotonic() + patience
    while time.monotonic() < end:
        try:
            if ready():
                return
        except httpx.HTTPError:
            pass
        time.sleep(0.5)
    raise SystemExit(f"{what} did not come up")


class Person:
    """A learner's own server, used as the buttons in JupyterLab use it."""

    def __init__(self, address: str, name: str, token: str) -> None:
        self.name = name
        hub_api = httpx.Client(base_url=f"{address}/hub/api", headers={"Authorization": f"token {token}"}, timeout=180)
        hub_api.post(f"/users/{name}")
        hub_api.post(f"/users/{name}/server").raise_for_status()
        until(lambda: bool(hub_api.get(f"/users/{name}").json()["servers"].get("", {}).get("ready")), name)
        own = hub_api.post(f"/users/{name}/tokens", json={"expires_in": 3600}).raise_for_status().json()["token"]
        self.server = httpx.Client(
            base_url=f"{address}/user/{name}", headers={"Authorization": f"token {own}"}, timeout=180
        )

    def assignments(self, action: str = "", name: str = "") -> list[dict]:  # type: ignore[type-arg]
        """Press a button of the assignment list: fetch, submit or fetch_feedback; without one, look at the list."""
        where = "/assignments" + (f"/{action}" if action else "")
        words = {"course_id": COURSE} | ({"assignment_id": name} if name else {})
        ask = self.server.post if action else self.server.get
        found = ask(where, params=words).raise_for_status().json()
        if not found["success"]:
            raise SystemExit(f"{self.name} could not {action or 'see the list'}: {found['value']}")
        return list(found["value"])

    def answer(self, path: str, answers: dict[str, str]) -> None:
        """Type answers into the notebook and save it."""
        notebook = self.server.get(f"/api/contents/{path}").raise_for_status().json()
        for cell in notebook["content"]["cells"]:
            if cell["id"] in answers:
                cell["source"] = answers[cell["id"]]
        body = {"type": "notebook", "format": "json", "content": notebook["content"]}
        self.server.put(f"/api/contents/{path}", json=body).raise_for_status()


def as_person(name: str, room: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Type a command in that person's terminal on the hub."""
    home = pwd.getpwnam(name).pw_dir
    environment = {
        "HOME": home,
        "PATH": f"{Path(sys.executable).parent}:/usr/bin:/bin",
        "JUPYTER_CONFIG_PATH": str(ROOT / "binder" / "hub" / "settings"),
        "FOOTHILLS_COURSE": COURSE,
        "FOOTHILLS_EXCHANGE": str(room / "exchange"),
        "LANG": "C.UTF-8",
    }
    return subprocess.run(words, user=name, group=pwd.getpwnam(name).pw_gid, extra_groups=[], cwd=home, env=environment, capture_output=True, text=True)  # fmt: skip


def facilitate(room: Path, *words: str) -> str:
    """Type one of the facilitator's commands and show what it says."""
    done = as_person(FACILITATOR, room, "club", *words)
    print(f"$ club {' '.join(words)}\n{done.stdout}{done.stderr}", flush=True)
    if done.returncode:
        raise SystemExit(f"club {words[0]} ended with {done.returncode}")
    return done.stdout


def cross_reading(room: Path, name: str) -> dict[str, bool]:
    """Say what the second learner could read of the first one's work, knowing every path."""
    first, second = LEARNERS
    home = Path(pwd.getpwnam(first).pw_dir)
    inbound = room / "exchange" / COURSE / "inbound"
    handed_in = next(inbound.glob(f"{first}+{name}+*"))
    feedback = room / "exchange" / COURSE / "feedback"
    tries = {
        "home": ["ls", str(home)],
        "own notebook": ["cat", str(home / name / f"{name}.ipynb")],
        "list of what was handed in": ["ls", str(inbound)],
        "what was handed in, by its exact path": ["cat", str(handed_in / f"{name}.ipynb")],
        "change what was handed in": ["touch", str(handed_in / "x")],
        "list of feedback": ["ls", str(feedback)],
        "the gradebook": ["cat", f"{pwd.getpwnam(FACILITATOR).pw_dir}/foothills-clubs/{COURSE}/gradebook.db"],
    }
    return {what: as_person(second, room, *words).returncode == 0 for what, words in tries.items()}


def lesson_week(room: Path, address: str, token: str) -> None:
    """Release, fetch, answer, hand in, collect, mark, give feedback, fetch feedback; then try to read across."""
    from grader.lesson.read import lesson

    chosen = lesson("1")
    name, exercises = chosen.name, list(chosen.exercises.values())
    roster = room / "roster.csv"
    roster.write_text("id\n" + "\n".join(LEARNERS) + "\n")
    facilitate(room, "new", COURSE, "--roster", str(roster))
    facilitate(room, "release", "1", "--exchange")
    people = [Person(address, learner, token) for learner in LEARNERS]
    for person, done in zip(people, (exercises, exercises[:2]), strict=True):
        person.assignments("fetch", name)
        person.answer(f"{name}/{name}.ipynb", {exercise.name: exercise.solution for exercise in done})
        person.assignments("submit", name)
    facilitate(room, "collect", "1", "--exchange")
    facilitate(room, "mark", "1")
    facilitate(room, "feedback", "1", "--exchange")
    for person in people:
        person.assignments("fetch_feedback", name)
        pages = list(Path(pwd.getpwnam(person.name).pw_dir, name, "feedback").rglob("*.html"))
        print(f"{person.name}: {len(pages)} feedback page")
        if len(pages) != 1:
            raise SystemExit("feedback did not arrive")
    print(facilitate(room, "report", "1", "--json")[:400])
    seen = cross_reading(room, name)
    print(json.dumps(seen, indent=1))
    if any(seen.values()):
        raise SystemExit("a learner could read another's work")


def main() -> None:
    """Run the trial."""
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("--proxy", type=Path, required=True, help="the program configurable-http-proxy")
    proxy = words.parse_args().proxy.resolve()
    room = Path(tempfile.mkdtemp(prefix="foothills-hub-"))
    room.chmod(0o755)
    (room / "exchange").mkdir()
    (room / "exchange").chmod(0o777)
    token = secrets.token_hex(16)
    try:
        with accounts(), hub(room, proxy, token) as address:
            lesson_week(room, address, token)
    except BaseException:
        print((room / "hub.log").read_text()[-3000:] if (room / "hub.log").exists() else "", file=sys.stderr)
        raise
    finally:
        shutil.rmtree(room, ignore_errors=True)
    print("The hub works: the lesson went round, and neither learner could read the other's work.")


if __name__ == "__main__":
    main()
