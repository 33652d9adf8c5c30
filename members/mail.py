"""One e-mail at a time: a text, the same as simple HTML, in the agency's name.

Mails are sent after the act is committed, with no transaction open: a mail server may take its time. What must not be
lost is told through `notifying.tell` and carried by `delivering`; `send` is for what is asked for on the spot (a link).
"""

from __future__ import annotations

import smtplib
from collections.abc import Mapping, Sequence
from email.utils import formataddr, parseaddr
from threading import Thread
from typing import Any
from urllib.parse import urljoin

import structlog
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import EmailMultiAlternatives
from django.core.validators import validate_email
from django.db import connection, transaction
from django.template import Context, Engine
from django.template.loader import render_to_string

from members.models.agency import Agency, agency

IN_A_FOLDER = "django.core.mail.backends.filebased.EmailBackend"

log = structlog.get_logger()


class Undelivered(Exception):
    """Something did not arrive; its words name no address, no token. `lasting`: to try again would change nothing."""

    def __init__(self, why: str, *, lasting: bool = False) -> None:
        super().__init__(why)
        self.lasting = lasting


def send(to: str, subject: str, template: str, context: Mapping[str, Any]) -> bool:
    """Send `templates/mail/<template>.txt` to the address `to`, now, and say whether the mail server took it.

    Call it after the commit. The template is plain text (nothing is escaped in it); it sees `context`, `agency` and
    `unit_url`; lines parted by an empty one become paragraphs of the HTML part, and addresses in it links. Never
    raises for a mail that does not go out: False, and a line in the log without address and subject. False too where
    the unit has no mail server yet and its mails lie in a folder: nobody gets those by himself.
    """
    try:
        post(to, subject, template, context)
    except Undelivered as error:
        log.warning("mail_not_sent", template=template, reason=str(error))
        return False
    return settings.EMAIL_BACKEND != IN_A_FOLDER


def send_beside(to: str, subject: str, template: str, context: Mapping[str, Any]) -> None:
    """`send` in a thread of its own, after the commit: how long a mail takes would tell who is known here."""
    transaction.on_commit(Thread(target=_send_and_close, args=(to, subject, template, context)).start)


def _send_and_close(*mail: Any) -> None:
    try:
        send(*mail)
    finally:
        connection.close()  # this thread's own


def post(
    to: str, subject: str, template: str, context: Mapping[str, Any], *, attached: Sequence[tuple[str, bytes, str]] = ()
) -> None:
    """The same, with files (name, bytes, type) `attached`; raises Undelivered with the reason."""
    message = _message(to, subject, template, context)
    for name, content, mime in attached:
        message.attach(name, content, mime)
    try:
        message.send()
    except smtplib.SMTPRecipientsRefused as error:
        code = next((code for code, _ in error.recipients.values()), 0)
        raise Undelivered(f"the mail server refused the address ({code})", lasting=code >= 500) from None
    except smtplib.SMTPDataError as error:
        lasting = error.smtp_code >= 500
        raise Undelivered(f"the mail server refused the mail ({error.smtp_code})", lasting=lasting) from None
    except smtplib.SMTPResponseException as error:
        raise Undelivered(f"the mail server does not take our mail ({error.smtp_code})") from None
    except (TimeoutError, smtplib.SMTPServerDisconnected):  # smtplib makes the one out of the other
        raise Undelivered("the mail server broke off, or did not answer in time") from None
    except (smtplib.SMTPException, OSError) as error:
        raise Undelivered(f"the mail server could not be reached ({type(error).__name__})") from None


def address_of(path: str) -> str:
    """The whole address of a page of ours, for where no request names the host."""
    unit: str = settings.UNIT_URL
    return urljoin(unit, path)


def _message(to: str, subject: str, template: str, context: Mapping[str, Any]) -> EmailMultiAlternatives:
    try:
        validate_email(to)
    except ValidationError:
        raise Undelivered("there is no e-mail address that a mail could go to", lasting=True) from None
    ours = agency()
    seen = {"agency": ours, "unit_url": settings.UNIT_URL, **context}
    text = Engine.get_default().get_template(f"mail/{template}.txt").render(Context(seen, autoescape=False)).strip()
    message = EmailMultiAlternatives(
        subject=one_line(subject),
        body=f"{text}\n\n-- \n{ours.name}, Social Media Unit. Nobody reads what is sent back to this mail.\n",
        from_email=_sender(ours),
        to=[to],
        headers={"Auto-Submitted": "auto-generated"},  # nobody's holiday notice answers it
    )
    page = render_to_string("mail/frame.html", {"text": text, "agency": ours, "subject": one_line(subject)})
    message.attach_alternative(page, "text/html")
    return message


def _sender(ours: Agency) -> str:
    _, address = parseaddr(settings.DEFAULT_FROM_EMAIL)
    return str(formataddr((f"{one_line(ours.short_name)} Social Media Unit", address)))


def one_line(words: str) -> str:
    """`words` without line breaks and other control characters: in a header they would begin another header."""
    return " ".join("".join(letter if letter.isprintable() else " " for letter in words).split())
