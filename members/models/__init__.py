"""Members, the trail of their acts, and the seals over it."""

from members.models.member import Member
from members.models.seals import Seal, Unsealed
from members.models.trail import LogEntry, TrailEntry

__all__ = ["LogEntry", "Member", "Seal", "TrailEntry", "Unsealed"]
