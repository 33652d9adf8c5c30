"""What is sent about a hide after it: a second member's judgement, an appeal, and the decision on one."""

from __future__ import annotations

from django import forms

from moderation.appeal_words import LANGUAGES
from moderation.models import Appeal, AppealText, Level


class ReviewForm(forms.Form):
    """What a second member says of a level 7: 7 again, or what it is instead."""

    level = forms.TypedChoiceField(choices=[(level, level.label) for level in Level if level <= 7], coerce=int)
    reason = forms.CharField(required=False, max_length=2000, strip=True)
    shown = forms.CharField(required=False, max_length=3)

    SAID = {
        "level": "Choose: it stays hidden (7), or what it is instead, 1 to 6.",
        "reason": "The reason is too long, or holds characters that cannot be kept: 2,000 at most.",
    }

    def field(self) -> str:
        """The first field that is wrong."""
        return next((name for name in self.SAID if name in self.errors), "")

    def sentence(self) -> str:
        """What is wrong with it."""
        return self.SAID.get(self.field(), "The page was not complete. Look again, then decide.")


class AppealForm(forms.Form):
    """What somebody writes to have a comment put back. His name and address may stay empty."""

    text = forms.CharField(required=False, max_length=AppealText.LONGEST, strip=True)
    name = forms.CharField(required=False, max_length=200, strip=True)
    email = forms.EmailField(required=False, max_length=254)

    SAID = {"text": "too_long", "name": "name_wrong", "email": "email_wrong"}  # by their names in appeal_page.json

    def wrong(self) -> tuple[str, str] | None:
        """The name of the first sentence that applies, and the field; None when nothing is wrong."""
        if self.is_valid():
            return None if self.cleaned_data["text"] else ("missing", "text")
        field = next(name for name in self.SAID if name in self.errors)
        return self.SAID[field], field


class AppealByHandForm(AppealForm):
    """The same, taken down by a member, with how it came."""

    way = forms.ChoiceField(choices=[choice for choice in Appeal.Way.choices if choice[0] != Appeal.Way.ONLINE])
    language = forms.ChoiceField(choices=list(LANGUAGES.items()))


class AppealDecisionForm(forms.Form):
    """What is decided on an appeal, and the answer."""

    level = forms.TypedChoiceField(
        choices=[("", ""), *((level, level.label) for level in Level if level <= 6)],
        coerce=int,
        empty_value=None,
        required=False,
    )
    ends_ban = forms.BooleanField(required=False)
    answer = forms.CharField(required=False, max_length=4000, strip=True)
