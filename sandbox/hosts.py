"""Which stand-in answers for which host; on our one origin a host is a path prefix."""

from typing import Protocol

from starlette.requests import Request

from sandbox import google, meta, meta_login, rupload, x, x_authorizing, youtube, youtube_uploads
from sandbox.orders import Fault
from sandbox.store import Store
from sandbox.wire import Answer, Asked, parse_body, parse_multipart, parse_query


class Host(Protocol):
    """What a platform's module has to offer."""

    def identify(self, store: Store, asked: Asked) -> tuple[str, str]:
        """The platform and the named call of a request."""
        ...

    def answer(self, store: Store, asked: Asked, platform: str, call: str) -> Answer:
        """The answer; raises RefusedError with the platform's own refusal."""
        ...

    def fail(self, store: Store, asked: Asked, platform: str, fault: Fault) -> Answer:
        """The platform's own way to fail, for 429, 500 and expired_token."""
        ...


HOSTS: dict[str, Host] = {
    meta.PREFIX: meta,
    meta_login.DIALOG: meta_login,
    rupload.PREFIX: rupload,
    x.PREFIX: x,
    x_authorizing.PREFIX: x_authorizing,
    youtube.PREFIX: youtube,
    youtube_uploads.PREFIX: youtube_uploads,
    google.CONSENT_HOST: google,
    google.TOKEN_HOST: google,
}


def host_of(path: str) -> tuple[str, Host] | None:
    """The prefix and module for a path, or None for a path that is no platform's."""
    for prefix, host in HOSTS.items():
        if path == prefix or path.startswith(prefix + "/"):
            return prefix, host
    return None


async def read(request: Request, prefix: str) -> Asked:
    """The request in the stand-ins' terms."""
    raw = await request.body()
    kind = request.headers.get("content-type", "")
    fields, files = parse_multipart(kind, raw)
    return Asked(
        method=request.method,
        path=request.scope["path"].removeprefix(prefix) or "/",
        query=parse_query(request.scope["query_string"]),
        body=fields or parse_body(kind, raw),
        headers=request.headers,
        origin=f"{request.url.scheme}://{request.url.netloc}",
        raw=raw,
        files=files,
    )
