"""Forms as the house draws them: the look of each field, several files at once, a refusal set where it belongs."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from members.states import Invalid


def words(rows: int, **more: Any) -> forms.Textarea:
    """A field of several lines."""
    return forms.Textarea(attrs={"rows": rows, "dir": "auto", **more})


class Styled(forms.BaseForm):
    """Each field drawn as the house draws them."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if isinstance(field.widget, (forms.CheckboxInput, forms.CheckboxSelectMultiple, forms.RadioSelect)):
                continue
            field.widget.attrs["class"] = "form-select" if isinstance(field, forms.ChoiceField) else "form-control"

    def refuse(self, refusal: Invalid) -> None:
        """Set a refusal of the verb at its field."""
        self.add_error(refusal.field if refusal.field in self.fields else None, str(refusal))


class SeveralFiles(forms.ClearableFileInput):
    """The browser's own choice of several files."""

    allow_multiple_selected = True
    template_name = "django/forms/widgets/file.html"


class Files(forms.FileField):
    """Several files of one field; none is no fault."""

    widget = SeveralFiles

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile[Any]]:
        """Each as Django reads one."""
        given = data if isinstance(data, list) else [data] if data else []
        return [file for file in given if file]
