"""An address that a platform named leads to the open web or nowhere, to a picture or nothing, and never for long."""

from __future__ import annotations

import io
import socket
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

import httpcore
import pytest
from PIL import Image, PngImagePlugin

from accounts.platforms.contract import Gone, PlatformError
from accounts.platforms.fetching import MOST_BYTES, Refused, fetch, is_open
from accounts.platforms.http import Transient
from accounts.platforms.pictures import SIDE, portrait
from smu.stack.environment import any_port

OPEN, OTHER_OPEN = "93.184.215.14", "2606:2800:21f:cb07:6820:80da:af6b:8b2c"


@pytest.fixture(autouse=True)
def no_sandbox(settings: Any) -> None:
    """As in production."""
    settings.SANDBOX_URL = ""


@pytest.fixture
def names(monkeypatch: pytest.MonkeyPatch) -> dict[str, list[list[str]]]:
    """What names resolve to, one list after another; `asked` counts. Real numbers resolve as themselves."""
    known: dict[str, list[list[str]]] = {}
    real = socket.getaddrinfo

    def resolve(host: str, port: int, *args: Any, **kwargs: Any) -> Any:
        if host not in known:
            return real(host, port, *args, **kwargs)
        found = known[host].pop(0)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port)) for address in found]

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    return known


@pytest.fixture
def connected(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, int]]:
    """Where connections were made to; none of them comes about."""
    made: list[tuple[str, int]] = []

    def refuse(self: object, host: str, port: int, *args: Any, **kwargs: Any) -> Any:
        made.append((host, port))
        raise httpcore.ConnectError("refused, by the test")

    monkeypatch.setattr(httpcore.SyncBackend, "connect_tcp", refuse)
    return made


INSIDE = [
    "127.0.0.1", "127.1", "127.0.1", "0x7f000001", "0x7f.1", "2130706433", "017700000001", "0177.0.0.1", "0.0.0.0", "0",
    "localhost", "LOCALHOST", "localhost.", "127.0.0.1.", "[::1]", "[::]", "[0:0:0:0:0:0:0:1]", "[::ffff:10.0.0.1]",
    "[::ffff:7f00:1]", "[::127.0.0.1]", "[64:ff9b::7f00:1]", "[64:ff9b::a00:1]", "[2002:7f00:1::]", "[2001:0:7f00:1::]",
    "[fe80::1]", "[fc00::1]", "[fd00::1]", "[fec0::1]", "[ff02::1]", "[2001:db8::1]", "10.0.0.1", "10.1", "172.16.0.1",
    "172.31.255.255", "192.168.1.1", "169.254.169.254", "0xa9fea9fe", "100.64.0.1", "192.0.0.8", "198.18.0.1",
    "192.0.2.1", "203.0.113.7", "224.0.0.1", "239.255.255.250", "240.0.0.1", "255.255.255.255",
    "１２７.0.0.1", "127。0。0。1", "①②⑦.0.0.1",
]  # fmt: skip


@pytest.mark.parametrize("host", INSIDE)
def test_an_address_that_points_inside_is_refused_in_every_spelling(host: str, connected: list[Any]) -> None:
    for scheme in ("http", "https"):
        with pytest.raises(PlatformError) as caught:
            fetch(f"{scheme}://{host}/avatar.png")
        # A spelling that this machine's resolver does not know leads nowhere, which is as good.
        assert isinstance(caught.value, Refused) or caught.value.code == "no-address"
    assert connected == []


@pytest.mark.parametrize("inside", ["10.0.0.1", "127.0.0.1", "169.254.169.254", "::1", "fd00::1", "::ffff:127.0.0.1"])
def test_a_name_that_resolves_inside_is_refused_also_where_only_one_of_its_addresses_does(
    inside: str, names: dict[str, list[list[str]]], connected: list[Any]
) -> None:
    names["cdn.example"] = [[inside], [OPEN, inside], [inside, OPEN]]
    for _ in range(3):
        with pytest.raises(Refused, match="open Internet"):
            fetch("https://cdn.example/avatar.png")
    assert connected == []


def test_a_name_is_asked_for_once_and_connected_to_as_it_was_looked_at(
    names: dict[str, list[list[str]]], connected: list[Any]
) -> None:
    names["rebinding.example"] = [[OPEN], ["127.0.0.1"]]
    with pytest.raises(Transient):
        fetch("https://rebinding.example/avatar.png")
    assert connected == [(OPEN, 443)]
    assert names["rebinding.example"] == [["127.0.0.1"]]


def test_each_open_address_of_a_name_is_tried(names: dict[str, list[list[str]]], connected: list[Any]) -> None:
    names["cdn.example"] = [[OTHER_OPEN, OPEN]]
    with pytest.raises(Transient):
        fetch("http://cdn.example/avatar.png")
    assert connected == [(OTHER_OPEN, 80), (OPEN, 80)]


