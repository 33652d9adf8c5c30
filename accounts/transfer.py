"""What the transfer of a member, or a new Commander, means for the accounts (1.2, 1.3).

In the product his roles end in the act itself. What stands outside it, on the platforms, goes on a check-list.
"""

from __future__ import annotations

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from accounts.models import Account, RecoveryHold, Removal, RemovalItem, Role
from accounts.removal_steps import Step, hand_over_step, steps_for
from members.authority import holders
from members.models import Member
from members.models.notifications import Kind
from members.notifying import tell
from members.powers import Position, Power
from members.states import record


def foretell(member: Member) -> list[str]:
    """What his transfer would end and open here, in sentences: settings.WHAT_A_TRANSFER_ENDS."""
    roles = list(Role.objects.filter(Role.STANDING, member=member).select_related("account").order_by("account"))
    if not roles:
        return []
    said = [f"{role.get_kind_display()} of {role.account}" for role in roles]
    sentences = [f"Roles on accounts end: {', '.join(said)}."]
    if any(role.kind == Role.Kind.MAIN_ADMINISTRATOR for role in roles):
        heir_to_be = "Who follows" if member.position == Position.COMMANDER else "The Commander"
        sentences.append(f"{heir_to_be} is main administrator then.")
    sentences.append(
        "For each account a check-list opens of what is to be removed on the platform itself; it is watched until the"
        " Commander confirms it."
    )
    return sentences


def end_roles(member: Member, by: Member) -> None:
    """Every role of a member who leaves ends now; check-lists open for what the platforms still let him do.

    Where he was main administrator the Commander, or whoever acts as Commander, takes his place: one is always there.
    Runs inside the transfer's transaction: settings.ON_TRANSFER.
    """
    for role in _standing(member):
        _end(role, by=by)
        if role.kind == Role.Kind.MAIN_ADMINISTRATOR:
            _appoint_main(role.account, heir(by), by=by)
    _open_removals(member, by=by)


def pass_on(member: Member, successor: Member, by: Member) -> None:
    """The main administrator's roles pass from a Commander to the next: settings.ON_NEW_COMMANDER."""
    for role in _standing(member):
        if role.kind == Role.Kind.MAIN_ADMINISTRATOR:
            _end(role, by=by)
            _appoint_main(role.account, successor, by=by)


def heir(by: Member) -> Member:
    """Who is main administrator when nobody else is: the Commander, else who acts as Commander, else who acts here."""
    able = holders(Power.DESIGNATE)
    return able[0].member if able else by


def _standing(member: Member) -> list[Role]:
    roles = Role.objects.select_for_update(of=("self",)).select_related("account")
    return list(roles.filter(Role.STANDING, member=member).order_by("account_id"))


def _end(role: Role, *, by: Member) -> None:
    role.until = timezone.now()
    Role.objects.filter(pk=role.pk).update(until=role.until)
    record("end_role", role, by=by, before=role.kind, after="ended")


def _appoint_main(account: Account, member: Member, *, by: Member) -> None:
    """A member has one role on an account: what he was there before gives way."""
    for lesser in Role.objects.select_for_update().filter(Role.STANDING, account=account, member=member):
        _end(lesser, by=by)
    role = Role.objects.create(account=account, member=member, kind=Role.Kind.MAIN_ADMINISTRATOR)
    record("appoint", role, by=by, after=role.kind)


def open_removal(account: Account, member: Member, kind: str, *, by: Member | None) -> Removal:
    """The check-list of what he may still hold on the platform, with what the log says he holds of its recovery."""
    removal = Removal.objects.create(account=account, member=member, kind=kind)
    holds = RecoveryHold.objects.standing().filter(account=account, member=member)
    listed: list[tuple[Step, RecoveryHold | None]] = [(step, None) for step in steps_for(account.platform)]
    listed.extend((hand_over_step(str(hold.get_kind_display())), hold) for hold in holds)
    RemovalItem.objects.bulk_create(
        RemovalItem(removal=removal, place=place, where=step.where, what=step.what, hold=hold)
        for place, (step, hold) in enumerate(listed, 1)
    )
    record("open", removal, by=by, after=removal.state)
    return removal


def _open_removals(member: Member, *, by: Member) -> None:
    """One for each account on which he holds or once held a role, unless its removal was confirmed since.

    Also of a role that ended earlier: nobody has said yet that it ended on the platform too.
    """
    held: dict[int, Role] = {}
    for role in Role.objects.filter(member=member).order_by("since").select_related("account"):
        held[role.account_id] = role
    for hold in RecoveryHold.objects.standing().filter(member=member).select_related("account"):
        if hold.account_id not in held:
            held[hold.account_id] = Role(account=hold.account, member=member, kind="", since=timezone.now())
    known = Removal.objects.filter(member=member)
    opened = []
    for role in held.values():
        seen_to = Q(state=Removal.State.OUTSTANDING) | Q(confirmed_at__gte=role.since)
        if role.account.state == Account.State.CLOSED or known.filter(seen_to, account=role.account).exists():
            continue
        opened.append(open_removal(role.account, member, role.kind, by=by))
    if opened:
        count = f"{len(opened)} account{'s' if len(opened) > 1 else ''}"
        tell(
            (holder.member for holder in holders(Power.REMOVE_PRIVILEGES)),
            Kind.ACCOUNTS,
            f"Remove what {member.name} may still do on {count}, on the platforms themselves, and confirm it here.",
            f"{reverse('removals')}?member={member.pk}",
        )
