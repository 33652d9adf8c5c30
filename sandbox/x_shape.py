"""How X writes a post and a user down: the asked fields, what they expand to, in the old spelling or the new."""

from typing import Any

from sandbox.store import Account, Item, Store
from sandbox.wire import Answer, Asked, RefusedError, spell_time, to_bytes, words
from sandbox.x_query import Found

SHORT = 280

# The new spelling has no `author_id` among its fields: there it comes with the expansion of that name.
NEW_FIELDS = words(
    """article article_title attachments card_uri community_id context_annotations conversation_id created_at
    display_text_range edit_controls entities geo id lang matched_media_notes media_metadata
    non_public_metrics note_post note_request_suggestions organic_metrics paid_partnership possibly_sensitive
    promoted_metrics public_metrics reply_settings scopes source suggested_source_links
    suggested_source_links_with_counts text withheld"""
)
OLD_FIELDS = words(
    """article attachments author_id card_uri community_id context_annotations conversation_id created_at
    display_text_range edit_controls edit_history_tweet_ids entities geo id in_reply_to_user_id lang
    media_metadata non_public_metrics note_tweet organic_metrics possibly_sensitive promoted_metrics
    public_metrics referenced_tweets reply_settings scopes source text username withheld"""
)
EXPANSIONS = words(
    """article.cover_media article.media_entities attachments.media_keys attachments.media_source_tweet
    attachments.poll_ids author_id edit_history_post_ids edit_history_tweet_ids entities.mentions.username
    geo.place_id in_reply_to_user_id referenced_posts referenced_tweets.id referenced_tweets.id.author_id
    username"""
)
USER_FIELDS = words(
    """affiliation confirmed_email connection_status created_at description entities id is_identity_verified
    location most_recent_tweet_id name parody pinned_tweet_id profile_banner_url profile_image_url protected
    public_metrics receives_your_dm subscribes_to_you subscription subscription_type url username verified
    verified_followers_count verified_type withheld"""
)
MEDIA_FIELDS = words(
    """alt_text duration_ms height media_key non_public_metrics organic_metrics preview_image_url
    promoted_metrics public_metrics type url variants width"""
)


def ok(body: object, status: int = 200) -> Answer:
    """A body as X sends it."""
    return Answer(status, to_bytes(body), {"content-type": "application/json; charset=utf-8"})


def problem(title: str, detail: str, status: int, kind: str, **more: object) -> Answer:
    """X's error body, a problem as the specification names it."""
    body = {"title": title, "detail": detail, "type": kind, "status": status, **more}
    return Answer(status, to_bytes(body), {"content-type": "application/problem+json"})


def refuse_value(name: str, value: str, said: str) -> RefusedError:
    """The refusal of a parameter: 400 with the parameter, its value and why."""
    kind = "https://api.x.com/2/problems/invalid-request"
    return RefusedError(problem("Invalid Request", said, 400, kind, parameter=name, value=value))


def missing(kind: str, parameter: str, named: str) -> dict[str, Any]:
    """The problem of a post or user that is not there, deleted or protected."""
    return {
        "value": named,
        "detail": f"Could not find {kind} with {parameter}: [{named}].",
        "title": "Not Found Error",
        "resource_type": kind,
        "parameter": parameter,
        "resource_id": named,
        "type": "https://api.x.com/2/problems/resource-not-found",
    }


def forbidden(detail: str) -> RefusedError:
    """A refusal with the reason in words only, as X refuses replies and hiding."""
    return RefusedError(problem("Forbidden", detail, 403, "about:blank"))


def unenrolled() -> RefusedError:
    """The refusal of a call that the tier does not hold."""
    said = "This request must be made using an approved developer account that is enrolled in the requested endpoint."
    kind = "https://api.x.com/2/problems/client-forbidden"
    more = {"reason": "client-not-enrolled", "required_enrollment": "Enterprise"}
    return RefusedError(problem("Client Forbidden", said, 403, kind, **more))


def not_found(kind: str, parameter: str, named: str) -> RefusedError:
    """The refusal of a call on what is not there."""
    gone = missing(kind, parameter, named)
    return RefusedError(problem(gone.pop("title"), gone.pop("detail"), 404, gone.pop("type"), **gone))


