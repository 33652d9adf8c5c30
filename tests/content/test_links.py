"""The links of a manuscript: resolved, shown with title and final address, looked at again at publishing (2.A)."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.kinds import read_order
from accounts.orders import carry_out
from accounts.platforms import fetching
from accounts.platforms.fetching import Looked
from accounts.platforms.http import Transient
from content import link_checking, links, problems
from content.manuscript import Place, Source, Version
from content.models import LinkCheck, PublicationOrder
from members.models import Notification
from tests.content.acts import approve, manuscript, submitted
from tests.pretended import Pretended

pytestmark = [pytest.mark.django_db, pytest.mark.sop("2.A")]
COFFEE = "https://bayside.example/coffee"


@pytest.fixture
def web(monkeypatch):
    """The web: what stands at each address, or what goes wrong there. Nothing leaves the machine."""
    pages = {}

    def look(address, **_):
        found = pages.get(address, Transient("The host has no address.", code="no-address"))
        if isinstance(found, Exception):
            raise found
        return found

    monkeypatch.setattr(fetching, "look", look)
    return pages


@pytest.fixture
def there(no_hints):
    pretended = Pretended()
    with pretended.in_place():
        yield pretended


def page(address, title="Coffee with a Cop"):
    return Looked(200, address, f"<html><title> {title}\n</title>".encode())


def test_a_look_keeps_status_title_and_where_it_leads_in_the_end(web):
    web[COFFEE] = page("https://www.bayside.example/coffee/2", "Coffee &amp; Cops")
    found = link_checking.look_at(COFFEE)
    assert (found.found, found.status, found.title) == ("there", 200, "Coffee & Cops")
    assert found.final == "https://www.bayside.example/coffee/2"


@pytest.mark.parametrize(
    ("stands", "found"),
    [
        (Looked(404, COFFEE, b""), "dead"),
        (Looked(403, COFFEE, b""), "unknown"),
        (Looked(500, COFFEE, b""), "unknown"),
        (Transient("It could not be fetched.", code="no-answer"), "unknown"),
        (fetching.Refused("The host is not on the open Internet.", code="inside"), "inside"),
        (fetching.Refused("It leads on more than 6 times.", code="redirects"), "dead"),
    ],
)
def test_what_is_wrong_there_is_kept_too(web, stands, found):
    web[COFFEE] = stands
    assert link_checking.look_at(COFFEE).found == found


def of_the_links(written):
    found = links.of_the_links(written, timezone.now())
    return {problem.field: (problem.sentence, problem.hard) for problem in found}


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1/admin",
        "http://localhost:80/",
        "http://[::1]/",
        "http://10.0.0.8/",
        "http://intranet/",
        "https://a@b.example/",
        "http://x.example:8443/",
    ],
)
def test_an_inside_address_is_refused_without_asking_it(facebook, address):
    assert of_the_links(manuscript(facebook, text=f"See {address} now."))["text"][1]


def test_each_problem_stands_at_the_field_of_its_link(web, facebook, x):
    for name in ("text", "version", "link", "place", "source"):
        web[f"https://{name}.example/"] = Looked(404, "", b"")
    written = manuscript(
        text="https://text.example/",
        versions=(Version(facebook.pk), Version(x.pk, text="https://version.example/", link="https://link.example/")),
        places=(Place("Library", text="(https://place.example/)"),),
        source=Source("https://source.example/", "They"),
    )
    assert links.links_in(written) == [
        f"https://{name}.example/" for name in ("text", "version", "link", "place", "source")
    ]
    assert of_the_links(written) == {}  # nobody has looked yet
    link_checking.refresh(links.links_in(written))
    assert set(of_the_links(written)) == {"text", f"version-{x.pk}", "place-0", "source"}
    assert "Nothing is there" in of_the_links(written)["text"][0]
    assert problems.hard(replace(written, title=""))


def test_where_it_leads_elsewhere_or_cannot_be_seen_is_said_and_holds_nothing_up(web, facebook):
    web["https://short.example/a"] = page("https://bayside.example/long")
    written = manuscript(facebook, text="https://short.example/a https://gone.example/")
    link_checking.refresh(links.links_in(written))
    found = [(problem.sentence, problem.hard) for problem in links.of_the_links(written, timezone.now())]
    assert found == [
        ("https://short.example/a leads to https://bayside.example/long.", False),
        ("https://gone.example/ could not be looked at: The host has no address.", False),
    ]


def test_the_approver_is_shown_title_and_final_address_of_each(
    web, facebook, officer, specialist, commander, browser_of, no_hints
):
    web["https://short.example/a"] = page("https://bayside.example/long", "<b>Long</b>")
    text = "https://short.example/a https://new.example/"
    item = submitted(facebook, by=officer, reviewer=specialist, text=text)
    link_checking.look_at("https://short.example/a")
    shown = browser_of(commander).get(item.get_absolute_url()).content.decode()
    drawn = shown.split('id="criterion-A"')[1].split('id="criterion-B"')[0]
    assert "leads to <bdi>https://bayside.example/long</bdi>" in drawn
    assert "&lt;b&gt;Long&lt;/b&gt;" in drawn
    assert "not looked at yet" in drawn


def test_a_look_is_made_once_in_ten_minutes(web):
    web[COFFEE] = page(COFFEE)
    link_checking.refresh([COFFEE, COFFEE])
    link_checking.refresh([COFFEE])
    assert LinkCheck.objects.count() == 1


def ordered(facebook, officer, specialist, commander):
    item = submitted(facebook, by=officer, reviewer=specialist, text=f"Come: {COFFEE}.")
    (order,) = approve(item, by=commander)
    return order


def run(order, monkeypatch):
    monkeypatch.setattr(link_checking, "RECENT", timedelta(0))
    carry_out(read_order("content.PublicationOrder", order.pk))
    return PublicationOrder.objects.get(pk=order.pk)


@pytest.mark.sop("C.8")
def test_a_link_that_leads_to_another_host_since_the_approval_stops_the_publishing_where_somebody_sees(
    web, facebook, officer, specialist, commander, there, monkeypatch
):
    web[COFFEE] = page(COFFEE)
    link_checking.look_at(COFFEE)
    order = ordered(facebook, officer, specialist, commander)
    web[COFFEE] = page("https://casino.example/")
    found = run(order, monkeypatch)
    assert (found.state, found.outcome_code, found.sent) == ("failed", "link-moved", False)
    assert "casino.example" in found.outcome
    assert there.calls == []
    assert Notification.objects.filter(member=officer, sentence__contains="casino.example").exists()
    web[COFFEE] = page("https://www.bayside.example/coffee")
    found = read_order("content.PublicationOrder", order.pk)
    found.retry(by=officer)
    assert run(order, monkeypatch).state == "done"


@pytest.mark.parametrize(("status", "state"), [(404, "failed"), (503, "done")])
def test_a_dead_link_stops_it_and_a_site_that_does_not_answer_does_not(
    web, facebook, officer, specialist, commander, there, monkeypatch, status, state
):
    web[COFFEE] = page(COFFEE)
    link_checking.look_at(COFFEE)
    order = ordered(facebook, officer, specialist, commander)
    web[COFFEE] = Looked(status, COFFEE, b"")
    assert run(order, monkeypatch).state == state
