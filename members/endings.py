"""Where a picture ends in its file, by its own word. What stands behind that is something else.

Nothing here opens the picture: bytes are counted, so that a stranger's file can be judged before a codec sees it.
"""

from __future__ import annotations


def end_of(kind: str, given: bytes) -> int:
    """Where the PNG, JPEG, WEBP ends. Raises ValueError where it does not end."""
    return {"PNG": _end_of_png, "JPEG": _end_of_jpeg, "WEBP": _end_of_webp}[kind](given)


def _end_of_png(given: bytes) -> int:
    place = 8
    while place + 12 <= len(given):
        length = int.from_bytes(given[place : place + 4], "big")
        kind = given[place + 4 : place + 8]
        place += 12 + length
        if kind == b"IEND":
            return place
    raise ValueError("no end")


def _end_of_webp(given: bytes) -> int:
    length = int.from_bytes(given[4:8], "little")
    return 8 + length + length % 2


def _end_of_jpeg(given: bytes) -> int:
    """Segments say how long they are; only in the pixels after a start of scan must the next marker be looked for."""
    place = 2
    while place + 4 <= len(given) and given[place] == 0xFF:
        marker = given[place + 1]
        if marker == 0xD9:
            return place + 2
        if marker == 0xFF:  # a filling byte
            place += 1
            continue
        place += 2 + int.from_bytes(given[place + 2 : place + 4], "big")
        if marker == 0xDA:
            place = _after_the_scan(given, place)
    if given[place : place + 2] == b"\xff\xd9":
        return place + 2
    raise ValueError("no end")


def _after_the_scan(given: bytes, place: int) -> int:
    """The next marker that is neither a restart nor a byte of the pixels."""
    while (place := given.find(b"\xff", place)) >= 0 and place + 1 < len(given):
        follower = given[place + 1]
        if follower != 0 and not 0xD0 <= follower <= 0xD7:
            return place
        place += 2
    raise ValueError("no end")
