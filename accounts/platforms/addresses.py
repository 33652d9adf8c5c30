"""The addresses of comments, kept short: nearly all of them are made of ids that stand beside them anyway.

The forms are those of recorded answers, and of our own readers where a platform gives no address. A form's number is
never given to another: rows bear it.
"""

from __future__ import annotations

_FORMS = {
    "=1": "https://www.facebook.com/{page}/posts/{post}/?comment_id={own}",
    "=2": "https://www.facebook.com/{page}/posts/{post}?comment_id={own}",
    "=3": "https://www.youtube.com/watch?v={whole_post}&lc={whole}",
    "=4": "https://x.com/{handle}/status/{whole}",
    "=5": "https://x.com/i/web/status/{whole}",
}
_MARK = "="  # no address begins so; one that does all the same is kept with a second


def shortened(address: str, *, remote_id: str, post: str, handle: str) -> str:
    """`address`, or the number of the form that says the same of these ids."""
    if address.startswith(_MARK):
        return _MARK + address
    for number, form in _FORMS.items():
        if address == _filled(form, remote_id, post, handle):
            return number
    return address


def whole(kept: str, *, remote_id: str, post: str, handle: str) -> str:
    """The address that was shortened to `kept`."""
    if kept in _FORMS:
        return _filled(_FORMS[kept], remote_id, post, handle)
    return kept[1:] if kept.startswith(_MARK) else kept


def _filled(form: str, remote_id: str, post: str, handle: str) -> str:
    page, _, of_page = post.partition("_")
    own = remote_id.rpartition("_")[2]
    return form.format(page=page, post=of_page, own=own, whole_post=post, whole=remote_id, handle=handle)
