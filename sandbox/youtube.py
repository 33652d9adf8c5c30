"""youtube.googleapis.com: which call a request is, its units, and who may ask."""

from collections.abc import Callable

from sandbox import youtube_comments, youtube_videos
from sandbox.orders import Fault
from sandbox.store import Account, Store
from sandbox.wire import Answer, Asked
from sandbox.youtube_access import signed_in, spend, unauthorized
from sandbox.youtube_shape import error, parts, refuse

PREFIX = "/youtube.googleapis.com/youtube/v3"
# The names that our own client calls them by; where one path has several, `identify` looks further.
CALLS = {
    ("GET", "channels"): "get_author",
    ("GET", "playlistItems"): "list_posts",
    ("GET", "videos"): "get_post",
    ("PUT", "videos"): "edit_post",
    ("DELETE", "videos"): "delete_post",
    ("GET", "commentThreads"): "list_comments",
    ("POST", "commentThreads"): "comment",
    ("GET", "comments"): "list_replies",
    ("POST", "comments"): "reply",
    ("PUT", "comments"): "edit_own",
    ("DELETE", "comments"): "delete_own",
    ("POST", "comments/setModerationStatus"): "hide",
}


def identify(store: Store, asked: Asked) -> tuple[str, str]:
    """The named call of a request; the call is empty when it is none that is served."""
    path = asked.path.strip("/")
    call = CALLS.get((asked.method, path), "")
    if call in ("list_comments", "list_replies") and asked.query.get("id"):
        call = "get_comment"
    elif call == "get_author" and "statistics" in asked.query.get("part", ""):
        call = "counts"
    elif call == "hide":
        status = asked.query.get("moderationStatus", "")
        call = {"published": "unhide", "rejected": "delete"}.get(status, "hide")
        if asked.query.get("banAuthor") == "true":
            call = "ban"
    return "youtube", call


HANDLERS: dict[tuple[str, str], Callable[[Store, Asked, Account], Answer]] = {
    ("GET", "channels"): youtube_videos.list_channels,
    ("GET", "playlistItems"): youtube_videos.list_uploads,
    ("GET", "videos"): youtube_videos.list_videos,
    ("PUT", "videos"): youtube_videos.update,
    ("DELETE", "videos"): youtube_videos.delete,
    ("GET", "commentThreads"): youtube_comments.list_threads,
    ("POST", "commentThreads"): youtube_comments.begin_thread,
    ("GET", "comments"): youtube_comments.list_comments,
    ("POST", "comments"): youtube_comments.reply,
    ("PUT", "comments"): youtube_comments.edit,
    ("DELETE", "comments"): youtube_comments.delete,
    ("POST", "comments/setModerationStatus"): youtube_comments.moderate,
}
WITHOUT_PARTS = (youtube_comments.moderate, youtube_comments.delete, youtube_videos.delete)


def answer(store: Store, asked: Asked, platform: str, call: str) -> Answer:
    """Carries a request out; raises RefusedError with Google's own error. Even a refused request costs its units."""
    account = signed_in(store, asked)
    handler = HANDLERS.get((asked.method, asked.path.strip("/")))
    if handler is None:
        raise refuse(404, "notFound", "Not Found", domain="global")
    spend(store, asked, account, call)
    if handler not in WITHOUT_PARTS:
        parts(asked)
    return handler(store, asked, account)


def fail(store: Store, asked: Asked, platform: str, fault: Fault) -> Answer:
    """Google's own way to fail, for a fault ordered as 429, 500 or expired_token."""
    if fault.fault == "expired_token":
        return unauthorized()
    if fault.fault == "500":
        return error(500, "backendError", "Backend Error", domain="global")
    limited = error(429, "rateLimitExceeded", "Rate Limit Exceeded", domain="usageLimits")
    limited.headers["retry-after"] = str(fault.reset or 60)
    return limited
