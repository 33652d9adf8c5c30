"""What is typed about ideas, calls, campaigns, hashtags, templates and the strategy. A form reads; the verbs judge."""

from __future__ import annotations

from typing import Any, cast

from django import forms

from content.calls import ANOTHER_HAS_IT
from content.models import Call, Campaign, Contact, Idea, IdeaText, Purpose, StrategyMeasure, TemplateText
from content.models.register import Registered
from content.strategies import Wanted
from members.days import Day, midnight
from members.drawn_forms import Files, SeveralFiles, Styled, words
from members.models import Member
from members.states import Invalid

_ENDINGS = "image/*,video/mp4,video/quicktime,.heic,.pdf,.docx,.txt"


class IdeaForm(Styled, forms.Form):
    """An idea as a member writes it down."""

    title = forms.CharField(label="In a few words", max_length=150, strip=True)
    text = forms.CharField(
        label="What happened, or what could be shown",
        max_length=IdeaText.LONGEST,
        strip=True,
        widget=words(6),
        help_text="Where, when, who is in it, whom we may ask. Nothing of an open investigation, and no victim’s name.",
    )
    happens_on = Day(label="The day it happens or happened", required=False)
    attached = Files(
        label="Files",
        required=False,
        widget=SeveralFiles(attrs={"accept": _ENDINGS}),
        help_text="Up to 8, 45 MB in all.",
    )


class OutsideIdeaForm(IdeaForm):
    """The same by the public page."""

    name = forms.CharField(label="Your name", max_length=120, strip=True, required=False)
    part = forms.CharField(label="Your section or unit", max_length=120, strip=True, required=False)
    email = forms.EmailField(label="Your e-mail address", max_length=254, required=False)


class AnswerForm(IdeaForm):
    """The same in answer to a call: who answers is known."""


class AddForm(Styled, forms.Form):
    """Something written to an idea later."""

    text = forms.CharField(max_length=IdeaText.LONGEST, strip=True, widget=words(4))
    attached = Files(required=False, widget=SeveralFiles(attrs={"accept": _ENDINGS}))


class TakeForm(Styled, forms.Form):
    """What a draft of an idea is for."""

    purpose = forms.ChoiceField(label="What it is for", choices=Purpose.choices)


class IdeaSearch(Styled, forms.Form):
    """Which ideas; everything may stay empty."""

    text = forms.CharField(label="Words", required=False, max_length=100)
    state = forms.ChoiceField(label="State", required=False, choices=[("", "Any"), *Idea.State.choices])
    way = forms.ChoiceField(label="How it came", required=False, choices=[("", "Any"), *Idea.Way.choices])
    since = Day(label="From", required=False)

    def ideas(self, member: Member) -> Any:
        """Those asked for, of what `member` sees; none when the question makes no sense."""
        found = Idea.objects.all().visible_to(member)
        if not self.is_valid():
            return found.none()
        asked = self.cleaned_data
        if asked["text"]:
            found = found.filter(title__icontains=asked["text"])
        if asked["since"]:
            found = found.filter(received_at__gte=midnight(asked["since"]))
        return found.filter(**{name: asked[name] for name in ("state", "way") if asked[name]})


class ContactForm(Styled, forms.ModelForm):  # type: ignore[type-arg]
    """A contact."""

    class Meta:
        model = Contact
        fields = ("name", "kind", "part", "email", "phone", "active")
        labels = {
            "part": "Section, district or unit",
            "email": "E-mail address",
            "phone": "Telephone",
            "active": "Is asked",
        }

    def clean_email(self) -> str:
        """One contact an address, said at its field."""
        given = str(self.cleaned_data["email"])
        if Contact.objects.active().filter(email__iexact=given).exclude(pk=self.instance.pk).exists():
            raise forms.ValidationError(ANOTHER_HAS_IT)
        return given


