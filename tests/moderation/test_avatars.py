"""Posters' pictures: fetched by workers through the guard, kept a while, shown beside the name, never waited for."""

from __future__ import annotations

import io
import threading
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection
from django.urls import reverse
from PIL import Image

from accounts import hints
from accounts.platforms.contract import Author, Gone
from accounts.platforms.fetching import Refused
from moderation import avatars, tasks
from moderation.avatars import fetch_avatar, fetch_new, forget_old
from moderation.models import Avatar, Comment, Poster
from moderation.models.avatars import AGAIN, KEPT

ADDRESS = "https://cdn.example/faces/1.png"
pytestmark = [pytest.mark.django_db, pytest.mark.sop("1.1")]


def picture(shade: int = 30) -> bytes:
    made = io.BytesIO()
    Image.new("RGB", (200, 200), (200, shade, shade)).save(made, "PNG")
    return made.getvalue()


class Web:
    """What is fetched, and what for."""

    def __init__(self) -> None:
        self.answer: bytes | Exception = picture()
        self.asked: list[str] = []

    def fetch(self, address: str) -> bytes:
        self.asked.append(address)
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer


@pytest.fixture(autouse=True)
def web(monkeypatch: pytest.MonkeyPatch) -> Web:
    made = Web()
    monkeypatch.setattr(avatars, "fetch", made.fetch)
    return made


@pytest.fixture(autouse=True)
def sent(monkeypatch: pytest.MonkeyPatch) -> list[tuple[Any, ...]]:
    """The hints that went to the broker."""
    made: list[tuple[Any, ...]] = []
    monkeypatch.setattr(hints, "send", lambda *hint, **more: made.append(hint) or True)
    return made


@pytest.fixture
def say(make_comment: Callable[..., Comment]) -> Callable[..., Comment]:
    def with_address(address: str = ADDRESS + "?sig=1", who: str = "p1") -> Comment:
        return make_comment(author=Author(remote_id=who, name="Marisol Peña", avatar_url=address))

    return with_address


def pass_time(poster: Poster, span: timedelta) -> None:
    kept = Avatar.objects.get(pk=poster.pk)
    fetched_at = kept.fetched_at - span if kept.fetched_at else None
    Avatar.objects.filter(pk=poster.pk).update(next_at=kept.next_at - span, fetched_at=fetched_at)


def test_a_picture_is_fetched_painted_small_and_kept(say: Any, web: Web) -> None:
    poster = say().poster
    assert fetch_avatar(poster.pk)
    kept = Avatar.objects.get(pk=poster.pk)
    with Image.open(io.BytesIO(bytes(kept.content))) as made:
        assert (made.format, made.size, kept.mime) == ("WEBP", (96, 96), "image/webp")
    assert (kept.source, kept.trouble, web.asked) == (ADDRESS, "", [ADDRESS + "?sig=1"])
    assert not fetch_avatar(poster.pk)
    assert len(web.asked) == 1


def test_nobody_without_an_address_is_asked_for(make_comment: Any, web: Web, sent: list[Any]) -> None:
    poster = make_comment(author="Ines").poster
    assert not fetch_avatar(poster.pk)
    assert not fetch_avatar(0)
    assert fetch_new() == 0
    assert (web.asked, sent) == ([], [])


def test_another_address_is_another_picture_and_another_signature_is_not(say: Any, web: Web) -> None:
    poster = say().poster
    fetch_avatar(poster.pk)
    Poster.objects.filter(pk=poster.pk).update(avatar_url=ADDRESS + "?sig=2")
    assert not fetch_avatar(poster.pk)
    before = Avatar.objects.get(pk=poster.pk).version
    web.answer = picture(200)
    Poster.objects.filter(pk=poster.pk).update(avatar_url="https://cdn.example/faces/2.png?sig=1")
    assert fetch_avatar(poster.pk)
    assert Avatar.objects.get(pk=poster.pk).version != before


def test_the_signature_that_came_last_is_used(say: Any, web: Web) -> None:
    poster = say(ADDRESS + "?sig=old").poster
    say(ADDRESS + "?sig=new")
    say("https://cdn.example/faces/1.png.elsewhere?sig=other")
    Poster.objects.filter(pk=poster.pk).update(avatar_url=ADDRESS + "?sig=old")
    fetch_avatar(poster.pk)
    assert web.asked == [ADDRESS + "?sig=new"]


