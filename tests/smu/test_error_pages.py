"""Error pages are drawn outside the request's thread (ASGI): a query there would keep a connection for good."""

import pytest
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.urls import resolve, reverse
from django.utils.functional import SimpleLazyObject

from smu.context import unit


@pytest.mark.parametrize("name", ["404.html", "403.html", "403_csrf.html", "500.html"])
@pytest.mark.parametrize("path", ["/nowhere/", "/comments/", "/threats/"])
def test_an_error_page_asks_the_database_nothing(name, path):
    request = RequestFactory().get(path)
    request.session = None
    request.user = SimpleLazyObject(lambda: pytest.fail("the error page asks who the member is"))
    request.resolver_match = resolve(path) if path != "/nowhere/" else None
    words = unit(request) | {"request": request, "user": request.user}
    assert "What waits for me" in render_to_string(name, words)  # pytest refuses a query without its mark


def test_the_page_for_a_broken_server_needs_no_context():
    assert "Something broke" in render_to_string("500.html")


@pytest.mark.django_db
def test_a_body_of_ten_megabytes_gets_a_sentence(browser_of, commander):
    answer = browser_of(commander).post(reverse("invite"), {"name": "x" * 10_000_000})
    assert answer.status_code == 400
    assert "too large" in answer.content.decode()
