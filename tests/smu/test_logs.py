"""Logs hold ids, paths and kinds of errors: never a message, a name or what somebody searched for (ruling 14)."""

from __future__ import annotations

import json
import logging
import logging.config
from io import StringIO

import pytest
import structlog

from content.lending import address_to_fetch
from smu.logs import LOGGING
from smu.middleware import RequestLog


@pytest.fixture
def said():
    """What the configured logging prints, a line each."""
    printed = StringIO()
    handler = {**LOGGING["handlers"]["console"], "stream": printed}
    logging.config.dictConfig({**LOGGING, "handlers": {"console": handler}})
    yield lambda: [json.loads(line) for line in printed.getvalue().split("\n") if line]
    logging.config.dictConfig(LOGGING)


def test_an_exception_is_logged_by_its_kind_and_place_without_its_words(said):
    words = "Marisol wrote: nobody took my report"
    try:
        raise ValueError(words)
    except ValueError:
        structlog.get_logger("ours").exception("broke")
        logging.getLogger("theirs").exception("broke too")
        logging.getLogger("celery.app.trace").exception("Task raised: %r", words)
    lines = said()
    assert len(lines) == 3
    assert all("ValueError" in line["exception"] and "test_logs.py" in line["exception"] for line in lines)
    assert "Marisol" not in json.dumps(lines)


def test_a_request_is_logged_by_its_path_alone(rf):
    assert RequestLog.format_request(rf.get("/records/?words=Walt+Pruitt")) == "GET /records/"


def test_one_event_is_one_line_whatever_it_holds(said):
    structlog.get_logger("ours").warning("odd", handle="a\r\nb\u2028c\x1b[31m")
    assert len(said()) == 1


def test_the_address_that_opens_a_lent_file_is_not_logged(said):
    token = address_to_fetch(7).rpartition("/lent/")[2].strip("/")
    structlog.get_logger("ours").info("request_started", request=f"GET /lent/{token}/")
    logging.getLogger("django.request").warning("Not Found: %s", f"/lent/{token}/")
    assert len(said()) == 2
    assert token not in json.dumps(said())
