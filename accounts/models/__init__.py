"""Accounts, who administers and edits them or did, their posts, their limits, and the Terms of Use shown on them."""

from accounts.models.account import Account, Credential, Role
from accounts.models.polling import PlatformLimit, PollState
from accounts.models.posts import Post
from accounts.models.removals import Removal, RemovalNote
from accounts.models.terms import Clause, Terms

__all__ = [
    "Account",
    "Clause",
    "Credential",
    "PlatformLimit",
    "PollState",
    "Post",
    "Removal",
    "RemovalNote",
    "Role",
    "Terms",
]
