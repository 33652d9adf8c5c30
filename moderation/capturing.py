"""Manual capture (C.11): what no application reaches comes in as a comment all the same, marked as entered by hand.

It takes the road of everything else: bytes kept, triage, queue. Only a person can act on it there, so that whatever is
ordered of the platform comes back as a task by hand.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, BinaryIO

from django.db import transaction
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from accounts.models import Account
from accounts.platforms.contract import Attachment, Author, Kind, Page, RemoteComment, Sight
from members.authority import require
from members.days import FIRST, midnight
from members.models import Member
from members.pictures import proof_of
from members.powers import Power
from members.states import Invalid, record
from moderation.intake import BY_HAND, take_in
from moderation.models import Capture
from moderation.models.comments import CAPTURED

LARGEST_FILE = 5_000_000  # bytes of a CSV or JSON file
MOST_ROWS = 1000
LONGEST_TEXT = 63_206  # characters; the longest that any of the platforms takes
COLUMNS = ("text", "author", "handle", "posted_at", "address", "kind")


@dataclass(frozen=True)
class Entered:
    """One comment as it was entered. `address`: its own, on the platform, where it has one."""

    text: str
    author: str = ""
    handle: str = ""
    posted_at: datetime | None = None
    address: str = ""
    kind: str = Kind.COMMENT


def capture(
    account: Account, entered: list[Entered], *, by: Member, source: str, why: str = "", picture: BinaryIO | None = None
) -> Capture:
    """Take in what a member entered, all of it or nothing; what was entered before in the same words changes nothing.

    Raises Refused, Invalid (no source, nothing entered, no picture that can be read, a terminated account).
    """
    given, mime = proof_of(picture) if picture is not None else (None, "")
    return _take(account, entered, by=by, source=source, why=why, file=given, mime=mime)


def capture_file(account: Account, file: BinaryIO, *, by: Member, source: str, why: str = "") -> Capture:
    """The same for a CSV or JSON file of comments. Raises Invalid naming the first line that cannot be read."""
    given = file.read(LARGEST_FILE + 1)
    if len(given) > LARGEST_FILE:
        raise Invalid("The file is larger than 5 MB: divide it.", "file")
    rows, mime = _rows(given)
    entered = [_entered(row, number) for number, row in enumerate(rows, start=1)]
    return _take(account, entered, by=by, source=source, why=why, file=given, mime=mime)


def _take(
    account: Account, entered: list[Entered], *, by: Member, source: str, why: str, file: bytes | None, mime: str
) -> Capture:
    require(by, Power.GRADE_COMMENTS)
    if account.state == Account.State.CLOSED:
        raise Invalid(f"{account} is terminated: nothing more comes in for it.", "account")
    if not source.strip():
        raise Invalid("Say where you saw it: an address, or in words.", "source")
    if not entered:
        raise Invalid("There is nothing to take in.", "text")
    typed = json.dumps([asdict(one) for one in entered], default=str).encode()
    with transaction.atomic():
        made = Capture.objects.create(
            account=account,
            by=by,
            source=source.strip(),
            why=why.strip(),
            file=file,
            mime=mime,
            digest=hashlib.sha256(file if file is not None else typed).digest(),
            comments=len(entered),
        )
        items = [_item(account, one, made, has_picture=mime.startswith("image/")) for one in entered]
        page = Page(BY_HAND, hashlib.sha256(typed).digest(), len(typed), timezone.now(), comments=items)
        tally = take_in(account, page)
        if tally.aside:
            raise Invalid("The database could not take one of them as it is: look for odd characters.", "text")
        record("capture", made, by=by, after="taken in" if tally.new else "known")
    return made


def _item(account: Account, one: Entered, made: Capture, *, has_picture: bool) -> RemoteComment:
    """As intake takes it. Its id follows from its words, so that the same one comes in once."""
    said = {**asdict(one), "posted_at": one.posted_at.isoformat() if one.posted_at else ""}
    raw = json.dumps({**said, "captured": made.pk}, ensure_ascii=True).encode()
    name = hashlib.sha256(json.dumps([account.pk, said], sort_keys=True).encode()).hexdigest()[:32]
    author = Author(name=one.author, handle=one.handle.lstrip("@")) if one.author or one.handle else None
    shown = (Attachment("picture given at capture", remote_id=str(made.pk)),) if has_picture else ()
    return RemoteComment(
        f"{CAPTURED}{name}",
        one.text,
        kind=one.kind,
        author=author,
        posted_at=one.posted_at,
        sight=Sight.VISIBLE,
        permalink=one.address,
        attachments=shown,
        raw=raw,
    )


# --- files ---------------------------------------------------------------------------------------------------------


def _rows(given: bytes) -> tuple[list[dict[str, Any]], str]:
    try:
        text = given.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Invalid("The file is not UTF-8 text: save it as CSV UTF-8, or as JSON.", "file") from error
    rows, mime = (_json(text), "application/json") if text.lstrip()[:1] in {"[", "{"} else (_csv(text), "text/csv")
    if not rows:
        raise Invalid("The file holds no comment.", "file")
    if len(rows) > MOST_ROWS:
        raise Invalid(f"The file holds {len(rows)} comments; at most {MOST_ROWS} come in at once: divide it.", "file")
    return rows, mime


def _json(text: str) -> list[dict[str, Any]]:
    try:
        value = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise Invalid("The file is not JSON that can be read.", "file") from error
    rows = value if isinstance(value, list) else [value]
    if not all(isinstance(row, dict) for row in rows):
        raise Invalid("The JSON must be a list of objects, one for each comment.", "file")
    return rows


def _csv(text: str) -> list[dict[str, Any]]:
    try:
        reader = csv.DictReader(io.StringIO(text, newline=""), strict=True)
        rows = list(reader)
    except csv.Error as error:
        raise Invalid("The file is no CSV that can be read.", "file") from error
    if "text" not in (reader.fieldnames or []):
        raise Invalid(f"The first line must name the columns, “text” among them: {', '.join(COLUMNS)}.", "file")
    return rows


def _entered(row: dict[str, Any], number: int) -> Entered:
    said = {name: str(row.get(name) or "").strip() for name in COLUMNS}
    if not said["text"] or len(said["text"]) > LONGEST_TEXT:
        raise Invalid(f"Comment {number} has no text, or one that is too long.", "file")
    kind = said["kind"] or Kind.COMMENT
    if kind not in Kind.values:
        raise Invalid(f"Comment {number}: the kind is one of {', '.join(Kind.values)}.", "file")
    return Entered(
        said["text"],
        said["author"][:500],
        said["handle"][:500],
        _moment(said["posted_at"], number),
        said["address"][:2000],
        kind,
    )


def _moment(text: str, number: int) -> datetime | None:
    """As the agency's clock says it, unless it names its zone."""
    if not text:
        return None
    try:
        found = parse_datetime(text)
    except ValueError:
        found = None
    if found is None:
        raise Invalid(f"Comment {number}: write its time like 2026-03-05 14:30.", "file")
    found = found if found.tzinfo else timezone.make_aware(found)
    if found > timezone.now():
        raise Invalid(f"Comment {number} would be of the future.", "file")
    if found < midnight(FIRST):  # beyond what a database's and a program's calendar both hold
        raise Invalid(f"Comment {number} would be older than every platform.", "file")
    return found
