"""rupload.facebook.com: where the file of a video goes whose container waits for it, from where it broke off."""

from typing import Any

from sandbox import graph, uploads
from sandbox.instagram_publishing import find_container, is_video
from sandbox.orders import Fault
from sandbox.store import Store
from sandbox.uploads import Upload
from sandbox.wire import Answer, Asked, RefusedError, to_bytes, whole

PREFIX = "/rupload.facebook.com"
JSON = {"content-type": "application/json"}


def identify(store: Store, asked: Asked) -> tuple[str, str]:
    """The one call of this host."""
    return "instagram", "upload"


def answer(store: Store, asked: Asked, platform: str, call: str) -> Answer:
    """Takes in what came; complains where that was not the rest of the file."""
    container = find_container(store, asked.path.rpartition("/")[2])
    if asked.method != "POST" or container is None or container.sha256:
        raise _refused("InvalidRequestError", "There is no upload session of this id")
    _authenticate(store, asked, container)
    offset, size = (whole(asked.headers.get(name), -1) for name in ("offset", "file_size"))
    if offset is None or size is None or offset < 0 or size < 1 or offset != container.size:
        raise _refused("OffsetInvalidError", f"Request starting offset is invalid; {container.size} bytes came so far")
    if asked.raw:
        container = uploads.append(store, container, offset, asked.raw)
    if container.size != size:
        raise _refused("PartialRequestError", "Partial request (did not match length of file)", retriable=True)
    first = store.rows(
        "SELECT substr(bytes, 1, 12) AS head FROM pieces WHERE upload = ? AND start = 0", (container.id,)
    )
    fault = 0 if first and is_video(bytes(first[0]["head"])) else 2207026
    uploads.finish(store, container, error=fault)
    return Answer(200, to_bytes({"success": True, "message": "Upload successful."}), dict(JSON))


def _authenticate(store: Store, asked: Asked, container: Upload) -> None:
    scheme, _, token = asked.headers.get("authorization", "").partition(" ")
    held = store.holders(token.strip()) if scheme == "OAuth" else []
    if not any(one.id == container.account and not expired for one, expired in held):
        raise _refused("NotAuthorizedError", "User was not logged in", status=401)


def _refused(kind: str, said: str, *, status: int = 400, retriable: bool = False) -> RefusedError:
    body: dict[str, Any] = {"debug_info": {"retriable": retriable, "type": kind, "message": said}}
    return RefusedError(Answer(status, to_bytes(body), dict(JSON)))


def fail(store: Store, asked: Asked, platform: str, fault: Fault) -> Answer:
    """As Graph fails."""
    if fault.fault == "expired_token":
        return graph.expired_token()
    return graph.error("An unknown error has occurred.", 2, status=429 if fault.fault == "429" else 500)
