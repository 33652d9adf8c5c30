"""Settings of the tests: those of the unit, on services of the run's own, as the app's role (ruling 26).

One PostgreSQL and one Redis serve the whole run, in a folder that the first process of the run makes and the others
find by TEST_DATA. Each xdist worker has its own database, Redis database and port for the sandbox.
"""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

from smu.stack import redis
from smu.stack.environment import any_port, sandbox_addresses, sandbox_apps
from smu.stack.keys import keys_of
from smu.stack.places import settle
from smu.stack.postgres import OWNER, Cluster

if "TEST_DATA" not in os.environ:
    os.environ["TEST_DATA"] = tempfile.mkdtemp(prefix="smu-tests-")
    os.environ["TEST_RUN"] = str(os.getpid())
    atexit.register(shutil.rmtree, os.environ["TEST_DATA"], ignore_errors=True)
WORKER = os.environ.get("PYTEST_XDIST_WORKER", "gw0")
IDENTITY_PORT = int(os.environ.setdefault(f"TEST_IDENTITY_PORT_{WORKER}", str(any_port())))
SANDBOX_PORT = int(os.environ.setdefault(f"TEST_SANDBOX_PORT_{WORKER}", str(any_port())))

PLACES = settle(Path(os.environ["TEST_DATA"]))
CLUSTER = Cluster(PLACES, keys_of(PLACES.data), throwaway=True)
TEMPLATE = "unit_template"
REDIS_NUMBER = int(WORKER.removeprefix("gw")) % 16

os.environ.update(
    {
        "SECRET_KEY": CLUSTER.keys.secret_key,
        "FIELD_KEYS": CLUSTER.keys.field_keys,
        "ALLOWED_HOSTS": "testserver,localhost,127.0.0.1",
        "DATABASE_URL": CLUSTER.url(OWNER, f"unit_{WORKER}"),
        "DATABASE_OWNER_URL": CLUSTER.url(OWNER, f"unit_{WORKER}"),
        "REDIS_URL": redis.url(PLACES, REDIS_NUMBER),
        "CELERY_BROKER_URL": redis.as_celery_reads(redis.url(PLACES, REDIS_NUMBER)),
        # A process beside a test has a mail server of its own.
        "EMAIL_URL": os.environ.get("TEST_EMAIL_URL", "memorymail://"),
        "DEFAULT_FROM_EMAIL": "smu@bayside.example",
        "OIDC_ISSUER": f"http://127.0.0.1:{IDENTITY_PORT}",
        "OIDC_NAME": "Bayside sign-in",
        "OIDC_CLIENT_ID": "social-media-unit",
        "OIDC_CLIENT_SECRET": "a-secret-between-two-processes-of-one-test",
        "SECURE_SSL_REDIRECT": "0",
        "HEADS_DIR": str(PLACES.data / f"heads-{WORKER}"),
        "DATA": str(PLACES.data),
        **sandbox_addresses(SANDBOX_PORT),
        **sandbox_apps("the tests"),
    }
)

from smu.settings import *  # noqa: E402,F403
from smu.settings import DATABASES, STORAGES  # noqa: E402

# The owner connects and at once becomes the app's role, so that every test proves the grants. No pool: it would hold
# connections to a database that is about to be cloned anew.
DATABASES["default"]["OPTIONS"].pop("pool", None)
DATABASES["default"]["OPTIONS"]["assume_role"] = "smu_app"
DATABASES["default"]["TEST"] = {"NAME": f"unit_{WORKER}"}
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
SESSION_COOKIE_SECURE = False
CSRF_COOKIE_SECURE = False
SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "sessionid", "csrftoken"
