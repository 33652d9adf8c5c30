"""What keeps a manuscript from going on, as sentences at the fields of its page.

Asked while it is written, when it is handed in, before it is approved; what a platform takes is asked once more before
it is sent. Each room of the editor brings its own questions to `ASKED`, by dotted name.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.module_loading import import_string

from accounts.models import Account
from accounts.platforms.capabilities import Act, Capability, Way, capability
from accounts.platforms.contract import Form, Platform
from accounts.platforms.x_length import weighted
from content.manuscript import CRITERIA, Manuscript, Place, Version
from content.models import Asset, Purpose

LONGEST_WINDOW = timedelta(days=31)
FARTHEST = timedelta(days=400)
LATE = timedelta(minutes=15)  # “now” as it was typed is still now when it is handed in
# Each is called as `f(manuscript, now)` and yields problems.
ASKED: tuple[str, ...] = (
    "content.problems.of_the_whole",
    "content.problems.of_the_window",
    "content.problems.of_the_versions",
    "content.problems.of_the_pictures",
    "content.problems.of_the_criteria",
    "content.media.rules.of_the_media",
    "content.links.of_the_links",
    "content.criteria.of_the_rights",
    "content.checked_texts.of_the_language",
    "content.criteria.of_the_scene",
    "content.criteria.of_the_hashtags",
    "content.hashtag_limits.of_the_versions",
)
CLAUSES = {
    "A": "that it is directly related to the mission",
    "B": "that no rights of others are violated",
    "C": "that it respects everybody",
    "D": "that it harms no member, investigation, victim or juvenile",
    "E": "whether it shows an active scene",
    "F": "that its hashtags are approved",
    "G": "that our pictures carry the watermark",
}


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is not right: at which field of the page, in a sentence. `hard`: it cannot go on like that."""

    field: str
    sentence: str
    hard: bool = True


def problems(manuscript: Manuscript, *, begins: bool = True) -> list[Problem]:
    """All that is wrong with it now, in the order of the page. `begins`: it is not handed in yet, so its time may not
    have come; later a window that is open already is no fault.
    """
    now = timezone.now()
    questions: list[Callable[[Manuscript, datetime], Iterator[Problem]]] = [import_string(name) for name in ASKED]
    found = [problem for question in questions for problem in question(manuscript, now)]
    if begins and manuscript.starts_at is not None and manuscript.starts_at < now - LATE:
        found.append(Problem("starts_at", "That time has passed."))
    return found


def hard(manuscript: Manuscript, *, begins: bool = True) -> list[Problem]:
    """Those with which it cannot go on."""
    return [problem for problem in problems(manuscript, begins=begins) if problem.hard]


# --- the whole and the window -----------------------------------------------------------------------------------------


def of_the_whole(manuscript: Manuscript, now: datetime) -> Iterator[Problem]:
    """It has a name, a purpose, somewhere to go; a re-post says whose it is (C.4, C.10); an emergency is prepared."""
    if not manuscript.title.strip():
        yield Problem("title", "Give it a name by which the unit finds it.")
    if manuscript.purpose not in Purpose.values:
        yield Problem("purpose", "Say what it is for.")
    if not manuscript.versions and not manuscript.places:
        yield Problem("versions", "Choose at least one account, or a site on which it is posted by hand.")
    if manuscript.purpose == Purpose.REPOST and not (manuscript.source.address and manuscript.source.credit):
        yield Problem("source", "A re-post names its source and gives credit.")
    yield from _of_the_credit(manuscript)
    for number, place in enumerate(manuscript.places):
        if not place.site.strip():
            yield Problem(f"place-{number}", "Name the site.")
        if not manuscript.text_for(place).strip():
            yield Problem(f"place-{number}", "Write what is to stand there.")


def _of_the_credit(manuscript: Manuscript) -> Iterator[Problem]:
    """The credit of a re-post stands in what goes out, wherever it goes (C.10)."""
    credit = manuscript.source.credit.strip()
    if manuscript.purpose != Purpose.REPOST or not credit:
        return
    goes: list[tuple[str, Version | Place]] = [(f"version-{one.account}", one) for one in manuscript.versions]
    goes += [(f"place-{number}", one) for number, one in enumerate(manuscript.places)]
    for field, one in goes:
        if credit not in manuscript.text_for(one):
            yield Problem(field, f"Give credit in the text: “{credit}” (C.10).")


