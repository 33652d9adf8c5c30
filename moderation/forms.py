"""What officers send. A form reads; the case judges (idea 2)."""

from __future__ import annotations

import uuid
from datetime import date, datetime
from typing import Any

from django import forms
from django.utils import timezone

from accounts.models import Account, Clause, Terms
from accounts.platforms.contract import Kind
from members.days import FIRST, midnight
from members.states import Invalid
from moderation.decisions import Decision
from moderation.models import Level, Note
from moderation.sources import BOARDS, rests_on
from moderation.sources import LONGEST as LONGEST_SOURCE

LONGEST_REPLY = 10_000  # the most that any platform takes


def clauses() -> Any:
    """The clauses of the terms in force that a hide may rest on: (a) to (f)."""
    terms = Terms.objects.in_force()
    return terms.clauses.filter(grounds=True) if terms else Clause.objects.none()


class GradeForm(forms.Form):
    """One grade as one click says it. `key`, `version` and `grade_seen` come from the page that was looked at."""

    key = forms.UUIDField()
    version = forms.IntegerField(min_value=1)
    grade_seen = forms.IntegerField(required=False)
    level = forms.TypedChoiceField(choices=Level.choices, coerce=int)
    reply = forms.CharField(required=False, max_length=LONGEST_REPLY, strip=True)
    clause = forms.ModelChoiceField(Clause.objects.none(), required=False)
    words = forms.CharField(required=False, max_length=5000, strip=True)
    whole = forms.BooleanField(required=False)
    reason = forms.CharField(required=False, max_length=2000)
    subject = forms.CharField(required=False, max_length=500, strip=True)
    untold = forms.CharField(required=False, max_length=2000, strip=True)
    sure = forms.BooleanField(required=False)
    ground = forms.CharField(required=False, max_length=2000, strip=True)
    fact = forms.IntegerField(required=False, min_value=1, max_value=2**62)
    source = forms.CharField(required=False, max_length=LONGEST_SOURCE, strip=True)
    board = forms.ChoiceField(required=False, choices=list(BOARDS.items()))

    SAID = {
        "level": "A grade is one of the eight levels, 1 to 8.",
        "clause": "Name one of the clauses (a) to (f) of the Terms of Use in force.",
        "reply": "The reply cannot be sent as it stands: it is too long or holds characters that no platform takes.",
        "words": "The words relied on do not stand in the comment.",
        "reason": "The reason is too long: 2,000 characters at most.",
        "untold": "Say in at most 2,000 characters why nobody is told.",
        "ground": "Say in at most 2,000 characters what else is the ground.",
        "subject": "Say in at most 500 characters what our post is about.",
        "source": "The source is too long: 500 characters at most.",
    }

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        clause = self.fields["clause"]
        assert isinstance(clause, forms.ModelChoiceField)  # noqa: S101  (for the type checker)
        if self.data.get("clause"):
            clause.queryset = clauses()

    def decision(self) -> Decision:
        """What was decided. Raises Invalid with the first sentence that applies.

        At level 8 a field that makes no sense is left out and holds nothing up (ruling 2).
        """
        if not self.is_valid() and not self._is_a_threat():
            field = next((name for name in self.SAID if name in self.errors), "")
            raise Invalid(self.SAID.get(field, "The page was not complete. Look again, then decide."), field)
        given = self.cleaned_data
        return Decision(
            level=given["level"],
            key=str(given["key"]),
            version=given["version"],
            grade_seen=given.get("grade_seen"),
            reply=given.get("reply", ""),
            clause=given.get("clause"),
            words=given.get("words", ""),
            whole=given.get("whole", False),
            reason=given.get("reason", ""),
            subject=given.get("subject", ""),
            untold=given.get("untold", "") if "untold" in self.data else None,
            sure=given.get("sure", False),
            ground=given.get("ground", ""),
            rests=rests_on(given),
        )

    def _is_a_threat(self) -> bool:
        given = self.cleaned_data
        return given.get("level") == Level.THREATENING and {"key", "version"} <= given.keys()


