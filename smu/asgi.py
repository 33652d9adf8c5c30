"""The web application, served by gunicorn's ASGI worker: streams of events hold no thread."""

from __future__ import annotations

import os

import django
from asgiref.sync import sync_to_async
from django.conf import settings
from django.core.handlers.asgi import ASGIHandler
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from members import plainly
from smu.bodies import Bounded
from smu.starting import settings_or_refuse, unit_or_refuse


class InOneThread(ASGIHandler):
    """Each request goes through all middleware and its view in one thread of its own.

    Left to itself Django hands it from the loop to that thread and back at almost every middleware, some twenty times.
    An asynchronous view runs on the loop all the same, and what streams is streamed from there.
    """

    def load_middleware(self, is_async: bool = False) -> None:
        """All of it as it is written: synchronous."""
        super().load_middleware(is_async=False)

    async def get_response_async(self, request: HttpRequest) -> HttpResponseBase:
        """The answer, from the thread."""
        return await sync_to_async(self.get_response, thread_sensitive=True)(request)


os.environ.setdefault("DJANGO_SETTINGS_MODULE", "smu.settings")

settings_or_refuse()
# Of what is asked within `members.plainly.prepared`, and here alone: with each rollback psycopg throws away all that a
# connection has prepared, and the intake of the workers (moderation.staging) prepares for itself and goes on after one.
plainly.prepares_after = 5
django.setup(set_prefix=False)
application = Bounded(InOneThread(), settings.LONGEST_REQUESTS)
unit_or_refuse()
