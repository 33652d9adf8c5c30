"""Servers on loopback that answer as a test tells them to: one that takes mails, one that takes a service's calls."""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from aiosmtpd.controller import Controller


class MailServer:
    """Takes mails, unless told to answer otherwise: each answer once, in turn."""

    def __init__(self) -> None:
        self.taken: list[Any] = []
        self.of_recipient: list[str] = []
        self.of_mail: list[str] = []
        self.lock = threading.Lock()

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:  # noqa: N802
        answer = self.of_recipient.pop(0) if self.of_recipient else "250 OK"
        if answer.startswith("2"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        if self.of_mail:
            return self.of_mail.pop(0)
        self.taken.append(message_from_bytes(envelope.content, policy=policy.default))
        return "250 OK"

    def texts(self) -> list[str]:
        """The text parts of what was taken."""
        return [mail.get_body(("plain",)).get_content() for mail in self.taken]

    def to(self) -> list[str]:
        """To whom it went."""
        return [str(mail["to"]) for mail in self.taken]


def a_port() -> int:
    """A port that is free now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def mail_server(settings: Any) -> Iterator[MailServer]:
    """Within, the settings name a mail server on loopback."""
    handler = MailServer()
    controller = Controller(handler, hostname="127.0.0.1", port=a_port())
    controller.start()
    name_mail_server(settings, controller.port)
    try:
        yield handler
    finally:
        controller.stop()


def name_mail_server(settings: Any, port: int, seconds: float = 2.0) -> None:
    """Let mails go to `port` of this machine."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", port, seconds


class Receiver:
    """A service's side: what it was sent, and what it answers."""

    def __init__(self, port: int) -> None:
        self.address = f"json://127.0.0.1:{port}/of-a-secret"
        self.taken: list[dict[str, Any]] = []
        self.status = 200
        self.headers: dict[str, str] = {}


@contextmanager
def receiver(settings: Any) -> Iterator[Receiver]:
    """Within, a service on loopback may be named by members."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            if found.status == 200:
                found.taken.append(json.loads(body))
            self.send_response(found.status)
            for name, value in found.headers.items():
                self.send_header(name, value)
            self.end_headers()

        def log_message(self, *words: Any) -> None:
            """Nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    found = Receiver(server.server_port)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    settings.NOTIFICATION_SERVICES = ["json", *settings.NOTIFICATION_SERVICES]
    settings.NOTIFICATION_INSIDE = ["127.0.0.0/8"]
    try:
        yield found
    finally:
        server.shutdown()
        server.server_close()
