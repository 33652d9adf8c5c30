"""How a member wants to be told: his preferences, and the ways by which he can be reached beside his e-mail."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import time

from django.core.cache import cache
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac

from members import reaching
from members.mail import one_line
from members.models import ContactWay, Member, Preference
from members.models.agency import agency
from members.models.notifications import Kind
from members.notifying import tell
from members.states import Invalid, record

MOST = 5  # ways a member
CODE_SECONDS = 1800
TRIES = 5
PAUSE = 60  # seconds between two tests of one member: the address may be somebody else's
MUTABLE = [kind for kind in Kind if kind != Kind.THREAT]


def set_preferences(
    member: Member,
    wanted: Mapping[str, tuple[str, str]],
    *,
    quiet: tuple[time | None, time | None],
    digest_at: time,
) -> None:
    """Tell him of each kind in `wanted` as said: how soon by e-mail, and by his services. Threats are not asked."""
    with transaction.atomic():
        for kind in MUTABLE:
            by_email, by_service = wanted[kind]
            Preference.objects.update_or_create(
                member=member, kind=kind, defaults={"by_email": by_email, "by_service": by_service}
            )
        since, until = quiet
        Member.objects.filter(pk=member.pk).update(quiet_from=since, quiet_until=until, digest_at=digest_at)
        record("set_preferences", member, by=member)


def add(member: Member, label: str, address: str) -> ContactWay:
    """A new way; it is used once a test has arrived. Raises Invalid. He is told by e-mail, in case it was not he."""
    reaching.check(address)
    label = one_line(label)
    if not label:
        raise Invalid("Give it a name that you will know it by.", field="label")
    if member.contact_ways.count() >= MOST:
        raise Invalid(f"There are {MOST} already: take one away first.")
    try:
        with transaction.atomic():
            way = ContactWay.objects.create(member=member, label=label, address=address, shown=reaching.masked(address))
            record("add_contact_way", member, by=member)
            tell([member], Kind.SECURITY, f"A way to reach you was added: {label}.", reverse("contact"))
    except IntegrityError:
        raise Invalid("One of your ways has this name already.", field="label") from None
    return way


def test(way: ContactWay) -> None:
    """Send a number there, now, in no transaction. Raises Undelivered, or Invalid when the last was sent just now."""
    if not cache.add(f"members.way.pause.{way.member_id}", "sent", timeout=PAUSE):
        raise Invalid("A test was sent less than a minute ago. Wait for it a little.")
    code = f"{secrets.randbelow(10**6):06}"
    body = f"{code} is the number of this test. Type it on the page where you asked for it."
    reaching.post(way.address, f"{agency().short_name}: a test", body)
    cache.set(_place(way), {"digest": _digest(way, code), "left": TRIES}, timeout=CODE_SECONDS)
    record("test_contact_way", way.member, by=way.member)


def awaits_code(way: ContactWay) -> bool:
    """Whether a test is under way whose number can still be typed."""
    return cache.get(_place(way)) is not None


def prove(way: ContactWay, code: str) -> None:
    """The test has arrived: he types its number, and the way is used from now on. Raises Invalid."""
    kept = cache.get(_place(way))
    if kept is None or not kept["left"]:
        raise Invalid("There is no test under way any more. Send another.", field="code")
    if not constant_time_compare(kept["digest"], _digest(way, "".join(code.split()))):
        cache.set(_place(way), {**kept, "left": kept["left"] - 1}, timeout=CODE_SECONDS)
        raise Invalid("This is not the number of the last test.", field="code")
    cache.delete(_place(way))
    with transaction.atomic():
        ContactWay.objects.filter(pk=way.pk).update(proved_at=timezone.now())
        record("prove_contact_way", way.member, by=way.member)


def remove(way: ContactWay) -> None:
    """Nothing goes there any more; what was on its way is not sent."""
    with transaction.atomic():
        record("remove_contact_way", way.member, by=way.member)
        tell([way.member], Kind.SECURITY, f"A way to reach you was taken away: {way.label}.", reverse("contact"))
        way.delete()


def _place(way: ContactWay) -> str:
    return f"members.way.test.{way.pk}"


def _digest(way: ContactWay, code: str) -> str:
    return salted_hmac("members.ways", f"{way.pk}:{code}").hexdigest()
