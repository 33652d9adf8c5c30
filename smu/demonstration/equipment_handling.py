"""What was done to the demonstration's things beyond their makers' instructions: approved and done, and to decide."""

from __future__ import annotations

from decimal import Decimal

from django.utils import timezone

from equipment import handling, maintenance
from equipment.maintenance import Begun, Finished
from equipment.models import Item, Modification
from members.models import Member

KEEPS, DRILLS, FLIES = "acole", "cokafor", "ddiaz"  # user names of members.json: the Supervisor, two officers


def load_handling() -> None:
    """By the members' own verbs; where anything was asked for it is left alone."""
    members = {one.username: one for one in Member.objects.serving().filter(username__in=[KEEPS, DRILLS, FLIES])}
    items = {one.name: one for one in Item.objects.filter(name__in=["Field camera 1", "Drone"])}
    if len(members) < 3 or len(items) < 2 or Modification.objects.exists():
        return
    camera, keeps = items["Field camera 1"], members[KEEPS]
    drilled = handling.ask(
        camera,
        what="Drill a second thread into the base plate, for the mount in the command car.",
        against="Owner’s manual, “Handling precautions”: do not disassemble or drill the body.",
        why="With one thread the camera turns on the mount as soon as the car moves.",
        voids=True,
        by=members[DRILLS],
    )
    reason = "No mount holds it otherwise, and the camera is past the faults of its first year."
    handling.decide(drilled, approves=True, voids=True, reason=reason, by=keeps)
    drilled.refresh_from_db()
    today = timezone.localdate()
    needed = Begun("The camera turns on the mount of the command car.", today, shop="Gulf Camera")
    done = Finished("Second thread drilled.", today, cost=Decimal("65.00"), outside=True, modification=drilled)
    maintenance.note_work(camera, needed, done, by=keeps)
    handling.ask(
        items["Drone"],
        what="Fix a spotlight to the two front arms.",
        against="User manual, “Flight safety”: nothing is attached to the aircraft.",
        why="Searches along the shore after dark.",
        voids=False,
        by=members[FLIES],
    )
