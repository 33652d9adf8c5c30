"""Templates and messages prepared for emergencies (C.5): kept, read for accuracy beforehand, begun from."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import Account
from accounts.platforms.capabilities import Act, Way, capability
from content import items
from content.manuscript import Manuscript, Version
from content.models import Item, Purpose, Template, TemplateReview, TemplateText
from members.authority import refused, require
from members.models import Member
from members.powers import Power
from members.states import Invalid, Refused, WrongState, record

EMERGENCY_WINDOW = timedelta(hours=2)


def keep(name: str, purpose: str, text: str, *, by: Member) -> Template:
    """A new template. Raises Refused, Invalid."""
    require(by, Power.DEVELOP_CONTENT)
    if not name.strip() or purpose not in Purpose.values:
        raise Invalid("Name it, and choose what it is for.", "purpose" if name.strip() else "name")
    with transaction.atomic():
        made = Template.objects.create(name=name.strip(), purpose=purpose, made_by=by)
        record("add", made, by=by)
        write(made, text, by=by)
    return made


def write(template: Template, text: str, *, by: Member) -> TemplateText:
    """What it says from now on; of a prepared message once another has read it. Raises Refused, Invalid, WrongState."""
    require(by, Power.DEVELOP_CONTENT)
    if not text.strip():
        raise Invalid("Write what it says.", "text")
    if template.retired_at is not None:
        raise WrongState(template, "write")
    with transaction.atomic():
        made = TemplateText.objects.create(template=template, text=text.strip(), by=by)
        record("write", template, by=by)
    return made


def review(text: TemplateText, *, by: Member) -> None:
    """It is accurate. Raises Refused (his own too), WrongState when another has said so."""
    if not text.may_review(by):
        own = text.by_id == by.pk
        raise Refused("Nobody finds his own text accurate.") if own else refused(Power.REVIEW_ACCURACY)
    try:
        with transaction.atomic():
            TemplateReview.objects.create(text=text, digest=text.digest, by=by)
            record("confirm_accuracy", text.template, by=by)
    except IntegrityError as error:
        raise WrongState(text.template, "confirm_accuracy") from error


def retire(template: Template, *, by: Member) -> None:
    """No draft begins with it any more. Raises Refused, WrongState."""
    require(by, Power.DEVELOP_CONTENT)
    with transaction.atomic():
        if not Template.objects.in_use().filter(pk=template.pk).update(retired_at=timezone.now()):
            raise WrongState(template, "retire")
        record("retire", template, by=by)


def begin(template: Template, *, by: Member) -> Item:
    """A draft that begins with it; of a message for emergencies an urgent one, from now on and for every account that
    takes a text (C.5). Raises Refused, Invalid while there is nothing to begin with.
    """
    text = template.in_force
    if template.retired_at is not None or text is None:
        raise Invalid("It has no text to begin with: another has to read it for accuracy first.", "text")
    begun = Manuscript(title=template.name, purpose=template.purpose, text=text.text)
    if not template.for_emergencies:
        return items.begin(begun, by=by)
    now = timezone.now()
    begun = replace(
        begun, prepared=template.pk, versions=_for_all_accounts(), starts_at=now, ends_at=now + EMERGENCY_WINDOW
    )
    return items.begin(begun, by=by, urgent=True)


def _for_all_accounts() -> tuple[Version, ...]:
    accounts = Account.objects.exclude(state=Account.State.CLOSED).order_by("platform", "pk")
    return tuple(
        Version(one.pk) for one in accounts if capability(one.platform, Act.PUBLISH_TEXT, one.tier).way != Way.NEVER
    )
