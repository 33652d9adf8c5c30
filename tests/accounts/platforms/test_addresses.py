"""Addresses of comments come back as they were given, however short they are kept."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts.platforms.addresses import shortened, whole

IDS = st.text("0123456789_aZ-", max_size=12)


@given(address=st.one_of(st.text(max_size=40), st.from_regex(r"=?=?[0-9]?", fullmatch=True)), one=IDS, post=IDS)
def test_every_address_comes_back(address: str, one: str, post: str) -> None:
    ids = {"remote_id": one, "post": post, "handle": "h"}
    assert whole(shortened(address, **ids), **ids) == address


@pytest.mark.parametrize(
    ("address", "remote_id", "post", "handle"),
    [
        (
            "https://www.facebook.com/19292868552/posts/10158371815748553/?comment_id=10158371930463553",
            "10158371815748553_10158371930463553",
            "19292868552_10158371815748553",
            "",
        ),
        ("https://www.facebook.com/9000/posts/4?comment_id=7", "100_7", "9000_4", ""),
        ("https://www.youtube.com/watch?v=vid&lc=Ug1", "Ug1", "vid", "@ann"),
        ("https://x.com/ann/status/19", "19", "18", "ann"),
        ("https://x.com/i/web/status/19", "19", "18", ""),
    ],
)
def test_the_addresses_of_the_platforms_are_kept_as_a_number(
    address: str, remote_id: str, post: str, handle: str
) -> None:
    kept = shortened(address, remote_id=remote_id, post=post, handle=handle)
    assert len(kept) == 2
    assert whole(kept, remote_id=remote_id, post=post, handle=handle) == address
    assert shortened(address, remote_id="other", post=post, handle="other") == address
