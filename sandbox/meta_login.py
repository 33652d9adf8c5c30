"""How an account is connected at Meta: the dialog, the exchange of its code, tokens that live longer, what they open.

The person who signs in has every Page and Instagram account that the control API put, but for a Page with other
`tasks` than all: there he may do only these. A token that was granted opens what its scopes name.
"""

import hmac
import secrets
import time
from typing import Any

from sandbox import authorizing, graph
from sandbox.authorizing import App, WrongCodeError
from sandbox.facebook_shape import picture_of
from sandbox.graph import Graph
from sandbox.store import Account, Store
from sandbox.wire import Answer, Asked, RefusedError

DIALOG = "/www.facebook.com/v26.0"
PERSON = "10158000000000001"  # who signs in
CODE_SECONDS = 600
SHORT_TOKEN_SECONDS = 5_400
LONG_TOKEN_SECONDS = 5_183_944
DATA_ACCESS_SECONDS = 90 * 86_400
TASKS = ("ADVERTISE", "ANALYZE", "CREATE_CONTENT", "MESSAGING", "MODERATE", "MANAGE")
# Which scope a granted token needs for a call; what is not named here needs none.
NEEDED = {
    "list_posts": "pages_read_engagement",
    "list_comments": "pages_read_user_content",
    "list_visitor_posts": "pages_read_user_content",
    "reply": "pages_manage_engagement",
    "hide": "pages_manage_engagement",
    "unhide": "pages_manage_engagement",
    "edit_comment": "pages_manage_engagement",
    "delete_comment": "pages_manage_engagement",
    "publish": "pages_manage_posts",
    "publish_photo": "pages_manage_posts",
    "publish_video": "pages_manage_posts",
    "edit_post": "pages_manage_posts",
    "delete_post": "pages_manage_posts",
    "message": "pages_messaging",
    "list_conversations": "pages_messaging",
    "list_messages": "pages_messaging",
    "subscribe": "pages_manage_metadata",
    "ban": "pages_manage_metadata",
}


OTHER_ADDRESS = (
    "Error validating verification code. Please make sure your redirect_uri is identical to the one you used in the "
    "OAuth dialog request"
)
REFUSALS = {
    "used": ("This authorization code has been used.", 36009),
    "expired": ("This authorization code has expired.", 36007),
    "redirect": (OTHER_ADDRESS, 36008),
}


# The dialog, in the person's browser: a host of its own


def identify(store: Store, asked: Asked) -> tuple[str, str]:
    """The dialog is one page for Facebook and Instagram."""
    return "facebook", "authorize" if asked.path == "/dialog/oauth" else ""


def answer(store: Store, asked: Asked, platform: str, call: str) -> Answer:
    """Sends the browser back at once, with a code or with the person's refusal; shows a page to who is not known."""
    query = asked.query
    app = registered(store, query.get("client_id", ""))
    if call != "authorize" or asked.method != "GET":
        return authorizing.error_page("This page is not available.", 404)
    if app is None:
        return authorizing.error_page("Invalid App ID: the provided app ID does not look like a valid app ID.")
    address = query.get("redirect_uri", "")
    if not app.may_return_to(address):
        return authorizing.error_page("URL blocked: this redirect failed because the redirect URI is not allowed.")
    if query.get("response_type", "code") != "code":
        return authorizing.error_page("Invalid parameter: response_type must be code.")
    consent = authorizing.consent_of(store, "facebook")
    if consent.deny:
        refused = {"error": "access_denied", "error_code": "200", "error_reason": "user_denied"}
        told = refused | {"error_description": "Permissions error"}
        return authorizing.send_back(address, **told, state=query.get("state"))
    scopes = [scope for scope in query.get("scope", "").replace(" ", ",").split(",") if scope]
    code = authorizing.give_code(store, "facebook", asked, scopes=["public_profile", *scopes], seconds=CODE_SECONDS)
    return authorizing.send_back(address, code=code, state=query.get("state"))


def registered(store: Store, client_id: str) -> App | None:
    """Facebook and Instagram share one app, under whichever of them it was registered."""
    return authorizing.app_of(store, "facebook", client_id) or authorizing.app_of(store, "instagram", client_id)


def fail(store: Store, asked: Asked, platform: str, fault: object) -> Answer:
    """The dialog's own way to fail."""
    return authorizing.error_page("Sorry, something went wrong.", 500)


# Tokens


