"""Whether this process serves."""

import pytest
from django.db import OperationalError, connection


@pytest.mark.django_db
def test_it_is_well_while_the_database_answers(stranger):
    assert stranger.get("/health/").json() == {"ok": True, "database": True}


@pytest.mark.django_db
def test_it_says_so_when_the_database_does_not(stranger, monkeypatch):
    def broken(*args, **kwargs):
        raise OperationalError("gone")

    monkeypatch.setattr(connection, "cursor", broken)
    answer = stranger.get("/health/")
    assert (answer.status_code, answer.json()["ok"]) == (503, False)
