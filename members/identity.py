"""What a member is known by: user name, number, name, e-mail, telephone, languages; each as it must be to be stored."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, fields, replace

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db.models import Q
from django.db.models.functions import Lower

from members.chain import TAKEN
from members.models import Member

USER_NAME = re.compile(r"[\w.@+-]{1,150}")
NUMBER = re.compile(r"[\w./ -]{1,20}")
LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z]{2,4})?")


@dataclass(frozen=True)
class Identity:
    """What somebody is to be known by, spaces at the ends left out."""

    username: str
    number: str
    name: str
    email: str
    phone: str = ""
    languages: Sequence[str] = field(default_factory=list)

    def trimmed(self) -> Identity:
        """The same without spaces at the ends; the user name in small letters, as sign-in looks for it."""
        texts = {one.name: getattr(self, one.name).strip() for one in fields(self) if one.name != "languages"}
        texts["username"] = texts["username"].lower()
        return replace(self, **texts, languages=list(dict.fromkeys(self.languages)))

    def objections(self, of: Member | None = None) -> dict[str, str]:
        """What speaks against it, by field, as sentences that say what to do; nothing: it can be stored.

        `of`: the member who is to be known by it (None: somebody new); what is his own is not taken.
        """
        holds = {
            "username": USER_NAME.fullmatch(self.username) is not None,
            "number": NUMBER.fullmatch(self.number) is not None,
            "name": bool(self.name) and can_be_seen(self.name, 200),
            "email": _is_an_address(self.email),
            "phone": can_be_seen(self.phone, 40),
            "languages": all(LANGUAGE.fullmatch(code) for code in self.languages),
        }
        return self._taken(of) | {name: said for name, said in WANTED.items() if not holds[name]}

    def _taken(self, of: Member | None) -> dict[str, str]:
        asked = {"username": self.username.lower(), "number": self.number.lower(), "email": self.email.lower()}
        same = Q()
        for name, value in asked.items():
            if value and "\x00" not in value:
                same |= Q(**{f"{name}_in_lower_case": value})
        if not same:
            return {}
        others = Member.objects.alias(**{f"{name}_in_lower_case": Lower(name) for name in asked}).filter(same)
        if of is not None:
            others = others.exclude(pk=of.pk)
        taken = {name for one in others for name in asked if getattr(one, name).lower() == asked[name] != ""}
        return {name: said for name, said in TAKEN.values() if name in taken}


def can_be_seen(text: str, longest: int) -> bool:
    """Whether `text` is short enough and holds no character that is not seen: none that ends a line or turns others."""
    return len(text) <= longest and text.isprintable()


def _is_an_address(text: str) -> bool:
    try:
        validate_email(text)
    except ValidationError:
        return False
    return len(text) <= 254


WANTED = {
    "username": "A user name is letters, digits and . @ + - _ without spaces, 150 at most.",
    "number": "A badge or employee number is letters, digits, spaces and . / - with 20 characters at most.",
    "name": "Write rank, first and last name: 200 characters at most, none that cannot be seen.",
    "email": "Each member needs an e-mail address, such as name@agency.example: the invitation goes there.",
    "phone": "A telephone number has 40 characters at most, none that cannot be seen.",
    "languages": "A language is its code of two or three letters: en, es, ht.",
}