def exchange(store: Store, asked: Asked) -> Answer:
    """A code, or a token that still lives, for a token; a token is exchanged for a long one of the same accounts."""
    given = {name: str(value) for name, value in (asked.query | asked.body).items()}
    if given.get("code"):
        return _from_code(store, given)
    if given.get("grant_type") == "client_credentials":
        app = _app(store, given)
        return graph.ok({"access_token": f"{app.client_id}|{app.client_secret}", "token_type": "bearer"})
    old = given.get("fb_exchange_token")
    if given.get("grant_type") != "fb_exchange_token" or not old:
        raise graph.refuse("Missing or invalid parameters: grant_type, fb_exchange_token", 100)
    return _longer(store, given, old)


def _app(store: Store, given: dict[str, str]) -> App:
    app = registered(store, given.get("client_id", ""))
    if app is None:
        raise graph.refuse("Error validating application. Cannot get application info due to a system error.", 101)
    if not app.knows(given.get("client_secret", "")):
        raise graph.refuse("Error validating client secret.", 1)
    return app


def _from_code(store: Store, given: dict[str, str]) -> Answer:
    app = _app(store, given)
    try:
        held = authorizing.take_code(
            store,
            "facebook",
            given["code"],
            client_id=app.client_id,
            redirect_uri=given.get("redirect_uri", ""),
            verifier=given.get("code_verifier"),
        )
    except WrongCodeError as wrong:
        said, subcode = REFUSALS.get(wrong.why, ("Invalid verification code format.", 36005))
        raise graph.refuse(said, 100, error_subcode=subcode) from None
    return _issue(store, app.client_id, held.scopes, SHORT_TOKEN_SECONDS)


def _issue(store: Store, client_id: str, scopes: tuple[str, ...], seconds: int) -> Answer:
    token = "EAA" + secrets.token_urlsafe(60)
    with store.together():
        store.add_token("facebook", PERSON, "user", token, time.time() + seconds)
        authorizing.grant(store, "facebook", token, client_id, scopes)
    return graph.ok({"access_token": token, "token_type": "bearer", "expires_in": seconds})


def _longer(store: Store, given: dict[str, str], old: str) -> Answer:
    if _ends(store, old) is not None:
        app = _app(store, given)
        signed_in(store, old)
        return _issue(store, app.client_id, authorizing.granted(store, old) or (), LONG_TOKEN_SECONDS)
    held = [account for account, expired in store.holders(old) if not expired]
    if not held:
        raise RefusedError(graph.expired_token())
    for account in held:
        secret = str(account.data.get("client_secret") or account.data.get("app_secret") or "")
        if secret and not hmac.compare_digest(secret.encode(), given.get("client_secret", "").encode()):
            raise graph.refuse("Error validating client secret.", 1)
    fresh = "EAA" + secrets.token_urlsafe(48)
    for account in held:
        store.add_token(account.platform, account.id, "access", fresh, time.time() + LONG_TOKEN_SECONDS)
    return graph.ok({"access_token": fresh, "token_type": "bearer", "expires_in": LONG_TOKEN_SECONDS})


def _ends(store: Store, token: str) -> float | None:
    """When a person's own token ends; None for what is none."""
    found = store.rows("SELECT expires_at FROM tokens WHERE token = ? AND use = 'user'", (token,))
    return float(found[0]["expires_at"]) if found else None


def signed_in(store: Store, token: str) -> None:
    """Raises Meta's refusal unless this is a living token of the person's own."""
    ends = _ends(store, token)
    if ends is None:
        raise graph.refuse("Invalid OAuth access token - Cannot parse access token", 190)
    if ends <= time.time():
        raise RefusedError(graph.expired_token())


def is_persons(store: Store, token: str) -> bool:
    """Whether a token is the person's own, not a Page's."""
    return _ends(store, token) is not None


def check_scope(store: Store, token: str, call: str) -> None:
    """Raises Meta's refusal where the token was granted without what the call needs."""
    held, needed = authorizing.granted(store, token), NEEDED.get(call)
    if held is not None and needed and needed not in held:
        said = f"(#200) If posting to a page, requires {needed} permission"
        raise graph.refuse(said if call.startswith("publish") else f"(#10) {needed} is required", 10, status=403)


# What the person's token opens


