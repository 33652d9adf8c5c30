"""The sign-in of each platform, by its name."""

from __future__ import annotations

from accounts.platforms.contract import Platform
from accounts.platforms.facebook_login import FacebookLogin, InstagramLogin
from accounts.platforms.login import Login
from accounts.platforms.x_login import XLogin
from accounts.platforms.youtube_login import YouTubeLogin

_LOGINS: dict[str, type[Login]] = {
    Platform.FACEBOOK: FacebookLogin,
    Platform.INSTAGRAM: InstagramLogin,
    Platform.X: XLogin,
    Platform.YOUTUBE: YouTubeLogin,
}


def login_for(platform: str) -> Login:
    """The sign-in at `platform`. Raises KeyError for one without an API."""
    return _LOGINS[platform]()
