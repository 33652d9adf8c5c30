"""What members send about referrals and sections. A form reads; the verbs judge (idea 2)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django import forms
from django.db.models import QuerySet

from members.days import FIRST, midnight
from members.models import Member
from members.powers import UNIT
from members.states import Invalid
from moderation.following_up import FollowUp
from moderation.forms import LONGEST_REPLY
from moderation.models import Level, Referral, Section
from moderation.referrals import Ask


def unit_members() -> QuerySet[Member]:
    """Who can be asked, and can follow a referral."""
    found: QuerySet[Member] = Member.objects.serving().filter(position__in=UNIT).order_by("name")
    return found


def asked(value: str) -> tuple[Section | None, Member | None]:
    """Who a choice like `section:3` or `member:5` names; nobody where it is empty. Raises Invalid."""
    if not value:
        return None, None
    word, _, number = value.partition(":")
    key = int(number) if number.isdecimal() and len(number) < 19 else 0
    section = Section.objects.active().filter(pk=key).first() if word == "section" else None
    member = unit_members().filter(pk=key).first() if word == "member" else None
    if section is None and member is None:
        raise Invalid("Choose one of the sections or members that are named there.", "to")
    return section, member


def whom_to_choose(given: Mapping[str, Any]) -> dict[str, list[tuple[str, str, bool]]]:
    """What the fields `to` and `owner` offer: each choice's value, its word, and whether it is the one `given`."""
    to, owner = str(given.get("to") or ""), str(given.get("owner") or "")
    sections = [(f"section:{key}", name) for key, name in Section.objects.active().values_list("pk", "name")]
    members = unit_members().values_list("pk", "name")
    return {
        "places": [(value, word, value == to) for value, word in sections],
        "members": [(f"member:{key}", word, f"member:{key}" == to) for key, word in members],
        "owners": [(str(key), word, str(key) == owner) for key, word in members],
    }


class Moment(forms.DateTimeField):
    """A moment of the agency's clock as a browser's field gives it."""

    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")

    def clean(self, value: Any) -> datetime | None:
        """No moment before the first that is reckoned with."""
        moment: datetime | None = super().clean(value)
        if moment is not None and moment < midnight(FIRST):
            raise forms.ValidationError("That moment lies too far back.")
        return moment


class Checked(forms.Form):
    """A form whose first error is one sentence, raised as Invalid with its field."""

    SAID: dict[str, str] = {}

    def checked(self) -> dict[str, Any]:
        """What was given. Raises Invalid."""
        if not self.is_valid():
            field = next(iter(self.errors), "")
            said = self.SAID.get(field) or str(next(iter(self.errors[field])))
            raise Invalid(said, field)
        return self.cleaned_data


class ReferForm(Checked):
    """To whom a comment is referred, beside any grade. Prefixed `follow_` in the form of a grade."""

    kind = forms.ChoiceField(choices=Referral.Kind.choices, required=False)
    to = forms.CharField(required=False, max_length=40)
    owner = forms.ModelChoiceField(Member.objects.none(), required=False)
    due_at = Moment(required=False)
    asks = forms.CharField(required=False, max_length=Referral.LONGEST, strip=True)
    case_number = forms.CharField(required=False, max_length=60, strip=True)

    SAID = {
        "kind": "Choose what the referral is for.",
        "owner": "Choose a member of the unit who follows it.",
        "due_at": "Say the day and the hour by which an answer is due.",
        "asks": f"What is asked takes {Referral.LONGEST} characters.",
        "case_number": "The case number alone, 40 characters at most.",
    }

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        owner = self.fields["owner"]
        assert isinstance(owner, forms.ModelChoiceField)  # noqa: S101  (for the type checker)
        owner.queryset = unit_members()

    def ask(self) -> Ask | None:
        """What is asked of whom; None where neither a kind nor anybody was chosen. Raises Invalid."""
        given = self.checked()
        section, member = asked(given["to"])
        if not given["kind"]:
            return None
        return Ask(given["kind"], section, member, given["owner"], given["due_at"], given["asks"], given["case_number"])


class FollowUpForm(forms.Form):
    """What goes with a grade in the same sitting: a private message, a referral, or a question handed over."""

    message = forms.CharField(required=False, max_length=LONGEST_REPLY, strip=True)
    no_reply = forms.BooleanField(required=False)

    def follow_up(self) -> FollowUp | None:
        """None where nothing goes with the grade, as at level 8, which nothing holds up (ruling 2). Raises Invalid.

        A kind that the panel presets counts only once somebody to ask was chosen.
        """
        if self.data.get("level") == str(Level.THREATENING.value):
            return None
        if not any(self.data.get(name) for name in ("message", "no_reply", "follow-to", "follow-kind")):
            return None
        refer = ReferForm(self.data, prefix="follow")
        if not self.is_valid():
            raise Invalid("The private message cannot be sent as it stands: it is too long.", "message")
        ask = refer.ask() if self.data.get("follow-to") or self.data.get("follow-kind") == Referral.Kind.LEAD else None
        follow = FollowUp(self.cleaned_data["message"], ask, no_reply=bool(self.cleaned_data["no_reply"]))
        return follow if follow.says_something else None


class EntryForm(Checked):
    """One line of the log, an answer, a reason."""

    text = forms.CharField(required=False, max_length=Referral.LONGEST, strip=True)


class DispatchForm(Checked):
    """That dispatch was called: who answered, when, the number of the incident."""

    who = forms.CharField(required=False, max_length=200, strip=True)
    at = Moment(required=False)
    number = forms.CharField(required=False, max_length=60, strip=True)

    SAID = {"at": "Say the day and the hour of the call."}


class HandOnForm(Checked):
    """Who is asked instead, and who follows it."""

    to = forms.CharField(required=False, max_length=40)
    owner = forms.ModelChoiceField(Member.objects.none(), required=False)
    text = forms.CharField(required=False, max_length=Referral.LONGEST, strip=True)

    SAID = {"owner": "Choose a member of the unit who follows it."}

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        owner = self.fields["owner"]
        assert isinstance(owner, forms.ModelChoiceField)  # noqa: S101  (for the type checker)
        owner.queryset = unit_members()


class MoveDueForm(Checked):
    """Another time by which an answer is due, and why."""

    due_at = Moment()
    text = forms.CharField(required=False, max_length=Referral.LONGEST, strip=True)

    SAID = {"due_at": "Say the day and the hour by which an answer is due."}


class ResolveForm(Checked):
    """What came of it."""

    outcome_kind = forms.CharField(required=False, max_length=20)
    outcome = forms.CharField(required=False, max_length=Referral.LONGEST, strip=True)


class SectionForm(forms.ModelForm):  # type: ignore[type-arg]  # Django itself takes no argument here
    """A section as a Supervisor keeps it."""

    class Meta:
        model = Section
        fields = ["name", "kind", "charge", "public_email", "public_phone", "email", "phone", "active"]
        labels = {
            "charge": "What it is responsible for",
            "public_email": "E-mail for the public",
            "public_phone": "Telephone for the public",
            "email": "E-mail for us",
            "phone": "Telephone for us",
            "active": "Comments are referred to it",
        }
        help_texts = {"email": "Referrals are written there. Without it the owner calls."}
        widgets = {"charge": forms.Textarea(attrs={"rows": 3, "maxlength": 2000})}

    def clean_name(self) -> str:
        """No two of one name, whatever its capitals."""
        name = " ".join(str(self.cleaned_data["name"]).replace("\x00", "").split())
        if Section.objects.filter(name__iexact=name).exclude(pk=self.instance.pk).exists():
            raise forms.ValidationError("There is a section of this name already.")
        return name
