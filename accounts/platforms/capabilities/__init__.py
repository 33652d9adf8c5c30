"""What each platform lets an application do, as a table that screens and rules read (architecture.md, idea 9)."""

from __future__ import annotations

from accounts.platforms.capabilities.facebook import FACEBOOK
from accounts.platforms.capabilities.instagram import INSTAGRAM
from accounts.platforms.capabilities.periscope import PERISCOPE
from accounts.platforms.capabilities.table import Act, Capability, Way
from accounts.platforms.capabilities.x import X
from accounts.platforms.capabilities.youtube import YOUTUBE
from accounts.platforms.contract import Platform

__all__ = ["CAPABILITIES", "Act", "Capability", "Way", "capability"]

CAPABILITIES: dict[str, dict[Act, Capability]] = {
    Platform.FACEBOOK: FACEBOOK,
    Platform.INSTAGRAM: INSTAGRAM,
    Platform.X: X,
    Platform.YOUTUBE: YOUTUBE,
    Platform.PERISCOPE: PERISCOPE,
}


def capability(platform: str, act: Act | str) -> Capability:
    """The cell for an act on a platform."""
    return CAPABILITIES[platform][Act(act)]
