"""Ideas and newsworthy items (C.2, F.VA): received, followed by a reference, taken into a draft or declined."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from content import idea_files, items
from content.manuscript import Manuscript
from content.models import Idea, IdeaText, Item, Letter
from members import mail
from members.authority import refused, require
from members.kept_files import Kept
from members.models import Member
from members.models.notifications import Kind
from members.notifying import tell
from members.powers import Position, Power
from members.states import Invalid, record

MOST_TEXTS = 100  # of one idea
LONGEST_ANSWER = 4000
# Whose day's work it is; every member finds it at home and on the board.
WHO_HEARS = (Position.SPECIALIST, Position.SUPERVISOR)


@dataclass(frozen=True)
class Said:
    """What somebody suggests, as the form gave it. Name, part of the department and e-mail are nobody's to check."""

    title: str
    text: str
    happens_on: date | None = None
    name: str = ""
    part: str = ""
    email: str = ""
    files: list[Kept] = field(default_factory=list)


def receive(said: Said, *, by: Member | None = None, letter: Letter | None = None) -> Idea:
    """Take an idea in: from a member, in answer to a call, or by the public page. Raises Invalid, Refused."""
    if by is not None:
        require(by, Power.DEVELOP_CONTENT)
    if not said.title.strip():
        raise Invalid("Give it a name of a few words.", "title")
    if not said.text.strip():
        raise Invalid("Say what happened or what could be shown, and whom we may ask.", "text")
    way = Idea.Way.MEMBER if by else Idea.Way.CALL if letter else Idea.Way.PAGE
    with transaction.atomic():
        made = Idea.objects.create(
            way=way,
            by=by,
            letter=letter,
            title=said.title.strip(),
            happens_on=said.happens_on,
            name=said.name.strip(),
            part=said.part.strip(),
            email=said.email.strip() or (letter.contact.email if letter else ""),
        )
        IdeaText.objects.create(idea=made, text=said.text.strip(), by=by)
        idea_files.attach(made, said.files, by=by)
        record("receive", made, by=by, after=made.state)
        if letter is not None:
            Letter.objects.filter(pk=letter.pk, answered_at=None).update(answered_at=timezone.now(), mail_at=None)
        who = Member.objects.serving().filter(position__in=WHO_HEARS)
        sentence = f"An idea came {made.get_way_display()}: take it into a draft, or decline it."
        tell(who, Kind.CONTENT, sentence, made.get_absolute_url(), but=by)
    return made


def plain(reference: str) -> str:
    """A reference as it is kept, however somebody copied it: with spaces, dashes, in small letters."""
    return "".join(letter for letter in reference.upper() if letter.isascii() and letter.isalnum())[:12]


def find(reference: str) -> Idea | None:
    """The idea of `reference`; None for one that nobody was given."""
    return Idea.objects.filter(reference=plain(reference)).first() if plain(reference) else None


def add(idea: Idea, text: str, files: list[Kept], *, by: Member | None = None) -> None:
    """Write to an idea: its sender adds something, or a member asks him back, by mail too where there is an address.

    Raises Invalid: nothing written, or it holds as much as it can.
    """
    if by is not None:
        require(by, Power.DEVELOP_CONTENT)
    if not text.strip():
        raise Invalid("Write something.", "text")
    if idea.texts.count() >= MOST_TEXTS:
        raise Invalid("This idea holds as much as it can.", "text")
    with transaction.atomic():
        IdeaText.objects.create(idea=idea, text=text.strip(), by=by)
        idea_files.attach(idea, files, by=by)
        record("add", idea, by=by)
        if by is None:
            who = Member.objects.serving().filter(position__in=WHO_HEARS)
            tell(who, Kind.CONTENT, "Something was added to an idea.", idea.get_absolute_url())
        else:
            _let_him_know(idea, "We have a question about your idea.", text.strip(), by=by)


def decline(idea: Idea, *, by: Member, reason: str) -> None:
    """It becomes no content, for a reason that its sender reads. Raises Refused, Invalid, WrongState."""
    if not idea.may_decline(by):
        raise refused(Power.DEVELOP_CONTENT)
    reason = reason.strip()
    if not reason:
        raise Invalid("Say why not: whoever sent it reads this.", "reason")
    if len(reason) > LONGEST_ANSWER:
        raise Invalid(f"The reason is too long: {LONGEST_ANSWER:,} characters at most.", "reason")
    with transaction.atomic():
        idea.become(Idea.State.DECLINED, verb="decline", by=by, answer=reason, decided_by=by, decided_at=timezone.now())
        _let_him_know(idea, "Your idea is not used this time.", reason, by=by)


def take(idea: Idea, manuscript: Manuscript, *, by: Member) -> Item:
    """Begin a draft of it. Raises Refused, Invalid (no name, no purpose), WrongState."""
    if not idea.may_take(by):
        raise refused(Power.DEVELOP_CONTENT)
    with transaction.atomic():
        idea.become(Idea.State.TAKEN, verb="take", by=by, decided_by=by, decided_at=timezone.now())
        made = items.begin(manuscript, by=by, idea=idea)
        _let_him_know(idea, "We are working on your idea.", "It is being made into a post.", by=by)
    return made


def draft_of(idea: Idea, purpose: str) -> Manuscript:
    """What a draft of it begins with: its name, and its own words to be written anew."""
    first = idea.texts.first()
    return Manuscript(title=idea.title, purpose=purpose, text=first.text if first else "")


def _let_him_know(idea: Idea, what: str, text: str, *, by: Member) -> None:
    """Whoever suggested it: a member in the product, anybody else by e-mail where he gave an address."""
    if idea.by is not None:
        tell([idea.by], Kind.CONTENT, what, idea.get_absolute_url(), but=by)
    elif idea.email:
        link = mail.address_of(reverse("idea_of", args=[idea.reference]))
        said = {"what": what, "text": text, "reference": idea.reference, "link": link}
        mail.send_beside(idea.email, f"{what} {idea.reference}", "idea", said)


def standing(idea: Idea) -> str:
    """What became of it, as the page by reference says it: nothing of a draft but that there is one."""
    if idea.state == Idea.State.NEW:
        return "We have it. Nobody has decided about it yet."
    if idea.state == Idea.State.DECLINED:
        return "It is not used this time."
    of_it = list(idea.items.values_list("state", "published_at"))
    out = [at for state, at in of_it if state == Item.State.PUBLISHED and at]
    if out:
        return f"It was published on {timezone.localtime(min(out)):%Y-%m-%d}."
    if of_it and all(state in {Item.State.DECLINED, Item.State.WITHDRAWN} for state, _ in of_it):
        return "It was worked on, and did not become a post."
    return "It is being made into a post."
