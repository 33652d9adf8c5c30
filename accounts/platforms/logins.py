"""The sign-in of each platform, by its name."""

from __future__ import annotations

from django.utils.module_loading import import_string

from accounts.platforms.contract import Platform
from accounts.platforms.login import Login

_LOGINS = {
    Platform.FACEBOOK: "accounts.platforms.facebook_login.FacebookLogin",
    Platform.INSTAGRAM: "accounts.platforms.facebook_login.InstagramLogin",
    Platform.X: "accounts.platforms.x_login.XLogin",
    Platform.YOUTUBE: "accounts.platforms.youtube_login.YouTubeLogin",
}


def login_for(platform: str) -> Login:
    """The sign-in at `platform`. Raises KeyError for one without an API."""
    made: Login = import_string(_LOGINS[Platform(platform)])()
    return made
