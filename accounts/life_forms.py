"""What is asked about the life of an account. A form reads; the verbs judge (idea 2)."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone

from accounts.goals import Goal
from accounts.models import Account, FakeAccount, RecoveryHold, Role, Termination
from accounts.models.requests import Case
from accounts.models.terminations import LEAST_DAYS, MOST_DAYS, NOTICE_DAYS
from accounts.platforms.contract import WITH_API, Platform
from accounts.terminating import Prepared
from members.authority import holders
from members.days import Day
from members.designation_forms import Moment
from members.forms import Asked
from members.models import Member
from members.powers import Power

LONGEST = 4000  # characters of one text


def words(label: str, says: str = "", *, hint: str = "", rows: int = 3) -> forms.CharField:
    """A text of some lines; `says` is the sentence when it is missing, none where it may be."""
    return forms.CharField(
        label=label,
        required=bool(says),
        max_length=LONGEST,
        help_text=hint,
        widget=forms.Textarea(attrs={"rows": rows}),
        error_messages={"required": says},
    )


def line(label: str, says: str = "", *, hint: str = "", longest: int = 500) -> forms.CharField:
    """A text of one line."""
    return forms.CharField(
        label=label, required=bool(says), max_length=longest, help_text=hint, error_messages={"required": says}
    )


def serving() -> list[tuple[str, str]]:
    """Those who can have a role on an account."""
    return [(str(one.pk), one.name) for one in Member.objects.serving().of_the_unit().order_by("name")]


class RequestForm(Asked):
    """The case for an account (1.1)."""

    platform = forms.ChoiceField(label="Platform", choices=[(one.value, one.label) for one in WITH_API])
    handle = line("Handle", "Give the handle that it shall have.", hint="Or the address of its page, if it is there.")
    name = line("Name shown there", "Give the name under which the public sees it.", longest=200)
    purpose = words("Purpose", "Say what the account is for.")
    goals = forms.MultipleChoiceField(
        label="Goals of Tab C that it serves",
        choices=[(goal.value, f"{goal.value}. {goal.label}") for goal in Goal],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose at least one goal of Tab C that it would serve."},
    )
    values = words(
        "Its mission and the department's values",
        "Say how its mission keeps to the department's values: S.O.P. 1 asks for it.",
    )
    administrators = forms.MultipleChoiceField(
        label="Who will administer it",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Say who will administer it: choose at least one member."},
        help_text="Main administrator is the Commander or designee in any case.",
    )
    editors = forms.MultipleChoiceField(label="Who will edit it", required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for goal in Goal:
            name = f"how_{goal.value}"
            self.fields[name] = words(f"How it serves goal {goal.value}", rows=2)
            self.fields[name].widget.attrs["class"] = "form-control"
        self.choices("administrators", serving())
        self.choices("editors", serving())

    def goal_rows(self) -> list[Any]:
        """The fields that ask how, goal by goal."""
        return [self[f"how_{goal.value}"] for goal in Goal]

    def case(self) -> Case:
        """The case as the verb takes it; who is chosen for both administers."""
        given = self.cleaned_data
        roles = {int(pk): Role.Kind.EDITOR.value for pk in given["editors"]}
        roles |= {int(pk): Role.Kind.ADMINISTRATOR.value for pk in given["administrators"]}
        goals = {goal: given[f"how_{goal}"] for goal in given["goals"]}
        return Case(given["platform"], given["handle"], given["name"], given["purpose"], given["values"], goals, roles)


class ReasonsForm(Asked):
    """Why it is decided so."""

    reasons = words("Reasons", "Give the reasons: they stand beside the account for as long as it does.")


class ReasonForm(Asked):
    """Why."""

    reason = words("Reason", "Say why: the reason stands beside it.", rows=2)


class NameForm(Asked):
    """Whom to name, as what, until when, and why (1.2)."""

    member = forms.ChoiceField(label="Member", error_messages={"required": "Choose a member."})
    kind = forms.ChoiceField(
        label="As",
        choices=[(Role.Kind.EDITOR.value, "Editor"), (Role.Kind.ADMINISTRATOR.value, "Administrator")],
        widget=forms.RadioSelect,
        initial=Role.Kind.EDITOR.value,
    )
    ends_at = Moment(label="Until", required=False, help_text="Left empty: until it is ended.")
    reason = words("Reason", "Say why: the reason stands beside the role.", rows=2)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choices("member", [("", "Choose"), *serving()])


class MainForm(Asked):
    """Who is to be main administrator: the Commander or designee."""

    member = forms.ChoiceField(label="Member", error_messages={"required": "Choose a member."})
    reason = words("Reason", "Say why: the reason stands beside the role.", rows=2)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        able = [(str(one.member.pk), str(one)) for one in holders(Power.ADMINISTER_ACCOUNTS)]
        self.choices("member", [("", "Choose"), *able])


class TerminationForm(Asked):
    """What the end of an account rests on (1.4)."""

    ground = forms.ChoiceField(label="Ground", choices=Termination.Ground.choices, widget=forms.RadioSelect)
    ground_text = words("What it rests on", "Say what the ground rests on.")
    alternative = words("Where the followers can go", hint="The accounts that stay, with their addresses.", rows=2)
    notice_days = forms.IntegerField(
        label="Notice period in days", min_value=LEAST_DAYS, max_value=MOST_DAYS, initial=NOTICE_DAYS
    )
    archive_digest = line("SHA-256 of the archive file", longest=100, hint="Of the file that the platform makes.")
    archive_gone = words("Why there is no archive file", hint="If the platform is gone.", rows=2)

    def said(self) -> Prepared:
        """As the verbs take it."""
        return Prepared(**self.cleaned_data)


class NoticeForm(Asked):
    """A notice to the followers, as it was published."""

    link = line("Where it can be read", "Give the address at which the notice can be read.")
    published_at = Moment(label="Published", error_messages={"required": "Say when it was published."})
    wording = words("Its words", "Give the words of the notice.")


class HoldForm(Asked):
    """Who holds a way back into an account."""

    account = forms.ModelChoiceField(Account.objects.none(), label="Account", empty_label="Choose")
    kind = forms.ChoiceField(label="What is held", choices=RecoveryHold.Kind.choices)
    member = forms.ChoiceField(label="Member", required=False)
    holder = line("Or who else", hint="The safe of the section, Information Technology.", longest=200)
    since = Day(label="Since", initial=timezone.localdate)
    note = line("Note", hint="Where it is kept. Never a password, a code or a key.")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["account"].queryset = Account.objects.open()  # type: ignore[attr-defined]
        self.choices("member", [("", "Nobody of the unit"), *serving()])

    def holder_member(self) -> Member | None:
        """The member chosen, if one was."""
        chosen = self.cleaned_data["member"]
        return Member.objects.get(pk=int(chosen)) if chosen else None


class EndHoldForm(Asked):
    """When it was handed over, and to whom."""

    until = Day(label="Until", initial=timezone.localdate)
    end_note = line("Handed to", hint="Never a password, a code or a key.")


class FakeForm(Asked):
    """An account that pretends, as it was found."""

    platform = forms.ChoiceField(label="Platform", choices=Platform.choices)
    address = line("Address or handle", "Give the fake account's address or handle.", longest=1000)
    pretends = words("What it pretends to be", "Say what it pretends to be.", rows=2)
    found_on = Day(label="Found on", initial=timezone.localdate)
    picture = forms.FileField(
        label="Picture of it",
        required=False,
        help_text="A PNG or JPEG of at most 5 MB; its SHA-256 is kept with it.",
        widget=forms.ClearableFileInput(attrs={"accept": "image/png,image/jpeg"}),
    )


class ReportForm(Asked):
    """That it was reported to the platform."""

    how = words("How it was reported", "Say how it was reported.", rows=2)
    reference = line("The platform's reference", longest=200)
    on = Day(label="On", initial=timezone.localdate)


class OutcomeForm(Asked):
    """What became of it."""

    outcome = forms.ChoiceField(
        label="Outcome", choices=[(one.value, str(one.label).capitalize()) for one in FakeAccount.OUTCOMES]
    )
    note = line("Note")
    on = Day(label="Since", initial=timezone.localdate)


class FakeNoteForm(Asked):
    """What is to be kept beside it."""

    note = words("Note", "Write what is to be kept beside it.", rows=2)


class FakeFilter(forms.Form):
    """Which are shown; rubbish in the address shows all that are open."""

    state = forms.ChoiceField(
        label="Which", required=False, choices=[("", "Open and reported"), ("all", "All"), *FakeAccount.State.choices]
    )
    platform = forms.ChoiceField(label="Platform", required=False, choices=[("", "Every platform"), *Platform.choices])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs["class"] = "form-select"
