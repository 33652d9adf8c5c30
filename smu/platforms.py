"""Settings of the platforms: their addresses, and what the department registered there for this product."""

from __future__ import annotations

import environ

env = environ.FileAwareEnv()

# Platforms: in the demonstration these are the sandbox's addresses.
META_GRAPH_BASE = env.str("META_GRAPH_BASE", default="https://graph.facebook.com/v26.0")
X_BASE = env.str("X_BASE", default="https://api.x.com")
X_SPELLING = env.str("X_SPELLING", default="post")  # `tweet` or `post`: the parameter names X accepts (facts.md 0.3)
YOUTUBE_BASE = env.str("YOUTUBE_BASE", default="https://youtube.googleapis.com/youtube/v3")
GOOGLE_TOKEN_URL = env.str("GOOGLE_TOKEN_URL", default="https://oauth2.googleapis.com/token")
RUPLOAD_BASE = env.str("RUPLOAD_BASE", default="https://rupload.facebook.com")
YOUTUBE_UPLOAD_BASE = env.str("YOUTUBE_UPLOAD_BASE", default="https://youtube.googleapis.com/upload/youtube/v3")
# Where a member signs in at the platform to connect an account, and where Google takes a token back.
META_DIALOG_URL = env.str("META_DIALOG_URL", default="https://www.facebook.com/v26.0/dialog/oauth")
X_AUTHORIZE_URL = env.str("X_AUTHORIZE_URL", default="https://x.com/i/oauth2/authorize")
GOOGLE_AUTHORIZE_URL = env.str("GOOGLE_AUTHORIZE_URL", default="https://accounts.google.com/o/oauth2/v2/auth")
GOOGLE_REVOKE_URL = env.str("GOOGLE_REVOKE_URL", default="https://oauth2.googleapis.com/revoke")
# What the department registered at each platform for this product; without it that platform cannot be connected.
_META_APP = {"client_id": env.str("META_APP_ID", default=""), "client_secret": env.str("META_APP_SECRET", default="")}
PLATFORM_APPS = {
    "facebook": _META_APP,
    "instagram": _META_APP,
    "x": {"client_id": env.str("X_CLIENT_ID", default=""), "client_secret": env.str("X_CLIENT_SECRET", default="")},
    "youtube": {
        "client_id": env.str("GOOGLE_CLIENT_ID", default=""),
        "client_secret": env.str("GOOGLE_CLIENT_SECRET", default=""),
    },
}
X_TIER = env.str("X_TIER", default="self-serve")  # `self-serve` or `enterprise`: what the department pays X for
META_VERIFY_TOKEN = env.str("META_VERIFY_TOKEN", default="")  # agreed with Meta when the webhook is set up
X_CONSUMER_SECRET = env.str("X_CONSUMER_SECRET", default="")  # signs X's webhooks and answers its challenge
X_APP_TOKEN = env.str("X_APP_TOKEN", default="")  # the application's own Bearer Token: sets webhooks up at X
