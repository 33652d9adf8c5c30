"""The environment that the stack gives to its processes, and the ports it uses."""

from __future__ import annotations

import hashlib
import hmac
import os
import socket
import sys
from pathlib import Path
from urllib.parse import urlsplit

from smu.environment import demonstration_asked
from smu.stack import redis
from smu.stack.console import Refused
from smu.stack.postgres import APP, OWNER, Cluster


def child_environment(cluster: Cluster, *, port: int, sandbox_port: int | None) -> dict[str, str]:
    """What the stack tells every process of the unit, beside the environment that it was started in itself.

    What that names already wins (DATABASE_URL, REDIS_URL: those servers are not ours to start). The owner's address is
    not told: only migrations connect as the owner.
    """
    places, keys = cluster.places, cluster.keys
    ours = {
        "PYTHONUNBUFFERED": "1",
        "DJANGO_SETTINGS_MODULE": "smu.settings",
        "DATA": str(places.data),
        "STATIC_ROOT": str(places.data / "static"),
        "HEADS_DIR": str(places.data / "heads"),
        "DEMONSTRATION": "1" if demonstration_asked() else "0",
        "SECRET_KEY": keys.secret_key,
        "FIELD_KEYS": keys.field_keys,
        "DATABASE_URL": cluster.url(APP),
        "APP_ROLE": APP,
        "REDIS_URL": redis.url(places),
        "CELERY_BROKER_URL": redis.as_celery_reads(os.environ.get("REDIS_URL") or redis.url(places)),
        "PORT": str(port),
        **(sandbox_addresses(sandbox_port) | sandbox_apps(keys.secret_key) if sandbox_port else {}),
        **({} if demonstration_asked() else of_a_real_unit(cluster, port)),
    }
    if "DATABASE_URL" in os.environ:
        ours["APP_ROLE"] = urlsplit(os.environ["DATABASE_URL"]).username or APP
    named = set(ours) - {"DATA", "PORT", "DJANGO_SETTINGS_MODULE", "DEMONSTRATION"}
    return {**ours, **{name: os.environ[name] for name in named if name in os.environ}}


def of_a_real_unit(cluster: Cluster, port: int) -> dict[str, str]:
    """What a real unit is told that is served on this machine alone: without TLS, since the web listens on loopback."""
    return {
        "ALLOWED_HOSTS": "localhost,127.0.0.1",
        "PLAIN_HTTP": "1",
        "UNIT_URL": f"http://localhost:{port}",
        "EMAIL_URL": f"filemail:///{cluster.places.data / 'mail'}",
        "DEFAULT_FROM_EMAIL": "smu@localhost.localdomain",
    }


def owner_url(cluster: Cluster) -> str:
    """The address that migrations connect to, taken out of our own environment: no process of the unit inherits it.

    Raises Refused when only the app's address of a real server is named.
    """
    named = os.environ.pop("DATABASE_OWNER_URL", "")
    if "DATABASE_URL" in os.environ and not named:
        raise Refused(
            "DATABASE_URL is set, so DATABASE_OWNER_URL must be too: migrations connect as the tables' owner."
        )
    return named or cluster.url(OWNER)


def sandbox_addresses(port: int) -> dict[str, str]:
    """The platforms' addresses, all at the sandbox on `port`."""
    origin = f"http://127.0.0.1:{port}"
    return {
        "SANDBOX_PORT": str(port),
        "SANDBOX_URL": origin,
        "META_GRAPH_BASE": f"{origin}/graph.facebook.com/v26.0",
        "X_BASE": f"{origin}/api.x.com",
        "YOUTUBE_BASE": f"{origin}/youtube.googleapis.com/youtube/v3",
        "YOUTUBE_UPLOAD_BASE": f"{origin}/youtube.googleapis.com/upload/youtube/v3",
        "GOOGLE_TOKEN_URL": f"{origin}/oauth2.googleapis.com/token",
        "GOOGLE_REVOKE_URL": f"{origin}/oauth2.googleapis.com/revoke",
        "GOOGLE_AUTHORIZE_URL": f"{origin}/accounts.google.com/o/oauth2/v2/auth",
        "RUPLOAD_BASE": f"{origin}/rupload.facebook.com",
        "META_DIALOG_URL": f"{origin}/www.facebook.com/v26.0/dialog/oauth",
        "X_AUTHORIZE_URL": f"{origin}/x.com/i/oauth2/authorize",
    }


def sandbox_apps(secret: str) -> dict[str, str]:
    """What this product is registered as on the sandbox's platforms; the secrets follow from `secret`."""

    def of(name: str) -> str:
        return hmac.new(secret.encode(), f"sandbox {name}".encode(), hashlib.sha256).hexdigest()[:32]

    return {
        "META_APP_ID": "270341188541962",
        "META_APP_SECRET": of("meta"),
        "META_VERIFY_TOKEN": of("meta verify"),
        "X_CLIENT_ID": "dW5pdC1vbi10aGUtc2FuZGJveA",
        "X_CLIENT_SECRET": of("x"),
        "X_CONSUMER_SECRET": of("x consumer"),
        "X_APP_TOKEN": of("x app"),
        "X_TIER": "enterprise",
        "GOOGLE_CLIENT_ID": "270341188541-unit.apps.example",
        "GOOGLE_CLIENT_SECRET": of("google"),
    }


def free(port: int) -> bool:
    """Whether nobody listens on `port` of this machine."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def any_port() -> int:
    """A port that is free now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def kept_port(path: Path) -> int:
    """The port noted in `path`, if it is free, else another one, noted there: addresses in the database stay good."""
    noted = int(path.read_text()) if path.is_file() else 0
    if noted and free(noted):
        return noted
    chosen = any_port()
    path.write_text(str(chosen))
    return chosen


def python(*words: str) -> list[str]:
    """The command line of this project's Python with `words`."""
    return [sys.executable, *words]
