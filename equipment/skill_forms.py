"""What is typed about skills. A form reads; the verbs judge."""

from __future__ import annotations

from typing import Any, cast

from django import forms

from equipment.models import Kind, Skill
from members.days import Day
from members.drawn_forms import Styled, words
from members.models import Member


class ProofForm(Styled, forms.Form):
    """An assessment."""

    skill = forms.ModelChoiceField(label="Skill", queryset=Skill.objects.none(), empty_label=None)
    on = Day(label="Assessed on")
    assessor = forms.ModelChoiceField(label="By", queryset=Member.objects.none(), empty_label=None)
    training = forms.CharField(
        label="Training", max_length=200, strip=True, required=False, help_text="The course, and who held it."
    )
    expires_on = Day(label="Holds until", required=False, help_text="The last day. Left empty, it does not run out.")
    remark = forms.CharField(label="Remark", max_length=1000, strip=True, required=False, widget=words(2))

    def __init__(self, *args: Any, of: Member, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        assessors = Member.objects.serving().of_the_unit().exclude(pk=of.pk).order_by("name")
        cast("forms.ModelChoiceField[Any]", self.fields["skill"]).queryset = Skill.objects.kept()
        cast("forms.ModelChoiceField[Any]", self.fields["assessor"]).queryset = assessors


class SkillForm(Styled, forms.Form):
    """A skill of the unit's own."""

    name = forms.CharField(label="Name", max_length=80, strip=True)
    says = forms.CharField(label="What it comprises", max_length=300, strip=True, required=False)


class WithdrawForm(Styled, forms.Form):
    """Why an assessment counts no more."""

    reason = forms.CharField(label="Why", max_length=300, strip=True)
    mistake = forms.BooleanField(required=False)


class DemandForm(forms.Form):
    """What things of a kind need."""

    kind = forms.ModelChoiceField(queryset=Kind.objects.all())
    skills = forms.ModelMultipleChoiceField(queryset=Skill.objects.kept(), required=False)