@pytest.mark.parametrize(
    "address",
    [
        "", "avatar.png", "//cdn.example/a.png", "ftp://cdn.example/a", "file:///etc/passwd", "gopher://cdn.example/",
        "javascript:alert(1)", "data:image/png;base64,AAAA", "http://", "http:///a", "https://[", "https://[::1",
        "https://cdn.example:99999/", "https://cdn.example:8080/a", "http://cdn.example:22/", "https://cdn.example:-1/",
        "https://me:secret@cdn.example/", "https://cdn.example@127.0.0.1/", "https://cdn.ex\x00ample/", "http://a b/",
        "https://cdn.example/\x00", "https://cdn.example/\r\nHost: inside", "https://" + "a" * 5_000, "https://\ud800/",
        "http://cdn.example\\@127.0.0.1/",
    ],
)  # fmt: skip
def test_what_is_no_address_of_the_web_is_not_even_resolved(
    address: str, monkeypatch: pytest.MonkeyPatch, connected: list[Any]
) -> None:
    def never(*args: Any, **kwargs: Any) -> Any:
        raise AssertionError("resolved")

    monkeypatch.setattr(socket, "getaddrinfo", never)
    with pytest.raises(Refused) as caught:
        fetch(address)
    assert "secret" not in str(caught.value)
    assert connected == []


def test_what_is_open_is_open() -> None:
    assert all(map(is_open, ("8.8.8.8", OPEN, OTHER_OPEN, "2a00:1450:4001::", "::ffff:8.8.8.8")))
    assert not any(map(is_open, ("", "localhost", "fe80::1%eth0", "8.8.8", "1" * 50)))


# Over a real socket: the sandbox's origin is admitted, so that a server of the test's own can play it.


