"""What is typed about purchases. A form reads; the verbs judge."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from decimal import Decimal
from typing import Any, cast

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.db.models import Q
from django.http import QueryDict
from django.utils import timezone
from django.utils.datastructures import MultiValueDict

from equipment.models import KeptFile, Kind, Proposal, ProposalLine, ProposalVersion, PurchaseOrder, Receipt
from equipment.purchasing import LONGEST, MOST_FILES, MOST_LINES, MOST_QUOTES, Line, Offer, Wish
from equipment.purchasing_orders import Came, Thing
from equipment.receipts import TYPES as RECEIPTS
from members.days import Day
from members.drawn_forms import Files, SeveralFiles, Styled, words
from members.kept_files import PAPERS, PICTURES, SHEETS, keep, said
from members.models import Member
from members.states import Invalid

TAKEN = {**PAPERS, **PICTURES, **SHEETS}
ENDINGS = ",".join(TAKEN)
ROWS = 3  # empty ones, to begin with and each time more are asked for


class Money(forms.DecimalField):
    """Dollars, as people write them: 1299, 1,299.00, $1,299."""

    widget = forms.TextInput(attrs={"inputmode": "decimal"})
    default_error_messages = {"invalid": "Write it in dollars, as 1,299.00."}

    def __init__(self, **more: Any) -> None:
        more.setdefault("max_digits", 12)
        super().__init__(min_value=Decimal(0), decimal_places=2, **more)

    def to_python(self, value: Any) -> Any:
        """Without the sign and the commas between thousands."""
        plain = value.strip().removeprefix("$").replace(",", "").strip() if isinstance(value, str) else value
        return super().to_python(plain)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """None of a number field: it is a text."""
        return {}


class ProposalForm(Styled, forms.Form):
    """The words of a proposal."""

    title = forms.CharField(label="What, in a few words", max_length=120, strip=True)
    description = forms.CharField(
        label="Technical description",
        max_length=LONGEST,
        required=False,
        strip=True,
        widget=words(5),
        help_text="What it must be able to do, and what it must fit: so that another can judge whether it is the right"
        " thing.",
    )
    reason = forms.CharField(
        label="Reason and purpose", max_length=LONGEST, required=False, strip=True, widget=words(4)
    )
    alternatives = forms.CharField(
        label="Alternatives looked at",
        max_length=LONGEST,
        required=False,
        strip=True,
        widget=words(4),
        help_text="Repair, loan, another model, another supplier: what was looked at, and why not.",
    )
    freight = Money(label="Freight and other charges", required=False)
    papers = Files(
        label="Other files",
        required=False,
        widget=SeveralFiles(attrs={"accept": ENDINGS}),
        help_text=f"Data sheets, comparisons, pictures: {said(TAKEN)}.",
    )


class LineForm(Styled, forms.Form):
    """So many of one thing."""

    what = forms.CharField(label="What", max_length=120, strip=True)
    maker = forms.CharField(label="Maker", max_length=80, required=False, strip=True)
    model = forms.CharField(label="Model", max_length=80, required=False, strip=True)
    kind = forms.ModelChoiceField(
        label="Kind", queryset=Kind.objects.none(), required=False, empty_label="used up, or a service: no item"
    )
    count = forms.IntegerField(label="How many", min_value=1, max_value=500)
    cost = Money(label="Each costs")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, empty_permitted=True, use_required_attribute=False, **kwargs)
        cast("Any", self.fields["kind"]).queryset = Kind.objects.all()


class QuoteForm(Styled, forms.Form):
    """What a supplier asks."""

    supplier = forms.CharField(label="Supplier", max_length=120, strip=True)
    amount = Money(label="Asks in all")
    on = Day(label="Quote of", required=False)
    file = forms.FileField(label="His paper", required=False, widget=forms.FileInput(attrs={"accept": ENDINGS}))
    kept = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, empty_permitted=True, use_required_attribute=False, **kwargs)
        self.paper: KeptFile | None = None


class Desk:
    """All forms of a proposal together: its words, its lines, its quotes, and the files that were chosen before.

    What was uploaded is kept at once, so that nothing is lost where something else is wrong.
    """

    def __init__(self, member: Member, proposal: Proposal | None) -> None:
        self.member, self.proposal = member, proposal
        self.chosen = ""
        self.files: list[KeptFile] = []
        self.words: ProposalForm
        self.lines: list[LineForm] = []
        self.quotes: list[QuoteForm] = []

    def show(self, version: ProposalVersion | None) -> None:
        """What stands, with empty rows after it."""
        if version is None:
            self.words = ProposalForm()
            self._rows([], [])
            return
        names = ("title", "description", "reason", "alternatives", "freight")
        self.words = ProposalForm(initial={name: getattr(version, name) for name in names})
        lines = [
            {name: getattr(one, name) for name in ("what", "maker", "model", "kind", "count", "cost")}
            for one in version.lines.all()
        ]
        quotes = []
        for number, one in enumerate(version.quotes.select_related("file")):
            quotes.append({name: getattr(one, name) for name in ("supplier", "amount", "on")} | {"kept": one.file_id})
            self.chosen = str(number) if one.chosen else self.chosen
        self.files = [one.file for one in version.files.select_related("file")]
        self._rows(lines, quotes)

    def _rows(self, lines: list[dict[str, Any]], quotes: list[dict[str, Any]]) -> None:
        more: list[dict[str, Any]] = [{}] * ROWS
        self.lines = [
            LineForm(prefix=f"line-{number}", initial=row) for number, row in enumerate([*lines, *more][:MOST_LINES])
        ]
        self.quotes = [
            QuoteForm(prefix=f"quote-{number}", initial=row)
            for number, row in enumerate([*quotes, *more[1:]][:MOST_QUOTES])
        ]
        self._name_papers()

    def read(self, typed: QueryDict, files: MultiValueDict[str, UploadedFile[Any]]) -> bool:
        """Take what was typed; gives whether all of it can be kept. Asked for more rows, it adds them."""
        more = "more" in typed
        self.chosen = str(typed.get("chosen", ""))
        lines = [f"line-{number}" for number in range(_count(typed, "lines", MOST_LINES))]
        quotes = [f"quote-{number}" for number in range(_count(typed, "quotes", MOST_QUOTES))]
        self.words = ProposalForm(typed, files)
        self.lines = [LineForm(typed, prefix=prefix) for prefix in lines]
        self.quotes = [QuoteForm(typed, files, prefix=prefix) for prefix in quotes]
        known = self._known()
        stood = set(typed.getlist("stood")) - set(typed.getlist("remove"))
        self.files = [file for key, file in sorted(known.items()) if str(key) in stood]
        valid = self._keep_papers(files, known)
        valid = not any(form.errors for form in (self.words, *self.lines, *self.quotes)) and valid
        if more:
            self._add_rows(typed)
        return valid and not more

    def _add_rows(self, typed: QueryDict) -> None:
        """The same without judging it yet, and empty rows after it."""

        def of(form: forms.Form) -> dict[str, Any]:
            return {
                name: typed.get(form.add_prefix(name), "") for name in form.fields if name not in ("file", "papers")
            }

        quotes = [of(form) | {"kept": form.paper.pk if form.paper else None} for form in self.quotes]
        lines = [of(form) for form in self.lines]
        self.words = ProposalForm(initial=of(self.words))
        self._rows(lines, quotes)

    def _known(self) -> dict[int, KeptFile]:
        """The files that may be named again: this member's own, and those of the proposal."""
        of_it = Q(by=self.member)
        if self.proposal is not None:
            of_it |= Q(pk__in=self.proposal.versions.values("quotes__file"))
            of_it |= Q(pk__in=self.proposal.versions.values("files__file"))
        return {file.pk: file for file in KeptFile.objects.filter(of_it).order_by("-pk")[:500]}

    def _keep_papers(self, files: MultiValueDict[str, UploadedFile[Any]], known: dict[int, KeptFile]) -> bool:
        well = True
        for form in self.quotes:
            given: UploadedFile[Any] | None = files.get(form.add_prefix("file"))
            kept = form.data.get(form.add_prefix("kept"), "")
            form.paper = known.get(int(kept)) if kept.isdecimal() and len(kept) < 19 else None
            if given is None:
                continue
            try:
                (one,) = keep([given], TAKEN, "file")
            except Invalid as refusal:
                form.add_error("file", str(refusal))
                well = False
            else:
                form.paper = KeptFile.of(one, by=self.member)
        try:
            found = keep(files.getlist("papers"), TAKEN, "papers")
        except Invalid as refusal:
            self.words.add_error("papers", str(refusal))
            return False
        self.files += [KeptFile.of(one, by=self.member) for one in found]
        if len(self.files) > MOST_FILES:
            self.words.add_error("papers", f"At most {MOST_FILES} other files.")
            return False
        return well

    def _name_papers(self) -> None:
        keys = [form.initial.get("kept") for form in self.quotes]
        found = KeptFile.objects.in_bulk([key for key in keys if key])
        for form, key in zip(self.quotes, keys, strict=True):
            form.paper = found.get(key) if key else None

    def faulty(self) -> bool:
        """Whether something that was typed cannot be read."""
        return any(form.is_bound and form.errors for form in (self.words, *self.lines, *self.quotes))

    def wish(self) -> Wish:
        """What was typed. Needs `read` to have said yes."""
        given = self.words.cleaned_data
        return Wish(
            given["title"],
            given["description"],
            given["reason"],
            given["alternatives"],
            given["freight"] or Decimal(0),
            [Line(**form.cleaned_data) for form in self.lines if form.has_changed()],
            [self._offer(number, form) for number, form in enumerate(self.quotes) if _is_filled(form)],
            self.files,
        )

    def _offer(self, number: int, form: QuoteForm) -> Offer:
        given = form.cleaned_data
        filled = [at for at, one in enumerate(self.quotes) if _is_filled(one)]
        chosen = self.chosen == str(number) or len(filled) == 1
        return Offer(given["supplier"], given["amount"], given["on"], chosen, form.paper)


