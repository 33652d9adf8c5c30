"""The criteria A to G of S.O.P. 2: what each is about in this item, as its author and its approver see it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse
from django.utils import timezone

from content import checked_texts, hashtags, links, scene_words
from content.checked_texts import Found
from content.manuscript import Answer, Manuscript
from content.models import Asset, Depicted, Mark, Purpose, Rendering, Rights
from content.problems import CLAUSES, Problem
from members.days import spoken_day
from members.models.agency import agency_zone

NAMES = {
    "A": "Mission and links",
    "B": "Rights",
    "C": "Language",
    "D": "People",
    "E": "Active scene",
    "F": "Hashtags",
    "G": "Watermark",
}
GOOD, WARN, BAD = "good", "warn", "bad"


@dataclass(frozen=True, slots=True)
class Line:
    """One thing to know about a criterion."""

    says: str
    tone: str = ""
    leads_to: str = ""  # an address of ours, or of a link that goes out


@dataclass(frozen=True, slots=True)
class Criterion:
    """One of A to G, with what this item holds of it and what its author answered."""

    letter: str
    lines: tuple[Line, ...]
    answer: Answer

    @property
    def name(self) -> str:
        """As a heading has it."""
        return NAMES[self.letter]

    @property
    def attests(self) -> str:
        """What is attested and confirmed."""
        return CLAUSES[self.letter]

    @property
    def tone(self) -> str:
        """The worst of its lines."""
        tones = {line.tone for line in self.lines}
        return next((tone for tone in (BAD, WARN) if tone in tones), GOOD)


def criteria_of(written: Manuscript, *, rendered: dict[int, Rendering] | None = None) -> list[Criterion]:
    """All seven of `written`; `rendered` are the files that were made of its pictures, by asset, where they are."""
    assets = Asset.objects.in_bulk([picture.asset for picture in written.pictures])
    shown = [assets[picture.asset] for picture in written.pictures if picture.asset in assets]
    rights = {asset.pk: asset.rights_in_force for asset in shown}
    lines = {
        "A": _links(written),
        "B": [_rights(asset, rights[asset.pk], day_of(written)) for asset in shown],
        "C": [_found(one) for one in checked_texts.found_in(written)] or [Line("nothing flagged")],
        "D": [*_people(written, assets), *_highlighted(written, assets)],
        "E": _scene(written),
        "F": _tags(written),
        "G": [_mark(asset, rights[asset.pk], (rendered or {}).get(asset.pk)) for asset in shown],
    }
    no_pictures = Line("no pictures")
    return [
        Criterion(letter, tuple(found or [no_pictures]), written.criteria.get(letter, Answer()))
        for letter, found in lines.items()
    ]


def day_of(written: Manuscript) -> date:
    """The day on which it goes out, in the agency's zone; today where that is not said yet."""
    return (written.starts_at or timezone.now()).astimezone(agency_zone()).date()


# --- what each is about -----------------------------------------------------------------------------------------------


def _links(written: Manuscript) -> list[Line]:
    found = []
    for link in links.checked(written):
        if link.check is None:
            found.append(Line(f"{link.address}: nobody has looked there yet", WARN, link.address))
        elif link.is_bad:
            found.append(Line(f"{link.address}: {link.check.says}", BAD, link.address))
        else:
            where = link.check.final or link.address
            titled = f" “{link.check.title}”" if link.check.title else ""
            tone = WARN if link.elsewhere or link.check.says else ""
            found.append(Line(f"{link.address} leads to {where}{titled}", tone, link.address))
    return found or [Line("no links")]


def _rights(asset: Asset, rights: Rights | None, day: date) -> Line:
    if rights is None:
        return Line(f"{asset.name}: nobody has said who has the rights", BAD, asset.get_absolute_url())
    says = f"{asset.name}: {rights.get_basis_display()}"
    if rights.credit:
        says += f", {rights.credit}"
    if rights.expires_on:
        says += f", until {spoken_day(rights.expires_on)}"
    proof = f", {rights.proof_name}" if rights.proof else ""
    return Line(f"{says}{proof}", "" if rights.good_on(day) else BAD, asset.get_absolute_url())


def _found(one: Found) -> Line:
    if one.finding.hard:
        return Line("a name of the unit's list stands in it", BAD)
    if not one.stays:
        return Line(f"“{one.finding.words}” {one.finding.says}", BAD)
    return Line(f"“{one.finding.words}” {one.finding.says}; it stays, because: {one.stays}", WARN)


def _people(written: Manuscript, assets: dict[int, Asset]) -> list[Line]:
    found = []
    for picture in written.pictures:
        asset = assets.get(picture.asset)
        if asset is None:
            continue
        people = list(asset.people())
        if not people:
            found.append(Line(f"{asset.name}: nobody has noted who is to be seen", BAD, asset.get_absolute_url()))
        for one in people:
            tone = BAD if one.blurred and not picture.blurs else ""
            found.append(Line(f"{asset.name}: {_person(one)}", tone, asset.get_absolute_url()))
        if picture.blurs:
            found.append(Line(f"{asset.name}: {len(picture.blurs)} blurred", "", asset.get_absolute_url()))
    if written.attire:
        found.append(Line(f"attire: {written.attire}"))
    return found


