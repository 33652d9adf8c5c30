"""What is asked about a list that comes in. A form reads; the verbs judge."""

from __future__ import annotations

from typing import Any

from django import forms

from equipment.import_columns import COLUMNS
from equipment.import_reading import Reading
from equipment.models import Import, Kind
from members.drawn_forms import Styled

LEFT_OUT = ("", "– left out –")


class ListForm(Styled, forms.Form):
    """The file."""

    file = forms.FileField(
        label="File",
        help_text="CSV or .xlsx, 10,000 items and 10 MB at most. Columns of any names, in any order.",
        widget=forms.FileInput(attrs={"accept": ".csv,.tsv,.txt,.xlsx"}),
        error_messages={"required": "Choose the file.", "empty": "This file is empty."},
    )


class ColumnsForm(Styled, forms.Form):
    """What each column means, how days are written, the kind of lines that name none, and the sheet."""

    days = forms.ChoiceField(label="Days such as 03/04/2025", choices=Import.Days.choices)
    kind = forms.ModelChoiceField(
        Kind.objects.all(), label="Kind of lines that name none", required=False, empty_label="– they are wrong –"
    )
    new_kind = forms.CharField(label="or a new kind", max_length=80, required=False)
    sheet = forms.ChoiceField(label="Sheet of the workbook", required=False)

    def __init__(self, reading: Reading, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.reading = reading
        self.fields["kind"].widget.attrs["class"] = "form-select"
        if len(reading.sheets) > 1:
            self.fields["sheet"].choices = [(name, name) for name in reading.sheets]  # type: ignore[attr-defined]
        else:
            del self.fields["sheet"]
        meanings = [LEFT_OUT, *((name, word) for name, (word, _) in COLUMNS.items())]
        for index, heading in enumerate(reading.headings):
            self.fields[f"column-{index}"] = forms.ChoiceField(
                label=heading or f"Column {index + 1}",
                required=False,
                choices=meanings,
                initial=reading.meanings.get(index, ""),
                widget=forms.Select(attrs={"class": "form-select"}),
            )

    def columns(self) -> list[tuple[forms.BoundField, str]]:
        """The field of each column, with what stands in it first."""
        samples = [*self.reading.samples, *[""] * len(self.reading.headings)]
        return [(self[f"column-{index}"], samples[index]) for index in range(len(self.reading.headings))]

    def meant(self) -> dict[int, str]:
        """What was chosen."""
        return {index: self.cleaned_data[f"column-{index}"] for index in range(len(self.reading.headings))}
