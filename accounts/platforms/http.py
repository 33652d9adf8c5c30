"""The one layer that speaks HTTP: time limits, size limits, retries of reads, never of writes (facts.md 5).

A token travels in the Authorization header only, put there at the last moment, so that no address, exception or log
can hold it. Cookies are neither kept nor sent, redirects never followed.
"""

from __future__ import annotations

import hashlib
import json
import os
import threading
import time
import zlib
from collections.abc import Callable, Generator, Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from http.cookiejar import CookieJar, DefaultCookiePolicy
from typing import Any

import httpx
import stamina
from django.conf import settings

from accounts.platforms.contract import BadItem, Page, PlatformError, RateLimited, Uncertain, Unreadable
from accounts.platforms.counting import counting

CONNECT, READ = 5.0, 20.0  # seconds
# A write as a whole must end before an order's lease does, else another worker takes the order and does it too.
WRITE = httpx.Timeout(connect=CONNECT, read=18.0, write=2.0, pool=1.0)
LONGEST_READ = 60.0  # seconds for a whole answer, however slowly it drips
LONGEST_WRITE = 24.0  # seconds; the same reason
LONGEST_UPLOAD = 300.0  # seconds for one file or a piece of it: nothing stands before the post that names it
TRIES = 3
KEPT_OF_TOO_LONG = 64 * 1024
_PIECE = 64 * 1024
_LONGEST_PAUSE = timedelta(hours=24)
# Kept beside what was received, as evidence; none of them can hold a token or cookie.
_KEPT_HEADERS = frozenset(
    {
        "api-version",
        "content-encoding",
        "content-length",
        "content-type",
        "date",
        "etag",
        "facebook-api-version",
        "last-modified",
        "retry-after",
        "x-app-usage",
        "x-business-use-case-usage",
        "x-fb-debug",
        "x-fb-request-id",
        "x-fb-trace-id",
        "x-rate-limit-limit",
        "x-rate-limit-remaining",
        "x-rate-limit-reset",
        "x-request-id",
        "x-transaction-id",
    }
)
_STEERING_HEADERS = frozenset({"location", "range"})  # a place of upload is as good as a token
# Nothing was sent yet when one of these is raised.
_NOT_SENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.UnsupportedProtocol, httpx.ProxyError)


class Transient(PlatformError):
    """A read failed in a way that may pass by itself: the network, an answer of 500, a busy platform."""


class Bearer(httpx.Auth):
    """Puts the token on a request as it leaves. Its repr, and so every traceback with locals, shows nothing."""

    def __init__(self, token: str) -> None:
        self._token = token

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        """Sign the request as it leaves."""
        request.headers["Authorization"] = f"Bearer {self._token}"
        yield request

    def __repr__(self) -> str:
        return "Bearer(…)"