class ReplyForm(forms.Form):
    """An answer to a graded comment."""

    key = forms.UUIDField()
    reply = forms.CharField(required=False, max_length=LONGEST_REPLY, strip=True)
    source = forms.CharField(required=False, max_length=LONGEST_SOURCE, strip=True)


class ReasonForm(forms.Form):
    """Why: of an undo (may stay empty) or of addressing without a reply (the case asks for it)."""

    reason = forms.CharField(required=False, max_length=2000, strip=True)


class NoteForm(forms.Form):
    """A remark for colleagues."""

    note = forms.CharField(required=False, max_length=Note.LIMIT, strip=True)
    mention = forms.CharField(required=False, max_length=250, strip=True)


class MeasureForm(forms.Form):
    """What is ordered beside grading: the text that goes out, or the reason that a second person decides on."""

    key = forms.UUIDField()
    text = forms.CharField(required=False, max_length=LONGEST_REPLY, strip=True)
    reason = forms.CharField(required=False, max_length=2000, strip=True)


class BanForm(forms.Form):
    """When a ban is looked at again."""

    review_on = forms.DateField(required=False)

    def date(self) -> date | None:
        """The day, None where none was given. Raises Invalid: it cannot be read."""
        if not self.is_valid():
            raise Invalid("Write the day of review as year, month and day: 2027-01-31.", "review_on")
        found: date | None = self.cleaned_data["review_on"]
        return found


class CaptureForm(forms.Form):
    """What no application reaches: one comment typed, with a picture, or a file of several."""

    account = forms.ModelChoiceField(Account.objects.none(), empty_label=None)
    source = forms.CharField(
        max_length=2000, label="Where you saw it", help_text="An address, or in words: “comments of a live video”."
    )
    why = forms.CharField(required=False, max_length=2000, label="Why by hand")
    text = forms.CharField(
        required=False, max_length=63_206, widget=forms.Textarea(attrs={"rows": 4}), label="The comment, word for word"
    )
    author = forms.CharField(required=False, max_length=500, label="Who wrote it")
    handle = forms.CharField(required=False, max_length=500, label="Handle")
    posted_at = forms.DateTimeField(
        required=False,
        label="When it was posted",
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )
    kind = forms.ChoiceField(choices=Kind, initial=Kind.COMMENT, required=False)
    picture = forms.FileField(required=False, label="Screenshot", help_text="PNG, JPEG or WebP, at most 8 MB.")
    file = forms.FileField(
        required=False,
        label="Or a file of several",
        help_text="CSV with a first line of column names, or JSON: text, author, handle, posted_at, address, kind.",
    )

    def __init__(self, *args: Any, accounts: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["account"].queryset = accounts  # type: ignore[attr-defined]
        for name, field in self.fields.items():
            field.widget.attrs["class"] = "form-select" if name in {"account", "kind"} else "form-control"

    def clean_posted_at(self) -> datetime | None:
        """Not of the future."""
        found: datetime | None = self.cleaned_data["posted_at"]
        if found is not None and found > timezone.now():
            raise forms.ValidationError("It would be of the future.")
        if found is not None and found < midnight(FIRST):
            raise forms.ValidationError("It would be older than every platform.")
        return found

    def clean(self) -> dict[str, Any]:
        """Typed, or a file: one of the two."""
        given = super().clean() or {}
        if bool(given.get("text")) == bool(given.get("file")):
            self.add_error("text", "Write the comment, or choose a file of several: one of the two.")
        return given


class ProofForm(forms.Form):
    """Where what was done by hand can be seen."""

    proof = forms.CharField(required=False, max_length=2000, strip=True)


def fresh_key() -> str:
    """A form's own key, so that a double click is one decision."""
    return str(uuid.uuid4())


def given(form: forms.Form, field: str, sentence: str) -> str:
    """The field's text. Raises Invalid with `sentence` when the form cannot be read."""
    if not form.is_valid():
        raise Invalid(sentence, field)
    return str(form.cleaned_data[field])
