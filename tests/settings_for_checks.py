"""Settings for checks that read the code and start nothing: the type checker, the search for missing migrations."""

import os

os.environ.update(
    SECRET_KEY="checks",
    FIELD_KEYS="1:checks",
    ALLOWED_HOSTS="localhost",
    EMAIL_URL="dummymail://",
    DEFAULT_FROM_EMAIL="nobody@localhost",
    DATABASE_URL="postgresql://nobody@localhost:1/none",
    REDIS_URL="redis://localhost:1/0",
)

from smu.settings import *  # noqa: F403
from smu.settings import DATABASES

# One try to connect is enough to find that there is nothing.
DATABASES["default"]["OPTIONS"].pop("pool")
