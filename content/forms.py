"""What is typed about a post of ours. A form reads; `publishing` judges."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from accounts.models import Account
from accounts.platforms.contract import Form
from content.pictures import Kept, keep_photo, keep_video
from members.states import Invalid

MOST_FILES = 10


class ManyFiles(forms.FileField):
    """Several files of one field."""

    widget = forms.FileInput

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile[Any]]:
        """Each file as Django reads one."""
        given = data if isinstance(data, list) else [data] if data else []
        return [super(ManyFiles, self).clean(one, initial) for one in given]


class PickMany(forms.FileInput):
    """The browser's own choice of several files."""

    allow_multiple_selected = True

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        """All that were chosen."""
        return files.getlist(name) if hasattr(files, "getlist") else files.get(name)


class WriteForm(forms.Form):
    """A post for one account."""

    account = forms.ModelChoiceField(Account.objects.none(), empty_label=None)
    form = forms.ChoiceField(choices=Form, label="Kind of post", initial=Form.TEXT)
    text = forms.CharField(required=False, max_length=63_206, strip=True, widget=forms.Textarea(attrs={"rows": 6}))
    title = forms.CharField(
        required=False, max_length=100, strip=True, label="Title", help_text="Of a video on YouTube."
    )
    link = forms.URLField(
        required=False, max_length=2000, assume_scheme="https", help_text="Facebook shows it with a preview."
    )
    pictures = ManyFiles(
        required=False,
        widget=PickMany(attrs={"multiple": True, "accept": "image/jpeg,image/png,image/webp,video/mp4"}),
        label="Photos or video",
        help_text="Photos get the department's watermark and lose what says where they were taken. MP4 for a video.",
    )
    alt = forms.CharField(
        required=False,
        max_length=5000,
        strip=True,
        widget=forms.Textarea(attrs={"rows": 3}),
        label="What they show",
        help_text="For those who cannot see them: a line for each file, in their order.",
    )
    watermarked = forms.BooleanField(required=False, label="The video carries the department's watermark (2.G)")
    why = forms.CharField(required=False, max_length=2000, strip=True, label="What it is for")

    def __init__(self, *args: Any, accounts: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["account"].queryset = accounts  # type: ignore[attr-defined]
        for name, field in self.fields.items():
            kind = "form-select" if name in {"account", "form"} else "form-control"
            if name != "watermarked":
                field.widget.attrs["class"] = kind

    def kept_files(self, mark: str) -> list[tuple[Kept, str]]:
        """The files as they will go out, each with what it shows. Raises Invalid."""
        given = self.cleaned_data
        files, lines = given["pictures"], [line.strip() for line in given["alt"].splitlines() if line.strip()]
        if len(files) > MOST_FILES:
            raise Invalid(f"At most {MOST_FILES} files go into one post.", "pictures")
        if len(lines) != len(files):
            raise Invalid("Write one line for each file: what it shows.", "alt")
        if given["form"] == Form.VIDEO and files and not given["watermarked"]:
            raise Invalid("A video leaves with the department's watermark only: put it in, then say so.", "watermarked")
        keep = keep_video if given["form"] == Form.VIDEO else lambda file: keep_photo(file, mark)
        return [(keep(file), line) for file, line in zip(files, lines, strict=True)]


class ChangeForm(forms.Form):
    """A new text for a post of ours, or its end."""

    text = forms.CharField(
        required=False, max_length=63_206, strip=True, widget=forms.Textarea(attrs={"rows": 6, "class": "form-control"})
    )
    why = forms.CharField(
        required=False,
        max_length=2000,
        strip=True,
        label="Why",
        widget=forms.TextInput(attrs={"class": "form-control"}),
    )


class SaidForm(forms.Form):
    """What is said with a decision: the reason of a return, or where what was done by hand can be seen."""

    reason = forms.CharField(required=False, max_length=2000, strip=True)
    proof = forms.CharField(required=False, max_length=2000, strip=True)

    def said(self, name: str) -> str:
        """The text. Raises Invalid: too long, or with characters that nobody can type."""
        if not self.is_valid():
            raise Invalid("This cannot be kept: it is longer than 2,000 characters, or holds odd ones.", name)
        return str(self.cleaned_data[name])
