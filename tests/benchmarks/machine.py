"""A PostgreSQL and a Redis of the benchmarks' own, with the one database profile of all figures (ruling 27)."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from psycopg import sql

from smu.stack import redis
from smu.stack.environment import python
from smu.stack.keys import keys_of
from smu.stack.places import settle
from smu.stack.postgres import APP, DATABASE, OWNER, SUPERUSER, Cluster
from smu.stack.service import Service

ROOT = Path(__file__).resolve().parents[2]
PROFILE = {
    "shared_buffers": "4GB",
    "effective_cache_size": "12GB",
    "work_mem": "32MB",
    "maintenance_work_mem": "1GB",
    "max_wal_size": "6GB",
    "checkpoint_timeout": "15min",
    "random_page_cost": "1.1",
    "max_parallel_workers_per_gather": "1",
    "fsync": "on",
    "synchronous_commit": "on",
    "full_page_writes": "on",
    "wal_compression": "off",
    "jit": "on",
    "io_method": "worker",
}


class Machine:
    """The running services; `fresh` gives a database with every table and no row."""

    def __init__(self, data: Path) -> None:
        self.places = settle(data)
        self.cluster = Cluster(self.places, keys_of(data))

    @contextmanager
    def running(self) -> Iterator[None]:
        """Within, both servers answer and the tables are made."""
        self.cluster.create()
        profile = [part for name, value in PROFILE.items() for part in ("-c", f"{name}={value}")]
        database = Service("postgres", [*self.cluster.command, *profile], {"LC_ALL": "C"}, answers=self.cluster.answers)
        database.account = self.places.account
        database.stop_signal = signal.SIGINT
        broker = Service("redis", redis.command(self.places, throwaway=True))
        broker.answers = lambda: redis.answers(self.places)
        services = [database, broker]
        try:
            for service in services:
                service.log = self.places.logs / f"{service.name}.log"
                service.spawn()
            while not all(service.is_ready() for service in services):
                if any(service.poll() is not None for service in services):
                    sys.exit((self.places.logs / "postgres.log").read_text())
                time.sleep(0.05)
            self._prepare()
            yield
        finally:
            for service in services:
                service.ask_to_stop()
                service.see_ended()
            for directory in self.places.removable:
                shutil.rmtree(directory, ignore_errors=True)

    def _prepare(self) -> None:
        self.cluster.prepare()
        keys = self.cluster.keys
        os.environ.update(
            SECRET_KEY=keys.secret_key,
            FIELD_KEYS=keys.field_keys,
            ALLOWED_HOSTS="localhost",
            DATABASE_URL=self.cluster.url(APP),
            DATABASE_OWNER_URL=self.cluster.url(OWNER),
            REDIS_URL=redis.url(self.places),
            CELERY_BROKER_URL=redis.as_celery_reads(redis.url(self.places)),
            EMAIL_URL="dummymail://",
            DEFAULT_FROM_EMAIL="unit@bayside.example",
            DJANGO_SETTINGS_MODULE="tests.benchmarks.settings",
        )
        for words in (["createcachetable"], ["migrate", "--no-input", "--verbosity", "0"]):
            environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "smu.settings"}
            subprocess.run(
                python("manage.py", *words), cwd=ROOT, env=environment, check=True, stdout=subprocess.DEVNULL
            )

    def fresh(self, name: str) -> None:
        """A database of this name with every table and no row."""
        with self.cluster.connection(SUPERUSER) as connection:
            names = {"name": sql.Identifier(name), "like": sql.Identifier(DATABASE), "owner": sql.Identifier(OWNER)}
            connection.execute(sql.SQL("DROP DATABASE IF EXISTS {name} WITH (FORCE)").format(**names))
            connection.execute(sql.SQL("CREATE DATABASE {name} TEMPLATE {like} OWNER {owner}").format(**names))

    def rename(self, name: str, new: str) -> None:
        """Call a database otherwise, once nobody asks it any more."""
        with self.cluster.connection(SUPERUSER) as connection:
            names = {"name": sql.Identifier(name), "new": sql.Identifier(new)}
            connection.execute(sql.SQL("DROP DATABASE IF EXISTS {new} WITH (FORCE)").format(**names))
            connection.execute(sql.SQL("ALTER DATABASE {name} RENAME TO {new}").format(**names))


@contextmanager
def machine() -> Iterator[Machine]:
    """A machine in a directory of its own, gone afterwards."""
    made = Machine(Path(tempfile.mkdtemp(prefix="smu-bench-")))
    with made.running():
        yield made


def peak_memory() -> float:
    """Megabytes that this process held at most since `begin_memory`."""
    line = next(line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM"))
    return round(int(line.split()[1]) / 1024, 1)


def begin_memory() -> None:
    """Forget the peak of memory until now."""
    Path("/proc/self/clear_refs").write_text("5")
