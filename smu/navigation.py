"""The top navigation: the rooms of the house, in the order of a watch."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse

from smu import rooms


@dataclass(frozen=True)
class Section:
    """One word of the navigation: the URL name it leads to, and the names of the pages that belong to it."""

    name: str
    word: str
    pages: frozenset[str]


@dataclass(frozen=True)
class Drawn:
    """A section as this page draws it."""

    name: str
    word: str
    address: str
    here: bool


SECTIONS = (
    Section("home", "Home", frozenset()),
    Section("queue", "Comments", rooms.PAGES),
    Section(
        "publications",
        "Content",
        frozenset({"publication", "write", "change_post", "media_library", "asset", "add_asset"}),
    ),
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


def sections(request: HttpRequest) -> list[Drawn]:
    """The sections whose pages exist, the one of this page marked."""
    here = request.resolver_match.url_name if request.resolver_match else ""
    drawn = []
    for section in SECTIONS:
        try:
            address = reverse(section.name)
        except NoReverseMatch:  # the section's pages come with a later slice
            continue
        drawn.append(Drawn(section.name, section.word, address, here == section.name or here in section.pages))
    return drawn