def _is_filled(form: QuoteForm) -> bool:
    return form.has_changed() and "supplier" in form.cleaned_data


def _count(typed: Mapping[str, str], name: str, most: int) -> int:
    given = typed.get(name, "")
    return min(int(given), most) if given.isdecimal() and len(given) < 4 else 0


class PurchaseSearch(Styled, forms.Form):
    """Which proposals; everything may stay empty."""

    text = forms.CharField(label="Words, or an order’s number", required=False, max_length=100)
    state = forms.ChoiceField(label="State", required=False, choices=[("", "Any"), *Proposal.State.choices])
    since = Day(label="Begun from", required=False)

    def proposals(self, member: Member) -> Any:
        """Those asked for, of what `member` sees; none when the question makes no sense."""
        found = Proposal.objects.all().visible_to(member)
        if not self.is_valid():
            return found.none()
        asked = self.cleaned_data
        if asked["text"]:
            orders = PurchaseOrder.objects.filter(number__icontains=asked["text"])
            found = found.filter(Q(title__icontains=asked["text"]) | Q(version__in=orders.values("version")))
        if asked["state"]:
            found = found.filter(state=asked["state"])
        if asked["since"]:
            found = found.filter(made_at__date__gte=asked["since"])
        return found


class BudgetUnitForm(Styled, forms.Form):
    """To whom purchase orders go."""

    name = forms.CharField(label="Called", max_length=120, strip=True)
    email = forms.EmailField(
        label="E-mail address", required=False, help_text="Without one, orders are printed and handed over."
    )
    deliver_to = forms.CharField(
        label="Deliver to",
        max_length=500,
        required=False,
        strip=True,
        widget=words(3),
        help_text="Stands in the order.",
    )


