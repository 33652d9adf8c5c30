"""Structured logs: one JSON object a line, with request and task ids, never a text, a name or a secret (ruling 14)."""

from __future__ import annotations

import logging
import re
import sys
import traceback
from collections.abc import MutableMapping
from typing import Any

import structlog


def without_words(logger: object, method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Replace an exception by its kind and its stack. Its own text may quote a row: a message, a name, a token."""
    error = event.pop("exc_info", None)
    if error is True:
        error = sys.exc_info()
    elif isinstance(error, BaseException):
        error = (type(error), error, error.__traceback__)
    if error and error[0] is not None:
        event["exception"] = "".join([*traceback.format_tb(error[2]), error[0].__name__])
    return event


def without_links(logger: object, method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Take out of addresses what opens something by itself: the token of an invitation or of another one-time link."""
    for name, value in event.items():
        if isinstance(value, str):
            event[name] = _OPENS.sub("…", value)
    return event


# A part of a path as long as a token, and whatever stands where one belongs: a link may have been cut off on its way.
_OPENS = re.compile(
    r"(?<=/join/)[^/?\s]+|(?<=/lent/)[^/?\s]+|(?<=/sign-in/second-factor/)[^/?\s]+|(?<=/sign-in/forgotten/)\w+-[^/?\s]+"
    r"|(?<=/)[\w%-]{40,}(?=[/?\s]|$)"
)


class WithoutWords(logging.Filter):
    """Takes an exception's text out of what a library says about it (Celery quotes it in its own sentence)."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Let the record pass, with the kind of the exception for its sentence."""
        if record.exc_info and record.exc_info[0] is not None:
            record.msg, record.args = f"task broke off: {record.exc_info[0].__name__}", ()
        return True


_BEFORE: list[Any] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_logger_name,
    structlog.stdlib.add_log_level,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
]

structlog.configure(
    processors=[
        structlog.stdlib.filter_by_level,  # first: what is not written costs next to nothing
        *_BEFORE,
        without_words,
        without_links,
        structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
    ],
    logger_factory=structlog.stdlib.LoggerFactory(),
    cache_logger_on_first_use=True,
)

LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "json": {
            "()": structlog.stdlib.ProcessorFormatter,
            "processors": [
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.JSONRenderer(),
            ],
            "foreign_pre_chain": [*_BEFORE, without_words, without_links],
        }
    },
    "filters": {"without_words": {"()": WithoutWords}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {
        # httpx logs whole addresses; ours carry no token, but a redirect's might.
        "httpx": {"level": "WARNING"},
        "httpcore": {"level": "WARNING"},
        "axes": {"level": "ERROR"},
        # Apprise writes whole addresses, with what opens them, into what it says of failures.
        "apprise": {"level": "CRITICAL"},
        "urllib3": {"level": "ERROR"},
        "celery.app.trace": {"filters": ["without_words"]},
    },
}
