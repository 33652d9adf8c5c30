"""What X lets an application do (facts.md 3). What depends on the tier stands in `TIERS`; `X` where it is not known.

The words of X's own menus, and what X does to a blocked account, are from memory.
"""

from __future__ import annotations

from dataclasses import replace

from accounts.platforms.capabilities.table import Act, Capability, Way

SELF_SERVE, ENTERPRISE = "self-serve", "enterprise"
LONGEST = 280  # weighted: emoji and most scripts beside the Latin count two, an address 23
LONGEST_MESSAGE = 10_000  # from memory
MOST_PHOTOS = 4

HOME = "https://x.com/home"
MESSAGES = "https://x.com/messages"
BLOCKED = "https://x.com/settings/blocked/all"
NOTIFICATIONS = "https://x.com/notifications/mentions"
COMPOSE = "https://x.com/compose/post"

OPEN_POST = "Open the post on X, signed in as the department."
OPEN_OURS = "Open our profile on X, signed in as the department, and find the post."
DELETE_STEP = "Menu (…) of the post: Delete. Confirm with Delete."
EDIT_STEPS = (
    "Menu (…) of the post: Edit post. X shows it to subscribers of X Premium only, and within an hour of posting.",
    "Change the text and press Update.",
    "If X does not show Edit post: delete the post and write it anew.",
)
HAND_PUBLISH = (
    "Open X, signed in as the department, and press Post.",
    "Paste the approved text.",
    "Press Post, then copy the link of the post from its share menu: Copy link.",
)
HAND_FILES = (
    *HAND_PUBLISH[:2],
    "Press Media and choose the approved files, in their order.",
    "Press Add description (or ALT) on each picture and paste its description.",
    HAND_PUBLISH[2],
)
BAN_STEPS = (
    "Open the profile of the account on X, signed in as the department.",
    "Menu (…) of the profile: Block. Confirm with Block.",
)
UNBAN_STEPS = (
    "On X, signed in as the department: Settings and privacy, Privacy and safety, Mute and block, Blocked accounts.",
    "Press Blocked beside the account, so that it is no longer blocked.",
)
BLOCK_MEANS = "Whom we block can neither answer, mention nor message us, and sees on our profile that we blocked it."

REPLY = Capability(
    Way.CONDITIONAL,
    "On the self-serve tier X accepts a reply only to those who mentioned us; else an officer replies by hand.",
    limit=LONGEST,
    steps=(OPEN_POST, "Press Reply, paste the text, send."),
    site=NOTIFICATIONS,
)
COMMENT = Capability(
    Way.API,
    "Stands as a reply of our own under our post.",
    limit=LONGEST,
    steps=(OPEN_OURS, "Press Reply, paste the text, send."),
    site=HOME,
)
BAN = Capability(
    Way.CONDITIONAL,
    f"X lets an application block on the Enterprise tier only; else an officer blocks by hand. {BLOCK_MEANS}",
    steps=BAN_STEPS,
    site=HOME,
)
UNBAN = Capability(
    Way.CONDITIONAL,
    "X lets an application unblock on the Enterprise tier only; else an officer unblocks by hand.",
    steps=UNBAN_STEPS,
    site=BLOCKED,
)
PHOTO = Capability(
    Way.API,
    "One picture of at most 5 MB (an animated GIF of at most 15 MB), JPEG, PNG, WebP or GIF.",
    limit=LONGEST,
    files=1,
    steps=HAND_FILES,
    site=COMPOSE,
)

