"""The form of a draft of the Comment Grading System (4.0): eight levels, their words and what they demand."""

from __future__ import annotations

from typing import Any

from django import forms

from members.forms import Asked
from moderation.grading_writing import DEMANDED, FIXED, LONGEST, TEXTS, Row
from moderation.models.grades import GradingLevel, Level
from moderation.models.grading_drafts import GradingDraft

LONG = {"description": 2, "example": 2, "response": 3}  # lines of their fields


class GradingForm(Asked):
    """All eight levels, and why the system changes. What no version changes stands there and cannot be chosen."""

    reason = forms.CharField(
        label="Why the system changes",
        required=False,
        max_length=2000,
        widget=forms.Textarea({"rows": 2}),
        help_text="For the unit and the trail.",
    )
    revision = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, draft: GradingDraft, **kwargs: Any) -> None:
        said: dict[str, Any] = {"reason": draft.reason, "revision": draft.revision}
        for row in draft.levels:
            said |= {f"{name}_{row['level']}": row[name] for name in (*TEXTS, *DEMANDED)}
        kwargs.setdefault("initial", said)
        super().__init__(*args, **kwargs)
        for level in Level.values:
            self._add(level)

    def _add(self, level: int) -> None:
        for name, label in TEXTS.items():
            rows = LONG.get(name)
            widget: Any = forms.Textarea({"rows": rows}) if rows else forms.TextInput()
            widget.attrs["class"] = "form-control"
            self.fields[f"{name}_{level}"] = forms.CharField(
                label=label, required=False, max_length=LONGEST, widget=widget
            )
        for name, label in DEMANDED.items():
            fixed = name in FIXED[level]
            field: forms.Field
            if name == "reply":
                field = forms.ChoiceField(label=label, choices=GradingLevel.Reply, required=False, disabled=fixed)
                field.widget.attrs["class"] = "form-select"
            else:
                field = forms.BooleanField(label=label, required=False, disabled=fixed)
            self.fields[f"{name}_{level}"] = field

    def boxes(self) -> list[dict[str, Any]]:
        """Each level with its fields, in their order."""
        return [
            {
                "level": level,
                "texts": [self[f"{name}_{level}"] for name in TEXTS],
                "reply": self[f"reply_{level}"],
                "demands": [self[f"{name}_{level}"] for name in DEMANDED if name != "reply"],
            }
            for level in Level.values
        ]

    def levels(self) -> list[Row]:
        """As they were written."""
        said = self.cleaned_data
        return [
            {"level": level} | {name: said[f"{name}_{level}"] for name in (*TEXTS, *DEMANDED)} for level in Level.values
        ]
