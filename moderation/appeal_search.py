"""Searching appeals: by reference or the code of who wrote, state, account and time."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, cast

from django import forms
from django.db.models import Exists, OuterRef, Q

from accounts.models import Account
from members.days import Day, midnight
from members.models import Member
from moderation.appeals import plain
from moderation.models import Appeal, AppealText
from moderation.models.appeals import AppealQuerySet


class AppealSearch(forms.Form):
    """What is asked; everything may stay empty."""

    reference = forms.CharField(label="Reference", required=False, max_length=60)
    state = forms.ChoiceField(label="State", required=False)
    account = forms.ChoiceField(label="Account", required=False)
    since = Day(label="From", required=False)
    until = Day(label="To", required=False)

    def __init__(self, *args: Any, member: Member, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.member = member
        accounts = [(str(one.pk), str(one)) for one in Account.objects.visible_to(member)]
        self._choices("state", [("", "Any"), *Appeal.State.choices])
        self._choices("account", [("", "Every account"), *accounts])
        for field in self.fields.values():
            field.widget.attrs["class"] = "form-select" if isinstance(field, forms.ChoiceField) else "form-control"

    def _choices(self, name: str, choices: list[tuple[str, str]]) -> None:
        cast("forms.ChoiceField", self.fields[name]).choices = choices

    def appeals(self) -> AppealQuerySet:
        """The appeals asked for, of those that the member may see; none when the question makes no sense."""
        appeals = Appeal.objects.all().visible_to(self.member)
        if not self.is_valid():
            return appeals.none()
        asked = self.cleaned_data
        if asked["reference"]:
            given = plain(asked["reference"])
            by_code = Exists(AppealText.objects.filter(appeal=OuterRef("pk"), code=given))
            appeals = appeals.filter(Q(reference=given) | by_code)
        if asked["state"]:
            appeals = appeals.filter(state=asked["state"])
        if asked["account"]:
            appeals = appeals.filter(comment__account=asked["account"])
        if asked["since"]:
            appeals = appeals.filter(received_at__gte=midnight(asked["since"]))
        if asked["until"]:
            appeals = appeals.filter(received_at__lt=midnight(asked["until"] + timedelta(days=1)))
        return appeals
