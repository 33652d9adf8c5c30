"""What is asked about members. A form reads; `membership` and `positions` judge (idea 2)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, cast

from django import forms

from members import chain, roster_file
from members.days import Day, last_day, midnight
from members.identity import WANTED, Identity
from members.languages import NAMES
from members.membership import LONGEST_REASON, identity_of
from members.models import Member
from members.models.agency import agency
from members.powers import OUTSIDE, UNIT, Position, Power
from members.states import Invalid

SWORN, CIVILIAN = "sworn", "civilian"


class Asked(forms.Form):
    """A form that takes the verb's refusal beside its field, and draws its fields as this product does."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if not isinstance(field.widget, forms.CheckboxSelectMultiple | forms.RadioSelect | forms.HiddenInput):
                select = isinstance(field.widget, forms.Select)
                field.widget.attrs.setdefault("class", "form-select" if select else "form-control")
        for name in self.fields.keys() & WANTED.keys():
            said = self.fields[name].error_messages
            if said["required"] == forms.Field.default_error_messages["required"]:  # a form may say it better
                said["required"] = WANTED[name]

    def refuse(self, error: Invalid) -> None:
        """Put the sentence beside the field that it is about."""
        self.add_error(error.field if error.field in self.fields else None, str(error))

    def choices(self, name: str, choices: list[Any]) -> None:
        """What can be chosen in the field `name`."""
        cast("forms.ChoiceField", self.fields[name]).choices = choices


def _reason(label: str, *, required: bool = True, hint: str = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        required=required,
        max_length=LONGEST_REASON,
        help_text=hint,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "Say why: the reason stands in the history."},
    )


def _languages() -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label="Languages read",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Comments in them are offered to him first.",
    )


def languages_of(member: Member | None = None) -> list[tuple[str, str]]:
    """The languages to choose from: the agency's first, then the others, and what the member has besides."""
    first = [*agency().languages, *NAMES, *(member.languages if member else [])]
    return [(code, NAMES.get(code, code)) for code in dict.fromkeys(first)]


