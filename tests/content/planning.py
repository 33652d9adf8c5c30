"""Ideas and planning for tests, by the product's own verbs: one of each."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from content import calls, campaigns, hashtags, idea_files, ideas, items, strategies, templates
from content.ideas import Said
from content.manuscript import Manuscript
from content.models import Call, Campaign, Contact, Hashtag, Idea, Letter, Strategy, Template
from content.registering import Period
from content.strategies import Wanted
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


def planning_world(member: Member, specialist: Member) -> dict[str, Any]:
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
        "template_id": template(member, purpose="outreach").pk,
        "strategy_id": strategy(specialist).pk,
    }


def template(by: Member, text: str = "{place} is closed. Use another road.", purpose: str = "emergency") -> Template:
    """A message prepared for emergencies, which nobody has read yet."""
    return templates.keep("Road closed", purpose, text, by=by)


def strategy(by: Member) -> Strategy:
    """A version that waits for the other's agreement."""
    wanted = [Wanted("per_week", 5), Wanted("share", 20, "prevention")]
    return strategies.propose("Be known.", "Families.", wanted, by=by)


def hostile_world(words: str, *, by: Member, specialist: Member) -> None:
    """One of each with `words` in every text of it."""
    ideas.receive(Said(words[:150], words, TODAY() + timedelta(days=1), words[:120], words[:120]))
    made = Contact(
        name=words[:120], kind=Contact.Kind.NET, part=words[:120], email=f"hostile{len(words)}@bayside.example"
    )
    contact_of = calls.keep_contact(made, by=by)
    asked = Call(title=words[:120], asks=words, every=Call.Every.WEEK, first_on=TODAY(), days=5)
    calls.keep_call(asked, [contact_of], by=by)
    calls.write_due()
    period = Period(TODAY(), TODAY() + timedelta(days=9))
    campaigns.ask(words[:120], words, period, by=by, audience=words, tags=f"#{'W' * 90}{len(words)}")
    hashtags.look(Hashtag.objects.latest("pk"), by=by, seen=words)
    templates.keep(words[:120], "emergency", words, by=specialist)
    strategies.propose(words, words, [Wanted("hours", 5)], by=specialist, note=words)
    starts = timezone.now() + timedelta(hours=3)
    written = {"text": words, "starts_at": starts, "ends_at": starts + timedelta(days=1)}
    items.begin(Manuscript(title=words[:200], purpose="outreach", **written), by=by)


def pages() -> dict[str, str]:
    """Every page of ideas and planning, with the newest thing on it."""
    newest = (Idea, Contact, Call, Campaign, Hashtag, Template, Strategy)
    of_things = {model.__name__.lower(): model.objects.latest("pk").get_absolute_url() for model in newest}
    lists = ["content_board", "content_calendar", "content_figures", "ideas", "add_idea", "calls", "add_call"]
    lists += ["call_contacts", "campaigns", "ask_campaign", "hashtags", "ask_hashtag", "templates", "add_template"]
    lists += ["strategy", "send_idea"]
    outside = {
        "idea followed": reverse("idea_of", args=[Idea.objects.latest("pk").reference]),
        "call answered": reverse("answer_call", args=[Letter.objects.latest("pk").code]),
    }
    return of_things | {name: reverse(name) for name in lists} | outside
