"""The web application, served by gunicorn's ASGI worker: streams of events hold no thread."""

from __future__ import annotations

import os

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "smu.settings")

application = get_asgi_application()
