"""Fetching from an address that somebody named, an avatar's or a link's: it may lead anywhere, so it is guarded.

Each hop's host is resolved once, every address of it must lie on the open Internet, and the connection goes to the very
address that was looked at: a name that answers differently the second time gains nothing. In the demonstration the
sandbox's own origin is admitted, and nothing else that is inside (ruling 31). No proxy is used, no cookie is sent.
"""

from __future__ import annotations

import re
import socket
import ssl
import time
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from typing import Any

import httpcore
import httpx
from django.conf import settings

from accounts.platforms.contract import Gone, PlatformError
from accounts.platforms.http import Transient

MOST_BYTES = 1_000_000
SECONDS = 10.0  # for all of it: every hop, however slowly an answer drips; a resolver has time limits of its own
A_STEP = 5.0  # seconds for one connection, one read
MOST_HOPS = 3
BEGINNING = 64_000  # bytes of a page in which its title stands
MOST_HOPS_OF_A_LINK = 6  # a shortener, the secure address, a campaign's counter, the page
PORTS = {"http": 80, "https": 443}
_REDIRECTS = {301, 302, 303, 307, 308}
_GONE = {403, 404, 410}  # a signed address that is too old is refused
_LONGEST_ADDRESS = 4_000
_HOST = re.compile(rb"[0-9A-Za-z._:-]+")

# What is reachable and all the same stands for another place: addresses that carry an IPv4 address, and documentation.
_DETOURS = (IPv6Network("2001::/32"), IPv6Network("2002::/16"), IPv6Network("3fff::/20"))
_NOT_OPEN_IPV4 = (IPv4Network("192.0.0.0/24"), IPv4Network("192.88.99.0/24"))
_OPEN_IPV6 = IPv6Network("2000::/3")


class Refused(PlatformError):
    """The address, or what came from it, is not what may be fetched. The sentence names neither."""

    permanent = True


def fetch(address: str, *, most: int = MOST_BYTES, seconds: float = SECONDS) -> bytes:
    """The bytes at an address of the web, at most `most` of them, within `seconds` in all.

    Raises Refused for an address that is no business of ours or an answer that is too long; Gone where nothing is (any
    more); Transient where another try may help.
    """
    deadline = time.monotonic() + seconds
    url = _checked(address)
    for _ in range(MOST_HOPS + 1):
        status, headers, body = _ask(url, most, deadline)
        if status not in _REDIRECTS:
            return _content(status, headers, body)
        url = _checked(_onward(url, headers))
    raise Refused(f"It leads on more than {MOST_HOPS} times.", code="redirects")


@dataclass(frozen=True, slots=True)
class Looked:
    """What stands at an address in the end: the answer's status, the address after all redirects, how it begins."""

    status: int
    address: str
    beginning: bytes


def look(address: str, *, most: int = BEGINNING, seconds: float = A_STEP) -> Looked:
    """What stands at an address, read no further than `most` bytes.

    Raises Refused for an address that is no business of ours, at any hop; Transient where nobody answers.
    """
    deadline = time.monotonic() + seconds
    url = _checked(address)
    for _ in range(MOST_HOPS_OF_A_LINK + 1):
        status, headers, body = _ask(url, most, deadline, cut=True)
        if status not in _REDIRECTS:
            return Looked(status, str(url), body)
        url = _checked(_onward(url, headers))
    raise Refused(f"It leads on more than {MOST_HOPS_OF_A_LINK} times.", code="redirects")


def fault_of(address: str) -> str:
    """Why an address is none that may be asked for, as far as it says itself; nothing is asked. Empty: it is one."""
    try:
        url = _checked(address)
    except Refused as refusal:
        return str(refusal)
    host = url.host.strip("[]")
    inside = host == "localhost" or ("." not in host and ":" not in host)
    if not _is_sandbox(url) and (inside or (_is_literal(host) and not is_open(host))):
        return "The host is not on the open Internet."
    return ""