class CallForm(Styled, forms.ModelForm):  # type: ignore[type-arg]
    """A call for content."""

    contacts = forms.ModelMultipleChoiceField(
        label="Who is asked", queryset=Contact.objects.none(), widget=forms.CheckboxSelectMultiple
    )
    first_on = Day(label="First day")
    days = forms.IntegerField(label="Days to answer in", min_value=1, max_value=60, initial=5)

    class Meta:
        model = Call
        fields = ("title", "asks", "every", "first_on", "days", "contacts")
        labels = {"title": "What it is called", "asks": "What we ask", "every": "How often"}
        widgets = {"asks": words(6)}
        help_texts = {
            "title": "The subject of the mail.",
            "asks": "As the mail says it; the link to answer by, and the day, are added.",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["asks"].max_length = Call.LONGEST  # type: ignore[attr-defined]
        cast("Any", self.fields["contacts"]).queryset = Contact.objects.active()
        if self.instance.pk is not None:
            del self.fields["first_on"]


class CampaignForm(Styled, forms.Form):
    """A campaign that is asked for."""

    name = forms.CharField(label="Name", max_length=120, strip=True)
    aim = forms.CharField(label="What it is to achieve", max_length=2000, strip=True, widget=words(3))
    audience = forms.CharField(label="Whom it is for", max_length=500, strip=True, required=False)
    since = Day(label="First day")
    until = Day(label="Last day", required=False)
    tags = forms.CharField(
        label="Its hashtags", max_length=500, strip=True, required=False, help_text="Each is decided with the campaign."
    )


class HashtagForm(Styled, forms.Form):
    """A hashtag that is asked for."""

    tag = forms.CharField(
        label="Hashtag",
        max_length=101,
        strip=True,
        help_text="Begin each word with a capital, #BackToSchool: so it is read aloud as words.",
    )
    campaign = forms.ModelChoiceField(
        label="Campaign", queryset=Campaign.objects.none(), required=False, empty_label="of no campaign"
    )
    why = forms.CharField(label="What it is for", max_length=1000, strip=True, required=False)
    since = Day(label="First day", required=False, help_text="Left empty: from today, or as its campaign.")
    until = Day(label="Last day", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        lasting = [Registered.State.ASKED, Registered.State.APPROVED]
        cast("Any", self.fields["campaign"]).queryset = Campaign.objects.filter(state__in=lasting)


class LookForm(Styled, forms.Form):
    """What somebody saw of a tag elsewhere."""

    seen = forms.CharField(
        label="What it stands for elsewhere", max_length=2000, strip=True, widget=words(3), required=False
    )
    misused = forms.BooleanField(label="It stands for something that ours must not stand beside", required=False)


class ReasonForm(forms.Form):
    """Why something was decided so."""

    reason = forms.CharField(max_length=2000, strip=True, required=False)

    def said(self) -> str:
        """The text. Raises Invalid."""
        if not self.is_valid():
            raise Invalid("The reason is longer than 2,000 characters, or holds odd ones.", "reason")
        return str(self.cleaned_data["reason"])


class TemplateForm(Styled, forms.Form):
    """A new template."""

    name = forms.CharField(label="Name", max_length=120, strip=True)
    purpose = forms.ChoiceField(
        label="What it is for",
        choices=Purpose.choices,
        help_text="An emergency’s is read for accuracy beforehand, so that it goes to the approver at once.",
    )
    text = forms.CharField(
        label="Text",
        max_length=TemplateText.LONGEST,
        strip=True,
        widget=words(6),
        help_text="What differs each time stands in braces: {place}, {time}.",
    )


class TemplateTextForm(Styled, forms.Form):
    """Another text of a template."""

    text = forms.CharField(max_length=TemplateText.LONGEST, strip=True, required=False)


class StrategyForm(Styled, forms.Form):
    """A version of the strategy; a measure that is left empty is none."""

    aims = forms.CharField(label="Aims", max_length=5000, strip=True, widget=words(5))
    audiences = forms.CharField(label="Audiences", max_length=5000, strip=True, widget=words(4))
    note = forms.CharField(label="What is new in it", max_length=1000, strip=True, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        figure = StrategyMeasure.Figure
        for name, label, most in (
            (figure.PER_WEEK, "Posts a week, at least", 500),
            (figure.EMPTY_DAYS, "Days without content in thirty, at most", 30),
            (figure.HOURS, "Hours from draft to published, at most", 1000),
        ):
            self.fields[str(name)] = self._number(label, most)
        for purpose, word in Purpose.choices:
            self.fields[f"share_{purpose}"] = self._number(f"Of a hundred posts for {word}, at least", 100)

    @staticmethod
    def _number(label: str, most: int) -> forms.IntegerField:
        field = forms.IntegerField(label=label, min_value=0, max_value=most, required=False)
        field.widget.attrs["class"] = "form-control"
        return field

    def wanted(self) -> list[Wanted]:
        """The measures that were filled in."""
        given = self.cleaned_data
        figure = StrategyMeasure.Figure
        plain = [figure.PER_WEEK, figure.EMPTY_DAYS, figure.HOURS]
        found = [Wanted(str(name), given[str(name)]) for name in plain if given[str(name)] is not None]
        for purpose in Purpose.values:
            target = given[f"share_{purpose}"]
            if target is not None:
                found.append(Wanted(str(figure.SHARE), target, purpose))
        return found


class PeriodForm(Styled, forms.Form):
    """From a day to a day."""

    since = Day(label="From", required=False)
    until = Day(label="To", required=False)
