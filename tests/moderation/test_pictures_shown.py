"""Pictures on the desk: the public's begin blurred where triage is worried; none is fetched from elsewhere (C.11)."""

import pytest
from django.urls import reverse

from moderation.models import OwnDesk, QueueEntry

pytestmark = [pytest.mark.django_db, pytest.mark.sop("C.11")]
PICTURE = [{"kind": "picture given at capture", "url": "", "remote_id": "7", "alt": "A broken lamp"}]
OUTSIDE = [{"kind": "photo", "url": "https://cdn.example/picture.jpg", "remote_id": "", "alt": ""}]


def desk(browser, comment):
    return browser.get(f"{reverse('queue')}?open={comment.pk}").content.decode()


@pytest.fixture
def with_picture(make_comment):
    """Entered by hand, with the picture that was given."""
    return make_comment("Look at this", attachments=PICTURE, remote_id="captured:1:0")


def test_a_picture_begins_blurred_where_triage_is_worried_and_not_elsewhere(browser_of, officer, with_picture):
    browser = browser_of(officer)
    shown = desk(browser, with_picture)
    assert 'class="shown-picture"' in shown
    assert 'alt="A broken lamp"' in shown
    QueueEntry.objects.update(urgency=1)
    assert 'class="veil"' in desk(browser, with_picture)


def test_a_member_can_have_every_picture_begin_blurred(browser_of, officer, with_picture):
    browser = browser_of(officer)
    browser.post(reverse("set_blurring"), {"on": "1"})
    assert 'class="veil"' in desk(browser, with_picture)
    browser.post(reverse("set_blurring"), {"on": "0"})
    assert OwnDesk.objects.get().blurs is False
    assert 'class="shown-picture"' in desk(browser, with_picture)


def test_what_is_not_held_here_is_a_link_and_never_an_image(browser_of, officer, make_comment):
    comment = make_comment("Look", attachments=OUTSIDE)
    shown = desk(browser_of(officer), comment)
    assert 'href="https://cdn.example/picture.jpg"' in shown
    assert 'src="https://cdn.example' not in shown