class PlaceForm(Asked):
    """A place in the unit: position, sworn or civilian, superior; outside the chain of command, until when."""

    position = forms.ChoiceField(label="Position", error_messages={"required": "Choose his position."})
    sworn = forms.ChoiceField(
        label="Sworn or civilian",
        choices=[(SWORN, "Sworn"), (CIVILIAN, "Civilian")],
        initial=SWORN,
        widget=forms.RadioSelect,
    )
    reports_to = forms.ChoiceField(
        label="Reports to", required=False, help_text="Nobody: the Commander alone, and who stands outside the chain."
    )
    serves_until = Day(
        label="Serves until the end of",
        required=False,
        help_text="Of auditor, legal adviser and records custodian alone: they are named for a period.",
    )

    def __init__(self, *args: Any, by: Member, of: Member | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by, self.of = by, of
        self.choices("position", positions_for(by, of))
        to_come = of is None or of.state != Member.State.SERVING
        self.choices("reports_to", superiors_for(of, to_come=to_come))

    def place(self) -> dict[str, Any]:
        """What the verbs ask for."""
        given = self.cleaned_data
        superior = Member.objects.filter(pk=int(given["reports_to"])).first() if given["reports_to"] else None
        until = midnight(given["serves_until"] + timedelta(days=1)) if given["serves_until"] else None
        return {
            "position": given["position"],
            "sworn": given["sworn"] == SWORN,
            "reports_to": superior,
            "serves_until": until,
        }


def positions_for(by: Member, of: Member | None) -> list[Any]:
    """The positions that `by` may put somebody in; the verb judges again."""
    unit = [(one.value, one.label) for one in Position if one.value in UNIT]
    outside = [(one.value, one.label) for one in Position if one.value in OUTSIDE]
    present = chain.commander()
    if present is not None and (of is None or present.pk != of.pk):
        unit = [one for one in unit if one[0] != Position.COMMANDER]
    groups: list[Any] = [("", "Choose")]
    if by.may(Power.MANAGE_MEMBERS):
        groups.append(("In the chain of command", unit))
    if by.may(Power.NAME_OUTSIDERS):
        groups.append(("Outside it, for a period", outside))
    return groups


def superiors_for(of: Member | None, *, to_come: bool) -> list[Any]:
    """Whom somebody can report to, by position; who has not joined yet, only for somebody who has not either."""
    unit = Member.objects.of_the_unit().exclude(state=Member.State.LEFT).exclude(pk=of.pk if of else None)
    if not to_come:
        unit = unit.filter(is_active=True)
    groups: list[Any] = [("", "Nobody")]
    for position in Position:
        names = [
            (str(one.pk), one.name if one.is_active else f"{one.name} (invited)")
            for one in unit
            if one.position == position.value
        ]
        if names:
            groups.append((position.label, names))
    return groups


class InviteForm(PlaceForm):
    """Somebody new."""

    name = forms.CharField(label="Name", help_text="Rank, first and last name, as colleagues say it.")
    number = forms.CharField(label="Badge or employee number")
    username = forms.CharField(label="User name", help_text="To sign in with.")
    email = forms.CharField(
        label="E-mail",
        widget=forms.EmailInput,
        help_text="The invitation goes there. It opens once, within seven days.",
    )
    phone = forms.CharField(label="Telephone", required=False, widget=forms.TextInput(attrs={"type": "tel"}))
    languages = _languages()
    reason = _reason("Remark for the history", required=False)
    field_order = ["name", "number", "username", "email", "phone", "position", "sworn", "reports_to", "serves_until"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choices("languages", languages_of())
        for name in ("username", "email"):
            self.fields[name].widget.attrs |= {"autocapitalize": "none", "spellcheck": "false", "autocomplete": "off"}

    def clean(self) -> dict[str, Any]:
        """Everything that speaks against the names, at once; the verb would stop at the first."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        for field, sentence in self.identity().objections().items():
            if field not in self.errors:
                self.add_error(field, sentence)
        return cleaned

    def identity(self) -> Identity:
        """What he is to be known by."""
        names = ("username", "number", "name", "email", "phone", "languages")
        empty: dict[str, Any] = {"languages": []}
        return Identity(**{one: self.cleaned_data.get(one, empty.get(one, "")) for one in names}).trimmed()

    def newcomer(self) -> dict[str, Any]:
        """What `membership.invite` asks for."""
        names = ("username", "number", "name", "email", "phone", "languages", "reason")
        return {name: self.cleaned_data[name] for name in names} | self.place()


class PositionForm(PlaceForm):
    """Another place for a member. `seen` is the posting that the page showed."""

    reason = _reason("Reason")
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, of: Member, **kwargs: Any) -> None:
        kwargs["initial"] = {
            "position": of.position,
            "sworn": SWORN if of.sworn else CIVILIAN,
            "reports_to": str(of.reports_to_id or ""),
            "serves_until": last_day(of.serves_until) if of.serves_until else None,
            "seen": of.postings.order_by("-id").values_list("pk", flat=True).first() or 0,
        }
        super().__init__(*args, of=of, **kwargs)


class DetailsForm(Asked):
    """How a member is reached, and what he reads."""

    email = forms.CharField(label="E-mail", widget=forms.EmailInput)
    phone = forms.CharField(label="Telephone", required=False, widget=forms.TextInput(attrs={"type": "tel"}))
    languages = _languages()

    def __init__(self, *args: Any, of: Member, with_email: bool, **kwargs: Any) -> None:
        kwargs["initial"] = {"email": of.email, "phone": of.phone, "languages": of.languages}
        super().__init__(*args, **kwargs)
        self.of = of
        self.choices("languages", languages_of(of))
        if not with_email:
            del self.fields["email"]

    def clean(self) -> dict[str, Any]:
        """Everything that speaks against them, at once."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        for field, sentence in identity_of(self.of, **cleaned).objections(self.of).items():
            if field in cleaned and cleaned[field] != getattr(self.of, field):
                self.add_error(field, sentence)
        return cleaned


class ImportForm(Asked):
    """A list of members: a file, or its lines."""

    file = forms.FileField(
        label="File",
        required=False,
        help_text="CSV as a spreadsheet saves it: comma, semicolon or tab; 2 MB at most.",
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,.tsv,text/csv,text/plain"}),
    )
    text = forms.CharField(
        label="Or its lines",
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "false", "class": "form-control lines"}),
    )

    def text_given(self) -> str:
        """The file as text, or what was pasted. Raises Invalid."""
        given = self.cleaned_data
        if given["file"] is not None:
            if given["file"].size > roster_file.LARGEST:
                raise Invalid("The file is larger than 2 MB. Is it the right one?", "file")
            return roster_file.text_of(given["file"].read())
        if not given["text"].strip():
            raise Invalid("Choose a file, or paste the lines of the list.", "file")
        return str(given["text"])


class WithdrawForm(Asked):
    """Why an invitation is withdrawn."""

    reason = _reason("Reason", required=False)


class JoinForm(Asked):
    """The password that an invited member chooses."""

    password = forms.CharField(
        label="Password",
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text="15 characters at least. Several words that only you would put together are good.",
        error_messages={"required": "Choose a password."},
    )
    again = forms.CharField(
        label="The same again",
        strip=False,
        error_messages={"required": "Type the password a second time."},
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def clean(self) -> dict[str, Any]:
        """Both are the same."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if "password" in cleaned and "again" in cleaned and cleaned["password"] != cleaned["again"]:
            self.add_error("again", "The two are not the same. Type the password once more.")
        return cleaned