def test_a_picture_that_cannot_be_had_is_sought_again_ever_more_rarely(say: Any, web: Web) -> None:
    poster = say().poster
    web.answer = Refused("The host is not on the open Internet.", code="inside")
    for pause in (*AGAIN, AGAIN[-1]):
        assert fetch_avatar(poster.pk)
        assert not fetch_avatar(poster.pk)
        pass_time(poster, pause + timedelta(seconds=1))
    kept = Avatar.objects.get(pk=poster.pk)
    assert (kept.content, kept.trouble, len(web.asked)) == (None, "The host is not on the open Internet.", 5)
    web.answer = picture()
    assert fetch_avatar(poster.pk)
    kept.refresh_from_db()
    assert (kept.failures, kept.trouble, bool(kept.content)) == (0, "", True)


def test_what_is_no_picture_is_not_kept(say: Any, web: Web) -> None:
    poster = say().poster
    web.answer = b"<svg xmlns='http://www.w3.org/2000/svg'><script>1</script></svg>"
    fetch_avatar(poster.pk)
    kept = Avatar.objects.get(pk=poster.pk)
    assert (kept.content, kept.digest, "no picture" in kept.trouble) == (None, None, True)


def test_a_picture_is_renewed_in_time_and_forgotten_where_it_cannot_be(say: Any, web: Web) -> None:
    poster = say().poster
    fetch_avatar(poster.pk)
    pass_time(poster, KEPT + timedelta(seconds=1))
    web.answer = Gone("It is not there (any more).", code="403")
    assert fetch_avatar(poster.pk)
    assert Avatar.objects.get(pk=poster.pk).content
    assert forget_old() == 0
    pass_time(poster, AGAIN[-2])
    assert forget_old() == 1
    assert not Avatar.objects.get(pk=poster.pk).content
    assert KEPT + AGAIN[-2] < timedelta(days=30)


@pytest.mark.django_db(transaction=True)
def test_of_many_workers_one_fetches(say: Any, web: Web) -> None:
    poster = say().poster
    gate = threading.Barrier(8)

    def work() -> None:
        gate.wait()
        fetch_avatar(poster.pk)
        connection.close()

    workers = [threading.Thread(target=work) for _ in range(8)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert len(web.asked) == 1


def test_new_posters_are_hinted_at_and_each_once_they_are_here_no_more(say: Any, sent: list[Any]) -> None:
    first, second = say(who="p1").poster, say(who="p2").poster
    assert fetch_new() == 2
    assert sent == [("moderation.tasks.fetch_avatar", second.pk), ("moderation.tasks.fetch_avatar", first.pk)]
    for _, poster_id in list(sent):
        tasks.fetch_avatar(poster_id)
    assert fetch_new() == 0


def test_the_database_keeps_no_half_picture(say: Any) -> None:
    with pytest.raises(IntegrityError):
        Avatar.objects.create(poster=say().poster, content=b"RIFF")


# On pages


def test_a_page_shows_initials_until_the_picture_is_here_and_asks_for_it(
    say: Any, officer: Any, browser_of: Any, sent: list[Any]
) -> None:
    comment, browser = say(), browser_of(officer)
    for name, named in (("comment", comment.pk), ("poster", comment.poster_id)):
        page = browser.get(reverse(name, args=[named])).content.decode()
        assert '<span class="badge-round" aria-hidden="true">MP</span>' in page
    assert set(sent) == {("moderation.tasks.fetch_avatar", comment.poster_id)}
    fetch_avatar(comment.poster_id)
    sent.clear()
    for name, named in (("comment", comment.pk), ("poster", comment.poster_id)):
        page = browser.get(reverse(name, args=[named])).content.decode()
        assert f'src="/posters/{comment.poster_id}/avatar/?v=' in page
    assert sent == []


def test_a_page_of_somebody_unknown_shows_initials(make_comment: Any, officer: Any, browser_of: Any) -> None:
    comment = make_comment(author=None)
    page = browser_of(officer).get(reverse("comment", args=[comment.pk])).content.decode()
    assert '<span class="badge-round" aria-hidden="true">' in page


def test_the_picture_comes_once_and_is_kept_by_the_browser(say: Any, officer: Any, browser_of: Any) -> None:
    poster, browser = say().poster, browser_of(officer)
    address = reverse("avatar", args=[poster.pk])
    assert browser.get(address).status_code == 404
    fetch_avatar(poster.pk)
    answer = browser.get(address)
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/webp")
    assert (answer["X-Content-Type-Options"], answer["Cache-Control"]) == ("nosniff", "private, max-age=3600")
    again = browser.get(address, headers={"If-None-Match": answer["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert browser.get(reverse("avatar", args=[0])).status_code == 404


def test_who_does_not_belong_sees_no_picture(say: Any, transferred: Any, browser_of: Any, client: Any) -> None:
    poster = say().poster
    fetch_avatar(poster.pk)
    address = reverse("avatar", args=[poster.pk])
    assert client.get(address).status_code in (302, 401, 403, 404)
    assert browser_of(transferred).get(address).status_code in (302, 401, 403, 404)
