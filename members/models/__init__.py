"""Members, what was handed to them, how they come in and are told, the trail of their acts and the seals over it."""

from members.models.agency import Agency, SetupKey
from members.models.designations import Designation
from members.models.joining import KnownDevice, OneTime
from members.models.member import Member, Posting, Transfer
from members.models.notifications import ContactWay, Delivery, Notification, Preference
from members.models.seals import Seal, Unsealed
from members.models.sessions import Session
from members.models.trail import LogEntry, TrailEntry
from members.models.watches import Watch

__all__ = [
    "Agency",
    "ContactWay",
    "Delivery",
    "Designation",
    "KnownDevice",
    "LogEntry",
    "Member",
    "Notification",
    "OneTime",
    "Posting",
    "Preference",
    "Seal",
    "Session",
    "SetupKey",
    "TrailEntry",
    "Transfer",
    "Unsealed",
    "Watch",
]
