"""The run's databases: a template that the owner migrated once, and clones of it."""

from __future__ import annotations

import fcntl
import hashlib
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from django.conf import settings
from django.core.management import call_command
from django.db import connection, connections
from psycopg import sql

from smu.stack import redis
from smu.stack.postgres import DATABASE, OWNER

ROOT = Path(__file__).resolve().parent.parent


def start_services(until: int) -> None:
    """Start the run's PostgreSQL and Redis, which end with the process `until`. Does not wait for them."""
    words = ["--data", str(settings.PLACES.data), "--only", "postgres,redis", "--throwaway", "--until", str(until)]
    with (settings.PLACES.logs / "stack.log").open("ab") as log:
        subprocess.Popen(
            [sys.executable, "-m", "smu.stack", *words],
            # Nothing of this run's addresses: they would name the servers that are to be started as somebody else's.
            env={name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ},
            cwd=ROOT,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )


def wait_for_services(seconds: float = 60.0) -> None:
    """Wait until the run's services answer; fail with what they logged."""
    until = time.monotonic() + seconds
    while not settings.PLACES.run_file.is_file():
        if time.monotonic() > until:
            raise RuntimeError((settings.PLACES.logs / "stack.log").read_text())
        time.sleep(0.02)


def make_template(kept: Path) -> None:
    """Make the template of this run, if another worker has not: every table, migrated and granted by the owner.

    The folder `kept` holds what an earlier run migrated, by the digest of all that it was made from: the same again
    is taken from there, in a twentieth of the time.
    """
    with _alone("template"), settings.CLUSTER.connection(OWNER, DATABASE) as owner:
        if owner.execute("SELECT 1 FROM pg_database WHERE datname = %s", [settings.TEMPLATE]).fetchone():
            return
        owner.execute("CREATE DATABASE template_in_the_making")
        dump = kept / f"{_origin()}.dump"
        if dump.is_file():
            _postgres("pg_restore", "--no-owner", "--exit-on-error", "--dbname", MAKING, str(dump))
        else:
            _migrate()
            with _in_place_of(dump) as partial:
                _postgres("pg_dump", "--format=custom", "--compress=1", "--file", str(partial), "--dbname", MAKING)
        owner.execute(f"ALTER DATABASE template_in_the_making RENAME TO {settings.TEMPLATE}")


MAKING = settings.CLUSTER.url(OWNER, "template_in_the_making")


def _migrate() -> None:
    with _as_owner_of("template_in_the_making"):
        call_command("createcachetable", verbosity=0)
        call_command("migrate", verbosity=0, interactive=False)


def _origin() -> str:
    """The digest of everything that a migrated database is made from."""
    shapes = ("*/migrations/*.py", "*/models.py", "*/models/*.py", "*/apps.py", "members/facts.py", "smu/settings.py")
    files = {file for shape in shapes for file in ROOT.glob(shape)} | {ROOT / "requirements/dev.txt", Path(__file__)}
    whole = hashlib.sha256()
    for file in sorted(files):
        whole.update(f"{file.relative_to(ROOT)}\0".encode() + file.read_bytes() + b"\0")
    return whole.hexdigest()


def _postgres(tool: str, *words: str) -> None:
    subprocess.run([str(settings.PLACES.server / "bin" / tool), *words], check=True)


@contextmanager
def _in_place_of(file: Path) -> Iterator[Path]:
    """A file to be written, which then takes the place of `file` whole; older ones beside it go."""
    partial = file.with_suffix(f".{os.getpid()}")
    yield partial
    for old in file.parent.glob("*.dump"):
        old.unlink(missing_ok=True)
    partial.rename(file)


def clone() -> None:
    """Give this worker its database as the template is, whatever was in it."""
    name = sql.Identifier(connection.settings_dict["NAME"])
    connections.close_all()
    with settings.CLUSTER.connection(OWNER, DATABASE) as owner:
        _drop(owner, name)
        owner.execute(
            sql.SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY file_copy").format(name, sql.Identifier(settings.TEMPLATE))
        )


def _drop(owner: psycopg.Connection, name: sql.Identifier, seconds: float = 10.0) -> None:
    """Drop a database and whoever is connected to it. An autovacuum worker there is not the owner's to end: it goes."""
    until = time.monotonic() + seconds
    while True:
        try:
            owner.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(name))
        except psycopg.errors.InsufficientPrivilege:
            if time.monotonic() > until:
                raise
            time.sleep(0.1)
        else:
            return


def redis_answers() -> bool:
    """Whether the run's Redis takes commands."""
    return redis.answers(settings.PLACES)


@contextmanager
def _as_owner_of(name: str) -> Iterator[None]:
    """Within, the default connection is the owner's, to the database `name`."""
    kept = connection.settings_dict["NAME"], connection.settings_dict["OPTIONS"].pop("assume_role")
    connection.close()
    connection.settings_dict["NAME"] = name
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"], connection.settings_dict["OPTIONS"]["assume_role"] = kept


@contextmanager
def _alone(name: str) -> Iterator[None]:
    """Within, no other worker of this run is in a part of this name."""
    with (settings.PLACES.data / f"{name}.lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
