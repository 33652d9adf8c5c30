"""The pages of Comments, Content and Equipment, in groups: at the head of each, and under "More" in the queue."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse

from members.asking import member_of
from members.powers import Power


@dataclass(frozen=True)
class Room:
    """A page that is led to by its URL name, and the names of the pages that belong to it.

    `power`: only who holds it gets in, and only he is led there.
    """

    name: str
    word: str
    below: tuple[str, ...] = ()
    power: Power | None = None


GROUPS: tuple[tuple[str, tuple[Room, ...]], ...] = (
    (
        "At work",
        (
            Room("queue", "Queue"),
            Room("all_comments", "All comments", ("comment", "poster")),
            Room("near_copies", "Near copies", ("group_act",)),
            Room("skipped", "Skipped"),
            Room("by_hand", "By hand"),
            Room("captures", "Entered by hand", ("enter",)),
            Room("own_desk", "Your desk"),
        ),
    ),
    (
        "A second person",
        (
            Room("threats", "Threats", ("threat", "preservation")),
            Room("clearances", "To clear", ("clearance",)),
            Room("second_looks", "Second looks", ("second_look",)),
            Room("reviews", "Second reviews", ("review",)),
            Room("appeals", "Appeals", ("appeal", "take_down_appeal")),
            Room("proposals", "Deletions and bans", ("proposal",)),
            Room("bans", "Bans that stand", ("ban",)),
        ),
    ),
    (
        "How we grade",
        (
            Room("grading_system", "Grading system", ("grading_version", "grading_draft")),
            Room("texts", "Prepared texts", ("write_text", "wording")),
            Room("library", "Facts", ("propose_fact", "library_fact", "write_fact")),
            Room("clause_flags", "Flagged clauses"),
            Room("triage", "Triage"),
            Room("holdings", "What platforms let us hold"),
        ),
    ),
    (
        "Figures",
        (
            Room("activity", "Activity"),
            Room("coverage", "Coverage"),
            Room("audits", "Neutrality audit", ("audit", "grade_blind")),
        ),
    ),
)
CONTENT: tuple[tuple[str, tuple[Room, ...]], ...] = (
    (
        "On its road",
        (
            Room("content_board", "Board", ("item", "begin_item", "edit_item", "item_revisions", "placement")),
            Room("content_calendar", "Calendar"),
            Room("publications", "Posts", ("publication", "change_post")),
            Room("media_library", "Pictures", ("asset", "add_asset", "rendering")),
            Room("held", "Hold everything"),
            Room("differences", "Changed by others", ("difference",)),
            Room("content_figures", "Figures"),
        ),
    ),
    (
        "What comes in",
        (
            Room("ideas", "Ideas", ("idea", "add_idea")),
            Room("calls", "Calls for content", ("call", "add_call")),
            Room("call_contacts", "Contacts", ("call_contact", "add_call_contact")),
        ),
    ),
    (
        "Planning",
        (
            Room("campaigns", "Campaigns", ("campaign", "ask_campaign")),
            Room("hashtags", "Hashtags", ("hashtag", "ask_hashtag")),
            Room("templates", "Templates", ("template", "add_template")),
            Room("listed_names", "Listed names", power=Power.DEVELOP_CONTENT),
            Room("strategy", "Strategy", ("strategy_version", "write_strategy")),
        ),
    ),
)
EQUIPMENT: tuple[tuple[str, tuple[Room, ...]], ...] = (
    (
        "What we have",
        (
            Room(
                "equipment", "Inventory", ("equipment_item", "add_item", "change_item", "several_things", "handovers")
            ),
            Room("kits", "Kits", ("kit", "make_kit")),
            Room("custody", "Who has what", ("found_reports",)),
            Room("bookings", "Bookings", ("booking", "add_booking")),
            Room("labels", "Labels", power=Power.KEEP_EQUIPMENT),
            Room("receipts", "Receipts", ("receipt", "add_receipt")),
            Room("capability_matrix", "What it can do"),
            Room("kinds", "Kinds", ("kind",)),
            Room("import_items", "Import", ("import_check",), Power.KEEP_EQUIPMENT),
        ),
    ),
    (
        "Kept in order",
        (
            Room("maintenance", "Maintenance", ("maintenance_work", "find_thing", "begin_work", "note_work")),
            Room("services", "Recurring service", ("set_service", "read_hours")),
            Room("handling", "Handling", ("modification", "ask_modification", "void_warranty", "let_warranty_stand")),
            Room("stock_takes", "Stock-takes", ("stock_take", "begin_stock_take", "count_stock_take")),
            Room("skills", "Skills", ("member_skills", "skill_demands")),
        ),
    ),
    (
        "Bought",
        (
            Room(
                "purchases",
                "Proposals",
                ("purchase", "write_purchase", "change_purchase", "receive_purchase", "budget_unit"),
            ),
            Room("outlook", "Outlook"),
        ),
    ),
)
POWERS = tuple(
    sorted({room.power for part in (GROUPS, CONTENT, EQUIPMENT) for _, inside in part for room in inside if room.power})
)
EQUIPMENT_PAGES = frozenset(name for _, rooms in EQUIPMENT for room in rooms for name in (room.name, *room.below))
CONTENT_PAGES = frozenset(name for _, rooms in CONTENT for room in rooms for name in (room.name, *room.below))
PAGES = frozenset(name for _, rooms in GROUPS for room in rooms for name in (room.name, *room.below)) - {"queue"}


@dataclass(frozen=True)
class Link:
    """A room as this page draws it. `current` is the word of aria-current: the page itself, or where it belongs."""

    word: str
    address: str
    current: str


@dataclass(frozen=True)
class Rooms:
    """`near`: the group of this page, at its head (not in the queue, which has no line to spare). `groups`: all.

    `which`: on what all of it depends.
    """

    word: str
    near: list[Link]
    groups: list[tuple[str, list[Link]]]
    which: tuple[str, tuple[Power, ...]]


def rooms(request: HttpRequest) -> Rooms:
    """The map of the section for this member, this page marked."""
    here = request.resolver_match.url_name or "" if request.resolver_match else ""
    user = getattr(request, "user", None)
    member = member_of(request) if user is not None and user.is_authenticated else None
    return _rooms(here, tuple(power for power in POWERS if member is not None and member.may(power)))


@cache
def _rooms(here: str, powers: tuple[Power, ...]) -> Rooms:
    section, drawn = _section(here)
    groups = []
    for word, inside in drawn:
        open_ones = (room for room in inside if room.power is None or room.power in powers)
        groups.append((word, [link for room in open_ones if (link := _link(room, here))]))
    near = next((links for _, links in groups if any(link.current for link in links)), [])
    drawn_near = near if here in PAGES | CONTENT_PAGES | EQUIPMENT_PAGES else []
    return Rooms(section, drawn_near, groups, (here, powers))


def _section(here: str) -> tuple[str, tuple[tuple[str, tuple[Room, ...]], ...]]:
    if here in EQUIPMENT_PAGES:
        return "Equipment", EQUIPMENT
    return ("Content", CONTENT) if here in CONTENT_PAGES else ("Comments", GROUPS)


def _link(room: Room, here: str) -> Link | None:
    """None while the page does not exist."""
    try:
        address = reverse(room.name)
    except NoReverseMatch:
        return None
    current = "page" if room.name == here else "true" if here in room.below else ""
    return Link(room.word, address, current)
