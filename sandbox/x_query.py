"""X's search language, as far as a moderation client needs it: operators, words, OR, parentheses, negation."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from sandbox.store import Item

LONGEST = 512
TOKEN = re.compile(r'\s*(\(|\)|-?"[^"]*"|-(?=\()|[^\s()]+)')


class QueryError(Exception):
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
        """Whether it stands in a conversation that another post began."""
        return self.conversation != self.item.id


Test = Callable[[Found], bool]


def parse(query: str) -> Test:
    """A test for posts from a query; raises QueryError."""
    if not query.strip():
        raise QueryError("The `query` query parameter can not be empty")
    if len(query) > LONGEST:
        raise QueryError(f"The `query` query parameter exceeds the maximum length [{LONGEST}]")
    tokens, at = [], 0
    while found := TOKEN.match(query, at):
        tokens.append(found.group(1))
        at = found.end()
    test, rest = _any(tokens)
    if rest:
        raise QueryError(f"no viable alternative at input '{rest[0]}'")
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
        raise QueryError(f"missing a term before '{tokens[0] if tokens else 'the end'}'")
    word, rest = tokens[0], tokens[1:]
    if word == "-":
        test, rest = _one(rest)
        return (lambda found: not test(found)), rest
    if word == "(":
        test, rest = _any(rest)
        if not rest or rest[0] != ")":
            raise QueryError("missing ')'")
        return test, rest[1:]
    if word.startswith("-"):
        test = _term(word[1:])
        return (lambda found: not test(found)), rest
    return _term(word), rest


def _never(_found: Found) -> bool:
    return False


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
        "url": lambda found: value in found.item.text.lower(),
    }
    if name in operators and value:
        return operators[name]
    states: dict[str, Test] = {"retweet": _never, "quote": _never, "reply": lambda found: found.is_reply}
    if name == "is" and value in states:
        return states[value]
    raise QueryError(f"Reference to invalid operator '{name}'")
