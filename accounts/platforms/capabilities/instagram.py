"""What Instagram lets an application do, by the Facebook Login route (facts.md 2), and how a person does it there."""

from __future__ import annotations

from accounts.platforms.capabilities.table import Act, Capability, Way

SITE = "https://www.instagram.com/"
INBOX = "https://www.instagram.com/direct/inbox/"
BLOCKED = "https://www.instagram.com/accounts/blocked_accounts/"  # the address from memory

CAPTION = 2200  # characters of a caption; of a comment from memory
MESSAGE = (
    1000  # bytes of a private message, from memory: the client counts them, a text of ASCII has as many characters
)
CAROUSEL = 10  # pictures of one post

_OPEN = "Open the post on Instagram, signed in as the department."
_CREATE = "Open Instagram, signed in as the department, and press Create (+), then Post."

_COMING_IN: dict[Act, Capability] = {
    Act.LIST_POSTS: Capability(Way.API, "Photos, carousels and reels; stories are gone after a day.", site=SITE),
    Act.POLL_COMMENTS: Capability(
        Way.API,
        "Instagram gives no application the comments on live video, on age-gated posts, or of people whom the account "
        "has restricted until these are approved: an officer looks at those by hand.",
        steps=("Open the post on Instagram, signed in as the department.", "Press View all comments.", "Enter each."),
        site=SITE,
    ),
    Act.POLL_MENTIONS: Capability(
        Way.CONDITIONAL,
        "Posts in which the account is tagged are listed; that somebody writes @ and our name, only Instagram's "
        "notices (webhooks) tell. Without Advanced Access these never come, and an officer looks by hand.",
        steps=("Open Notifications on Instagram, signed in as the department.", "Choose Tags and mentions under All."),
        site=SITE,
    ),
    Act.POLL_VISITOR_POSTS: Capability(
        Way.NEVER, "Instagram has no visitors' posts: nobody can post on another's profile.", reversible=False
    ),
    Act.POLL_MESSAGES: Capability(
        Way.CONDITIONAL,
        "Read where the app holds instagram_manage_messages with Advanced Access and the account's own setting allows "
        "connected tools to see messages; else an officer reads the inbox by hand.",
        steps=("Open Messages on Instagram, signed in as the department.", "Look under Primary, General and Requests."),
        site=INBOX,
    ),
    Act.WEBHOOK: Capability(
        Way.CONDITIONAL,
        "Instagram accepts the subscription from every app, but sends comments only to one with Advanced Access (App "
        "Review and a verified business) and for a public account. Polling stands beside it and needs none of that.",
    ),
    Act.AUTHOR: Capability(Way.API, "The user name; Instagram tells no full name of who comments."),
    Act.AVATAR: Capability(
        Way.CONDITIONAL,
        "Instagram shows an application the pictures of professional accounts only, which most commenters are not: "
        "their initials stand instead.",
    ),
    Act.COUNTS: Capability(Way.API, "Followers and posts, as the profile shows them.", site=SITE),
}

_IN_OUR_NAME: dict[Act, Capability] = {
    Act.REPLY: Capability(
        Way.API,
        "A reply to a reply lands under the first comment of the thread. A message can be answered for 24 hours "
        "after it came, only.",
        limit=CAPTION,
        steps=(_OPEN, "Press Reply under the comment, paste the text, press Post."),
        site=SITE,
    ),
    Act.MESSAGE: Capability(
        Way.CONDITIONAL,
        "One private message for each comment, within 7 days of it. Who does not follow the account finds it among "
        "his message requests; more can be written only after he answers.",
        reversible=False,
        limit=MESSAGE,
        steps=(
            "Open the commenter's profile on Instagram, signed in as the department.",
            "Press Message, paste the text, press Send.",
        ),
        site=INBOX,
        days=7,
        once=True,
    ),
    Act.COMMENT: Capability(
        Way.API,
        "Not on live video, nor where comments are turned off.",
        limit=CAPTION,
        steps=(_OPEN, "Write in Add a comment…, press Post."),
        site=SITE,
    ),
    Act.EDIT_OWN: Capability(
        Way.BY_HAND,
        "Instagram lets no application change a comment: delete it and write it anew, or an officer changes it where "
        "Instagram itself offers that.",
        limit=CAPTION,
        steps=(
            _OPEN,
            "Hold our comment. Where Instagram offers Edit: paste the new text and save.",
            "Where it does not: choose Delete, write the comment again with the new text.",
        ),
        site=SITE,
    ),
    Act.DELETE_OWN: Capability(
        Way.API,
        "The answers under it go with it; nothing brings it back.",
        reversible=False,
        steps=(_OPEN, "Hold our comment (on a computer: its menu …) and choose Delete."),
        site=SITE,
    ),
}

