"""The top navigation: the rooms of the house, in the order of a watch."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from smu import rooms


@dataclass(frozen=True)
class Section:
    """One word of the navigation: the URL name it leads to, and the names of the pages that belong to it."""

    name: str
    word: str
    pages: frozenset[str]


@dataclass(frozen=True)
class Navigation:
    """The links, drawn: up to where the number of those waiting stands in one of them, and from there on."""

    before: SafeString
    after: SafeString


COUNTED = "queue"  # the section in whose link the number stands
SECTIONS = (
    Section("home", "Home", frozenset()),
    Section("queue", "Comments", rooms.PAGES),
    Section("content_board", "Content", rooms.CONTENT_PAGES),
    Section("equipment", "Equipment", rooms.EQUIPMENT_PAGES),
    Section("referrals", "Referrals", frozenset({"referral", "sections", "section", "add_section"})),
    Section("records", "Records", frozenset({"record"})),
    Section("set_aside", "Set aside", frozenset({"set_aside_item"})),
    Section(
        "accounts",
        "Accounts",
        frozenset(
            {
                "account",
                "account_health",
                "account_request",
                "account_requests",
                "account_roles",
                "ask_for_account",
                "capabilities",
                "fake",
                "fakes",
                "find_fake",
                "holders",
                "post",
                "posts",
                "prepare_termination",
                "termination",
                "account_terms",
                "connect",
                "connect_choice",
                "deliveries",
                "delivery",
                "enter_filter",
                "filter",
                "filters",
                "gaps",
                "reconnect",
                "removal",
                "removals",
                "review_terms",
                "standing_bans",
                "terms_draft",
                "terms_register",
                "terms_text",
            }
        ),
    ),
    Section(
        "members",
        "Members",
        frozenset(
            {
                "member",
                "invite",
                "import_members",
                "change_position",
                "change_details",
                "take_back",
                "chart",
                "transfer",
                "hand_over_command",
            }
        ),
    ),
    Section("authority", "Authority", frozenset({"designations", "designation", "designate", "end_designation"})),
    Section("roster", "Roster", frozenset({"set_watch", "watch"})),
    Section("trail", "Trail", frozenset({"trail_entry", "reads", "read_entry"})),
)


def navigation(request: HttpRequest) -> Navigation:
    """The sections whose pages exist, the one of this page marked."""
    return _navigation(request.resolver_match.url_name or "" if request.resolver_match else "")


@cache
def _navigation(here: str) -> Navigation:
    before: str = ""
    links: list[SafeString] = []
    for section in SECTIONS:
        try:
            address = reverse(section.name)
        except NoReverseMatch:  # the section's pages come with a later slice
            continue
        current = mark_safe(' aria-current="page"') if here == section.name or here in section.pages else ""
        links.append(format_html('<a href="{}"{}>{}</a>', address, current, section.word))
        if section.name == COUNTED:
            before, links = _joined(links).removesuffix("</a>"), []
    return Navigation(mark_safe(before), mark_safe("</a>" + _joined(links)))  # noqa: S308  (both drawn above)


def _joined(links: list[SafeString]) -> str:
    return "\n".join(links)