class ReceiptForm(Styled, forms.Form):
    """What came on which day, with the supplier's receipt."""

    on = Day(label="Came on")
    kept = forms.ModelChoiceField(
        label="Receipt", queryset=Receipt.objects.none(), required=False, empty_label="a new one, below"
    )
    number = forms.CharField(label="Its number", max_length=80, required=False, strip=True)
    date = Day(label="Its date", required=False)
    total = Money(label="Its total", required=False)
    file = forms.FileField(
        label="The receipt",
        required=False,
        widget=forms.FileInput(attrs={"accept": ",".join(RECEIPTS)}),
        help_text="PDF, or a picture of it.",
    )
    remark = forms.CharField(label="Remark", max_length=1000, required=False, strip=True)
    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, order: PurchaseOrder, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"on": timezone.localdate(), "key": uuid.uuid4()})
        super().__init__(*args, **kwargs)
        cast("Any", self.fields["kept"]).queryset = (
            Receipt.objects.standing().filter(deliveries__order=order).distinct()
        )


class CameForm(Styled, forms.Form):
    """How many of a line came, and what is on them."""

    count = forms.IntegerField(label="How many came", min_value=0, max_value=500, required=False)
    serials = forms.CharField(
        label="Serial numbers",
        max_length=60_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "spellcheck": "false"}),
        help_text="One a line; after a semicolon its tag, where it bears one. Things without are given the next tags.",
    )
    cost = Money(label="Each cost, if not as ordered", required=False)
    warranty_until = Day(label="Warranty until", required=False)

    def __init__(self, line: ProposalLine, wanted: int, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, prefix=f"came-{line.pk}", use_required_attribute=False, **kwargs)
        self.line, self.wanted = line, wanted
        if line.kind_id is None:
            del self.fields["serials"], self.fields["warranty_until"], self.fields["cost"]

    def came(self) -> Came | None:
        """What was said; nothing where none came. Needs the form to be valid."""
        given = self.cleaned_data
        if not given["count"]:
            return None
        rows = [row.partition(";") for row in given.get("serials", "").splitlines() if row.strip()]
        things = [Thing(serial.strip()[:80], tag.strip()[:40]) for serial, _, tag in rows]
        return Came(self.line, given["count"], things, given.get("cost"), given.get("warranty_until"))
