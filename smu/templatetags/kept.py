"""What stands on every page the same: drawn once a process, and put in as it is from then on."""

from __future__ import annotations

from django import template
from django.template.base import FilterExpression, Node, NodeList, Parser, Token
from django.template.context import Context
from django.utils.safestring import SafeString

register = template.Library()

MOST = 200  # drawings that one place keeps; beyond, it begins anew


class Kept(Node):
    """A part of a template that depends on nothing but the values named."""

    def __init__(self, values: list[FilterExpression], inside: NodeList) -> None:
        self.values, self.nodelist = values, inside
        self.drawn: dict[tuple[object, ...], SafeString] = {}

    def render(self, context: Context) -> SafeString:
        """As it was drawn for these values, or for the first time; anew where one of them is None."""
        key = tuple(value.resolve(context) for value in self.values)
        if None in key:
            return self.nodelist.render(context)
        drawn = self.drawn.get(key)
        if drawn is None:
            drawn = self.nodelist.render(context)
            if len(self.drawn) >= MOST:
                self.drawn.clear()
            self.drawn[key] = drawn
        return drawn


@register.tag
def kept(parser: Parser, token: Token) -> Kept:
    """`{% kept a b %}…{% endkept %}`: what is inside names nothing of the request but `a` and `b`: no token, no member.

    The values are few and hashable; None says that this time it depends on more.
    """
    values = [parser.compile_filter(word) for word in token.split_contents()[1:]]
    inside = parser.parse(("endkept",))
    parser.delete_first_token()
    return Kept(values, inside)
