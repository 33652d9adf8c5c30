"""Accounts, who administers and edits them or did, their posts, their limits, and the Terms of Use shown on them."""

from accounts.models.account import Account, Role
from accounts.models.connecting import Acknowledgement, Connecting
from accounts.models.credentials import Credential
from accounts.models.fakes import FakeAccount, FakeStep
from accounts.models.filters import FilterNote, PlatformFilter
from accounts.models.gaps import Gap
from accounts.models.holders import RecoveryHold
from accounts.models.polling import PlatformLimit, PollState
from accounts.models.posts import Post
from accounts.models.removals import Removal, RemovalItem, RemovalNote
from accounts.models.requests import AccountRequest, GoalServed, RequestDecision, RequestedRole
from accounts.models.standing import AccountName, Suspension
from accounts.models.standing_bans import StandingBan, Takeover
from accounts.models.subscriptions import WebhookSubscription
from accounts.models.tallies import AudienceCount, Blindness, CallTally, FailureTally, Newest
from accounts.models.terminations import FollowerNotice, Termination, TerminationApproval
from accounts.models.terms import Clause, Terms, TermsDraft
from accounts.models.terms_checks import TermsCheck
from accounts.models.terms_texts import TermsReview, TermsText
from accounts.models.tokens import TokenCheck

__all__ = [
    "Account",
    "AccountName",
    "AccountRequest",
    "Acknowledgement",
    "AudienceCount",
    "Blindness",
    "CallTally",
    "Clause",
    "Connecting",
    "Credential",
    "FailureTally",
    "FakeAccount",
    "FakeStep",
    "FilterNote",
    "FollowerNotice",
    "Gap",
    "GoalServed",
    "Newest",
    "PlatformFilter",
    "PlatformLimit",
    "PollState",
    "Post",
    "RecoveryHold",
    "Removal",
    "RemovalItem",
    "RemovalNote",
    "RequestDecision",
    "RequestedRole",
    "Role",
    "StandingBan",
    "Suspension",
    "Takeover",
    "Termination",
    "TerminationApproval",
    "Terms",
    "TermsCheck",
    "TermsDraft",
    "TermsReview",
    "TermsText",
    "TokenCheck",
    "WebhookSubscription",
]
