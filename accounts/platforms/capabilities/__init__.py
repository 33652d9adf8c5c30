"""What each platform lets an application do, as a table that screens and rules read (architecture.md, idea 9)."""

from __future__ import annotations

from accounts.platforms.capabilities.facebook import FACEBOOK
from accounts.platforms.capabilities.instagram import INSTAGRAM
from accounts.platforms.capabilities.periscope import PERISCOPE
from accounts.platforms.capabilities.table import Act, Capability, Way
from accounts.platforms.capabilities.x import TIERS, X
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


def capability(platform: str, act: Act | str, tier: str = "") -> Capability:
    """The cell for an act on a platform; of X for an account's tier, where that is known."""
    on_tier = TIERS.get(tier, {}) if platform == Platform.X else {}
    return on_tier.get(Act(act)) or CAPABILITIES[platform][Act(act)]