def check_id(given: str, name: str = "id") -> str:
    """The id itself, if it can be one; else raises X's refusal."""
    if not (given.isascii() and given.isdigit() and len(given) <= 19):
        raise refuse_value(name, given, f"The `{name}` query parameter value [{given}] does not match ^[0-9]{{1,19}}$")
    return given


def asked_names(asked: Asked, parameter: str, known: frozenset[str]) -> set[str]:
    """The comma separated names of a parameter; raises X's refusal for one that the specification does not list."""
    wanted = {name for name in asked.query.get(parameter, "").split(",") if name}
    for name in sorted(wanted - known):
        said = f"The `{parameter}` query parameter value [{name}] is not one of [{','.join(sorted(known))}]"
        raise refuse_value(parameter, name, said)
    return wanted


def handle_of(who: dict[str, Any] | None) -> str:
    """A user name; a person put in without one gets the name without its spaces."""
    if not who:
        return ""
    return str(who.get("handle") or "".join(str(who.get("name") or who.get("id")).split())).lstrip("@")


def shape_users(asked: Asked, people: list[dict[str, Any]], *, old: bool = False) -> list[dict[str, Any]]:
    """Users with id, name and username, and of the other fields those asked for that are known here."""
    wanted = asked_names(asked, "user.fields", USER_FIELDS)
    shown = []
    for who in people:
        person = str(who["id"])
        extra: dict[str, Any] = {
            "profile_image_url": f"{asked.origin}/media/avatars/{person}.png",
            "protected": False,
            "verified": False,
            "receives_your_dm": bool(who.get("receives_your_dm", True)),
            "description": str(who.get("description") or ""),
            "public_metrics": {
                "followers_count": int(who.get("followers") or 0),
                "following_count": 0,
                "tweet_count" if old else "post_count": int(who.get("posts") or 0),
                "listed_count": 0,
            },
        }
        if who.get("url"):
            short = f"https://t.co/{person[-10:]}"
            place = {"start": 0, "end": len(short), "url": short, "expanded_url": str(who["url"])}
            extra |= {"url": short, "entities": {"url": {"urls": [place]}}}
        user = {"id": person, "name": str(who.get("name") or ""), "username": handle_of(who)}
        shown.append(user | {name: value for name, value in extra.items() if name in wanted})
    return shown