_TO_OTHERS: dict[Act, Capability] = {
    Act.HIDE: Capability(
        Way.API,
        "On Instagram a hidden comment cannot be replied to, so the notice goes first.",
        contact_first=True,
        steps=("Open the post on Instagram.", "Hold the comment and choose Hide comment."),
        site=SITE,
    ),
    Act.UNHIDE: Capability(
        Way.API,
        steps=("Open View hidden comments under the post on Instagram.", "Choose Unhide comment."),
        site=SITE,
    ),
    Act.DELETE: Capability(
        Way.API,
        "The answers under it go with it; nothing brings it back.",
        reversible=False,
        steps=(_OPEN, "Hold the comment (on a computer: its menu …) and choose Delete."),
        site=SITE,
    ),
    Act.BAN: Capability(
        Way.CONDITIONAL,
        "An application can block only a person with whom the account already has a conversation; everybody else is "
        "blocked by hand. Instagram does not tell him; his comments and likes on our posts disappear.",
        steps=(
            "Open the person's profile on Instagram, signed in as the department.",
            "Open its menu (…) and choose Block.",
            "Choose to block this account only, and confirm with Block.",
        ),
        site=SITE,
    ),
    Act.UNBAN: Capability(
        Way.CONDITIONAL,
        "An application can unblock only a person with whom the account has a conversation; everybody else is "
        "unblocked by hand.",
        steps=(
            "Open Settings on Instagram, signed in as the department: Blocked.",
            "Find the person, press Unblock, and confirm.",
        ),
        site=BLOCKED,
    ),
    Act.LIST_BANS: Capability(
        Way.BY_HAND,
        "Instagram shows no application whom an account has blocked.",
        steps=("Open Settings on Instagram, signed in as the department: Blocked.", "Enter each name of the list."),
        site=BLOCKED,
    ),
}

_DAILY = "Instagram takes so many posts of an application in 24 hours (100, older accounts fewer)."

_OUR_POSTS: dict[Act, Capability] = {
    Act.PUBLISH_TEXT: Capability(
        Way.NEVER, "A post on Instagram has a picture or a video; text alone cannot be posted.", reversible=False
    ),
    Act.PUBLISH_PHOTO: Capability(
        Way.API,
        f"A JPEG picture, which Instagram fetches from us. {_DAILY}",
        limit=CAPTION,
        steps=(_CREATE, "Choose the picture, write the caption, under Accessibility the description, press Share."),
        site=SITE,
        files=1,
    ),
    Act.PUBLISH_PHOTOS: Capability(
        Way.API,
        f"Two to ten JPEG pictures, all cut to the shape of the first. {_DAILY}",
        limit=CAPTION,
        steps=(
            _CREATE,
            "Choose Select multiple and the pictures in their order.",
            "Write the caption, under Accessibility the descriptions, press Share.",
        ),
        site=SITE,
        files=CAROUSEL,
    ),
    Act.PUBLISH_VIDEO: Capability(
        Way.API,
        f"It becomes a reel that also stands among the posts; it has no description for who cannot see. {_DAILY}",
        limit=CAPTION,
        steps=(_CREATE, "Choose the video, write the caption, press Share."),
        site=SITE,
        files=1,
    ),
    Act.EDIT_POST: Capability(
        Way.BY_HAND,
        "Instagram lets no application change a caption; pictures cannot be changed by anybody.",
        limit=CAPTION,
        steps=(_OPEN, "Open its menu (…) and choose Edit.", "Change the caption, press Done."),
        site=SITE,
    ),
    Act.DELETE_POST: Capability(
        Way.API,
        "Its comments go with it, and nothing brings it back. The app needs the permission instagram_manage_contents; "
        "one picture of several cannot be taken away alone.",
        reversible=False,
        steps=(_OPEN, "Open its menu (…) and choose Delete, then Delete again."),
        site=SITE,
    ),
}

INSTAGRAM: dict[Act, Capability] = {**_COMING_IN, **_IN_OUR_NAME, **_TO_OTHERS, **_OUR_POSTS}
