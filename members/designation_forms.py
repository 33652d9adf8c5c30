"""What is asked about handing over. A form reads; `handing_over` judges (idea 2)."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone

from members import handing_over
from members.days import FIRST, LAST, midnight
from members.forms import Asked
from members.membership import LONGEST_REASON
from members.models import Designation, Member
from members.powers import MATRIX, TO_HAND_OVER, Position, Power

COMMAND = "command"  # in place of a power: the whole command
TONIGHT, DAY, WEEK, DATE = "tonight", "day", "week", "date"
MORNING = time(8)  # until when "tonight" lasts, in the agency's zone


class Moment(forms.DateTimeField):
    """A moment within reach, as a browser's own field gives it: in the agency's zone."""

    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")

    def clean(self, value: Any) -> datetime | None:
        """The moment; one that no calendar here holds is refused with a sentence."""
        moment: datetime | None = super().clean(value)
        if moment is not None and not midnight(FIRST) <= moment <= midnight(LAST):
            raise forms.ValidationError("Give a day between 1970 and 9000.")
        return moment


def _reason(says: str) -> forms.CharField:
    return forms.CharField(
        label="Reason",
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": says},
    )


class HandOverForm(Asked):
    """What is handed over, to whom, from when, until when, and why."""

    power = forms.ChoiceField(label="What is handed over", error_messages={"required": "Choose what is handed over."})
    designee = forms.ChoiceField(label="To whom", error_messages={"required": "Choose to whom."})
    since = Moment(label="From", required=False, help_text="Left empty: from now on.")
    period = forms.ChoiceField(
        label="Until",
        choices=[
            (TONIGHT, "The next morning, 08:00"),
            (DAY, "24 hours later"),
            (WEEK, "A week later"),
            (DATE, "A day and hour"),
        ],
        initial=WEEK,
        widget=forms.RadioSelect,
    )
    until = Moment(label="Day and hour", required=False)
    reason = _reason("Say why: the reason stays beside it.")

    def __init__(self, *args: Any, by: Member, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        powers = [(power.value, MATRIX[power].words) for power in TO_HAND_OVER]
        ban = Power.APPROVE_BANS  # its row is two powers, and one of them is handed over
        powers = [(value, "be the second person of a ban" if value == ban else words) for value, words in powers]
        command = [(COMMAND, "the whole command: acting Commander")] if handing_over.may_appoint_acting(by) else []
        self.choices("power", [("", "Choose"), *command, ("One power", [(v, _capital(w)) for v, w in powers])])
        self.choices("designee", _designees(by))

    def clean(self) -> dict[str, Any]:
        """The end as a moment."""
        given: dict[str, Any] = super().clean() or self.cleaned_data
        if "since" in given and given["since"] is None:
            given["since"] = timezone.now()
        if given.get("period") == DATE:
            if "until" in given and given["until"] is None:
                self.add_error("until", "Give the day and hour at which it ends, or choose another end above.")
        elif given.get("period") and given.get("since"):
            given["until"] = _end_of(given["period"], given["since"])
        return given

    def carry_out(self, by: Member) -> Designation:
        """Hand over what was asked. Raises what the verbs raise."""
        given = self.cleaned_data
        said = {
            "by": by,
            "designee": Member.objects.get(pk=int(given["designee"])),
            "since": given["since"],
            "until": given["until"],
            "reason": given["reason"],
        }
        if given["power"] == COMMAND:
            return handing_over.appoint_acting(**said)
        return handing_over.designate(power=given["power"], **said)


class EndForm(Asked):
    """Why it ends before its time."""

    reason = _reason("Say why it ends: the reason stays beside it.")


class DesignationSearch(forms.Form):
    """What is asked of the list; everything may stay empty, and rubbish in the address is said, not obeyed."""

    standing = forms.ChoiceField(
        label="Standing",
        required=False,
        choices=[
            ("", "In force or to come"),
            ("in_force", "In force"),
            ("to_come", "To come"),
            ("past", "Past"),
            ("all", "All"),
        ],
    )
    power = forms.ChoiceField(label="What", required=False)
    designee = forms.ChoiceField(label="To whom", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        powers = [(power.value, _capital(str(power.label))) for power in TO_HAND_OVER]
        people = [(str(one.pk), one.name) for one in Member.objects.filter(designations__isnull=False).distinct()]
        self.fields["power"].choices = [("", "Anything"), (COMMAND, "The command"), *powers]  # type: ignore[attr-defined]
        self.fields["designee"].choices = [("", "Anybody"), *people]  # type: ignore[attr-defined]
        for field in self.fields.values():
            field.widget.attrs["class"] = "form-select"

    def designations(self) -> QuerySet[Designation]:
        """Those asked for, newest first; none when the question makes no sense."""
        found = Designation.objects.select_related("designee", "by", "ended_by")
        if not self.is_valid():
            return found.none()
        asked, now = self.cleaned_data, timezone.now()
        if asked["power"]:
            found = found.filter(power="" if asked["power"] == COMMAND else asked["power"])
        if asked["designee"]:
            found = found.filter(designee=int(asked["designee"]))
        standing = asked["standing"]
        if standing == "past":
            return found.past(now)
        if standing == "in_force":
            return found.in_force(now)
        if standing == "to_come":
            return found.not_over().filter(since__gt=now)
        return found if standing == "all" else found.not_over()


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _designees(by: Member) -> list[Any]:
    """Whom anything can be handed to, by position; the verb judges again."""
    serving = Member.objects.serving().of_the_unit().exclude(position=Position.COMMANDER).exclude(pk=by.pk)
    groups: list[Any] = [("", "Choose")]
    for position in Position:
        names = [(str(one.pk), one.name) for one in serving if one.position == position.value]
        if names:
            groups.append((position.label, names))
    return groups


def _end_of(period: str, since: datetime) -> datetime:
    if period == DAY:
        return since + timedelta(days=1)
    if period == WEEK:
        return since + timedelta(weeks=1)
    local = timezone.localtime(since)
    day = local.date() + timedelta(days=0 if local.time() < MORNING else 1)
    return datetime.combine(day, MORNING, tzinfo=timezone.get_current_timezone())
