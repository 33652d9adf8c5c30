"""The web application, served by gunicorn's ASGI worker: streams of events hold no thread."""

from __future__ import annotations

import os

from django.core.asgi import get_asgi_application

from smu.starting import settings_or_refuse, unit_or_refuse

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "smu.settings")

settings_or_refuse()
application = get_asgi_application()
unit_or_refuse()
