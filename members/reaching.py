"""Reaching a member outside the product: by an address of his own, through Apprise or as an e-mail of the unit's.

He may name only services of `settings.NOTIFICATION_SERVICES`. Whatever a service's client does, it connects to public
addresses alone: a member's address must not become a way into the agency's own network.
"""

from __future__ import annotations

import ipaddress
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from members import mail
from members.mail import Undelivered
from members.states import Invalid

LONGEST = 500  # characters of an address
ASSET: dict[str, Any] = {
    "app_id": "Social Media Unit",
    "app_desc": "Social Media Unit",
    "app_url": "",
    "async_mode": False,
    "storage_mode": "memory",
    "allow_templates": False,
    "http_redirects": False,
    "pgp_autogen": False,
    "pem_autogen": False,
    "plugin_paths": [],
}


def check(address: str) -> None:
    """Raises Invalid unless `address` is an e-mail address, or that of one receiver at a service members may use."""
    if not _is_email(address):
        _service(address)


def post(address: str, title: str, body: str) -> None:
    """Send one message there, now. Raises Undelivered, with a reason of ours: Apprise's may hold the address."""
    if _is_email(address):
        mail.post(address, title, "plain", {"body": body})
        return
    try:
        service = _service(address)
    except Invalid as error:
        raise Undelivered(str(error), lasting=True) from None
    with outside_only() as guard:
        try:
            taken = service.notify(title=title, body=body)
        except Exception as error:  # noqa: BLE001  (some hundred clients of others)
            raise Undelivered(f"the service's client broke off ({type(error).__name__})") from None
    if guard.refused:
        raise Undelivered("the address leads into the agency's own network", lasting=True)
    if not taken:
        raise Undelivered("the service could not be reached, or refused the message")


def masked(address: str) -> str:
    """What its member sees of it afterwards: enough to know it again, nothing that opens anything."""
    if _is_email(address):
        name, _, host = address.rpartition("@")
        return f"{name[:1]}…@{host}"[:60]
    schema, _, rest = address.partition("://")
    return f"{schema}://…{rest.rstrip('/')[-3:]}"[:60]


def _is_email(address: str) -> bool:
    try:
        validate_email(address)
    except ValidationError:
        return False
    return True


def _service(address: str) -> Any:
    """Apprise's client for `address`. Raises Invalid.

    A query is refused: by it an address could wait for hours, leave certificates unchecked, call a failure a success,
    or send a file of this machine as a template.
    """
    allowed = settings.NOTIFICATION_SERVICES
    schema = address.partition("://")[0].lower()
    if len(address) > LONGEST or schema not in allowed:
        raise Invalid(
            "This is neither an e-mail address nor that of a service which may be used here. It begins with one of: "
            f"{', '.join(f'{one}://' for one in allowed)}.",
            field="address",
        )
    if "?" in address:
        raise Invalid("Leave the address without its options: everything from the question mark on.", field="address")
    import apprise  # with all that it brings: only whoever adds an address needs it, and the worker that sends

    service = apprise.Apprise.instantiate(address, asset=apprise.AppriseAsset(**ASSET))
    if service is None or schema not in _schemas(service):
        raise Invalid(f"An address of {schema} is not written like this: see the list of services below.", "address")
    if len(service) != 1:
        raise Invalid("The address must name one receiver: yourself.", field="address")
    return service


def _schemas(service: Any) -> set[str]:
    """By which words an address of this client may begin."""
    found: set[str] = set()
    for one in (service.protocol, service.secure_protocol):
        found |= {one} if isinstance(one, str) else set(one or ())
    return found


class Guard(threading.local):
    """Of the thread at hand: whether it may connect to public addresses only, and whether it tried another."""

    on = False
    refused = False


_guard = Guard()
_hooked = threading.Lock()


@contextmanager
def outside_only() -> Iterator[Guard]:
    """Within, this thread connects to public addresses and to `settings.NOTIFICATION_INSIDE`; else OSError.

    Judged is where the connection goes in the end, whatever a name resolved to a moment ago. Python announces every
    connection to its audit hooks, so this holds for each of the clients alike. A hook cannot be taken off again.
    """
    if _hooked.acquire(blocking=False):  # once in the life of a process
        sys.addaudithook(_announced)
    _guard.on, _guard.refused = True, False
    try:
        yield _guard
    finally:
        _guard.on = False


def _announced(event: str, words: tuple[Any, ...]) -> None:
    if event in {"socket.connect", "socket.sendto", "socket.sendmsg"} and _guard.on and not _is_admitted(words[1]):
        _guard.refused = True
        raise PermissionError("only public addresses")


def _is_admitted(address: Any) -> bool:
    """Whether a socket's address is public, or of a network that the agency admits; a path or a name is neither."""
    try:
        found = ipaddress.ip_address(address[0])
    except (ValueError, TypeError, IndexError):
        return False
    found = getattr(found, "ipv4_mapped", None) or found
    if any(found in ipaddress.ip_network(one) for one in settings.NOTIFICATION_INSIDE):
        return True
    return found.is_global and not found.is_multicast
