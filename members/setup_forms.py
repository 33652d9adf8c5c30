"""What is asked of a new unit, at the first page and at the console alike, and what each answer must be."""

from __future__ import annotations

import math
from typing import Any
from zoneinfo import available_timezones

from allauth.mfa.totp.internal.auth import validate_totp_code
from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from members.codes import minutes_off
from members.identity import Identity, can_be_seen
from members.languages import NAMES
from members.models import Agency, Member
from members.passwords import Guessable

ZONES = sorted(zone for zone in available_timezones() if "/" in zone and not zone.startswith(("Etc/", "SystemV/")))
KNOWN_ZONES = frozenset(ZONES) | {"UTC"}


class Styled(forms.Form):
    """Fields that look like those of every page."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if not isinstance(field.widget, (forms.CheckboxSelectMultiple, forms.ClearableFileInput)):
                field.widget.attrs.setdefault("class", "form-control")


class KeyForm(Styled):
    """The key from the console."""

    key = forms.CharField(
        label="Key from the console",
        max_length=100,
        error_messages={"required": "Type the key that the console printed."},
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )


class AgencyForm(Styled):
    """The agency, as pages, mails and terms name it."""

    name = forms.CharField(
        label="Agency's name",
        max_length=120,
        help_text="In full, as it stands on documents: Bayside Police Department.",
        error_messages={"required": "Write the agency's name in full."},
    )
    short_name = forms.CharField(
        label="Short name",
        max_length=40,
        help_text="For the top of each page: Bayside Police.",
        error_messages={"required": "Write a short name for the top of each page."},
    )
    zone = forms.CharField(
        label="Time zone",
        max_length=60,
        help_text="Times are shown and days begin in it. Type a city: New York, Chicago, Denver, Los Angeles.",
        error_messages={"required": "Name the agency's time zone, such as America/New_York."},
        widget=forms.TextInput(attrs={"list": "zones", "autocomplete": "off", "spellcheck": "false"}),
    )
    languages = forms.MultipleChoiceField(
        label="Languages that the unit answers in",
        choices=list(NAMES.items()),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose at least one language."},
    )
    emergency_number = forms.CharField(
        label="Emergency number",
        max_length=30,
        error_messages={"required": "Write the number for emergencies: 911."},
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off"}),
    )
    non_emergency_number = forms.CharField(
        label="Non-emergency number",
        max_length=30,
        help_text="The public is told both numbers in the Terms of Use (S.O.P. 4).",
        error_messages={"required": "Write the number for what is no emergency."},
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off"}),
    )

    return_address = forms.CharField(
        label="Where a thing of the unit is returned",
        max_length=200,
        required=False,
        help_text="Shown to a stranger who scans the label of a thing that he found (S.O.P. 3). May stay empty.",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def clean(self) -> dict[str, Any]:
        """Refuse what could not be seen on a page or would break a mail's first line."""
        for name in ("name", "short_name", "emergency_number", "non_emergency_number", "return_address"):
            given = self.cleaned_data.get(name, "")
            if given and not can_be_seen(given, 200):
                self.add_error(name, "Something in it cannot be seen. Type it anew.")
        for name in ("emergency_number", "non_emergency_number"):
            number = self.cleaned_data.get(name, "")
            if number and not any(letter.isdigit() for letter in number):
                self.add_error(name, "A telephone number has digits in it.")
        return self.cleaned_data

    def clean_zone(self) -> str:
        """A zone by its name, however it is spelled: `new york` is America/New_York. Raises ValidationError."""
        asked = self.cleaned_data["zone"].strip().replace(" ", "_").lower()
        exact = [zone for zone in KNOWN_ZONES if zone.lower() == asked]
        cities = [zone for zone in ZONES if zone.lower().rpartition("/")[2] == asked]
        if found := exact or cities:
            return sorted(found)[0]
        raise ValidationError("There is no such time zone. Choose one from the list, such as America/New_York.")

    def agency(self) -> Agency:
        """The agency as it was described; not stored. Call it when the form is valid."""
        return Agency(**self.cleaned_data)


class CommanderForm(Styled):
    """The first Commander."""

    name = forms.CharField(label="Name", max_length=200, help_text="Rank, first and last name.")
    number = forms.CharField(label="Badge or employee number", max_length=20)
    username = forms.CharField(
        label="User name",
        max_length=150,
        help_text="To sign in with: letters, digits and . @ + - _",
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}),
    )
    email = forms.CharField(
        label="E-mail",
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email", "autocapitalize": "none", "spellcheck": "false"}),
    )

    def clean(self) -> dict[str, Any]:
        """Each as it must be to be stored, and nobody else's."""
        given = {name: self.cleaned_data.get(name, "") for name in self.fields}
        for name, sentence in Identity(**given).trimmed().objections().items():
            if name not in self.errors:
                self.add_error(name, sentence)
        return self.cleaned_data

    def commander(self) -> Member:
        """The member as he was described; not stored. Call it when the form is valid."""
        return Member(**self.cleaned_data)


class PasswordForm(Styled):
    """The Commander's password, twice."""

    password = forms.CharField(
        label="Password",
        strip=False,
        max_length=1000,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text="At least 15 characters: four or five words that have nothing to do with each other are good.",
    )
    again = forms.CharField(
        label="The same again",
        strip=False,
        max_length=1000,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, member: Member, agency: Agency, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.member = member
        self.agency = agency

    def clean_password(self) -> str:
        """By the validators that every password is asked by, and with the names of the agency that is to be."""
        password: str = self.cleaned_data["password"]
        validate_password(password, self.member)
        Guessable().validate(password, self.member, self.agency)
        return password

    def clean(self) -> dict[str, Any]:
        """Both the same."""
        password, again = self.cleaned_data.get("password"), self.cleaned_data.get("again")
        if password is not None and again is not None and password != again:
            self.add_error("again", "The two are not the same. Type the password again.")
        return self.cleaned_data


class CodeForm(Styled):
    """The first code of the authenticator: proof that it holds the seed, and that its clock is right."""

    code = forms.CharField(
        label="Code",
        max_length=20,
        error_messages={"required": "Type the six digits that the authenticator shows."},
        widget=forms.TextInput(
            attrs={
                "class": "form-control number sign-in-code",
                "inputmode": "numeric",
                "autocomplete": "one-time-code",
            }
        ),
    )

    def __init__(self, *args: Any, seed: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.seed = seed

    def clean_code(self) -> str:
        """Six digits that the seed gives now. Raises ValidationError, with what to do about a clock that is wrong."""
        code: str = self.cleaned_data["code"].replace(" ", "")
        if validate_totp_code(self.seed, code):
            return code
        off = minutes_off(self.seed, code)
        if off is None:
            raise ValidationError("This is not the code. Type the six digits that the authenticator shows now.")
        minutes = max(1, math.ceil(abs(off)))
        raise ValidationError(
            f"Your authenticator's clock is about {minutes} minute{'' if minutes == 1 else 's'}"
            f" {'fast' if off > 0 else 'slow'}: set it to automatic time, then type the code that it shows."
        )