def _highlighted(written: Manuscript, assets: dict[int, Asset]) -> list[Line]:
    if written.purpose != Purpose.HIGHLIGHT:
        return []
    if _consented(list(assets)):
        return [Line("the member who is highlighted consents")]
    return [Line("no consent of the member who is highlighted is on file", BAD)]


def _person(one: Depicted) -> str:
    says = [one.get_kind_display(), one.name, one.where]
    says += ["consent on file" if one.consent else "", "to be blurred" if one.blurred else ""]
    says.append(f"in {one.attire}" if one.attire else "")
    return ", ".join(part for part in says if part)


def _scene(written: Manuscript) -> list[Line]:
    if written.active_scene is None:
        return [Line("not answered", BAD)]
    if written.active_scene:
        return [Line("yes: the Commander alone approves it", WARN)]
    suggests = scene_words.suggested(written.texts())
    if not suggests:
        return [Line("no")]
    words = ", ".join(f"“{word}”" for word in suggests)
    asked = "asked again, the author says no" if written.scene_asked_again else "ask again"
    return [Line(f"no; it says {words}: {asked}", WARN if written.scene_asked_again else BAD)]


def _tags(written: Manuscript) -> list[Line]:
    text, day = "\n".join(written.texts()), day_of(written)
    tags = hashtags.in_text(text)
    found = [Line(sentence, BAD, reverse("hashtags")) for sentence in hashtags.problems(text, on=day)]
    bad = " ".join(line.says for line in found)
    found += [Line(f"#{tag}: approved") for tag in tags if f"#{tag} " not in f"{bad} "]
    found += [Line(sentence, WARN) for sentence in hashtags.spellings(text)]
    return found or [Line("no hashtags")]


def _mark(asset: Asset, rights: Rights | None, made: Rendering | None) -> Line:
    if made is not None and made.mark is not None:
        return Line(f"{asset.name}: version {made.mark.version}, on the file")
    if rights is None:
        return Line(f"{asset.name}: first say who has the rights", BAD, asset.get_absolute_url())
    if rights.is_own:
        mark = Mark.objects.first()
        return Line(f"{asset.name}: bears the mark{f', version {mark.version}' if mark else ''}")
    where = "in the text" if rights.credit_in_text else "on the picture"
    return Line(f"{asset.name}: no mark of ours; {rights.credit or 'no credit'} {where}")


# --- what is not right ------------------------------------------------------------------------------------------------


def of_the_scene(manuscript: Manuscript, now: datetime) -> Iterator[Problem]:
    """Where words suggest an active scene and the author said no, he is asked again (2.E)."""
    if manuscript.active_scene is not False or manuscript.scene_asked_again:
        return
    if suggests := scene_words.suggested(manuscript.texts()):
        words = ", ".join(f"“{word}”" for word in suggests[:5])
        yield Problem("criterion-E", f"It says {words}. Is the scene active, or is police activity in progress?")


def of_the_hashtags(manuscript: Manuscript, now: datetime) -> Iterator[Problem]:
    """Only what the register holds as approved for the day on which it goes out (2.F)."""
    text = "\n".join(manuscript.texts())
    for sentence in hashtags.problems(text, on=day_of(manuscript)):
        yield Problem("criterion-F", sentence)
    for sentence in hashtags.spellings(text):
        yield Problem("criterion-F", sentence, hard=False)


def of_the_rights(manuscript: Manuscript, now: datetime) -> Iterator[Problem]:
    """Of each picture it is known who has the rights and who is to be seen; who is protected is blurred, and a member
    who is highlighted consents (2.B, 2.D, C.12).
    """
    assets = Asset.objects.in_bulk([picture.asset for picture in manuscript.pictures])
    day = day_of(manuscript)
    for picture in manuscript.pictures:
        field, asset = f"picture-{picture.asset}", assets.get(picture.asset)
        if asset is None:
            continue
        rights = asset.rights_in_force
        if rights is None:
            yield Problem(field, f"Say on the page of “{asset.name}” who has the rights in it.")
        elif not rights.good_on(day):
            yield Problem(field, f"The rights in “{asset.name}” end before it goes out.")
        people = list(asset.people())
        if not people:
            yield Problem(field, f"Note on the page of “{asset.name}” who is to be seen; if nobody is, note that.")
        hidden = sum(one.blurred for one in people)
        if hidden > len(picture.blurs):
            who = "Somebody on it" if hidden == 1 else f"{hidden} people on it"
            yield Problem(field, f"{who} must not be recognized: blur each of them.")
    if manuscript.purpose == Purpose.HIGHLIGHT and not _consented(list(assets)):
        said = (
            "A highlight of a member needs his consent on file: show him, and note him on the picture with it (C.12)."
        )
        yield Problem("criterion-D", said)


def _consented(assets: list[int]) -> bool:
    noted = Depicted.objects.filter(replaced_by=None, withdrawn=False, kind=Depicted.Kind.MEMBER)
    return noted.filter(asset__in=assets, consent__gt="").exists()
