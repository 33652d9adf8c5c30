"""X's search language, as far as a moderation client needs it: operators, words, OR, parentheses, negation."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from sandbox.store import Item

LONGEST = 512
TOKEN = re.compile(r'\s*(\(|\)|-?"[^"]*"|-(?=\()|[^\s()]+)')


class Malformed(Exception):
    """Raised for a query that X would call invalid; the text says why."""


@dataclass(frozen=True)
class Found:
    """A post as the search sees it: with the names that its operators compare."""

    item: Item
    conversation: str
    to: str
    by: str

    @property
    def is_reply(self) -> bool:
        return self.conversation != self.item.id


Test = Callable[[Found], bool]


def parse(query: str) -> Test:
    """A test for posts from a query; raises Malformed."""
    if not query.strip():
        raise Malformed("The `query` query parameter can not be empty")
    if len(query) > LONGEST:
        raise Malformed(f"The `query` query parameter exceeds the maximum length [{LONGEST}]")
    tokens, at = [], 0
    while found := TOKEN.match(query, at):
        tokens.append(found.group(1))
        at = found.end()
    test, rest = _any(tokens)
    if rest:
        raise Malformed(f"no viable alternative at input '{rest[0]}'")
    return test


def _any(tokens: list[str]) -> tuple[Test, list[str]]:
    first, tokens = _all(tokens)
    tests = [first]
    while tokens and tokens[0] == "OR":
        one, tokens = _all(tokens[1:])
        tests.append(one)
    return (lambda found: any(test(found) for test in tests)), tokens


def _all(tokens: list[str]) -> tuple[Test, list[str]]:
    # X binds juxtaposition tighter than OR.
    first, tokens = _one(tokens)
    tests = [first]
    while tokens and tokens[0] not in ("OR", ")"):
        one, tokens = _one(tokens)
        tests.append(one)
    return (lambda found: all(test(found) for test in tests)), tokens


def _one(tokens: list[str]) -> tuple[Test, list[str]]:
    if not tokens or tokens[0] in ("OR", ")"):
        raise Malformed(f"missing a term before '{tokens[0] if tokens else 'the end'}'")
    token, rest = tokens[0], tokens[1:]
    if token == "-":
        test, rest = _one(rest)
        return (lambda found: not test(found)), rest
    if token == "(":
        test, rest = _any(rest)
        if not rest or rest[0] != ")":
            raise Malformed("missing ')'")
        return test, rest[1:]
    if token.startswith("-"):
        test = _term(token[1:])
        return (lambda found: not test(found)), rest
    return _term(token), rest


def _term(token: str) -> Test:
    name, colon, value = token.partition(":")
    if not colon or token.startswith('"'):
        wanted = token.strip('"').lower()
        return lambda found: wanted in found.item.text.lower()
    value = value.strip('"').lstrip("@").lower()
    operators: dict[str, Test] = {
        # The search gives the replies of a conversation, not the post that began it.
        "conversation_id": lambda found: found.is_reply and found.conversation == value,
        "to": lambda found: found.to.lower() == value,
        "from": lambda found: found.by.lower() == value,
    }
    if name in operators and value:
        return operators[name]
    states: dict[str, Test] = {
        "retweet": lambda found: False,
        "quote": lambda found: False,
        "reply": lambda f: f.is_reply,
    }
    if name == "is" and value in states:
        return states[value]
    raise Malformed(f"Reference to invalid operator '{name}'")