def list_accounts(store: Store, asked: Asked) -> Answer:
    """The Pages of the person, each with a token of its own where he has a task there."""
    token = graph.token_of(asked)
    signed_in(store, token)
    scopes = authorizing.granted(store, token) or ()
    pages = store.accounts("facebook") if "pages_show_list" in scopes else []
    asked_for = graph.parse_fields(asked.query.get("fields") or "id,name,access_token,tasks,category")
    limit, start = int(asked.query.get("limit", "25")), int(asked.query.get("after", "0"))
    shown = [_page(store, asked, page, token, asked_for) for page in pages[start : start + limit]]
    body: dict[str, Any] = {"data": shown}
    if shown:
        end = start + len(shown)
        body["paging"] = {"cursors": {"before": str(start), "after": str(end)}}
        if end < len(pages):
            body["paging"]["next"] = f"{asked.origin}{graph.PREFIX}/me/accounts?limit={limit}&after={end}"
    return graph.ok(body)


def _page(store: Store, asked: Asked, page: Account, token: str, wanted: tuple[graph.Field, ...]) -> dict[str, Any]:
    tasks = page.data.get("tasks", list(TASKS))
    whole: dict[str, Any] = {"id": page.id, "name": page.name, "tasks": tasks, "category": "Police Station"}
    names = {one.name: one for one in wanted}
    if "access_token" in names and tasks:
        whole["access_token"] = _page_token(store, page, token)
    if "picture" in names:
        whole["picture"] = picture_of(Graph(store, asked, page, token), page.id)
    gram = next((one for one in store.accounts("instagram") if one.data.get("page_id") == page.id), None)
    if gram and "instagram_business_account" in names:
        shown = {"id": gram.id, "username": gram.handle, "name": gram.name}
        whole["instagram_business_account"] = graph.pick(shown, names["instagram_business_account"])
    return {name: value for name, value in whole.items() if name in names or name == "id"}


def _page_token(store: Store, page: Account, token: str) -> str:
    """A Page's token lives without end where the person's own is a long one; it opens the linked Instagram too."""
    ends = _ends(store, token) or 0.0
    until = None if ends > time.time() + SHORT_TOKEN_SECONDS else ends
    made = "EAA" + secrets.token_urlsafe(60)
    linked = [gram for gram in store.accounts("instagram") if gram.data.get("page_id") == page.id]
    with store.together():
        client = store.rows("SELECT client_id FROM granted WHERE token = ?", (token,))[0]["client_id"]
        for account in (page, *linked):
            store.add_token(account.platform, account.id, "access", made, until)
        authorizing.grant(store, "facebook", made, client, authorizing.granted(store, token) or ())
    return made


def list_permissions(store: Store, asked: Asked) -> Answer:
    """What the person granted."""
    token = graph.token_of(asked)
    signed_in(store, token)
    held = authorizing.granted(store, token) or ()
    return graph.ok({"data": [{"permission": one, "status": "granted"} for one in held]})


def debug_token(store: Store, asked: Asked) -> Answer:
    """What a token is, asked with the app's own token or with the same token."""
    given, asking = str(asked.query.get("input_token", "")), graph.token_of(asked)
    client_id, _, secret = asking.partition("|")
    app = registered(store, client_id)
    if not (app and app.knows(secret)) and asking != given:
        raise graph.refuse("(#100) You must provide an app access token, or a user access token", 100)
    row = store.rows("SELECT * FROM tokens WHERE token = ? AND use IN ('access', 'user')", (given,))
    if not row:
        data: dict[str, Any] = {"error": {"code": 190, "message": "The access token could not be decrypted"}}
        return graph.ok({"data": data | {"is_valid": False, "scopes": []}})
    return graph.ok({"data": _facts(store, given, dict(row[0]), client_id if app else "")})


def _facts(store: Store, token: str, row: dict[str, Any], client_id: str) -> dict[str, Any]:
    found = store.rows("SELECT * FROM granted WHERE token = ?", (token,))
    since = float(found[0]["since"]) if found else time.time()
    ends = 0 if row["expires_at"] is None else int(row["expires_at"])
    account = store.account(row["platform"], row["account"])
    data_ends = int((account.data.get("data_access_expires_at") if account else 0) or since + DATA_ACCESS_SECONDS)
    facts: dict[str, Any] = {
        "app_id": str(found[0]["client_id"]) if found else client_id,
        "type": "USER" if row["use"] == "user" else "PAGE",
        "application": "Social media unit",
        "data_access_expires_at": data_ends,
        "expires_at": ends,
        "is_valid": not ends or ends > time.time(),
        "scopes": list(authorizing.granted(store, token) or ("pages_show_list",)),
        "user_id": PERSON,
    }
    if row["use"] != "user":
        facts["profile_id"] = str((account.data.get("page_id") if account else None) or row["account"])
    if not facts["is_valid"]:
        facts["error"] = {"code": 190, "subcode": 463, "message": "Session has expired."}
    return facts
