"""Ideas and planning for tests, by the product's own verbs: one of each."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from content import calls, campaigns, hashtags, idea_files, ideas
from content.ideas import Said
from content.models import Call, Campaign, Contact, Hashtag, Idea, Letter
from content.registering import Period
from members.models import Member

TODAY = timezone.localdate
PICTURE = b"\xff\xd8\xff\xe0 a picture"


def idea(**more: Any) -> Idea:
    """One that came by the public page."""
    said = {"title": "Officer finds a lost boy's dog", "text": "On Sunday, at the park. Ask Sgt. Bell.", **more}
    by = said.pop("by", None)
    return ideas.receive(Said(**said), by=by)


def file_of(name: str = "dog.jpg", data: bytes = PICTURE) -> SimpleUploadedFile:
    """A file as a browser sends it."""
    return SimpleUploadedFile(name, data)


def contact(by: Member, email: str = "north@bayside.example") -> Contact:
    """The commander of a district."""
    made = Contact(name="Capt. Rivera", kind=Contact.Kind.NET, part="North District", email=email)
    return calls.keep_contact(made, by=by)


def call(by: Member, *, every: str = Call.Every.WEEK, to: list[Contact] | None = None) -> Call:
    """What is asked each week, from today."""
    made = Call(title="What is going on?", asks="What should people know?", every=every, first_on=TODAY(), days=5)
    return calls.keep_call(made, to or [contact(by)], by=by)


def letter(by: Member) -> Letter:
    """One that went out and waits for an answer."""
    made = call(by)
    calls.write_due()
    calls.send_due()
    return made.letters.get()


def campaign(by: Member, tags: str = "#SafeSummer") -> Campaign:
    """One that is asked for, with its tag."""
    until = TODAY() + timedelta(days=60)
    return campaigns.ask("Safe summer", "Fewer drownings.", Period(TODAY(), until), by=by, tags=tags)


def approved_tag(tag: str, *, by: Member, commander: Member, **more: Any) -> Hashtag:
    """One of the register, in force."""
    made = hashtags.ask(tag, by=by, **more)
    hashtags.look(made, by=by, seen="Ours alone.")
    hashtags.approve(made, by=commander)
    return made


def planning_world(member: Member) -> dict[str, Any]:
    """One of each, by their keys in addresses."""
    found = idea()
    ideas.add(found, "A picture.", idea_files.keep([file_of()]))
    sent = letter(member)
    asked = campaign(member, tags="")
    tag = hashtags.ask("BeachDay", by=member)
    hashtags.look(tag, by=member, seen="Ours alone.")
    return {
        "idea_id": found.pk,
        "reference": found.reference,
        "idea_file_id": found.files.get().pk,
        "contact_id": sent.contact_id,
        "call_id": sent.call_id,
        "letter_id": sent.pk,
        "code": sent.code,
        "campaign_id": asked.pk,
        "hashtag_id": tag.pk,
    }