X: dict[Act, Capability] = {
    Act.LIST_POSTS: Capability(
        Way.API, steps=("Open our profile on X and note the posts that are missing here.",), site=HOME
    ),
    Act.POLL_COMMENTS: Capability(
        Way.API,
        "The search for replies reaches seven days back; older ones come only as mentions.",
        steps=("Open the post on X and enter the replies that are missing here.",),
        site=HOME,
    ),
    Act.POLL_MENTIONS: Capability(
        Way.API,
        "X gives the newest 800 mentions; posts that quote ours come with them where they name us.",
        steps=("Open Notifications, Mentions, on X and enter what is missing here.",),
        site=NOTIFICATIONS,
    ),
    Act.POLL_VISITOR_POSTS: Capability(
        Way.NEVER, "X has no posts of visitors on our profile: who writes to us there mentions us.", reversible=False
    ),
    Act.POLL_MESSAGES: Capability(
        Way.API,
        "X shows the private messages of the last 30 days; encrypted chats are shown to no application.",
        steps=("Open Messages on X, message requests too, and enter what is missing here.",),
        site=MESSAGES,
    ),
    Act.WEBHOOK: Capability(
        Way.API,
        "X tells of mentions, direct replies, quotes, deletions and messages; replies to replies are found by polling.",
    ),
    Act.AUTHOR: Capability(Way.API),
    Act.AVATAR: Capability(Way.API, "The picture as small as X shows it."),
    Act.COUNTS: Capability(Way.API, steps=("Read followers and posts on our profile on X.",), site=HOME),
    Act.REPLY: REPLY,
    Act.MESSAGE: Capability(
        Way.CONDITIONAL,
        "X delivers only to who takes messages from us; its policy wants automated messages only after the person "
        "wrote first, so that an officer sends this one, once. Nobody takes a message back.",
        reversible=False,
        limit=LONGEST_MESSAGE,
        once=True,
        steps=(
            "Open the profile of the account on X, signed in as the department.",
            "Press the envelope (Message), paste the text, send.",
            "If there is no envelope, the account takes no messages from us: note that and confirm.",
        ),
        site=MESSAGES,
    ),
    Act.COMMENT: COMMENT,
    Act.EDIT_OWN: Capability(
        Way.BY_HAND,
        "X lets only subscribers of X Premium edit a post, within an hour, on its own site.",
        reversible=False,
        limit=LONGEST,
        steps=(OPEN_POST, *EDIT_STEPS),
        site=HOME,
    ),
    Act.DELETE_OWN: Capability(
        Way.API,
        "Nothing brings it back.",
        reversible=False,
        steps=(OPEN_POST, DELETE_STEP),
        site=HOME,
    ),
    Act.HIDE: Capability(
        Way.CONDITIONAL,
        "X hides replies in conversations that we started only; they stay readable behind one click.",
        steps=(
            OPEN_POST,
            "If it is a reply to us: menu (…), Hide reply.",
            "If it is not under a post of ours, X offers no way to hide it: note that and confirm.",
        ),
        site=NOTIFICATIONS,
    ),
    Act.UNHIDE: Capability(
        Way.CONDITIONAL,
        "Only in conversations that we started.",
        steps=("Open the hidden replies of our post on X.", "Menu (…) of the reply: Unhide reply."),
        site=HOME,
    ),
    Act.DELETE: Capability(
        Way.NEVER, "X lets nobody delete what another wrote. It can be hidden, or reported to X.", reversible=False
    ),
    Act.BAN: BAN,
    Act.UNBAN: UNBAN,
    Act.LIST_BANS: Capability(
        Way.API, "X lists whom we blocked.", steps=("Open Blocked accounts in the settings of X.",), site=BLOCKED
    ),
    Act.PUBLISH_TEXT: Capability(
        Way.API,
        "At most 280 characters, of which emoji and many scripts count two and an address 23.",
        limit=LONGEST,
        files=0,
        steps=HAND_PUBLISH,
        site=COMPOSE,
    ),
    Act.PUBLISH_PHOTO: PHOTO,
    Act.PUBLISH_PHOTOS: replace(
        PHOTO, says="Up to four pictures of at most 5 MB each, JPEG, PNG or WebP.", files=MOST_PHOTOS
    ),
    Act.PUBLISH_VIDEO: Capability(
        Way.API,
        "One video of at most 512 MB and 140 seconds; X works on it for a while before it stands.",
        limit=LONGEST,
        files=1,
        steps=HAND_FILES,
        site=COMPOSE,
    ),
    Act.EDIT_POST: Capability(
        Way.BY_HAND,
        "X lets only subscribers of X Premium edit a post, within an hour, on its own site.",
        reversible=False,
        limit=LONGEST,
        steps=(OPEN_OURS, *EDIT_STEPS),
        site=HOME,
    ),
    Act.DELETE_POST: Capability(
        Way.API,
        "Nothing brings the post back; the replies to it stay on X.",
        reversible=False,
        steps=(OPEN_OURS, DELETE_STEP),
        site=HOME,
    ),
}

TIERS: dict[str, dict[Act, Capability]] = {
    SELF_SERVE: {
        Act.REPLY: replace(
            REPLY,
            says="X accepts a reply on this tier only to those who mentioned us; else an officer replies by hand.",
        ),
        Act.COMMENT: replace(
            COMMENT,
            way=Way.CONDITIONAL,
            says="Stands as a reply of our own under our post. X does not say whether it accepts that on this tier; "
            "if it refuses, an officer does it by hand.",
        ),
        Act.BAN: replace(
            BAN, way=Way.BY_HAND, says=f"On this tier X lets no application block: an officer does. {BLOCK_MEANS}"
        ),
        Act.UNBAN: replace(UNBAN, way=Way.BY_HAND, says="On this tier X lets no application unblock: an officer does."),
    },
    ENTERPRISE: {
        Act.REPLY: replace(REPLY, way=Way.API, says=""),
        Act.BAN: replace(BAN, way=Way.API, says=BLOCK_MEANS),
        Act.UNBAN: replace(UNBAN, way=Way.API, says=""),
    },
}
