"""A town with an account on each platform, on a real sandbox; every request our clients send is held to the specs."""

from __future__ import annotations

import json
import os
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import httpx
import pytest
import stamina
import uvicorn

from accounts.platforms import client_for, http
from accounts.platforms.client import Client
from accounts.platforms.contract import Credentials, Limit, Page, Ref
from sandbox.app import create_app
from sandbox.wire import parse_multipart
from smu.stack.environment import any_port
from tests import conformance

PLATFORMS = ("facebook", "instagram", "x", "youtube")
ANN = {"id": "9001", "name": "Ann Example", "handle": "ann"}
_control = httpx.Client(trust_env=False)
_numbers = iter(range(1, 10_000))


@pytest.fixture(autouse=True)
def _no_waiting() -> Iterator[None]:
    """Retries happen, but without pauses between them."""
    with stamina.set_testing(True, attempts=http.TRIES, cap=True):
        yield


@pytest.fixture
def sandbox_address(tmp_path: Path) -> Iterator[str]:
    """A fresh sandbox, served over real HTTP by a thread of this process."""
    port = any_port()
    app = create_app(tmp_path / "state.sqlite3")
    server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=port, log_level="critical"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    until = time.monotonic() + 20
    while not server.started and time.monotonic() < until:
        time.sleep(0.005)
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join(10)
    app.store.close()


@dataclass
class Town:
    """Our account on one platform with one post, and what its client said and was told."""

    platform: str
    address: str
    account: str = ""
    post: str = ""
    tier: str = "enterprise"
    memory: dict[str, Any] = field(default_factory=dict)
    limits: list[Limit] = field(default_factory=list)
    renewed: list[Credentials] = field(default_factory=list)
    seen: set[bytes] = field(default_factory=set)

    def settle(self, **account: Any) -> Town:
        number = next(_numbers)
        self.account = {
            "facebook": f"19280000{number:06}",
            "instagram": f"178414000{number:08}",
            "x": f"22449{number:06}",
            "youtube": f"UC_town{number:017}",
        }[self.platform]
        self.handle = f"town{number}"
        secret = {"app_secret": "proof me"} if self.platform in ("facebook", "instagram") else {}
        self.secrets = {"access_token": f"token-{self.platform}-{number}", **secret}
        if self.platform in ("x", "youtube"):
            self.secrets |= {"refresh_token": f"refresh-{number}", "client_id": f"app{number}", "client_secret": "s"}
        order = {"handle": self.handle, "name": "Town Police", **self.secrets, "tier": self.tier, **account}
        self.control("PUT", f"/accounts/{self.platform}/{self.account}", order)
        self.post = self.say_as_us("Main Street is closed\nuntil noon")
        return self

    def control(self, method: str, path: str, order: Any = None) -> Any:
        content = None if order is None else json.dumps(order)  # escaped, so that a lone surrogate can be told
        answer = _control.request(method, f"{self.address}/_sandbox{path}", content=content)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def say_as_us(self, text: str, **more: Any) -> str:
        order = {"platform": self.platform, "account": self.account, "text": text, **more}
        return str(self.control("POST", "/posts", order)["id"])

    def say(self, text: str = "Thank you", **more: Any) -> str:
        order = {"platform": self.platform, "account": self.account, "post": self.post, "text": text, "author": ANN}
        return str(self.control("POST", "/comments", order | more)["id"])

    def edit(self, comment: str, text: str) -> None:
        self.control("PATCH", f"/comments/{self.platform}/{comment}", {"text": text})

    def delete(self, comment: str) -> None:
        self.control("DELETE", f"/comments/{self.platform}/{comment}")

    def truth(self, comment: str) -> Any:
        return self.control("GET", f"/truth/{self.platform}")[self.platform]["comments"][comment]

    def fault(self, call: str, fault: str, times: int = 1, **more: Any) -> None:
        self.control(
            "POST", "/faults", {"platform": self.platform, "call": call, "fault": fault, "times": times, **more}
        )

    def calls(self, call: str = "") -> list[Any]:
        made = self.control("GET", f"/calls?platform={self.platform}")
        listed = made["calls"] if isinstance(made, dict) else made
        return [one for one in listed if not call or one["call"] == call]

    def client(self, **changes: Any) -> Client:
        credentials = Credentials(**{"remote_id": self.account, "handle": self.handle, **self.secrets, **changes})
        return client_for(self.platform, credentials, limits=self.limits.append, renewed=self.renewed.append)

    def ref(self, comment: str, **more: str) -> Ref:
        return Ref(comment, post_remote_id=self.post, **more)

    def poll(self, *, whole: bool = False) -> list[Page]:
        """Poll as the task does: store each page, say what was fresh, go on."""
        pages = []
        for page in self.client().poll(self.memory, whole=whole):
            page.fresh = self._store(page)
            pages.append(page)
        json.dumps(self.memory)
        return pages

    def _store(self, page: Page) -> int:
        kept = [f"{c.remote_id}|{c.text}|{c.sight}".encode() for c in page.comments]
        fresh = [each for each in kept if each not in self.seen]
        self.seen |= set(kept)
        return len(fresh)


