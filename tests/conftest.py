"""What every test stands on: services and databases of the run's own, and the fixtures that reach them.

The tests act as the app's role, on a clone of a template that the owner migrated (ruling 26). A test that needs real
transactions (`django_db(transaction=True)`, `live_unit`) gets its database cloned anew afterwards, in place of Django's
flush, which the tables of facts refuse.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import psycopg
import pytest
import redis
from django.conf import settings
from django.test import TransactionTestCase

from smu.environment import ROOT
from tests import databases

# Not part of the project (ruling 30): `../shared` unless SHARED names another folder.
SHARED = (ROOT / os.environ.get("SHARED", "../shared")).resolve()

pytest_plugins = ["tests.live", *(["tests.cast"] if find_spec("tests.cast") else [])]


def pytest_configure(config: pytest.Config) -> None:
    """The first process of the run starts the services at once: they come up while the tests are collected."""
    if os.environ["TEST_RUN"] == str(os.getpid()) and not config.option.collectonly:
        databases.start_services(until=os.getpid())


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The browser's tests come last: its driver leaves an event loop running in the process, which others would meet.

    pytest-xdist hands tests out in this order, so the same holds in each of its workers.
    """
    items.sort(key=lambda item: "playwright" in getattr(item, "fixturenames", ()))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say how many tests were skipped because the material beside the project is not there (ruling 30)."""
    skipped = terminalreporter.stats.get("skipped", [])
    without = sum("SHARED" in str(report.longrepr) for report in skipped)
    terminalreporter.write_line(f"{without} tests skipped: no SHARED ({SHARED}) with the material beside the project")


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder beside the project with the platforms' own specifications and recorded bodies. Skips without it."""
    if not SHARED.is_dir():
        pytest.skip(f"SHARED ({SHARED}) is not there")
    return SHARED


@pytest.fixture(scope="session")
def services() -> None:
    """The run's PostgreSQL and Redis answer."""
    databases.wait_for_services()


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment: None, django_db_blocker: Any, services: None, pytestconfig: pytest.Config
) -> Iterator[None]:
    """This worker's database, cloned from the run's template."""
    with django_db_blocker.unblock():
        databases.make_template(pytestconfig.cache.mkdir("template"))
        databases.clone()
    cleared = TransactionTestCase._fixture_teardown
    TransactionTestCase._fixture_teardown = lambda self: databases.clone()
    yield
    TransactionTestCase._fixture_teardown = cleared


@pytest.fixture
def app_connection(transactional_db: None) -> Iterator[psycopg.Connection]:
    """A connection of its own as the app's role: what the web and the workers may do, they may do through this."""
    with psycopg.connect(settings.CLUSTER.url("smu_app", settings.DATABASES["default"]["NAME"])) as connection:
        yield connection


@pytest.fixture
def owner_connection(transactional_db: None) -> Iterator[psycopg.Connection]:
    """A connection as the tables' owner, in autocommit: for tests that tamper as only the owner could."""
    address = settings.CLUSTER.url("smu_owner", settings.DATABASES["default"]["NAME"])
    with psycopg.connect(address, autocommit=True) as connection:
        yield connection


@pytest.fixture
def broker(services: None) -> Iterator[redis.Redis]:
    """This worker's database in the run's Redis, empty."""
    with redis.Redis.from_url(settings.REDIS_URL) as client:
        client.flushdb()
        yield client
