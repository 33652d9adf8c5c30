"""What Facebook Pages let an application do (facts.md 1).

The steps use the words of Facebook's own menus and of Meta Business Suite in English, as known from memory.
"""

from __future__ import annotations

from accounts.platforms.capabilities.table import Act, Capability, Way

_SITE = "https://www.facebook.com/"
_SUITE = "https://business.facebook.com/latest/"
_INBOX = f"{_SUITE}inbox/all"
_POSTS = f"{_SUITE}posts/published_posts"
_COMPOSER = f"{_SUITE}composer"
_AS_PAGE = "Open facebook.com signed in and switch to the Page (your picture, See all profiles, the Page)."
_OPEN = "Open the comment by its link as the Page."
_COMPOSE = "Open Meta Business Suite, choose the Page, and press Create post."
_BLOCKING = "Open Settings & privacy, Settings, Blocking as the Page."

FACEBOOK: dict[Act, Capability] = {
    # What comes in
    Act.LIST_POSTS: Capability(
        Way.API, steps=("Open Meta Business Suite, Content, Published.", "Note each new post here."), site=_POSTS
    ),
    Act.POLL_COMMENTS: Capability(
        Way.API,
        "Each post is asked for its own comments; Facebook has no list for a whole Page.",
        steps=(
            "Open Meta Business Suite, Inbox, Facebook comments.",
            "Enter each new comment here by hand capture, with a picture of the screen.",
        ),
        site=_INBOX,
    ),
    Act.POLL_MENTIONS: Capability(
        Way.CONDITIONAL,
        "Only public posts that tag the Page are shown to us; a comment that names it elsewhere comes by webhook only.",
        steps=(
            _AS_PAGE,
            "Open Notifications and look for mentions of the Page.",
            "Enter each here by hand capture, with a picture of the screen.",
        ),
        site=f"{_SITE}notifications",
    ),
    Act.POLL_VISITOR_POSTS: Capability(
        Way.API,
        "Only while the Page lets visitors post on it.",
        steps=(_AS_PAGE, "Open the Page's Mentions tab.", "Enter each visitor's post here by hand capture."),
        site=_SITE,
    ),
    Act.POLL_MESSAGES: Capability(
        Way.CONDITIONAL,
        "Needs the permission to read messages (pages_messaging); without it the Page's inbox is read by an officer.",
        steps=("Open Meta Business Suite, Inbox, Messenger.", "Enter each new message here by hand capture."),
        site=_INBOX,
    ),
    Act.WEBHOOK: Capability(
        Way.CONDITIONAL,
        "The department's application must have its webhook set up at Meta: Page, with feed, mention and messages.",
        steps=(
            "Open developers.facebook.com, My Apps, the department's application, Webhooks.",
            "Choose Page, enter this product's address and the agreed word, press Verify and save.",
            "Press Subscribe beside feed, mention and messages.",
        ),
        site="https://developers.facebook.com/apps/",
    ),
    Act.AUTHOR: Capability(
        Way.CONDITIONAL,
        "Facebook leaves the name out where the person, or the rights of our application, keep it back.",
        steps=(_OPEN, "Read the name above the comment and enter it here."),
        site=_SITE,
    ),
    Act.AVATAR: Capability(
        Way.CONDITIONAL,
        "Comes with the name, where Facebook shows it; else the initials stand.",
        steps=(_OPEN, "Save the picture beside the name and add it here."),
        site=_SITE,
    ),
    Act.COUNTS: Capability(
        Way.API,
        "Facebook tells the followers of a Page, not the number of its posts.",
        steps=("Open Meta Business Suite, Insights, Audience.", "Enter the number of followers here."),
        site=f"{_SUITE}insights/people",
    ),
    # Answers, and what stands in our own name
    Act.REPLY: Capability(
        Way.API,
        "A private message can be answered for 24 hours after the person last wrote; after that only that person can "
        "write first.",
        limit=8000,
        steps=(_OPEN, "Press Reply, paste the text, send."),
        site=_SITE,
    ),
    Act.MESSAGE: Capability(
        Way.CONDITIONAL,
        "Once for each comment and within seven days of it. More can be written only after the person has answered, "
        "and then for 24 hours. A person who takes no messages from Pages, or another Page, gets none.",
        reversible=False,
        limit=2000,
        days=7,
        once=True,
        steps=(
            _OPEN,
            "Press Send message (or Message) under the comment.",
            "Paste the text and press Send message.",
        ),
        site=_INBOX,
    ),
    Act.COMMENT: Capability(
        Way.API,
        limit=8000,
        steps=("Open our post by its link as the Page.", "Press Comment, paste the text, send."),
        site=_SITE,
    ),
    Act.EDIT_OWN: Capability(
        Way.API,
        "Facebook marks it as edited and shows everybody the earlier text under View edit history.",
        limit=8000,
        steps=("Open our comment by its link as the Page.", "Menu (…), Edit; change the text, press Enter."),
        site=_SITE,
    ),
    Act.DELETE_OWN: Capability(
        Way.API,
        "What was answered to it goes with it, also what others wrote. Nothing brings it back.",
        reversible=False,
        steps=("Open our comment by its link as the Page.", "Menu (…), Delete, and Delete again."),
        site=_SITE,
    ),
    # What is done to another's comment, and to who wrote it
    Act.HIDE: Capability(
        Way.API,
        "Its author and the author's friends still see a hidden comment; Facebook tells nobody.",
        steps=(_OPEN, "Open its menu (…) and choose Hide comment."),
        site=_SITE,
    ),
    Act.UNHIDE: Capability(
        Way.API,
        steps=(_OPEN, "Open its menu (…) and choose Unhide comment."),
        site=_SITE,
    ),
    Act.DELETE: Capability(
        Way.API,
        "The comment goes for good with all answers to it; neither we nor Facebook bring it back.",
        reversible=False,
        steps=(_OPEN, "Open its menu (…), choose Delete comment, and confirm with Delete."),
        site=_SITE,
    ),
    Act.BAN: Capability(
        Way.CONDITIONAL,
        "Only where Facebook tells who wrote. The person can no longer comment, post or write messages to the Page, "
        "and still sees what is public.",
        steps=(
            _OPEN,
            "Hold the pointer over the author's name, menu (…), choose Block from Page (or Ban user from Page).",
            "Confirm.",
        ),
        site=_SITE,
    ),
    Act.UNBAN: Capability(
        Way.API,
        steps=(_AS_PAGE, _BLOCKING, "Find the person in the list, press Unblock, confirm."),
        site=f"{_SITE}settings?tab=people_and_other_pages",
    ),
    Act.LIST_BANS: Capability(
        Way.API,
        steps=(_AS_PAGE, _BLOCKING, "Enter here whom the list names."),
        site=f"{_SITE}settings?tab=people_and_other_pages",
    ),
    # Posts of ours
    Act.PUBLISH_TEXT: Capability(
        Way.API,
        limit=63_206,
        steps=(_COMPOSE, "Paste the text and the link.", "Press Publish."),
        site=_COMPOSER,
    ),
    Act.PUBLISH_PHOTO: Capability(
        Way.API,
        "A photo of 4 MB at most.",
        limit=63_206,
        files=1,
        steps=(
            _COMPOSE,
            "Press Add photo and choose the file.",
            "Hold the pointer over the photo, press Edit photo, Alt text, and paste its description.",
            "Paste the text and press Publish.",
        ),
        site=_COMPOSER,
    ),
    Act.PUBLISH_PHOTOS: Capability(
        Way.API,
        "Photos of 4 MB each at most. Should the post fail, photos that went before it are taken away again.",
        limit=63_206,
        files=10,
        steps=(
            _COMPOSE,
            "Press Add photo and choose the files in their order.",
            "Give each its description: Edit photo, Alt text.",
            "Paste the text and press Publish.",
        ),
        site=_COMPOSER,
    ),
    Act.PUBLISH_VIDEO: Capability(
        Way.API,
        "Facebook works on a video before it shows it; that may take minutes.",
        limit=63_206,
        files=1,
        steps=(
            _COMPOSE,
            "Press Add video and choose the file; give it its title.",
            "Paste the text and press Publish.",
        ),
        site=_COMPOSER,
    ),
    Act.EDIT_POST: Capability(
        Way.API,
        "Only the text can be changed. Facebook marks the post as edited and shows the earlier text under "
        "View edit history.",
        limit=63_206,
        steps=("Open our post by its link as the Page.", "Menu (…), Edit post; change the text, press Save."),
        site=_POSTS,
    ),
    Act.DELETE_POST: Capability(
        Way.API,
        "All comments under it go with it. Nothing brings it back by an application.",
        reversible=False,
        steps=("Open our post by its link as the Page.", "Menu (…), Move to trash (or Delete post), and confirm."),
        site=_POSTS,
    ),
}
