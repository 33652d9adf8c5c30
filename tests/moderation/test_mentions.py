"""A note names a member: he is told, with a link to the comment (F.VD)."""

import pytest
from django.urls import reverse

from members.models import Notification
from members.naming import named_in
from members.states import Invalid
from moderation.models import Mention

pytestmark = [pytest.mark.django_db, pytest.mark.sop("F.VD")]


def told():
    return {(one.member.name, one.kind, one.path) for one in Notification.objects.select_related("member")}


def test_who_is_named_by_number_in_the_text_is_told_with_a_link(browser_of, comment, officer, other_officer):
    text = f"@{other_officer.number}, do you know the street? The poster is @somebody_else."
    browser = browser_of(officer)
    browser.post(reverse("note", args=[comment.pk]), {"note": text, "on": "page"})
    page = reverse("comment", args=[comment.pk])
    assert told() == {("Chidi Okafor", "mentions", page)}
    assert "noted, for Chidi Okafor" in browser.get(page).content.decode()


@pytest.mark.parametrize("chosen", ["Chidi Okafor", "chidi okafor", "cokafor", "@cokafor"])
def test_the_field_takes_a_name_or_a_user_name(officer, other_officer, chosen):
    assert named_in("See this.", chosen) == [other_officer]


@pytest.mark.parametrize(("text", "named"), [("@Chidi Okafor, look.", 1), ("@chidi okafor!", 1), ("@Chidi Okafors", 0)])
def test_a_whole_name_in_the_text_names_too(officer, other_officer, text, named):
    assert named_in(text) == [other_officer][:named]


def test_the_field_takes_what_its_suggestions_say(browser_of, comment, officer, other_officer):
    said = f"Chidi Okafor ({other_officer.number})"
    browser = browser_of(officer)
    assert f'<option value="{said}">' in browser.get(reverse("queue")).content.decode()
    assert named_in("See this.", said) == [other_officer]


def test_one_who_is_named_twice_is_told_once_and_nobody_tells_himself(browser_of, comment, officer, other_officer):
    form = {"note": f"@cokafor @ddiaz @{other_officer.number}", "mention": "cokafor", "on": "page"}
    browser_of(officer).post(reverse("note", args=[comment.pk]), form)
    assert [one.member for one in Mention.objects.all()] == [other_officer]
    assert Notification.objects.count() == 1


def test_who_is_nobody_of_the_unit_is_refused_and_the_note_kept_in_the_form(browser_of, comment, officer, transferred):
    browser = browser_of(officer)
    form = {"note": "Who knows?", "mention": transferred.name, "on": "page"}
    answer = browser.post(reverse("note", args=[comment.pk]), form)
    assert answer.status_code == 422
    assert "Who knows?" in answer.content.decode()
    assert not comment.notes.exists()


def test_two_of_one_name_are_told_apart_by_number(make_member, officer):
    one, _ = make_member(name="Pat Jones"), make_member(name="Pat Jones")
    with pytest.raises(Invalid, match="one member"):
        named_in("", "Pat Jones")
    assert named_in("", f"Pat Jones ({one.number})") == [one]


def test_an_address_of_mail_names_nobody(officer, other_officer):
    assert named_in("Write to records@cokafor or a.b@cokafor.example") == []