def _is_literal(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True


def _content(status: int, headers: dict[str, str], body: bytes) -> bytes:
    if status == 200:
        if headers.get("content-encoding", "identity").lower() != "identity":
            raise Refused("It is packed, which was not asked for.", code="packed")
        return body
    if status in _GONE:
        raise Gone("It is not there (any more).", code=str(status))
    kind = Transient if status >= 500 or status in (408, 429) else Refused
    raise kind(f"The answer was {status}.", code=str(status))


def _onward(url: httpx.URL, headers: dict[str, str]) -> str:
    try:
        return str(url.join(headers.get("location", "")))
    except (httpx.InvalidURL, ValueError):
        raise Refused("It leads on to no address.", code="address") from None


# --- which addresses ------------------------------------------------------------------------------------------------


def _checked(address: str) -> httpx.URL:
    """The address as it will be asked for: of the web, on the web's ports, with nobody's name and password in it."""
    try:
        if len(address) > _LONGEST_ADDRESS:
            raise ValueError
        url = httpx.URL(address)
        port = url.port
    except (httpx.InvalidURL, ValueError, UnicodeError):
        raise Refused("This is no address of the web.", code="address") from None
    if url.scheme not in PORTS or url.userinfo or not _HOST.fullmatch(url.raw_host):
        raise Refused("This is no address of the web.", code="address")
    if not _is_sandbox(url) and (port or PORTS[url.scheme]) not in PORTS.values():
        raise Refused("This is not a port of the web.", code="port")
    return url


def _is_sandbox(url: httpx.URL) -> bool:
    """Whether it lies on the demonstration's sandbox: the same scheme, host and port, in the same spelling."""
    if not settings.SANDBOX_URL:
        return False
    sandbox = httpx.URL(settings.SANDBOX_URL)
    return (url.scheme, url.host, url.port) == (sandbox.scheme, sandbox.host, sandbox.port)


def is_open(address: str) -> bool:
    """Whether an IP address lies on the open Internet, as a person's avatar does."""
    try:
        ip = ip_address(address)
    except ValueError:  # also a zone ("%eth0")
        return False
    if isinstance(ip, IPv6Address):
        inner = ip.ipv4_mapped
        return _is_open_ipv4(inner) if inner else _is_open_ipv6(ip)
    return _is_open_ipv4(ip)


def _is_open_ipv4(ip: IPv4Address) -> bool:
    if any(ip in network for network in _NOT_OPEN_IPV4):
        return False
    return ip.is_global and not (ip.is_multicast or ip.is_reserved or ip.is_unspecified)


def _is_open_ipv6(ip: IPv6Address) -> bool:
    return ip in _OPEN_IPV6 and ip.is_global and not any(ip in network for network in _DETOURS)


# --- one request ----------------------------------------------------------------------------------------------------


def _ask(url: httpx.URL, most: int, deadline: float, *, cut: bool = False) -> tuple[int, dict[str, str], bytes]:
    """One request, no redirect followed. Gives the status, the headers and, of an answer of 200, the body.

    `cut`: what is longer than `most` is cut off, and no fault.
    """
    target = httpcore.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path)
    headers = [
        ("Host", url.netloc.decode("ascii")),
        ("Accept", "*/*" if cut else "image/*"),
        ("Accept-Encoding", "identity"),
        ("Connection", "close"),
        ("User-Agent", "social-media-unit"),
    ]
    step = {"connect": A_STEP, "read": A_STEP, "write": A_STEP, "pool": A_STEP}
    backend = _Guarded(deadline, admit_all=_is_sandbox(url))
    try:
        with (
            httpcore.ConnectionPool(ssl_context=_trust(), network_backend=backend) as pool,
            pool.stream("GET", target, headers=headers, extensions={"timeout": step}) as response,
        ):
            told = {n.decode("latin-1").lower(): v.decode("latin-1") for n, v in response.headers}
            read = response.iter_stream if response.status == 200 else tuple
            body = _beginning(read(), most) if cut else _read(read(), told if response.status == 200 else {}, most)
            return response.status, told, body
    except (
        httpcore.NetworkError,
        httpcore.TimeoutException,
        httpcore.ProtocolError,
        httpcore.UnsupportedProtocol,
        OSError,
    ) as error:
        raise Transient(f"It could not be fetched ({type(error).__name__}).", code="no-answer") from None


@cache
def _trust() -> ssl.SSLContext:
    return httpx.create_ssl_context(trust_env=False)


def _read(pieces: Iterable[bytes], headers: dict[str, str], most: int) -> bytes:
    said = headers.get("content-length", "")
    body = bytearray()
    if said.isdecimal() and len(said) < 19 and int(said) > most:
        raise Refused(f"It is longer than {most:,} bytes.", code="too-long")
    for piece in pieces:
        body += piece
        if len(body) > most:
            raise Refused(f"It is longer than {most:,} bytes.", code="too-long")
    return bytes(body)


def _beginning(pieces: Iterable[bytes], most: int) -> bytes:
    body = bytearray()
    for piece in pieces:
        body += piece
        if len(body) >= most:
            break
    return bytes(body[:most])


class _Guarded(httpcore.NetworkBackend):
    """Resolves a name itself and connects to what it found, if that is open; all within the deadline."""

    def __init__(self, deadline: float, *, admit_all: bool) -> None:
        self._deadline = deadline
        self._admit_all = admit_all
        self._inner = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        """To the first of the host's addresses that answers."""
        failed: Exception = httpcore.ConnectError("no address")
        for address in self._addresses(host, port):
            try:
                inner = self._inner.connect_tcp(address, port, _left(self._deadline, timeout))
                return _Timed(inner, self._deadline)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failed = error
        raise failed

    def _addresses(self, host: str, port: int) -> list[str]:
        """Every address of a host. Raises Refused as soon as one of them is not open: no choice is left to luck."""
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError, ValueError):
            raise Transient("The host has no address.", code="no-address") from None
        addresses = list(dict.fromkeys(str(each[4][0]) for each in found))
        if not self._admit_all and not all(map(is_open, addresses)):
            raise Refused("The host is not on the open Internet.", code="inside")
        return addresses


class _Timed(httpcore.NetworkStream):
    """A connection that ends at the deadline, however little comes at a time."""

    def __init__(self, inner: httpcore.NetworkStream, deadline: float) -> None:
        self._inner = inner
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """As it comes."""
        return self._inner.read(max_bytes, _left(self._deadline, timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """All of it."""
        self._inner.write(buffer, _left(self._deadline, timeout))

    def close(self) -> None:
        """At once."""
        self._inner.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        """With the name of the host, whose certificate is checked."""
        inner = self._inner.start_tls(ssl_context, server_hostname, _left(self._deadline, timeout))
        return _Timed(inner, self._deadline)

    def get_extra_info(self, info: str) -> Any:
        """What the connection knows of itself."""
        return self._inner.get_extra_info(info)


def _left(deadline: float, timeout: float | None) -> float:
    """Seconds that a step may take. Raises httpcore.ReadTimeout where none are left."""
    left = deadline - time.monotonic()
    if left <= 0:
        raise httpcore.ReadTimeout("the time is up")
    return min(left, A_STEP if timeout is None else timeout)
