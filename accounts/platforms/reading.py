"""Cuts a JSON body into pieces that keep their own bytes and place, so that one bad piece costs only itself (idea 7).

The text is decoded with `surrogateescape`: bytes that are no UTF-8 travel through and come out again as they were.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from itertools import islice
from typing import Any

from accounts.platforms.contract import BadItem

CUT = "The body ends in the middle of this."
TWICE = "A later value of the same name stands behind this one and holds."
NOT_JSON = "This is not valid JSON."
DEEPEST = 20  # levels mended; what lies deeper is set aside as it is
MOST_MENDED = 1000  # pieces; a body with more of them broken is not mended further

_string = json.decoder.scanstring  # type: ignore[attr-defined]
_STRICT = False  # control characters may stand in a text as they are: we keep what came
_space = re.compile(r"[ \t\n\r]*").match
_brackets = re.compile(r'"(?:[^"\\]|\\.)*"|[{}\[\]]', re.DOTALL)
_bare_brackets = re.compile(r"[{}\[\]]")
_after_value = re.compile(r"[,\]}]")
_next_object = re.compile(r"\}(?=\s*,\s*\{)")
_OPENER = {"}": "{", "]": "["}
_CLOSER = {"{": "}", "[": "]"}
_FAILED = (StopIteration, ValueError, RecursionError)


class Node:
    """A value of the body with its place. `reason` says why it could not be read; then `value` holds what could."""

    __slots__ = ("document", "end", "held", "listed", "reason", "start", "value")

    def __init__(self, document: Document, start: int, end: int, value: Any, reason: str = "") -> None:
        self.document = document
        self.start = start
        self.end = end
        self.value = value
        self.reason = reason
        self.held: dict[str, Node] | None = None  # the members of an object, once it was opened
        self.listed: list[Node] | None = None  # the elements of an array, once it was opened

    @property
    def raw(self) -> bytes:
        """The bytes as they were received."""
        return self.document.bytes_of(self.start, self.end)

    @property
    def offset(self) -> int:
        """Where the bytes stand in the body."""
        return self.document.offset_of(self.start)

    def get(self, key: str) -> Node | None:
        """The member of an object; None where there is none, or this is no object."""
        return self.members().get(key) if isinstance(self.value, dict) and key in self.value else None

    def members(self) -> dict[str, Node]:
        """The members of an object; none where this is no object."""
        if self.held is None and isinstance(self.value, dict):
            self.document.open(self, 0)
        return self.held or {}

    def elements(self) -> list[Node]:
        """The elements of an array; none where this is no array."""
        if self.listed is None and isinstance(self.value, list):
            self.document.open(self, 0)
        return self.listed or []

    def broken(self) -> Iterator[Node]:
        """The outermost elements of arrays in here that could not be read."""
        for part in self.listed or ():
            if part.reason:
                yield part
            else:
                yield from part.broken()
        for part in (self.held or {}).values():
            yield from part.broken()


class Document:
    """One body. `root` is None where it holds no JSON at all; `bad` lists the pieces that could not be read."""

    def __init__(self, body: bytes) -> None:
        self.body = body
        self.shift = 3 if body.startswith(b"\xef\xbb\xbf") else 0
        self.text = body[self.shift :].decode("utf-8", "surrogateescape")
        self.ascii = self.text.isascii()
        self._known = (0, self.shift)  # a place in the text and its place in the body
        self._budget = 4 * len(self.text) + 10_000  # characters that looking for ends may still cost
        self._mended = 0
        self._repeats = False  # whether what was scanned last holds a name twice in an object
        self._scan = json.JSONDecoder(strict=False, object_pairs_hook=self._object).scan_once  # type: ignore[attr-defined]
        self._replaced: list[BadItem] = []  # values behind which another one of the same name stood
        self.root = self._read_root()
        # Whether all of it is sound JSON, but for elements of arrays.
        self.whole = bool(self.root and not self.root.reason and self._skip(self.root.end) >= len(self.text))

    @property
    def bad(self) -> list[BadItem]:
        """What could not be read so far: what is opened later may turn out to be broken later."""
        if self.root is None:
            return []
        broken = [BadItem(node.raw, node.reason, node.offset) for node in self.root.broken()]
        return (broken or self._rest(self.root)) + self._replaced

    # --- places ----------------------------------------------------------------------------------------------------

    def bytes_of(self, start: int, end: int) -> bytes:
        """The bytes between two places of the text."""
        if self.ascii:
            return self.body[start + self.shift : end + self.shift]
        return self.text[start:end].encode("utf-8", "surrogateescape")

    def offset_of(self, place: int) -> int:
        """The place in the body of a place in the text. Counts from the last one asked for, so going along is cheap."""
        if self.ascii:
            return place + self.shift
        known, offset = self._known
        if place >= known:
            offset += len(self.bytes_of(known, place))
        else:
            offset -= len(self.bytes_of(place, known))
        self._known = (place, offset)
        return offset

    def _skip(self, place: int) -> int:
        return _space(self.text, place).end()  # type: ignore[union-attr]  # the pattern matches everywhere

    # --- reading ---------------------------------------------------------------------------------------------------

    def _read_root(self) -> Node | None:
        start = self._skip(0)
        if self.text[start : start + 1] in ("{", "["):
            root = Node(self, start, start, {} if self.text[start] == "{" else [])
            self.open(root, 0)
            return root if root.held or root.listed or not root.reason else None
        try:
            value, end = self._scan(self.text, start)
        except _FAILED:
            return None
        return Node(self, start, end, value)

    def _rest(self, root: Node) -> list[BadItem]:
        """Why the body is not whole, where no piece of it is set aside for that already."""
        if self.whole:
            return []
        behind = (self._skip(root.end), "This stands behind the end of the JSON.")
        start, reason = (root.start, root.reason) if root.reason else behind
        return [BadItem(self.bytes_of(start, len(self.text)), reason, self.offset_of(start))]

    def _object(self, pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        """An object as it is scanned. JSON keeps the last of two values of a name, so that is noted."""
        made = dict(pairs)
        if len(made) != len(pairs):
            self._repeats = True
        return made

    def open(self, node: Node, depth: int) -> None:
        """Fills in the parts of an object or array, its end, and the reason where it is broken itself."""
        if self.text[node.start] == "{":
            node.held, node.end, node.reason = self._members(node.start, depth)
            node.value = {key: part.value for key, part in node.held.items()}
        else:
            node.listed, node.end, node.reason = self._elements(node.start, depth)
            node.value = [part.value for part in node.listed]

    def _value(self, place: int, depth: int, closer: str) -> Node:
        """The value at `place`: read at once where it is sound, else mended as far as it goes."""
        try:
            if depth == 0 and self.text[place] == "[":
                return self._opened(place, depth, closer)  # a list that is wanted: cut at once instead of read twice
            value, end = self._scan(self.text, place)
            node = Node(self, place, end, value)
            if self._repeats:
                self._look_closer(node, depth)
            return node
        except _FAILED:
            return self._mend(place, depth, closer)
        except IndexError:
            return Node(self, place, place, None, CUT)

    def _mend(self, place: int, depth: int, closer: str) -> Node:
        self._mended += 1
        if self._mended > MOST_MENDED:
            return Node(self, place, len(self.text), None, "Too much of the body is malformed.")
        if self.text[place : place + 1] not in ("{", "["):
            found = _after_value.search(self.text, place)
            end = found.start() if found else len(self.text)
            return Node(self, place, end, None, NOT_JSON if found else CUT)
        if depth >= DEEPEST:
            return Node(self, place, self._end_of(place, closer), None, "This is nested too deeply to be read.")
        return self._opened(place, depth, closer)

    def _opened(self, place: int, depth: int, closer: str) -> Node:
        node = Node(self, place, place, {} if self.text[place] == "{" else [])
        self.open(node, depth + 1)
        if node.reason and node.reason != CUT:
            node.end = self._end_of(place, closer)
        return node

    def _elements(self, start: int, depth: int) -> tuple[list[Node], int, str]:
        """The elements of an array, its end, and CUT where it has none. A broken element breaks only itself."""
        text, scan, skip = self.text, self._scan, self._skip
        nodes: list[Node] = []
        place = skip(start + 1)
        while text[place : place + 1] != "]":
            try:
                value, end = scan(text, place)
                nodes.append(Node(self, place, end, value))
                if self._repeats:
                    self._look_closer(nodes[-1], max(depth, 1))
            except _FAILED:
                nodes.append(self._mend(place, max(depth, 1), "]"))
                end = nodes[-1].end
            place = skip(end)
            mark = text[place : place + 1]
            if mark == ",":
                place = skip(place + 1)
            elif not mark:
                return nodes, place, CUT
            elif mark != "]":
                nodes[-1].reason = NOT_JSON
                if text[nodes[-1].start] not in "{[":
                    return nodes, place, NOT_JSON
                nodes[-1].end = end = self._end_of(nodes[-1].start, "]")
                place = skip(end)
                if text[place : place + 1] == ",":
                    place = skip(place + 1)
                elif text[place : place + 1] != "]":
                    return nodes, len(text), CUT
        return nodes, place + 1, ""

    def _members(self, start: int, depth: int) -> tuple[dict[str, Node], int, str]:
        """The members of an object, its end, and the first reason why it is not whole."""
        text, skip = self.text, self._skip
        parts: dict[str, Node] = {}
        reason = ""
        place = skip(start + 1)
        while text[place : place + 1] != "}":
            if text[place : place + 1] != '"':
                return parts, place, reason or (NOT_JSON if place < len(text) else CUT)
            try:
                key, place = _string(text, place + 1, _STRICT)
            except ValueError:
                return parts, len(text), CUT
            place = skip(place)
            if text[place : place + 1] != ":":
                return parts, place, reason or (NOT_JSON if place < len(text) else CUT)
            part = self._value(skip(place + 1), depth, "}")
            part = parts[key] = self._joined(parts[key], part) if key in parts else part
            reason = reason or part.reason
            place = skip(part.end)
            if text[place : place + 1] == ",":
                place = skip(place + 1)
            elif text[place : place + 1] != "}":
                return parts, place, reason or (NOT_JSON if place < len(text) else CUT)
        return parts, place + 1, reason

    # --- names that stand twice ------------------------------------------------------------------------------------

    def _look_closer(self, node: Node, depth: int) -> None:
        """Opens a sound value in which a name stands twice, down to that name, so that neither value is lost."""
        self._repeats = False
        if depth < DEEPEST:
            self.open(node, depth + 1)
        else:
            self._replaced.append(BadItem(node.raw, "A name stands twice deep in this.", node.offset))

    def _joined(self, earlier: Node, later: Node) -> Node:
        """Two values of one name: two lists are one list; else the later one holds and the earlier one is set aside."""
        if isinstance(earlier.value, list) and isinstance(later.value, list):
            both = Node(self, earlier.start, later.end, [], earlier.reason or later.reason)
            both.listed = earlier.elements() + later.elements()
            both.value = [part.value for part in both.listed]
            return both
        if earlier.reason or earlier.value != later.value:
            self._replaced.append(BadItem(earlier.raw, earlier.reason or TWICE, earlier.offset))
        return later

    # --- finding the end of what is broken -------------------------------------------------------------------------

    def _end_of(self, start: int, closer: str) -> int:
        """Where the broken value at `start` ends: the nearest closed bracket behind which JSON goes on.

        Counted once with strings respected and once blind to them, since an unescaped quotation mark turns inside out;
        failing both, the next place in a list where another sound object follows.
        """
        ends = [end for pattern in (_brackets, _bare_brackets) if (end := self._closed(pattern, start, closer))]
        if not ends and closer == "]":
            near = islice(_next_object.finditer(self.text, start), 20)
            ends = [found.end() for found in near if self._follows(found)]
        return min(ends, default=len(self.text))

    def _closed(self, pattern: re.Pattern[str], start: int, closer: str) -> int | None:
        """The place behind the bracket that closes `start`. One that closes something outer closes what is open too."""
        opened: list[str] = []
        for found in pattern.finditer(self.text, start):
            mark = found.group()
            if found.end() - start > self._budget:
                break
            if mark in "{[":
                opened.append(mark)
            elif mark in "}]":
                while opened and opened.pop() != _OPENER[mark]:
                    pass
                if not opened:
                    self._budget -= found.end() - start
                    end = found.end() if mark == _CLOSER[self.text[start]] else found.start()
                    return end if self._goes_on(end, self.text[start], closer) else None
        self._budget -= min(len(self.text) - start, self._budget)
        return None

    def _goes_on(self, place: int, opener: str, closer: str) -> bool:
        place = self._skip(place)
        mark = self.text[place : place + 1]
        if mark == ",":
            following = self.text[(place := self._skip(place + 1)) : place + 1]
            return following == (opener if closer == "]" else '"')
        return mark == closer

    def _follows(self, found: re.Match[str]) -> bool:
        try:
            self._scan(self.text, self.text.index("{", found.end()))
        except _FAILED:
            return False
        finally:
            self._repeats = False
        return True
