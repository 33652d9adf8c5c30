"""The unit's own processes as `make run` starts them, to be killed: worker, reconciler, a broker of their own."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace

import redis as client
from celery import current_app
from django.conf import settings
from django.utils import timezone
from kombu.exceptions import OperationalError
from redis.exceptions import RedisError

from moderation.models import Comment, CommentOrder
from smu.stack import redis
from smu.stack.environment import python
from smu.stack.service import Service

ENDED = ("done", "failed", "by_hand", "withdrawn")


class Processes:
    """A broker that forgets everything when it dies, a worker for both queues, the reconciler."""

    def __init__(self, place: Path) -> None:
        self.places = SimpleNamespace(redis_socket=place / "redis.sock", redis=place)
        address = redis.url(self.places)
        self.broker_url = redis.as_celery_reads(address)
        environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "smu.settings",
            "DATABASE_URL": settings.CLUSTER.url("smu_app", settings.DATABASES["default"]["NAME"]),
            "REDIS_URL": address,
            "CELERY_BROKER_URL": self.broker_url,
        }
        worker = ["-P", "threads", "-c", "8", "-Q", "urgent,ordinary", "--without-gossip", "--without-mingle"]
        self.broker = Service("broker", redis.command(self.places, throwaway=True), environment)
        self.broker.answers = lambda: redis.answers(self.places)
        self.worker = Service(
            "worker", python("-m", "celery", "-A", "smu", "worker", "-l", "INFO", *worker), environment
        )
        self.worker.answers = lambda: self.worker.logged(b" ready.")
        self.reconciler = Service("reconciler", python("manage.py", "reconcile"), environment)
        for service in (self.broker, self.worker, self.reconciler):
            service.log = place / f"{service.name}.log"

    def start(self, *services: Service) -> None:
        """Start and wait until they answer."""
        for service in services:
            service.spawn()
        until = time.monotonic() + 60
        for service in services:
            while not service.is_ready():
                if time.monotonic() > until or service.poll() is not None:
                    raise RuntimeError(f"{service.name} does not answer:\n{service.last_words()}")
                time.sleep(0.05)

    def kill(self, service: Service) -> None:
        """SIGKILL to its whole group."""
        service.signal_group(signal.SIGKILL)
        service.see_ended()

    def forget(self) -> None:
        """FLUSHALL: the broker loses every hint and lives on."""
        with client.Redis(unix_socket_path=str(self.places.redis_socket)) as connection:
            connection.flushall()

    def hint(self, order: CommentOrder) -> bool:
        """As `hints.hint`, to this broker, through a connection that no forked child shares."""
        task = "accounts.tasks.carry_out_urgent" if order.urgent else "accounts.tasks.carry_out"
        try:
            with current_app.connection_for_write(self.broker_url, transport_options={"max_retries": 0}) as connection:
                current_app.send_task(task, args=(order._meta.label, order.pk), connection=connection)
        except (OperationalError, RedisError, OSError):
            return False
        return True

    @contextmanager
    def running(self) -> Iterator[Processes]:
        """Within, all three run."""
        services = (self.broker, self.worker, self.reconciler)
        try:
            self.start(*services)
            yield self
        finally:
            for service in reversed(services):
                service.ask_to_stop()
            for service in services:
                service.see_ended()


def wait_for(comments: Iterable[Comment], seconds: float = 120.0) -> float:
    """Wait until every order about these comments has ended; gives how long that took."""
    begun = time.monotonic()
    unended = CommentOrder.objects.filter(comment__in=list(comments)).exclude(state__in=ENDED)
    while unended.exists() and time.monotonic() - begun < seconds:
        time.sleep(0.2)
    return time.monotonic() - begun


def latencies(comments: Iterable[Comment]) -> list[float]:
    """Seconds from each order's click to its recorded outcome; of one that has none, until now."""
    orders = CommentOrder.objects.filter(comment__in=list(comments))
    return [((order.done_at or timezone.now()) - order.created_at).total_seconds() for order in orders]
