"""Which processes make up the unit, in which order they start, and what is told when they all answer."""

from __future__ import annotations

import functools
import json
import os
import signal
import subprocess
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any, LiteralString

import psycopg

from smu.environment import demonstration_asked
from smu.production import OF_THE_DEMONSTRATION
from smu.stack import redis, static
from smu.stack.console import Refused, event, say
from smu.stack.environment import child_environment, free, kept_port, owner_url, python
from smu.stack.keys import write_private
from smu.stack.places import Places
from smu.stack.postgres import Cluster
from smu.stack.service import Service
from smu.stack.supervisor import Supervisor
from smu.starting import wrong_unit

SERVERS = ("postgres", "redis")
OWN = ("sandbox", "web", "ordinary", "urgent", "beat", "reconciler", "deliverer", "sealer", "trickle")
NAMED_BY = {"postgres": "DATABASE_URL", "redis": "REDIS_URL"}
DEMONSTRATION_ONLY = {"sandbox", "trickle"}


class Stack:
    """The unit on one machine.

    `only` names the processes to start: without any of the unit's own, there are the servers and an empty database.
    """

    def __init__(self, places: Places, cluster: Cluster, supervisor: Supervisor, *, only: set[str], port: int) -> None:
        unknown = only - {*SERVERS, *OWN}
        if unknown:
            raise Refused(f"There is no process {', '.join(sorted(unknown))}. There are: {', '.join(SERVERS + OWN)}.")
        self.places = places
        self.supervisor = supervisor
        self.port = port
        self.cluster = cluster
        self.demonstration = demonstration_asked()
        self.only = only if self.demonstration else only - DEMONSTRATION_ONLY
        sandbox_port = kept_port(places.data / "sandbox.port") if "sandbox" in self.only else None
        self.environment = child_environment(cluster, port=port, sandbox_port=sandbox_port)
        self.owner_url = owner_url(cluster)
        self.members: list[dict[str, Any]] = []

    def start(self) -> None:
        """Start everything in order and wait until it answers. Raises Refused when something fails."""
        begun = time.monotonic()
        self.refuse_a_taken_port()
        if not self.demonstration and self.cluster.keys.secret_key.startswith(OF_THE_DEMONSTRATION):
            raise Refused(
                f"{self.places.data} is the demonstration's. A real unit begins in a folder of its own: DATA=…"
            )
        self.start_servers()
        if self.only & set(OWN):
            self.start_unit()
        self.supervisor.changed = self.write_run_file
        self.write_run_file()
        event("all", f"answer after {time.monotonic() - begun:.1f} s")
        if "web" in self.only:
            self.welcome()

    def refuse_a_taken_port(self) -> None:
        """Raises Refused when another program listens where the web is to."""
        if "web" in self.only and not free(self.port):
            raise Refused(f"Port {self.port} is taken by another program. Choose another: `PORT=8123 make run`.")

    def start_servers(self) -> None:
        """Start the database and the broker, but for those that the environment names elsewhere."""
        embedded = [name for name in SERVERS if name in self.only and NAMED_BY[name] not in os.environ]
        if "postgres" in embedded:
            self.cluster.create()
            database = Service("postgres", self.cluster.command, {"LC_ALL": "C"}, answers=self.cluster.answers)
            database.before = self.cluster.clear_remains
            database.account = self.places.account
            database.stop_signal = signal.SIGINT
            database.patience = 30.0
            self.supervisor.start(database)
        if "redis" in embedded:
            words = redis.command(self.places, throwaway=self.cluster.throwaway)
            broker = Service("redis", words, answers=functools.partial(redis.answers, self.places))
            self.supervisor.start(broker)
        self.supervisor.wait(*self.named(*embedded))
        if "postgres" in embedded:
            self.cluster.prepare()

    def start_unit(self) -> None:
        """Start the sandbox, bring the tables up to date, load the demonstration, start the unit's own processes."""
        commands = self.commands()
        self.launch("sandbox", commands=commands)
        self.migrate()
        self.refuse_the_wrong_unit()
        collected = Path(self.environment["STATIC_ROOT"])
        if not static.is_current(collected):
            self.supervisor.run("static", python(*static.COMMAND), self.environment)
            static.note(collected)
        if "sandbox" in self.only:
            self.supervisor.wait(*self.named("sandbox"))
            self.supervisor.run("demonstrate", python("manage.py", "demonstrate"), self.environment)
            self.members = json.loads((self.places.data / "members.json").read_text())
        # What is started last stops first: no new request, then no new poll, then what is under way.
        self.launch("ordinary", "urgent", "reconciler", "deliverer", "sealer", "trickle", commands=commands)
        self.launch("beat", commands=commands)
        self.refuse_a_taken_port()  # somebody may have come meanwhile, and would be told of as if he were ours
        self.launch("web", commands=commands)
        self.supervisor.wait(*self.named(*OWN[1:]))

    def migrate(self) -> None:
        """Make the tables as their owner. The cache's table comes first: grants are given after the migrations."""
        as_owner = {**self.environment, "DATABASE_URL": self.owner_url, "DATABASE_OWNER_URL": self.owner_url}
        with psycopg.connect(self.owner_url, connect_timeout=10) as connection:
            found = connection.execute("SELECT to_regclass('members_cache')").fetchone()
        if found == (None,):
            self.supervisor.run("cache-table", python("manage.py", "createcachetable"), as_owner)
        self.supervisor.run("migrate", python("manage.py", "migrate", "--no-input", "--verbosity", "0"), as_owner)

    def asked(self, query: LiteralString) -> list[tuple[Any, ...]]:
        """What the database answers to its owner."""
        with psycopg.connect(self.owner_url, connect_timeout=10) as connection:
            return connection.execute(query).fetchall()

    def refuse_the_wrong_unit(self) -> None:
        """Raises Refused where the database holds a real unit and the demonstration is to start, or the reverse."""
        if reason := wrong_unit(self.asked, demonstration=self.demonstration):
            raise Refused(reason)

    def commands(self) -> dict[str, list[str]]:
        """The command line of each of the unit's own processes."""
        state, schedule = self.places.data / "sandbox.sqlite3", self.places.data / "beat-schedule"
        celery = python("-m", "celery", "-A", "smu")
        worker = [*celery, "worker", "-l", "INFO", "-P", "threads", "--without-gossip", "--without-mingle"]
        gunicorn = python("-m", "gunicorn", "-k", "asgi", "-w", "1", "--graceful-timeout", "3", "--no-control-socket")
        return {
            "sandbox": python(
                "-m", "sandbox", "--port", self.environment.get("SANDBOX_PORT", "0"), "--state", str(state)
            ),
            "ordinary": [*worker, "-Q", "ordinary", "-c", "8", "-n", "ordinary@%h"],
            "urgent": [*worker, "-Q", "urgent", "-c", "4", "-n", "urgent@%h"],
            "reconciler": python("manage.py", "reconcile"),
            "deliverer": python("manage.py", "deliver"),
            "sealer": python("manage.py", "seal"),
            "trickle": python("manage.py", "trickle"),
            "beat": [*celery, "beat", "-l", "INFO", "-s", str(schedule), "--pidfile="],
            "web": [*gunicorn, "--bind", f"127.0.0.1:{self.port}", "smu.asgi:application"],
        }

    def launch(self, *names: str, commands: dict[str, list[str]]) -> None:
        """Start those of the unit's own processes `names` that are wanted, to be stopped together."""
        services = [Service(name, commands[name], self.environment) for name in names if name in self.only]
        for service in services:
            service.answers = self.sign_of_life(service)
        self.supervisor.start(*services)

    def sign_of_life(self, service: Service) -> functools.partial[bool] | None:
        """How one sees that `service` does its work: None where being alive is all there is to see."""
        sandbox = self.environment.get("SANDBOX_URL", "")
        return {
            "web": functools.partial(answers, f"http://127.0.0.1:{self.port}/health/"),
            "sandbox": functools.partial(answers, f"{sandbox}/_sandbox/health"),
            "ordinary": functools.partial(service.logged, b" ready."),
            "urgent": functools.partial(service.logged, b" ready."),
            "beat": functools.partial(service.logged, b"beat: Starting..."),
        }.get(service.name)

    def named(self, *names: str) -> list[Service]:
        """Those services of these names that were started."""
        return [service for service in self.supervisor.services if service.name in names]

    def write_run_file(self) -> None:
        """Write what runs to DATA/run.json (mode 600): pids, addresses, the demonstration's members."""
        pids = {service.name: service.process.pid for service in self.supervisor.services if service.process}
        running = {
            "pids": {"supervisor": os.getpid(), **pids},
            "web": f"http://localhost:{self.port}" if "web" in self.only else None,
            "sandbox": self.environment.get("SANDBOX_URL"),
            "database_owner_url": self.owner_url,
            "database_url": self.environment["DATABASE_URL"],
            "redis_url": self.environment["REDIS_URL"],
            "server_files": str(self.places.server),
            "cluster": str(self.places.cluster),
            "members": self.members,
            "environment": {**self.environment, "DATABASE_OWNER_URL": self.owner_url},
        }
        write_private(self.places.run_file, json.dumps(running, indent=1))

    def welcome(self) -> None:
        """Tell the person at the terminal where to go, and as whom."""
        if not self.demonstration:
            self.welcome_to_a_real_unit()
            return
        say(f"\n  {'sign in as':<14} {'name':<26} {'position':<34} password")
        for member in self.members:
            say(f"  {member['username']:<14} {member['name']:<26} {member['position']:<34} {member['password']}")
        say()
        say(f"  Open http://localhost:{self.port} and sign in as one of these; the page fills in password and code.")
        say("  Ctrl-C stops everything.")

    def welcome_to_a_real_unit(self) -> None:
        """Tell where to sign in; while nobody is there yet, where the set-up begins and with which key."""
        say()
        if self.asked("SELECT 1 FROM members_member LIMIT 1"):
            say(f"  A real unit. Open http://localhost:{self.port} and sign in.")
        else:
            # Not through the supervisor, which keeps what a command says in a log: the key opens the unit.
            words = python("manage.py", "setup", "--key")
            environment = {**os.environ, **self.environment}
            made = subprocess.run(words, env=environment, capture_output=True, text=True, check=False)
            say("  A real unit, empty so far.\n")
            say("  " + (made.stdout if made.returncode == 0 else made.stderr).strip())
        say()
        say(f"  Commands in another terminal: DATA={self.places.data} manage.py …")
        if self.environment["EMAIL_URL"].startswith("filemail:"):
            say(f"  E-mails are written to {self.places.data / 'mail'} until EMAIL_URL names a mail server.")
        say("  It is served on this machine alone. Ctrl-C stops everything.")


def answers(address: str) -> bool:
    """Whether a GET of `address` is answered with 200."""
    try:
        with urllib.request.urlopen(address, timeout=5) as response:  # noqa: S310  # an address of ours on loopback
            return bool(response.status == 200)
    except (urllib.error.URLError, OSError):
        return False
