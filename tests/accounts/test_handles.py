"""One handle, however it is spelt (issue: "a handle that exists already, also in other spelling")."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts.handles import key_of, read
from accounts.platforms.contract import Platform
from members.states import Invalid

SAME = {
    Platform.X: [
        "BaysidePD",
        "@baysidepd",
        " @BAYSIDEPD ",
        "ＢａｙｓｉｄｅＰＤ",
        "＠baysidepd",
        "bayside\u200bpd",
        "\u202ebaysidepd\u2069",
        "bay\u00adsidepd",
        "bayside\ufe0fpd",
        "https://x.com/BaysidePD",
        "http://www.twitter.com/baysidepd/",
        "mobile.twitter.com/baysidepd?s=21",
        "x.com/baysidepd/status/1777#top",
    ],
    Platform.FACEBOOK: [
        "Bay.Side.PD",
        "@baysidepd",
        "https://www.facebook.com/bayside.pd/",
        "m.facebook.com/BaysidePD?ref=bookmarks",
        "facebook.com/pg/baysidepd/posts",
        "fb.com/bayside.p.d",
    ],
    Platform.INSTAGRAM: ["baysidepd", "https://instagram.com/baysidepd/", "www.instagram.com/BaysidePD/?hl=en"],
    Platform.YOUTUBE: [
        "@baysidepd",
        "BaysidePD",
        "youtube.com/@BaysidePD/videos",
        "https://www.youtube.com/c/baysidepd",
    ],
}


@pytest.mark.parametrize(("platform", "typed"), [(one, typed) for one, all_of in SAME.items() for typed in all_of])
def test_every_spelling_has_one_key(platform: str, typed: str) -> None:
    assert read(platform, typed).key == "baysidepd"


def test_periods_count_where_the_platform_counts_them() -> None:
    assert key_of(Platform.INSTAGRAM, "bay.side") != key_of(Platform.INSTAGRAM, "bayside")
    assert key_of(Platform.FACEBOOK, "bay.side") == key_of(Platform.FACEBOOK, "bayside")


def test_an_id_in_an_address_is_its_own_key() -> None:
    assert read(Platform.FACEBOOK, "https://facebook.com/profile.php?id=100012").key == "id:100012"
    assert read(Platform.FACEBOOK, "facebook.com/people/Bay-Side/100012/").key == "id:100012"
    channel = "UCb4yS1dePDq7WnK2fVtR8mA"
    assert read(Platform.YOUTUBE, f"youtube.com/channel/{channel}").key == f"id:{channel}"  # its capitals count


@pytest.mark.parametrize(
    ("platform", "typed", "says"),
    [
        (Platform.INSTAGRAM, "https://x.com/baysidepd", "an address on X"),
        (Platform.X, "", "Give the account's handle"),
        (Platform.X, "@", "Give the account's handle"),
        (Platform.X, "https://x.com/", "Give the account's handle"),
        (Platform.X, "bay side", "A handle on X has"),
        (Platform.X, "baуside", "A handle on X has"),  # a Cyrillic letter
        (Platform.X, "[http://", "A handle on X has"),
        (Platform.X, "b" * 301, "too long"),
        (Platform.X, "id:abc", "A handle on X has"),
    ],
)
def test_what_is_no_handle_is_said(platform: str, typed: str, says: str) -> None:
    with pytest.raises(Invalid, match=says) as refused:
        read(platform, typed)
    assert refused.value.field == "handle"


@given(st.text(max_size=60), st.sampled_from(Platform.values))
def test_any_text_has_a_key_or_is_refused_and_the_key_is_its_own(typed: str, platform: str) -> None:
    try:
        handle = read(platform, typed)
    except Invalid:
        return
    assert key_of(platform, handle.shown) == handle.key == key_of(platform, unicodedata.normalize("NFKC", typed))