class Shape:
    """Writes items for one request, in the spelling that the account is set to."""

    def __init__(self, store: Store, asked: Asked, account: Account) -> None:
        self.store, self.asked = store, asked
        self.fields = asked_names(asked, "tweet.fields", OLD_FIELDS) | asked_names(asked, "post.fields", NEW_FIELDS)
        self.expansions = asked_names(asked, "expansions", EXPANSIONS)
        self.media_fields = asked_names(asked, "media.fields", MEDIA_FIELDS)
        asked_names(asked, "user.fields", USER_FIELDS)
        self.old = account.data.get("spelling", "post") == "tweet"
        self.history = "edit_history_tweet_ids" if self.old else "edit_history_post_ids"
        self._authors: dict[str, dict[str, Any] | None] = {}

    def many(self, items: list[Item]) -> dict[str, Any]:
        """`data` and, where something was expanded, `includes`."""
        body: dict[str, Any] = {"data": [self.post(item) for item in items]}
        includes = self.includes(items)
        return body | ({"includes": includes} if includes else {})

    def found(self, item: Item) -> Found:
        """The item as the search language sees it."""
        to, by = self._parent_author(item), item.author
        return Found(item, item.conversation, handle_of(to), handle_of(by))

    def post(self, item: Item) -> dict[str, Any]:
        """One post. Beyond 280 characters the whole text stands in the note field only, for who asks for it."""
        short = item.text if len(item.text) <= SHORT else item.text[: SHORT - 1] + "…"
        if any("media_id" in one for one in item.attachments):  # what was published with files ends with their address
            short = f"{short} https://t.co/{item.id[-10:]}".strip()
        shown: dict[str, Any] = {"id": item.id, "text": short, self.history: [item.id]}
        wanted = self.fields | self.expansions
        extra = {
            "conversation_id": item.conversation,
            "created_at": spell_time(item.created_at, "x"),
            "author_id": None if item.author is None else str(item.author["id"]),
            "lang": "und",
            "possibly_sensitive": False,
            "reply_settings": "everyone",
        }
        shown |= {name: value for name, value in extra.items() if name in wanted and value is not None}
        if item.kind == "comment":
            shown |= self._reply_fields(item, wanted)
        if len(item.text) > SHORT and wanted & {"note_tweet", "note_post"}:
            shown["note_tweet" if self.old else "note_post"] = {"text": item.text}
        if self._media_of(item) and wanted & {"attachments", "attachments.media_keys"}:
            shown["attachments"] = {"media_keys": [media["media_key"] for media in self._media_of(item)]}
        if "public_metrics" in wanted:
            shown["public_metrics"] = self._metrics(item)
        return shown

    def _reply_fields(self, item: Item, wanted: set[str]) -> dict[str, Any]:
        shown: dict[str, Any] = {}
        if wanted & {"referenced_tweets", "referenced_tweets.id", "referenced_posts"}:
            name = "referenced_tweets" if self.old else "referenced_posts"
            shown[name] = [{"type": "replied_to", "id": item.parent or item.post}]
        to = self._parent_author(item)
        if to and "in_reply_to_user_id" in wanted:
            shown["in_reply_to_user_id"] = str(to["id"])
        return shown

    def _metrics(self, item: Item) -> dict[str, int]:
        replies = self.store.count("x", {"parent": item.id})
        if item.kind == "post":
            replies += self.store.count("x", {"post": item.id, "parent": None, "kind": "comment"})
        names = ("like_count", "quote_count", "bookmark_count", "impression_count")
        reposts = "retweet_count" if self.old else "repost_count"
        return {"reply_count": replies, reposts: 0, **dict.fromkeys(names, 0)}

    def _parent(self, item: Item) -> Item | None:
        above = item.parent or (item.post if item.kind == "comment" else None)
        return self.store.item("x", above, deleted=True) if above else None

    def _parent_author(self, item: Item) -> dict[str, Any] | None:
        above = item.parent or item.post
        if above is None or item.kind != "comment":
            return None
        if above not in self._authors:
            parent = self._parent(item)
            self._authors[above] = parent.author if parent else None
        return self._authors[above]

    def _media_of(self, item: Item) -> list[dict[str, Any]]:
        given = item.attachments or ([{"url": item.image}] if item.image else [])
        kinds = {"image": "photo", "gif": "animated_gif"}
        media = []
        for n, one in enumerate(given):
            kind = kinds.get(str(one.get("type", "photo")), str(one.get("type", "photo")))
            shown = {"media_key": f"3_{item.seq}{n:02d}", "type": kind, "url": str(one.get("url", ""))}
            media.append(shown | ({"alt_text": one["alt"]} if one.get("alt") else {}))
        return media

    def includes(self, items: list[Item]) -> dict[str, Any]:
        """What the expansions bring, each thing once."""
        people: list[dict[str, Any] | None] = []
        if "author_id" in self.expansions:
            people += [item.author for item in items]
        if "in_reply_to_user_id" in self.expansions:
            people += [self._parent_author(item) for item in items]
        brought: dict[str, Any] = {}
        users = {str(who["id"]): who for who in people if who}
        if users:
            brought["users"] = shape_users(self.asked, list(users.values()), old=self.old)
        if self.expansions & {"referenced_tweets.id", "referenced_posts"}:
            parents = {parent.id: parent for parent in map(self._parent, items) if parent and not parent.deleted}
            if parents:
                brought["tweets" if self.old else "posts"] = [self.post(parent) for parent in parents.values()]
        if "attachments.media_keys" in self.expansions:
            keep = {"media_key", "type"} | self.media_fields
            media = [{k: v for k, v in one.items() if k in keep} for item in items for one in self._media_of(item)]
            if media:
                brought["media"] = media
        return brought
