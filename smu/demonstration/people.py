"""The members of the demonstration unit, with passwords and second factors that DATA/members.json tells."""

from __future__ import annotations

import json
import secrets
from datetime import timedelta
from pathlib import Path
from typing import TypedDict

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from allauth.mfa.utils import decrypt
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from members.models import Member
from members.powers import OUTSIDE, Position
from members.secrets import UnknownKey
from members.states import record
from smu.demonstration import read
from smu.stack.keys import write_private

# Four of these and a number make a password that is long enough, and can be read out across a room.
WORDS: list[str] = read("words")
OUTSIDERS_SERVE = timedelta(days=365)  # the auditor and the legal adviser are named for a period


class Told(TypedDict):
    """A member as DATA/members.json tells him, to whoever may read that file."""

    username: str
    name: str
    position: str
    number: str
    password: str
    totp_secret: str


def told() -> list[Told]:
    """The demonstration's members; none before they are loaded."""
    path: Path = settings.DEMONSTRATION_MEMBERS
    if not path.is_file():
        return []
    members: list[Told] = json.loads(path.read_text())
    return members


def load_members() -> list[Told]:
    """Add the members that are not there yet, and give those whose secrets are not the file's the file's."""
    known = {member["username"]: member for member in told()}
    given = read("members")
    members = [known.get(one["username"]) or _with_secrets(one) for one in given]
    with transaction.atomic():
        for one, member in zip(given, members, strict=True):
            _load(one, member)
        for one in given:
            if one["reports_to"]:
                superior = Member.objects.get(username=one["reports_to"])
                Member.objects.filter(username=one["username"]).update(reports_to=superior)
    # Last: a file that is there is a promise that these passwords open.
    write_private(settings.DEMONSTRATION_MEMBERS, json.dumps(members, indent=1))
    return members


def _with_secrets(one: dict[str, str]) -> Told:
    words = [secrets.choice(WORDS) for _ in range(4)]
    return Told(
        username=one["username"],
        name=one["name"],
        position=Position(one["position"]).label,
        number=one["number"],
        password="-".join([*words, str(10 + secrets.randbelow(90))]),
        totp_secret=generate_totp_secret(),
    )


def _load(one: dict[str, object], told: Told) -> None:
    member = Member.objects.filter(username=told["username"]).first()
    if member is None:
        fields = {name: one[name] for name in ("number", "name", "position", "sworn", "languages")}
        if one["position"] in OUTSIDE:
            fields["serves_until"] = timezone.now() + OUTSIDERS_SERVE
        fields["email"] = f"{told['username']}@bayside.example"  # a name that leads nowhere (RFC 2606)
        member = Member.objects.create_user(told["username"], told["password"], **fields)
        record("add", member, by=None)
    elif _second_factor(member) == told["totp_secret"]:
        return
    else:
        member.set_password(told["password"])
        member.save(update_fields=["password"])
    Authenticator.objects.filter(user=member).delete()
    TOTP.activate(member, told["totp_secret"])


def _second_factor(member: Member) -> str:
    """The secret that is stored, or "" when there is none that this unit's keys open."""
    stored = Authenticator.objects.filter(user=member, type=Authenticator.Type.TOTP).first()
    try:
        return str(decrypt(stored.data["secret"])) if stored else ""
    except UnknownKey:
        return ""