class Server:
    """Answers each connection with the bytes that `say` gives, a piece at a time."""

    def __init__(self, say: Callable[[bytes], Iterator[bytes]]) -> None:
        self.port = any_port()
        self.asked: list[bytes] = []
        self._say = say
        self._socket = socket.create_server(("127.0.0.1", self.port))
        threading.Thread(target=self._serve, daemon=True).start()

    @property
    def origin(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def _serve(self) -> None:
        while True:
            try:
                connection, _ = self._socket.accept()
            except OSError:
                return
            with connection:
                request = connection.recv(65_536)
                self.asked.append(request)
                try:
                    for piece in self._say(request):
                        connection.sendall(piece)
                except OSError:
                    continue

    def close(self) -> None:
        self._socket.shutdown(socket.SHUT_RDWR)  # who waits for a connection wakes
        self._socket.close()


@pytest.fixture
def serve(settings: Any) -> Iterator[Callable[..., Server]]:
    made: list[Server] = []

    def start(*pieces: bytes, say: Callable[[bytes], Iterator[bytes]] | None = None, admitted: bool = True) -> Server:
        made.append(Server(say or (lambda request: iter(pieces))))
        if admitted:
            settings.SANDBOX_URL = made[-1].origin
        return made[-1]

    yield start
    for server in made:
        server.close()


def ok(body: bytes, *headers: str) -> bytes:
    return "\r\n".join(["HTTP/1.1 200 OK", f"Content-Length: {len(body)}", *headers, "", ""]).encode() + body


def test_the_demonstrations_sandbox_is_admitted_and_nothing_beside_it(serve: Any, settings: Any) -> None:
    sandbox, beside = serve(ok(b"face")), serve(ok(b"inside"), admitted=False)
    assert fetch(f"{sandbox.origin}/media/avatars/1.png") == b"face"
    for address in (beside.origin, f"http://localhost:{sandbox.port}", f"https://127.0.0.1:{sandbox.port}"):
        with pytest.raises(Refused):
            fetch(f"{address}/a.png")
    settings.SANDBOX_URL = ""
    with pytest.raises(Refused):
        fetch(f"{sandbox.origin}/media/avatars/1.png")
    assert beside.asked == []


@pytest.mark.parametrize(
    "onward",
    [
        "http://127.0.0.1:{other}/",
        "http://10.0.0.1/",
        "file:///etc/passwd",
        "https://[::ffff:10.0.0.1]/",
        "http://[",
        "\\\\10.0.0.1\\a",
    ],
)
def test_a_redirect_inside_is_refused(onward: str, serve: Any) -> None:
    other = serve(ok(b"inside"))
    first = serve(f"HTTP/1.1 302 Found\r\nLocation: {onward.format(other=other.port)}\r\n\r\n".encode())
    with pytest.raises(PlatformError):
        fetch(f"{first.origin}/a.png")
    assert other.asked == []


def test_three_redirects_are_followed_and_no_more(serve: Any) -> None:
    def say(request: bytes) -> Iterator[bytes]:
        left = int(request.split()[1].strip(b"/"))
        yield f"HTTP/1.1 301 On\r\nLocation: /{left - 1}\r\nContent-Length: 0\r\n\r\n".encode() if left else ok(b"face")

    server = serve(say=say)
    assert fetch(f"{server.origin}/3") == b"face"
    with pytest.raises(Refused, match="more than 3"):
        fetch(f"{server.origin}/4")


@pytest.mark.parametrize(
    "pieces",
    [
        [ok(b"a" * (MOST_BYTES + 1))],
        [b"HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n"],
        [b"HTTP/1.1 200 OK\r\n\r\n", b"a" * (MOST_BYTES + 1)],
        [b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", *[b"40000\r\n" + b"a" * 0x40000 + b"\r\n"] * 9],
        [ok(b"a" * 10, "Content-Encoding: gzip")],
    ],
)
def test_what_is_too_long_or_packed_is_not_read(pieces: list[bytes], serve: Any) -> None:
    with pytest.raises(Refused):
        fetch(f"{serve(*pieces).origin}/a.png")


def test_a_whole_megabyte_is_read(serve: Any) -> None:
    assert len(fetch(f"{serve(ok(b'a' * MOST_BYTES)).origin}/a.png")) == MOST_BYTES


@pytest.mark.parametrize("drips", ["headers", "body", "nothing"])
def test_a_slow_drip_ends_in_time(drips: str, serve: Any) -> None:
    def say(request: bytes) -> Iterator[bytes]:
        if drips == "body":
            yield b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n"
        elif drips == "headers":
            yield b"HTTP/1.1 200 OK\r\nX-Slow: "
        while True:
            time.sleep(0.05)
            if drips != "nothing":
                yield b"a"
            elif time.monotonic() > started + 5:
                return

    server, started = serve(say=say), time.monotonic()
    with pytest.raises(Transient):
        fetch(f"{server.origin}/a.png", seconds=0.5)
    assert time.monotonic() - started < 2


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        (b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n", Gone),
        (b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n", Gone),
        (b"HTTP/1.1 503 Busy\r\nContent-Length: 0\r\n\r\n", Transient),
        (b"HTTP/1.1 418 Teapot\r\nContent-Length: 0\r\n\r\n", Refused),
        (b"", Transient),
        (b"\x00\x01\x02", Transient),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nshort", Transient),
        (b"HTTP/1.1 302 Found\r\nContent-Length: 0\r\n\r\n", Refused),
    ],
)
def test_what_else_may_be_answered(answer: bytes, error: type[PlatformError], serve: Any) -> None:
    with pytest.raises(error):
        fetch(f"{serve(answer).origin}/a.png")


def test_an_avatar_that_the_sandbox_names_comes_through_the_guard(settle: Any, settings: Any) -> None:
    town = settle("youtube")
    settings.SANDBOX_URL = town.address
    town.say()
    (comment,) = [comment for page in town.poll() for comment in page.comments]
    assert comment.author is not None
    with Image.open(io.BytesIO(portrait(fetch(comment.author.avatar_url)))) as made:
        assert made.size == (SIDE, SIDE)


def test_nothing_of_ours_is_told(serve: Any) -> None:
    server = serve(ok(b"face", "Set-Cookie: a=b"))
    fetch(f"{server.origin}/a.png?sig=1")
    fetch(f"{server.origin}/a.png?sig=1")
    assert server.asked[0].startswith(b"GET /a.png?sig=1 HTTP/1.1\r\n")
    assert all(b"uthorization" not in request and b"ookie" not in request for request in server.asked)


# Pictures


def picture(form: str = "PNG", size: tuple[int, int] = (300, 200), **more: Any) -> bytes:
    made = io.BytesIO()
    Image.new("RGB", size, (200, 30, 30)).save(made, form, **more)
    return made.getvalue()


@pytest.mark.parametrize("form", ["PNG", "JPEG", "WEBP", "GIF"])
def test_a_picture_is_painted_anew_small_and_square(form: str) -> None:
    with Image.open(io.BytesIO(portrait(picture(form)))) as made:
        assert (made.format, made.size) == ("WEBP", (SIDE, SIDE))


def test_nothing_hidden_in_the_file_comes_along() -> None:
    exif = Image.Exif()
    exif[0x010E] = "secret place"
    jpeg = picture("JPEG", exif=exif, comment=b"secret comment")
    text = PngImagePlugin.PngInfo()
    text.add_text("Comment", "secret text")
    for content in (jpeg, picture("PNG", pnginfo=text), picture() + b"<script>secret</script>"):
        assert b"secret" in content
        assert b"secret" not in portrait(content)
        with Image.open(io.BytesIO(portrait(content))) as made:
            assert not made.getexif()


@pytest.mark.parametrize(
    "content",
    [
        b"", b"\x00" * 100, b"<svg xmlns='http://www.w3.org/2000/svg'><script>1</script></svg>", b"<html><script>",
        b"%PDF-1.4", b"GIF89a", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff\xe0", b"RIFF\x00\x00\x00\x00WEBP", picture()[:60],
        picture("JPEG")[:300], picture("BMP"), picture("TIFF"), picture("ICO", size=(48, 48)), b"\xff" * 5_000,
    ],
)  # fmt: skip
def test_what_is_no_picture_is_refused_whatever_it_is_called(content: bytes) -> None:
    with pytest.raises(Refused):
        portrait(content)


def test_a_small_file_that_swells_is_refused() -> None:
    bomb = picture(size=(5_000, 5_000))
    assert len(bomb) < 200_000
    with pytest.raises(Refused, match="too large"):
        portrait(bomb)