def of_the_window(manuscript: Manuscript, now: datetime) -> Iterator[Problem]:
    """When it goes out, and until when it may (ruling 11)."""
    if manuscript.starts_at is None:
        yield Problem("starts_at", "Say when it goes out.")
        return
    if manuscript.ends_at is None:
        yield Problem("ends_at", "Say until when it may go out: after that it is not published late.")
        return
    if manuscript.ends_at <= manuscript.starts_at:
        yield Problem("ends_at", "The window ends before it begins.")
    elif manuscript.ends_at - manuscript.starts_at > LONGEST_WINDOW:
        yield Problem("ends_at", f"A window is at most {LONGEST_WINDOW.days} days long.")
    if manuscript.ends_at <= now:
        yield Problem("ends_at", "That time has passed.")
    if manuscript.starts_at > now + FARTHEST:
        yield Problem("starts_at", f"That is more than {FARTHEST.days} days away.")


# --- what each platform takes -----------------------------------------------------------------------------------------


def form_of(manuscript: Manuscript, version: Version, kinds: dict[int, str]) -> str:
    """What the post of one account is made of; `kinds` are the kinds of the assets."""
    shown = [kinds.get(picture.asset, "image") for picture in manuscript.pictures_for(version)]
    if "video" in shown:
        return Form.VIDEO
    return Form.TEXT if not shown else Form.PHOTO if len(shown) == 1 else Form.PHOTOS


def length_of(platform: str, text: str) -> int:
    """How many characters the platform counts it as."""
    return weighted(text) if platform == Platform.X else len(text)


def kinds_of(manuscript: Manuscript) -> dict[int, str]:
    """The kind of each asset that the manuscript shows."""
    assets = Asset.objects.filter(pk__in=[picture.asset for picture in manuscript.pictures])
    return dict(assets.values_list("pk", "kind"))


def of_the_versions(manuscript: Manuscript, now: datetime) -> Iterator[Problem]:
    """What each platform takes: its kinds of posts, its length, its number of files."""
    kinds = kinds_of(manuscript)
    accounts = Account.objects.in_bulk([version.account for version in manuscript.versions])
    for version in manuscript.versions:
        account = accounts.get(version.account)
        field = f"version-{version.account}"
        if account is None:
            yield Problem(field, "This account is not known any more.")
            continue
        if account.state == Account.State.CLOSED:
            yield Problem(field, f"{account} is terminated: nothing is published there any more.")
            continue
        yield from _of_a_version(manuscript, version, account, kinds)


def _of_a_version(
    manuscript: Manuscript, version: Version, account: Account, kinds: dict[int, str]
) -> Iterator[Problem]:
    field, name = f"version-{version.account}", account.get_platform_display()
    text, shown = manuscript.text_for(version), manuscript.pictures_for(version)
    form = form_of(manuscript, version, kinds)
    cell = capability(account.platform, Act(f"publish_{form}"), account.tier)
    if cell.way == Way.NEVER:
        yield Problem(field, cell.says or f"{name} has no post made of {Form(form).label}.")
        return
    if not text.strip() and not shown:
        yield Problem(field, "Write the text, or show something.")
    yield from _of_a_text(field, name, account.platform, text, cell)
    videos = sum(kinds.get(picture.asset) == "video" for picture in shown)
    if videos and len(shown) > 1:
        yield Problem(field, f"A video goes out alone on {name}: leave out the other pictures, or the video.")
    elif form == Form.PHOTOS and len(shown) > (cell.files or 10):
        yield Problem(field, f"{name} takes {cell.files or 10} pictures in one post; these are {len(shown)}.")
    if form == Form.VIDEO and account.platform == Platform.YOUTUBE and not version.title.strip():
        yield Problem(field, "Give the video a title.")


def _of_a_text(field: str, name: str, platform: str, text: str, cell: Capability) -> Iterator[Problem]:
    length = length_of(platform, text)
    if cell.limit and length > cell.limit:
        over = length - cell.limit
        yield Problem(field, f"{name} takes {cell.limit} characters; these are {length}: {over} too many.")


def of_the_pictures(manuscript: Manuscript, now: datetime) -> Iterator[Problem]:
    """Everything shown is in the library and says what it shows; a video has captions, even of silence (LR-18)."""
    kinds = kinds_of(manuscript)
    for picture in manuscript.pictures:
        field = f"picture-{picture.asset}"
        if picture.asset not in kinds:
            yield Problem(field, "This picture is not in the library.")
            continue
        if not picture.alt.strip():
            yield Problem(field, "Say what it shows, for those who cannot see it.")
        if kinds[picture.asset] == "video" and not picture.captions.strip():
            yield Problem(field, "A video needs captions; where nobody speaks, one that says so: “no speech”.")


def of_the_criteria(manuscript: Manuscript, now: datetime) -> Iterator[Problem]:
    """The author attests each of A to G, and answers the question of 2.E."""
    for letter in CRITERIA:
        answer = manuscript.criteria.get(letter)
        if letter == "E":
            if manuscript.active_scene is None:
                yield Problem("criterion-E", f"Say {CLAUSES[letter]}.")
        elif answer is None or not answer.attested:
            yield Problem(f"criterion-{letter}", f"Attest {CLAUSES[letter]}.")
