"""The web application, served by gunicorn's ASGI worker: streams of events hold no thread."""

from __future__ import annotations

import os

from django.conf import settings
from django.core.asgi import get_asgi_application

from smu.bodies import Bounded
from smu.starting import settings_or_refuse, unit_or_refuse

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "smu.settings")

settings_or_refuse()
application = Bounded(get_asgi_application(), settings.LONGEST_REQUESTS)
unit_or_refuse()
