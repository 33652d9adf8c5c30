"""Which processes make up the unit, in which order they start, and what is told when they all answer."""

from __future__ import annotations

import json
import os
import signal
import time
import urllib.error
import urllib.request
from typing import Any

import psycopg

from smu.stack import redis
from smu.stack.console import Refused, event, say
from smu.stack.environment import child_environment, free, kept_port, owner_url, python
from smu.stack.keys import Keys, write_private
from smu.stack.places import Places
from smu.stack.postgres import Cluster
from smu.stack.service import Service
from smu.stack.supervisor import Supervisor

ALL = ("postgres", "redis", "sandbox", "web", "ordinary", "urgent", "beat", "reconciler", "sealer", "trickle")
SERVICES = {"postgres", "redis"}


class Stack:
    """The unit on one machine. `only` names the processes to start; without any of the unit's own, nothing is migrated."""

    throwaway = False

    def __init__(self, places: Places, keys: Keys, supervisor: Supervisor, *, only: list[str], port: int) -> None:
        unknown = set(only) - set(ALL)
        if unknown:
            raise Refused(f"There is no process named {', '.join(sorted(unknown))}. There are: {', '.join(ALL)}.")
        self.places = places
        self.keys = keys
        self.supervisor = supervisor
        self.only = set(only)
        self.port = port
        self.sandbox_port = kept_port(places.data / "sandbox.port") if "sandbox" in only else None
        self.environment = child_environment(places, keys, port=port, sandbox_port=self.sandbox_port)
        self.owner_url = owner_url(places, keys)
        self.members: list[dict[str, Any]] = []

    def start(self) -> None:
        """Start everything in order and wait until it answers. Raises Refused with a sentence when something does not."""
        begun = time.monotonic()
        if "web" in self.only and not free(self.port):
            raise Refused(f"Port {self.port} is taken by another program. Choose another one: `PORT=8123 make run`.")
        self.start_services()
        if self.only - SERVICES:
            self.start_unit()
        self.supervisor.changed = self.write_run_file
        self.write_run_file()
        if "web" in self.only:
            self.welcome(time.monotonic() - begun)
        else:
            say(f"Running: {', '.join(sorted(self.only))}.")

    def start_services(self) -> None:
        """Start the database and the broker, but for those that the environment names elsewhere."""
        cluster = Cluster(self.places, self.keys, throwaway=self.throwaway)
        started = []
        if "postgres" in self.only and "DATABASE_URL" not in os.environ:
            cluster.create()
            postgres = Service(
                "postgres",
                cluster.command,
                {"PATH": os.environ.get("PATH", ""), "LC_ALL": "C"},
                answers=lambda service: cluster.answers(),
                before=cluster.clear_remains,
                account=self.places.account,
                stop_signal=signal.SIGINT,
                patience=30.0,
            )
            self.supervisor.start(postgres)
            started.append(postgres)
        if "redis" in self.only and "REDIS_URL" not in os.environ:
            broker = Service(
                "redis",
                redis.command(self.places, throwaway=self.throwaway),
                {"LC_ALL": "C"},
                answers=lambda service: redis.answers(self.places),
            )
            self.supervisor.start(broker)
            started.append(broker)
        self.supervisor.wait(*started)
        if "postgres" in self.only and "DATABASE_URL" not in os.environ:
            cluster.prepare()

    def start_unit(self) -> None:
        """Start the sandbox, bring the tables up to date, load the demonstration, start the unit's own processes."""
        if "sandbox" in self.only:
            state = str(self.places.data / "sandbox.sqlite3")
            self.launch("sandbox", python("-m", "sandbox", "--port", str(self.sandbox_port), "--state", state))
        self.migrate()
        if "sandbox" in self.only:
            self.supervisor.wait(*self.named("sandbox"))
        if self.environment["DEMONSTRATION"] == "1":
            self.supervisor.run("demonstrate", python("manage.py", "demonstrate"), self.environment)
            self.members = json.loads((self.places.data / "members.json").read_text())
        self.launch_own()
        self.supervisor.wait(*self.named(*self.only - SERVICES - {"sandbox"}))

    def migrate(self) -> None:
        """Make the tables as their owner. The cache's table comes first: grants are given after the migrations."""
        as_owner = {**self.environment, "DATABASE_URL": self.owner_url, "DATABASE_OWNER_URL": self.owner_url}
        with psycopg.connect(self.owner_url, connect_timeout=10) as connection:
            found = connection.execute("SELECT to_regclass('members_cache')").fetchone()
        if found and found[0] is None:
            self.supervisor.run("cache table", python("manage.py", "createcachetable"), as_owner)
        self.supervisor.run("migrate", python("manage.py", "migrate", "--no-input", "--verbosity", "0"), as_owner)

    def launch_own(self) -> None:
        """Start the unit's own processes. The web comes last: it is the first to stop."""
        celery = python("-m", "celery", "-A", "smu")
        worker = [*celery, "worker", "-P", "threads", "--without-gossip", "--without-mingle", "--without-heartbeat"]
        schedule = str(self.places.data / "beat-schedule")
        for batch in (
            {
                "ordinary": [*worker, "-Q", "ordinary", "-c", "8", "-n", "ordinary@%h"],
                "urgent": [*worker, "-Q", "urgent", "-c", "4", "-n", "urgent@%h"],
                "reconciler": python("manage.py", "reconcile"),
                "sealer": python("manage.py", "seal"),
                "trickle": python("manage.py", "trickle"),
            },
            {"beat": [*celery, "beat", "-s", schedule, "--pidfile="]},
            {"web": self.web_command},
        ):
            wanted = {name: command for name, command in batch.items() if name in self.only}
            self.supervisor.start(*(self.service(name, command) for name, command in wanted.items()))

    @property
    def web_command(self) -> list[str]:
        """The web server: ASGI, since a stream of events must hold no thread."""
        words = ["-m", "gunicorn", "-k", "asgi", "-w", "1", "--graceful-timeout", "3", "--no-control-socket"]
        return python(*words, "--bind", f"127.0.0.1:{self.port}", "smu.asgi:application")

    def launch(self, name: str, command: list[str]) -> None:
        """Start one of the unit's processes."""
        self.supervisor.start(self.service(name, command))

    def service(self, name: str, command: list[str]) -> Service:
        """The unit's process `name`, with the way to tell that it answers."""
        service = Service(name, command, self.environment)
        if name == "web":
            service.answers = lambda service: answers(f"http://127.0.0.1:{self.port}/health/")
        elif name == "sandbox":
            service.answers = lambda service: answers(f"http://127.0.0.1:{self.sandbox_port}/_sandbox/health")
        elif name in {"ordinary", "urgent"}:
            service.answers = lambda service: service.logged(b" ready.")
        elif name == "beat":
            service.answers = lambda service: service.logged(b"beat: Starting...")
        return service

    def named(self, *names: str) -> list[Service]:
        """The services of these names."""
        return [service for service in self.supervisor.services if service.name in names]

    def write_run_file(self) -> None:
        """Write what runs to DATA/run.json (mode 600): pids, addresses, the demonstration's members."""
        pids = {service.name: service.process.pid for service in self.supervisor.services if service.process}
        sandbox = self.environment.get("SANDBOX_URL", "")
        running = {
            "pids": {"supervisor": os.getpid(), **pids},
            "web": f"http://localhost:{self.port}" if "web" in self.only else "",
            "sandbox": sandbox,
            "database_owner_url": self.owner_url,
            "database_url": self.environment["DATABASE_URL"],
            "redis_url": self.environment["REDIS_URL"],
            "server_files": str(self.places.outside or self.places.data),
            "members": self.members,
            "environment": {**self.environment, "DATABASE_OWNER_URL": self.owner_url},
        }
        write_private(self.places.run_file, json.dumps(running, indent=1))

    def welcome(self, seconds: float) -> None:
        """Tell the person at the terminal where to go, and as whom."""
        event("all", f"answers after {seconds:.1f} s")
        say()
        if self.members:
            say(f"  {'sign in as':<16} {'name':<26} {'position':<34} password")
            for member in self.members:
                say(f"  {member['username']:<16} {member['name']:<26} {member['position']:<34} {member['password']}")
            say()
        say(f"  Open http://localhost:{self.port}  (the sign-in page fills in password and code with one click)")
        say("  Ctrl-C stops everything.")


def answers(address: str) -> bool:
    """Whether a GET of `address` is answered with 200."""
    try:
        with urllib.request.urlopen(address, timeout=5) as response:  # noqa: S310  # an address of ours on loopback
            return bool(response.status == 200)
    except (urllib.error.URLError, OSError):
        return False
