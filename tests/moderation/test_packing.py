"""Bytes as received come back to the byte, whatever they were packed with (ruling 19)."""

from __future__ import annotations

import hashlib
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moderation.packing import DICTIONARY, LONG, LONGEST, OF_A_DELIVERY, apart, joined, packed, unpacked


@given(raw=st.binary(max_size=5000))
def test_every_byte_comes_back(raw: bytes) -> None:
    assert unpacked(packed(raw)) == raw
    assert unpacked(packed(raw, OF_A_DELIVERY)) == raw
    assert unpacked(zlib.compress(raw)) == raw, "what was packed before there was a dictionary"


@pytest.mark.parametrize("length", [LONG - 1, LONG, LONGEST, LONGEST + 1])
def test_what_is_long_comes_back_too(length: int) -> None:
    raw = (b"BZh where do you park? " * (length // 20))[:length]
    assert unpacked(packed(raw)) == raw


@given(items=st.lists(st.tuples(st.integers(0, 2**31 - 1), st.binary(max_size=300)), max_size=20))
def test_the_items_of_a_page_come_apart_as_they_were_joined(items: list[tuple[int, bytes]]) -> None:
    assert apart(unpacked(packed(joined(items)))) == items


@pytest.mark.parametrize("damaged", [b"[[0,3]]\nab", b"[[0,3]]\nabcd", b"", b"[[0"])
def test_items_that_do_not_have_their_lengths_are_none(damaged: bytes) -> None:
    with pytest.raises(ValueError):
        apart(damaged)


@pytest.mark.parametrize("times", [50, 5000])
def test_a_stream_that_was_cut_off_is_no_shorter_text(times: int) -> None:
    with pytest.raises(zlib.error):
        unpacked(packed(b"I know where you park." * times)[:-8])


@pytest.mark.parametrize(
    ("dictionary", "digest"),
    [
        (DICTIONARY, "6b3efa3501c0836e137804cd64fedb74b0c963871c6b7a1c82d3f45f37b835ba"),
        (OF_A_DELIVERY, "606991d1975aacdf9972a6bd3de62b569b0d754afbc9ea8811a052a638f51167"),
    ],
)
def test_the_dictionaries_are_those_that_streams_in_use_were_packed_with(dictionary: bytes, digest: str) -> None:
    assert hashlib.sha256(dictionary).hexdigest() == digest
