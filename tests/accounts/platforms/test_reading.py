"""The cutter: pieces keep their bytes and place, and a bad one costs only itself."""

from __future__ import annotations

import json
import time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from accounts.platforms.reading import CUT, Document, Node

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=30,
)


def items(body: bytes) -> list[Node]:
    root = Document(body).root
    assert root is not None
    data = root.get("data")
    assert data is not None
    return data.elements()


def sound(body: bytes) -> list[Any]:
    return [node.value for node in items(body) if not node.reason]


@settings(deadline=None)
@given(st.lists(VALUES, max_size=6), st.booleans(), st.sampled_from([None, 1, "\t"]))
def test_a_sound_body_is_cut_into_pieces_with_their_own_bytes(values: list[Any], escaped: bool, indent: Any) -> None:
    body = json.dumps({"paging": {}, "data": values}, ensure_ascii=escaped, indent=indent)
    raw = body.encode("utf-8", "surrogatepass")
    document = Document(raw)
    assert document.whole
    assert not document.bad
    for node in items(raw):
        assert raw[node.offset : node.offset + len(node.raw)] == node.raw
    if body.isascii():  # a lone surrogate that is not escaped is no UTF-8, so it comes out as other ones
        assert json.dumps([node.value for node in items(raw)]) == json.dumps(values)


def test_places_count_bytes_and_not_characters() -> None:
    body = '{"é😀":"ü","data":[{"m":"ñ"},{"m":"日本"},{"m":"z"}]}'.encode()
    for node in reversed(items(body)):
        assert body[node.offset : node.offset + len(node.raw)] == node.raw
    assert [json.loads(node.raw)["m"] for node in items(body)] == ["ñ", "日本", "z"]


def test_a_byte_order_mark_is_no_part_of_the_text() -> None:
    body = b'\xef\xbb\xbf{"data":[{"m":1}]}'
    (node,) = items(body)
    assert body[node.offset :].startswith(node.raw)


def test_bytes_that_are_no_utf8_come_out_as_they_were() -> None:
    body = b'{"data":[{"m":"\xff\xfe\xed\xa0\x80"},{"m":"fine"}]}'
    first, second = items(body)
    assert first.raw == b'{"m":"\xff\xfe\xed\xa0\x80"}'
    assert second.value == {"m": "fine"}


@pytest.mark.parametrize(
    "bad",
    [
        b'{"id":"2","m":tru}',
        b'{"id":"2" "m":"x"}',
        b'{"id":"2","m":"an "unescaped" mark"}',
        b'{"id":"2","m":"}{"unescaped"}',
        b'{"id":"2","m":"\\x"}',
        b'{"id":"2","m":"\\ud8"}',
        b"{id:2}",
        b'{"id":"2","n":{"a":[1,2,}}',
        b'{"id":' + b"9" * 5000 + b"}",
        b"undefined",
        b"'2'",
    ],
    ids=lambda bad: bad[:24].decode(),
)
def test_a_malformed_element_is_set_aside_and_its_neighbours_survive(bad: bytes) -> None:
    body = b'{"data": [{"id":"1","m":"a"}, ' + bad + b', {"id":"3","m":"c"},{"id":"4"}], "paging":{"next":"x"}}'
    document = Document(body)
    assert [value for value in sound(body) if value] == [{"id": "1", "m": "a"}, {"id": "3", "m": "c"}, {"id": "4"}]
    (kept,) = document.bad
    assert bad in kept.raw
    assert body[kept.offset : kept.offset + len(kept.raw)] == kept.raw
    assert kept.reason
    assert document.root is not None
    assert document.root.value["paging"] == {"next": "x"}


def test_what_is_nested_too_deeply_is_set_aside_alone() -> None:
    deep = b"[" * 50_000 + b"]" * 50_000
    body = b'{"data": [{"id":"1"},{"m":"a","deep":' + deep + b'},{"id":"3"}]}'
    first, second, third = items(body)
    assert (first.value, second.value["m"], third.value) == ({"id": "1"}, "a", {"id": "3"})
    assert deep in second.raw
    (kept,) = Document(body).bad
    assert kept.raw in deep


def test_a_comma_too_many_costs_nothing() -> None:
    assert sound(b'{"data":[{"id":"1",},{"id":"2"},]}') == [{"id": "1"}, {"id": "2"}]


def test_control_characters_in_a_text_are_not_malformed() -> None:
    assert sound(b'{"data":[{"m":"a\x00b\nc"}]}') == [{"m": "a\x00b\nc"}]


@pytest.mark.parametrize("keep", range(12, 70))
def test_a_body_that_breaks_off_keeps_what_stood_before_the_cut(keep: int) -> None:
    body = b'{"data":[{"id":"1","m":"a"},{"id":"2","m":"b"},{"id":"3","m":"c"}],"paging":{}}'
    document = Document(body[:keep])
    assert not document.whole
    assert document.root is not None
    found = sound(body[:keep])
    assert found == [{"id": "1", "m": "a"}, {"id": "2", "m": "b"}, {"id": "3", "m": "c"}][: len(found)]
    assert len(found) == body[:keep].count(b"}")
    assert document.bad
    assert CUT in {kept.reason for kept in document.bad}


def test_complete_pieces_inside_a_piece_that_breaks_off_are_found() -> None:
    body = b'{"data":[{"id":"1","replies":{"data":[{"id":"2"},{"id":"3"},{"id":'
    (thread,) = items(body)
    assert thread.reason == CUT
    replies = thread.get("replies")
    assert replies is not None
    listed = replies.get("data")
    assert listed is not None
    assert [node.value for node in listed.elements() if not node.reason] == [{"id": "2"}, {"id": "3"}]


def test_what_stands_behind_the_json_is_noted() -> None:
    document = Document(b'{"data":[{"id":"1"}]} <!-- 12 ms -->')
    assert not document.whole
    assert document.bad[0].raw == b"<!-- 12 ms -->"


@given(st.binary(max_size=200))
@settings(deadline=None)
def test_no_bytes_crash_the_cutter(body: bytes) -> None:
    document = Document(body)
    for kept in document.bad:
        assert body[kept.offset : kept.offset + len(kept.raw)] == kept.raw


@pytest.mark.parametrize("piece", [b'{"a":"x"b},', b'{"a":"', b"[[{", b"[", b'{"a":', b'{"a":[{', b'"a":{'])
def test_a_hostile_body_takes_no_more_than_seconds(piece: bytes) -> None:
    started = time.monotonic()
    Document(b'{"data":[' + piece * (1_000_000 // len(piece)))
    assert time.monotonic() - started < 10
