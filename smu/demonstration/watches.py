"""The demonstration's roster of the watch: three watches a day, and one night that nobody keeps, as rosters go."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from django.utils import timezone

from members.models import Member, Watch
from members.models.agency import agency_zone
from members.powers import Position
from members.states import record

DAYS = 8  # from today on: the week that the home page looks at, and the rest of today
# Who begins at midnight, at eight and at four: user names of members.json.
WATCHES = (("cokafor", 0, 8), ("acole", 8, 16), ("ddiaz", 16, 24))
NOBODY = 5  # days from today: that day's first watch is not kept


def load_watches() -> None:
    """Set what is not there yet of the days to come. A roster that somebody has set by hand is left as it is."""
    now, zone = timezone.now(), agency_zone()
    if Watch.objects.standing().filter(until__gt=now).exists():
        return
    commander = Member.objects.serving().filter(position=Position.COMMANDER).first()
    if commander is None:  # somebody tried out what happens then
        return
    members = {member.username: member for member in Member.objects.serving()}
    today = now.astimezone(zone).date()
    for days in range(DAYS):
        midnight = datetime.combine(today + timedelta(days=days), time(), tzinfo=zone)
        for name, begins, ends in WATCHES:
            since, until = midnight + timedelta(hours=begins), midnight + timedelta(hours=ends)
            if name in members and until > now and (days, begins) != (NOBODY, 0):
                watch = Watch.objects.create(member=members[name], since=max(since, now), until=until, by=commander)
                record("set_watch", watch, by=None, after="set")
