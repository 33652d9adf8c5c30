"""What YouTube lets an application do (facts.md 4). Menu words of YouTube Studio are from memory (facts.md 4.5)."""

from __future__ import annotations

from accounts.platforms.capabilities.table import Act, Capability, Way

STUDIO = "https://studio.youtube.com"
SITE = "https://www.youtube.com"
LONGEST_COMMENT = 10_000
LONGEST_DESCRIPTION = 5_000  # bytes on the platform; one character may be several
LONGEST_POST = 5_000  # from memory

_OPEN_COMMENTS = "In YouTube Studio, signed in to our channel, open Comments."
_OPEN_POSTS = "On YouTube, signed in to our channel, press Create (+), then Create post."
_OPEN_CONTENT = "In YouTube Studio open Content and choose the video."
_HIDDEN_USERS = "In YouTube Studio open Settings, Community, Automated filters, and find Hidden users."

YOUTUBE: dict[Act, Capability] = {
    # What comes in
    Act.LIST_POSTS: Capability(Way.API, "Our uploads.", site=STUDIO, steps=("In YouTube Studio open Content.",)),
    Act.POLL_COMMENTS: Capability(
        Way.API,
        "All comments of the channel, also those that YouTube holds for review or takes for spam.",
        site=STUDIO,
        steps=(_OPEN_COMMENTS, "Look at Published and at Held for review."),
    ),
    Act.POLL_MENTIONS: Capability(
        Way.BY_HAND,
        "YouTube tells no application where others mention us.",
        site=STUDIO,
        steps=("In YouTube Studio open Comments, Mentions.", "Enter here what concerns the unit, with a picture."),
    ),
    Act.POLL_VISITOR_POSTS: Capability(
        Way.NEVER, "On YouTube nobody but us posts on our channel: there are comments only.", reversible=False
    ),
    Act.POLL_MESSAGES: Capability(Way.NEVER, "YouTube has no private messages.", reversible=False),
    Act.WEBHOOK: Capability(
        Way.NEVER, "YouTube tells nobody of comments: they are read every few minutes.", reversible=False
    ),
    Act.AUTHOR: Capability(Way.API, "The channel's name and handle; not of an account that was closed."),
    Act.AVATAR: Capability(Way.API, "Not of an account that was closed."),
    Act.COUNTS: Capability(
        Way.API, "Subscribers, rounded by YouTube, and videos. No number where the channel hides it.", site=STUDIO
    ),
    # Answers, and what stands in our own name
    Act.REPLY: Capability(
        Way.API,
        "YouTube knows one level of replies: an answer to a reply stands under its thread.",
        limit=LONGEST_COMMENT,
        site=STUDIO,
        steps=(_OPEN_COMMENTS, "Find the comment, press Reply, paste the text, send."),
    ),
    Act.MESSAGE: Capability(Way.NEVER, "YouTube has no private messages: answer in public.", reversible=False),
    Act.COMMENT: Capability(
        Way.API,
        "Not where comments are turned off for the video.",
        limit=LONGEST_COMMENT,
        site=STUDIO,
        steps=("Open the video on YouTube, signed in to our channel.", "Add a comment: paste the text, press Comment."),
    ),
    Act.EDIT_OWN: Capability(
        Way.API,
        "YouTube marks it as edited.",
        limit=LONGEST_COMMENT,
        site=STUDIO,
        steps=("Open our comment on YouTube.", "Menu (⋮): Edit. Change the text, press Save."),
    ),
    Act.DELETE_OWN: Capability(
        Way.API,
        "The replies under it go with it; nothing brings them back.",
        reversible=False,
        site=STUDIO,
        steps=("Open our comment on YouTube.", "Menu (⋮): Delete. Confirm."),
    ),
    # What is done to another's comment, and to who wrote it
    Act.HIDE: Capability(
        Way.API,
        "YouTube holds the comment for review: nobody else sees it, and it can be published again. "
        "A held comment takes no reply, so the notice goes first.",
        contact_first=True,
        site=STUDIO,
        steps=(_OPEN_COMMENTS, "Find the comment, menu (⋮): Hold for review."),
    ),
    Act.UNHIDE: Capability(
        Way.API,
        "Not a comment that was removed: YouTube brings none of those back.",
        site=STUDIO,
        steps=(_OPEN_COMMENTS, "Choose Held for review.", "Find the comment and press Approve (✓)."),
    ),
    Act.DELETE: Capability(
        Way.API,
        "YouTube rejects the comment and hides the replies under it. Nothing brings it back: not we, not YouTube.",
        reversible=False,
        site=STUDIO,
        steps=(_OPEN_COMMENTS, "Find the comment, menu (⋮): Remove. Confirm."),
    ),
    Act.BAN: Capability(
        Way.API,
        "YouTube bans an author only together with the removal of a comment of his, and nothing brings that comment "
        "back. What he writes from then on is rejected unseen. Only by hand, in YouTube Studio, is a ban lifted.",
        reversible=False,
        site=STUDIO,
        steps=(_OPEN_COMMENTS, "Find a comment of this author, menu (⋮): Hide user from channel. Confirm."),
    ),
    Act.UNBAN: Capability(
        Way.BY_HAND,
        "YouTube lets no application lift a ban. Comments that were rejected meanwhile stay so.",
        site=STUDIO,
        steps=(_HIDDEN_USERS, "Remove the author from the list (✕).", "Press Save."),
    ),
    Act.LIST_BANS: Capability(
        Way.BY_HAND,
        "YouTube shows no application whom we banned.",
        site=STUDIO,
        steps=(_HIDDEN_USERS, "Copy the list here, with a picture of it."),
    ),
    # Posts of ours
    Act.PUBLISH_TEXT: Capability(
        Way.BY_HAND,
        "YouTube lets no application write community posts.",
        limit=LONGEST_POST,
        site=SITE,
        steps=(_OPEN_POSTS, "Paste the text, press Post.", "Copy the post's link here."),
    ),
    Act.PUBLISH_PHOTO: Capability(
        Way.BY_HAND,
        "YouTube lets no application write community posts.",
        limit=LONGEST_POST,
        files=1,
        site=SITE,
        steps=(_OPEN_POSTS, "Paste the text, press Image, choose the file, press Post.", "Copy the post's link here."),
    ),
    Act.PUBLISH_PHOTOS: Capability(
        Way.BY_HAND,
        "YouTube lets no application write community posts.",
        limit=LONGEST_POST,
        files=10,  # from memory
        site=SITE,
        steps=(_OPEN_POSTS, "Paste the text, press Image, choose the files, press Post.", "Copy the post's link here."),
    ),
    Act.PUBLISH_VIDEO: Capability(
        Way.API,
        "It is public at once, with the first line as its title unless one is given; YouTube may work on it for "
        "some minutes before everybody can see it. 100 uploads a day.",
        limit=LONGEST_DESCRIPTION,
        files=1,
        site=STUDIO,
        steps=(
            "In YouTube Studio press Create, then Upload videos, and choose the file.",
            "Fill in title and description; choose No, it’s not made for kids.",
            "Under Visibility choose Public, then Publish. Copy the video's link here.",
        ),
    ),
    Act.EDIT_POST: Capability(
        Way.API,
        "Title and description of a video; the film stays as it is. A community post is edited by hand.",
        limit=LONGEST_DESCRIPTION,
        site=STUDIO,
        steps=(_OPEN_CONTENT, "Under Details change title or description, press Save."),
    ),
    Act.DELETE_POST: Capability(
        Way.API,
        "The video and all comments under it go; nothing brings them back. A community post is deleted by hand.",
        reversible=False,
        site=STUDIO,
        steps=(_OPEN_CONTENT, "Options (⋮): Delete forever. Confirm."),
    ),
}
