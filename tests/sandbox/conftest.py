"""A town with one account on each platform, and clients that hold every request and answer to the specifications."""

import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from socket import socket
from typing import Any

import httpx
import pytest
import uvicorn
from starlette.types import ASGIApp, Receive, Scope, Send

from sandbox.app import create_app
from sandbox.faults import Cuttable
from tests import conformance

PAGE, GRAM, BIRD, CHANNEL = "192800000000001", "17841400000000001", "2244994945", "UC_x5XG1OV2P6uZZ5FSM9Ttw"
ACCOUNTS = {"facebook": PAGE, "instagram": GRAM, "x": BIRD, "youtube": CHANNEL}
GRAPH = "/graph.facebook.com/v26.0"
X = "/api.x.com"
YOUTUBE = "/youtube.googleapis.com/youtube/v3"
ANN = {"id": "9001", "name": "Ann Example", "handle": "ann"}


class Town:
    """The sandbox with our four accounts and a post on each."""

    def __init__(self, client: httpx.Client) -> None:
        self.client = client
        self.posts: dict[str, str] = {}
        self.held_to_specification = conformance.available()

    def settle(self) -> "Town":
        for platform in ACCOUNTS:
            self.put_account(platform)
            order = {"platform": platform, "account": ACCOUNTS[platform], "text": "Main Street is closed\nuntil noon"}
            self.posts[platform] = self.control("POST", "/posts", order)["id"]
        return self

    def put_account(self, platform: str, **more: Any) -> None:
        account = {"handle": "townpolice", "name": "Town Police", "access_token": f"token-{platform}"}
        self.control("PUT", f"/accounts/{platform}/{ACCOUNTS[platform]}", account | more)

    def control(self, method: str, path: str, order: Any = None) -> Any:
        answer = self.client.request(method, f"/_sandbox{path}", json=order)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def say(self, platform: str, text: str = "Thank you", **more: Any) -> str:
        order = {"platform": platform, "account": ACCOUNTS[platform], "post": self.posts[platform], "text": text}
        return str(self.control("POST", "/comments", order | {"author": ANN} | more)["id"])

    def truth(self, platform: str) -> Any:
        return self.control("GET", f"/truth/{platform}")[platform]

    def fault(self, platform: str, call: str, fault: str, **more: Any) -> None:
        self.control("POST", "/faults", {"platform": platform, "call": call, "fault": fault, "times": 1} | more)

    def graph(
        self,
        method: str,
        node: str,
        path: str,
        params: dict[str, str] | None = None,
        *,
        token: str | None = "token-facebook",
    ) -> httpx.Response:
        """Asks Graph for a node ("Comment") or an edge ("PagePost/comments")."""
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        sent: dict[str, Any] = {"params": params} if method == "GET" else {"data": params}
        answer = self.client.request(method, f"{GRAPH}/{path}", headers=headers, **sent)
        if not self.held_to_specification:
            return answer
        if answer.status_code >= 400:
            conformance.check_meta_error(answer.status_code, answer.json())
            return answer
        conformance.check_meta_request(node, method, params)
        if method == "GET":
            name, _, edge = node.partition("/")
            returned = {"published_posts": "PagePost", "media": "IGMedia", "replies": "IGComment", "tags": "IGMedia"}
            comment = "IGComment" if name.startswith("IG") else "Comment"
            if edge:
                conformance.check_meta_list(returned.get(edge, comment), answer.json())
            else:
                conformance.check_meta(name, answer.json())
        return answer

    def gram(self, method: str, node: str, path: str, params: dict[str, str] | None = None) -> httpx.Response:
        return self.graph(method, node, path, params, token="token-instagram")

    def x(
        self, method: str, path: str, query: dict[str, str] | None = None, json: Any = None, *, spelling: str = "post"
    ) -> httpx.Response:
        """Asks X; only the new spelling is in its specification."""
        headers = {"Authorization": "Bearer token-x"}
        answer = self.client.request(method, X + path, headers=headers, params=query, json=json)
        if self.held_to_specification and spelling == "post":
            conformance.check_x(method, path, answer.status_code, answer.json())
            if answer.status_code < 400:
                conformance.check_x_request(method, path, query, json)
        return answer

    def youtube(self, method: str, path: str, query: dict[str, str] | None = None, json: Any = None) -> httpx.Response:
        headers = {"Authorization": "Bearer token-youtube"}
        answer = self.client.request(method, f"{YOUTUBE}/{path}", headers=headers, params=query, json=json)
        if self.held_to_specification:
            body = answer.json() if answer.content else None
            conformance.check_youtube(method, path, answer.status_code, body)
            if answer.status_code < 400:
                conformance.check_youtube_request(method, path, query, json)
        return answer

    def threads(self, **query: str) -> list[Any]:
        asked = {"part": "snippet,replies", "allThreadsRelatedToChannelId": CHANNEL, "textFormat": "plainText"}
        items = self.youtube("GET", "commentThreads", asked | query).json()["items"]
        assert isinstance(items, list)
        return items


class Stage:
    """One real server for all tests of a run; each test puts its own application, with its own state, behind it."""

    def __init__(self) -> None:
        self.app: ASGIApp | None = None
        self.port = free_port()
        config = uvicorn.Config(
            self, port=self.port, http=Cuttable, lifespan="off", log_level="warning", access_log=False
        )
        self.server = uvicorn.Server(config)
        self.thread = threading.Thread(target=self.server.run, daemon=True)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        assert self.app
        await self.app(scope, receive, send)

    def wait(self) -> None:
        self.thread.start()
        while not self.server.started:
            time.sleep(0.01)


def free_port() -> int:
    with socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@pytest.fixture(scope="session")
def stage() -> Iterator[Stage]:
    made = Stage()
    made.wait()
    yield made
    made.server.should_exit = True
    made.thread.join(5)


@pytest.fixture
def town(stage: Stage, tmp_path: Path) -> Iterator[Town]:
    """The sandbox on a state of this test's own, behind a real socket."""
    stage.app = create_app(tmp_path / "state.sqlite3")
    with httpx.Client(base_url=f"http://127.0.0.1:{stage.port}", timeout=30) as client:
        yield Town(client).settle()
    stage.app.store.close()


class Server:
    """The sandbox as a process of its own, as `make run` starts it."""

    def __init__(self, state: Path) -> None:
        self.state = state
        self.port = free_port()
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def origin(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> httpx.Client:
        command = [sys.executable, "-m", "sandbox", "--port", str(self.port), "--state", str(self.state)]
        self.process = subprocess.Popen(command, cwd=Path(__file__).parents[2])
        for _ in range(200):
            try:
                if httpx.get(f"{self.origin}/_sandbox/health").json() == {"ok": True}:
                    return httpx.Client(base_url=self.origin, timeout=10)
            except httpx.TransportError:
                time.sleep(0.05)
        raise TimeoutError("the sandbox did not come up")

    def kill(self) -> None:
        if self.process:
            self.process.kill()
            self.process.wait()


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    made = Server(tmp_path / "state.sqlite3")
    yield made
    made.kill()
