"""The unit's settings, on the benchmarks' own services: a database for each way of writing."""

from smu.settings import *  # noqa: F403
from smu.settings import DATABASE_OWNER_URL, DATABASES, STORAGES, env

DATABASES["default"]["OPTIONS"].pop("pool", None)  # a pool would outlive the databases
DATABASES["default"]["NAME"] = "ours"
DATABASES |= {name: {**DATABASES["default"], "NAME": name} for name in ("limit", "limit_5000")}
# The app's role may not lock received comments, as `update_or_create` does: what most people write, owns its tables.
DATABASES["naive"] = {**DATABASES["default"], **env.db_url_config(DATABASE_OWNER_URL), "NAME": "naive"}
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}  # none is collected
