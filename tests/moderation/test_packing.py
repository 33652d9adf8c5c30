"""Bytes as received come back to the byte, whatever they were packed with (ruling 19)."""

from __future__ import annotations

import hashlib
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moderation.packing import DICTIONARY, packed, unpacked


@given(raw=st.binary(max_size=5000))
def test_every_byte_comes_back(raw: bytes) -> None:
    assert unpacked(packed(raw)) == raw
    assert unpacked(zlib.compress(raw)) == raw, "what was packed before there was a dictionary"


def test_a_stream_that_was_cut_off_is_no_shorter_text() -> None:
    with pytest.raises(zlib.error):
        unpacked(packed(b"I know where you park." * 50)[:-8])


def test_the_dictionary_is_the_one_that_streams_in_use_were_packed_with() -> None:
    assert hashlib.sha256(DICTIONARY).hexdigest() == "6b3efa3501c0836e137804cd64fedb74b0c963871c6b7a1c82d3f45f37b835ba"
