"""By which name a poster is thanked (4.L1)."""

from __future__ import annotations

# First words of display names that are no first names: titles, articles, what pages and shops begin with.
_NO_NAMES = """
mr mrs ms miss dr coach officer ofc sgt pastor sr sra don el the la los las le lo city bayside miami news friends
anonymous user
"""
NO_NAMES = frozenset(_NO_NAMES.split())


def first_name(name: str) -> str:
    """The first name in a poster's display name, or empty where there seems to be none (a handle, a shop)."""
    words = name.split()
    if len(words) < 2:
        return ""
    first = words[0].strip(",.")
    plain = first.replace("-", "").replace("'", "").replace("’", "")
    if len(first) < 2 or not plain.isalpha() or not first[0].isupper() or plain.isupper():
        return ""
    return "" if plain.lower() in NO_NAMES else first