@dataclass(frozen=True, slots=True)
class Ask:
    """One request: `name` is the call as limits and pages name it. Content is a form, JSON or `raw` bytes.

    `files` go with a form, which is then multipart: each has a name, its bytes and its type.
    `patience`: seconds that a part of an upload may take, which is more than a write within an order's lease may.
    """

    name: str
    method: str
    url: str
    params: dict[str, str] | None = None
    form: dict[str, str] | None = None
    content: Any = None
    auth: httpx.Auth | None = None
    raw: bytes | Iterable[bytes] | None = None
    files: dict[str, tuple[str, bytes, str]] | None = None
    headers: dict[str, str] | None = field(default=None, repr=False)
    patience: float = 0

    @property
    def is_write(self) -> bool:
        """Whether it may change something, so that it must not be sent twice blindly."""
        return self.method != "GET"

    def __repr__(self) -> str:
        return f"Ask({self.name}: {self.method} {self.url})"


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back, whole."""

    ask: Ask
    status: int
    body: bytes
    headers: dict[str, str]  # those worth keeping
    received_at: datetime
    steering: dict[str, str] = field(default_factory=dict, repr=False)  # how an upload goes on; never kept

    def json(self) -> Any:
        """The body as JSON; None where it is none."""
        try:
            return json.loads(self.body)
        except (ValueError, RecursionError):
            return None

    def object(self) -> dict[str, Any]:
        """The body as a JSON object; empty where it is none."""
        found = self.json()
        return found if isinstance(found, dict) else {}


# Seconds that an idle connection is used again. Many servers close theirs after five: an act sent into that very
# moment would be lost, and its outcome not known.
KEPT = 3

_clients: dict[int, httpx.Client] = {}
_making = threading.Lock()


def _client() -> httpx.Client:
    """The process's own pool of connections: a forked worker must not share its parent's sockets."""
    with _making:
        if os.getpid() not in _clients:
            _clients.clear()
            _clients[os.getpid()] = _new_client()
        return _clients[os.getpid()]


def _new_client() -> httpx.Client:
    """A proxy of the environment is used for the outside, never for this machine."""
    return httpx.Client(
        timeout=httpx.Timeout(READ, connect=CONNECT),
        limits=httpx.Limits(max_connections=64, max_keepalive_connections=16, keepalive_expiry=KEPT),
        cookies=CookieJar(DefaultCookiePolicy(allowed_domains=[])),
        headers={"Accept-Encoding": "gzip, deflate", "User-Agent": "social-media-unit"},
        mounts={f"{scheme}://{host}": None for scheme in ("http", "https") for host in ("127.0.0.1", "localhost")},
    )


def send(ask: Ask, judge: Callable[[Answer], None]) -> Answer:
    """Send a request and judge its answer; `judge` raises the platform's error, Transient where a retry may help.

    Raises what `judge` raises; Uncertain for a write whose answer did not come; PlatformError where nothing was sent;
    Unreadable for an answer to a read that is too long or packed too strangely.
    """
    if ask.is_write:
        with counting(ask.name):
            answer = _once(ask)
            judge(answer)
        return answer
    for attempt in stamina.retry_context(on=Transient, attempts=TRIES, timeout=LONGEST_READ, wait_initial=0.3):
        with attempt, counting(ask.name, again=attempt.num > 1):
            answer = _once(ask)
            judge(answer)
    return answer


def _once(ask: Ask) -> Answer:
    deadline = time.monotonic() + (ask.patience or (LONGEST_WRITE if ask.is_write else LONGEST_READ))
    try:
        with _client().stream(
            ask.method,
            ask.url,
            params=ask.params,
            data=ask.form,
            json=ask.content,
            content=ask.raw,
            files=ask.files,
            headers=ask.headers,
            auth=ask.auth,
            timeout=_timeout(ask),
        ) as response:
            return _receive(ask, response, deadline)
    except _NOT_SENT:
        raise Transient("The platform could not be reached.", code="unreachable") from None
    except (httpx.HTTPError, httpx.InvalidURL, zlib.error, TimeoutError) as error:
        late = isinstance(error, httpx.TimeoutException | TimeoutError)
        said = "The platform did not answer in time." if late else "The platform's answer broke off."
        raise (Uncertain if ask.is_write else Transient)(said, code="no-answer") from None


def _timeout(ask: Ask) -> Any:
    if ask.patience:
        return httpx.Timeout(ask.patience, connect=CONNECT, pool=1.0)
    return WRITE if ask.is_write else httpx.USE_CLIENT_DEFAULT


def _receive(ask: Ask, response: httpx.Response, deadline: float) -> Answer:
    """Read the answer piece by piece. Unpacking is bounded too: a small answer may swell a thousandfold."""
    headers = {name.lower(): value[:2000] for name, value in response.headers.items() if name.lower() in _KEPT_HEADERS}
    received_at = datetime.now(UTC)
    packing = response.headers.get("content-encoding", "identity").strip().lower()
    if packing not in ("identity", "", "gzip", "deflate"):
        raise _unreadable(ask, f"The answer is packed as {packing[:40]}, which was not asked for.", b"", 0, headers)
    unpacker = zlib.decompressobj(wbits=47) if packing in ("gzip", "deflate") else None
    body = bytearray()
    for piece in response.iter_raw(_PIECE):
        if time.monotonic() > deadline:
            raise TimeoutError
        while piece:
            body += unpacker.decompress(piece, _PIECE) if unpacker else piece
            piece = unpacker.unconsumed_tail if unpacker else b""
            if len(body) > settings.LARGEST_BODY:
                size = max(len(body), int(headers.get("content-length", "0")) if not unpacker else 0)
                said = f"The answer is longer than {settings.LARGEST_BODY} bytes."
                raise _unreadable(ask, said, bytes(body[:KEPT_OF_TOO_LONG]), size, headers)
    if unpacker and not unpacker.eof and body:
        raise httpx.RemoteProtocolError("The packed answer breaks off.")
    steering = {name: response.headers[name] for name in _STEERING_HEADERS if name in response.headers}
    return Answer(ask, response.status_code, bytes(body), headers, received_at, steering)


def _unreadable(ask: Ask, said: str, kept: bytes, size: int, headers: dict[str, str]) -> PlatformError:
    if ask.is_write:
        return Uncertain(said, code="unreadable")
    page = Page(
        call=ask.name,
        digest=hashlib.sha256(kept).digest(),
        size=size,
        received_at=datetime.now(UTC),
        headers=headers,
        bad=[BadItem(kept, said)],
        body=kept,
    )
    return Unreadable(said, page)


# --- what all platforms answer alike --------------------------------------------------------------------------------


def judge_status(answer: Answer) -> None:
    """Raise for the statuses that mean the same everywhere; what a platform says itself is judged before this."""
    write, status = answer.ask.is_write, answer.status
    if status == 429:
        raise RateLimited("The platform asks for a pause.", until=pause_of(answer), code="429", call=answer.ask.name)
    if status >= 500 or status == 408:
        said = f"The platform answered {status}."
        raise (Uncertain if write else Transient)(said, code=str(status))
    if not 200 <= status < 300:
        raise PlatformError(f"The platform answered {status}.", code=str(status), permanent=400 <= status < 500)


def pause_of(answer: Answer, default: float = 60.0) -> datetime:
    """Until when an answer asks to wait, by Retry-After; at most a day."""
    asked = answer.headers.get("retry-after", "")
    if asked.isdecimal():
        return until(float(asked[:9]))
    try:
        when = parsedate_to_datetime(asked)
    except ValueError:
        return until(default)
    return until((when.replace(tzinfo=when.tzinfo or UTC) - datetime.now(UTC)).total_seconds())


def until(seconds: float) -> datetime:
    """The moment so many seconds from now: never in the past, at most a day ahead."""
    return datetime.now(UTC) + max(timedelta(seconds=1), min(timedelta(seconds=seconds), _LONGEST_PAUSE))