@pytest.fixture
def settle(sandbox_address: str, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Makes a town on a platform: `settle("x")`."""
    settings.META_GRAPH_BASE = f"{sandbox_address}/graph.facebook.com/v26.0"
    settings.X_BASE = f"{sandbox_address}/api.x.com"
    settings.X_AUTHORIZE_URL = f"{sandbox_address}/x.com/i/oauth2/authorize"
    settings.YOUTUBE_BASE = f"{sandbox_address}/youtube.googleapis.com/youtube/v3"
    settings.YOUTUBE_UPLOAD_BASE = f"{sandbox_address}/youtube.googleapis.com/upload/youtube/v3"
    settings.GOOGLE_TOKEN_URL = f"{sandbox_address}/oauth2.googleapis.com/token"
    settings.GOOGLE_REVOKE_URL = f"{sandbox_address}/oauth2.googleapis.com/revoke"
    settings.GOOGLE_AUTHORIZE_URL = f"{sandbox_address}/accounts.google.com/o/oauth2/v2/auth"
    http._clients.clear()
    monkeypatch.setitem(http._client().event_hooks, "request", [hold_to_specification])
    http._client().event_hooks = {"request": [hold_to_specification]}
    towns: list[Town] = []

    def make(platform: str, tier: str = "enterprise", **account: Any) -> Town:
        towns.append(Town(platform, sandbox_address, tier=tier).settle(**account))
        return towns[-1]

    yield make
    http._client().close()
    http._clients.clear()


def hold_to_specification(request: httpx.Request) -> None:
    """Fails the test when a request is not what the platform's own specification has."""
    path = urlsplit(str(request.url)).path
    query = dict(request.url.params)
    if "/rupload.facebook.com/" in path:  # bytes, of which no specification says anything
        return
    if "upload_id" in query:  # the same of YouTube
        return
    if "/api.x.com" in path:
        hold_x(request, path.split("/api.x.com")[1], query)
        return
    if "/graph.facebook.com/" in path:
        hold_meta(request, path.split("/v26.0/")[1], query)
        return
    body = request.content.decode()
    assert "token" not in str(request.url).replace("pageToken", "").replace("pagination_token", "").replace(
        "next_token", ""
    ).replace("/token", "")
    if not conformance.available() or "/oauth2.googleapis.com/" in path or path.endswith("/token"):
        return
    conformance.check_youtube_request(request.method, path, query, json.loads(body) if body else None)


def hold_meta(request: httpx.Request, path: str, query: dict[str, str]) -> None:
    """As above for Meta, whose lists say nothing of signing in, and where a file comes in a form."""
    if path.startswith(("me/", "oauth/", "debug_token")) or path.endswith("/subscriptions"):
        return
    assert "token" not in str(request.url)
    if not conformance.available():
        return
    request.read()
    kind, files = request.headers.get("content-type", ""), {}
    if kind.startswith("multipart/"):
        fields, files = parse_multipart(kind, request.content)
    else:
        fields = dict(parse_qsl(request.content.decode()))
    assert set(files) <= {"source", "video_file_chunk"}
    given = query | fields
    if node := _node(path, given.get("fields", "")):
        conformance.check_meta_request(node, request.method, given)


def hold_x(request: httpx.Request, path: str, query: dict[str, str]) -> None:
    """As above for X, where a piece of a file comes in a form."""
    named = str(request.url).replace("pagination_token", "").replace("next_token", "").replace("/oauth2/token", "")
    assert "token" not in named
    if not conformance.available() or path.startswith("/2/oauth2/") or "tweet.fields" in query:
        return  # of the old spelling the specification knows nothing
    request.read()
    content: Any = None
    form = request.headers.get("content-type", "").startswith("multipart/")
    if form:
        fields, files = parse_multipart(request.headers["content-type"], request.content)
        assert {file.name for file in files.values()} == {"piece"}
        content = {name: int(value) for name, value in fields.items()} | dict.fromkeys(files, "")
    elif request.content:
        content = json.loads(request.content)
    conformance.check_x_request(request.method, path, query, content, form=form)


_OWNERS = {
    **dict.fromkeys(
        (
            "visitor_posts",
            "tagged",
            "feed",
            "photos",
            "videos",
            "blocked",
            "published_posts",
            "conversations",
            "messages",
            "moderate_conversations",
            "subscribed_apps",
        ),
        "Page",
    ),
    **dict.fromkeys(("media", "media_publish", "content_publishing_limit", "mentions", "tags"), "IGUser"),
    "replies": "IGComment",
}


def _node(path: str, fields: str) -> str:
    """Which node or edge of Meta's field lists a request is for; the fields that it asks for tell nodes apart.

    Empty for what the lists do not have: a conversation, a message, a photo or video, a container of Instagram's.
    """
    name, _, edge = path.partition("/")
    if name.startswith(("t_", "m_", "122")) or "status_code" in fields:
        return ""
    if not edge and name.startswith("1928") and "_" not in name:
        return "Page"
    if not edge and name.startswith("178414000"):
        return "IGUser"
    instagram = "_" not in name and not name.startswith("1928")
    if edge:
        owner = _OWNERS.get(edge)
        return f"{owner or ('IGMedia' if instagram else 'PagePost' if name.startswith('1928') else 'Comment')}/{edge}"
    if "caption" in fields:
        return "IGMedia"
    if "full_picture" in fields:
        return "PagePost"
    if fields == "id,name,picture":
        return "Profile"
    return "IGComment" if instagram else "Comment"


@pytest.fixture
def answering(settings: Any) -> Iterator[Any]:
    """`answering(handler)`: gives the list of requests made. `handler(request)` is an exception to raise, or status,

    headers and body of an answer (bytes, or what is to be JSON).
    """
    settings.META_GRAPH_BASE = "https://meta.test/v26.0"
    settings.X_BASE = "https://x.test"
    settings.YOUTUBE_BASE = "https://youtube.test/youtube/v3"
    settings.YOUTUBE_UPLOAD_BASE = "https://youtube.test/upload/youtube/v3"
    settings.GOOGLE_TOKEN_URL = "https://google.test/token"
    settings.GOOGLE_REVOKE_URL = "https://google.test/revoke"
    made: list[httpx.Request] = []

    def answer_with(handler: Any) -> list[httpx.Request]:
        def handle(request: httpx.Request) -> httpx.Response:
            request.read()
            made.append(request)
            found = handler(request)
            if isinstance(found, Exception):
                raise found
            return found if isinstance(found, httpx.Response) else response(*found)

        http._clients[os.getpid()] = httpx.Client(transport=httpx.MockTransport(handle))
        return made

    yield answer_with
    http._clients.clear()


def response(status: int, headers: dict[str, str] | None = None, body: Any = b"") -> httpx.Response:
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    return httpx.Response(status, headers=headers or {}, stream=httpx.ByteStream(content))
