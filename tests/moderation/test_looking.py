"""A direct look at a comment when an officer opens it (ruling 7)."""

from __future__ import annotations

import pytest

from accounts.platforms.contract import Gone, PlatformError, RemoteComment
from moderation import looking
from moderation.models import Case

pytestmark = [pytest.mark.django_db, pytest.mark.sop("C.11")]


class Platform:
    """Answers a look with what it is told to."""

    def __init__(self, answer):
        self.answer = answer

    def look(self, ref):
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer


@pytest.fixture
def platform_says(monkeypatch):
    def says(answer):
        monkeypatch.setattr("accounts.models.Account.client", lambda self, **callbacks: Platform(answer))

    return says


def shown(comment, text):
    return RemoteComment(
        comment.remote_id,
        text,
        kind=comment.kind,
        post_remote_id=comment.post_remote_id,
        parent_remote_id=comment.parent_remote_id,
        raw=b'{"text": "as it stands now"}',
    )


def test_an_edit_is_seen_when_the_comment_is_opened(comment, platform_says):
    platform_says(shown(comment, "I have thought about it again."))
    looking.look(comment.pk)
    assert [version.text for version in comment.versions.all()] == ["I have thought about it again."]
    assert Case.objects.get(pk=comment.pk).version == 2


def test_a_comment_that_is_gone_is_noted_and_kept(comment, platform_says):
    platform_says(Gone("It is not there any more."))
    looking.look(comment.pk)
    case = Case.objects.get(pk=comment.pk)
    assert (case.state, case.sight) == ("gone", "gone")
    assert case.text == comment.text


def test_an_unchanged_comment_changes_nothing(comment, platform_says):
    platform_says(shown(comment, comment.text))
    looking.look(comment.pk)
    assert not comment.versions.exists()


def test_a_platform_that_fails_leaves_the_comment_as_it_is(comment, platform_says):
    platform_says(PlatformError("The platform did not answer."))
    looking.look(comment.pk)
    assert Case.objects.get(pk=comment.pk).state == "waiting"
