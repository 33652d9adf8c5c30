"""The PostgreSQL of one stack: cluster, roles and addresses. It listens on a socket in a private directory only."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

import psycopg
from psycopg import sql

from smu.stack.console import Refused
from smu.stack.keys import Keys, write_private
from smu.stack.places import POSTGRES_SOCKET, Places

SUPERUSER, OWNER, APP = "postgres", "smu_owner", "smu_app"
DATABASE = "smu"
PORT = "5432"
# A throw-away cluster is lost with its machine anyway: nothing waits for the disk.
UNSAFE_BUT_FAST = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


class Cluster:
    """One PostgreSQL cluster: how to make it, what to run for it, how to reach it.

    `settings` are the server's, beyond our own choice: the benchmarks name the profile that they are measured with.
    """

    def __init__(
        self, places: Places, keys: Keys, *, throwaway: bool = False, settings: Mapping[str, str] | None = None
    ) -> None:
        self.places = places
        self.keys = keys
        self.throwaway = throwaway
        self.settings = settings or {}

    def url(self, role: str, database: str = DATABASE) -> str:
        """The address of `database` for `role`, with its password."""
        password = {SUPERUSER: self.keys.superuser, OWNER: self.keys.owner, APP: self.keys.app}[role]
        folder = quote(str(self.places.postgres_sockets))
        # The port is said although it is the usual one: PGPORT may say otherwise.
        return f"postgresql://{role}:{password}@/{database}?host={folder}&port={PORT}"

    @property
    def command(self) -> list[str]:
        """The server's command line."""
        settings = {
            "listen_addresses": "",
            "port": PORT,
            "unix_socket_directories": str(self.places.postgres_sockets),
            "unix_socket_permissions": "0700",
            "max_connections": "150",
            "shared_buffers": "128MB",
            "log_min_messages": "warning",
            # A failed statement's text holds its values: people's words and names, which no log may hold (ruling 14).
            "log_min_error_statement": "panic",
            "log_parameter_max_length_on_error": "0",
            "log_error_verbosity": "terse",
            **(UNSAFE_BUT_FAST if self.throwaway else {}),
            **self.settings,
        }
        options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        return [str(self.places.server / "bin/postgres"), "-D", str(self.places.cluster), *options]

    def create(self) -> None:
        """Make the cluster if there is none. It is moved in when complete, so that an interrupted one is not taken."""
        cluster = self.places.cluster
        if cluster.is_dir():
            return
        partial = cluster.with_name("cluster-partial")
        password = cluster.with_name("password")
        account = self.places.account
        shutil.rmtree(partial, ignore_errors=True)
        write_private(password, self.keys.superuser)
        if account:
            os.chown(password, account.uid, account.gid)
        command = [str(self.places.server / "bin/initdb"), "-D", str(partial), "-U", SUPERUSER, "-E", "UTF8"]
        command += ["--locale-provider=builtin", "--locale=C.UTF-8", "--auth=scram-sha-256", f"--pwfile={password}"]
        command += ["--no-instructions", *(["--no-sync"] if self.throwaway else [])]
        made = subprocess.run(
            command,
            cwd="/",
            capture_output=True,
            text=True,
            check=False,
            user=account.uid if account else None,
            group=account.gid if account else None,
            extra_groups=[] if account else None,
        )
        password.unlink()
        if made.returncode:
            raise Refused(f"PostgreSQL's cluster could not be made: {made.stderr.strip()}")
        partial.rename(cluster)

    def clear_remains(self) -> None:
        """Take away what a killed server left behind. Needs the stack's lock: nobody else runs this cluster.

        A server that is still ending gets ten seconds; then it is killed.
        """
        pid_file = self.places.cluster / "postmaster.pid"
        until = time.monotonic() + 10
        while pid_file.is_file():
            pid = int((pid_file.read_text().split() or ["0"])[0])
            if not self._is_ours(pid):
                pid_file.unlink(missing_ok=True)
            elif time.monotonic() > until:
                os.kill(pid, signal.SIGKILL)
            time.sleep(0.05)
        for name in (POSTGRES_SOCKET, POSTGRES_SOCKET + ".lock"):
            (self.places.postgres_sockets / name).unlink(missing_ok=True)

    def _is_ours(self, pid: int) -> bool:
        """Whether `pid` is a server on this cluster. A number from before a restart may be anybody's by now."""
        try:
            words = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
        except OSError:
            return False
        return os.fsencode(self.places.cluster) in words

    def answers(self) -> bool:
        """Whether the server takes connections now."""
        try:
            with self.connection():
                return True
        except psycopg.OperationalError:
            return False

    @contextmanager
    def connection(self, role: str = SUPERUSER, database: str = "postgres") -> Iterator[psycopg.Connection]:
        """A connection in autocommit, for what is done to the cluster itself."""
        with psycopg.connect(self.url(role, database), autocommit=True, connect_timeout=5) as connection:
            yield connection

    def prepare(self) -> None:
        """Make the two roles and the owner's database, if they are not there.

        The app's role gets nothing here: what it may do, the models declare (ruling 18). For the tests the owner may
        also make databases and act as the app's role.
        """
        with self.connection() as connection:
            for role, password in ((OWNER, self.keys.owner), (APP, self.keys.app)):
                if not connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role]).fetchone():
                    create = sql.SQL("CREATE ROLE {} LOGIN PASSWORD {}")
                    connection.execute(create.format(sql.Identifier(role), sql.Literal(password)))
            if self.throwaway:
                connection.execute("ALTER ROLE smu_owner CREATEDB")
                connection.execute("GRANT smu_app TO smu_owner")
            if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone():
                connection.execute("CREATE DATABASE smu OWNER smu_owner")
