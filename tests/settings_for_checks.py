"""Settings for checks that read the code and start nothing: the type checker, the search for missing migrations."""

import os
import secrets

from cryptography.fernet import Fernet

os.environ.update(
    # Made anew each time: no key that stands in the project opens anything.
    SECRET_KEY=secrets.token_urlsafe(48),
    FIELD_KEYS=f"checks:{Fernet.generate_key().decode()}",
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
