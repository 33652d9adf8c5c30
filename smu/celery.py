"""The Celery application: two queues, `ordinary` and `urgent` (ruling 24)."""

from __future__ import annotations

import os
from typing import Any

from celery import Celery
from celery.signals import beat_init, worker_init
from django_structlog.celery.steps import DjangoStructLogInitStep

from smu.starting import settings_or_refuse, unit_or_refuse

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "smu.settings")

settings_or_refuse()
app = Celery("smu")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
app.steps["worker"].add(DjangoStructLogInitStep)


def _look_at_the_unit(**told: Any) -> None:
    unit_or_refuse()


worker_init.connect(_look_at_the_unit, weak=False)
beat_init.connect(_look_at_the_unit, weak=False)
