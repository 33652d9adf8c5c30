"""Comments as received, what is decided about them, what is kept, and what is ordered of the platforms."""

from moderation.models.appeals import Appeal, AppealText
from moderation.models.avatars import Avatar
from moderation.models.bans import BanReview, Waiver
from moderation.models.breaches import Breach, BreachWithdrawal
from moderation.models.came_back import CameBack, Exchange
from moderation.models.captures import Capture
from moderation.models.cases import Case
from moderation.models.clearances import ClauseFlag, Clearance
from moderation.models.comments import Comment, CommentVersion, Poster
from moderation.models.desks import GivenBack, GroupAct, Grouped, Mention, OwnDesk, SavedFilter
from moderation.models.grades import Grade, GradingSystem, Level
from moderation.models.grading_drafts import GradingDraft
from moderation.models.holdings import Holding, PosterNote
from moderation.models.library import AnswerSource, FactReview, FactVersion, FactWithdrawal, LibraryFact
from moderation.models.measures import Measure
from moderation.models.neutrality import Audit, AuditItem, PostTopic
from moderation.models.notes import Note
from moderation.models.notices import Notice
from moderation.models.orders import CommentOrder
from moderation.models.proposals import Proposal
from moderation.models.queue import QueueEntry, SearchEntry
from moderation.models.received import ReceivedBody, ReceivedPage, SetAside
from moderation.models.records import RetainedAddition, RetainedPayload, RetainedRecord
from moderation.models.referrals import Referral, ReferralEntry
from moderation.models.reviews import Review
from moderation.models.search import RecordEntry
from moderation.models.second_looks import ReplyDraft
from moderation.models.sections import Section
from moderation.models.suggestions import LearnedModel, Reading, Showing, Suggested
from moderation.models.texts import Purpose, Wording, WordingApproval, WordingReview, WordingWithdrawal
from moderation.models.threats import Threat, ThreatAlert, ThreatDecision
from moderation.models.webhooks import GoneBefore, WebhookCount, WebhookDelivery, WebhookWork

__all__ = [
    "AnswerSource",
    "Appeal",
    "AppealText",
    "Audit",
    "AuditItem",
    "Avatar",
    "BanReview",
    "Breach",
    "BreachWithdrawal",
    "CameBack",
    "Capture",
    "Case",
    "ClauseFlag",
    "Clearance",
    "Comment",
    "CommentOrder",
    "CommentVersion",
    "Exchange",
    "FactReview",
    "FactVersion",
    "FactWithdrawal",
    "GivenBack",
    "GoneBefore",
    "Grade",
    "GradingDraft",
    "GradingSystem",
    "GroupAct",
    "Grouped",
    "Holding",
    "LearnedModel",
    "Level",
    "LibraryFact",
    "Measure",
    "Mention",
    "Note",
    "Notice",
    "OwnDesk",
    "PostTopic",
    "Poster",
    "PosterNote",
    "Proposal",
    "Purpose",
    "QueueEntry",
    "Reading",
    "ReceivedBody",
    "ReceivedPage",
    "RecordEntry",
    "Referral",
    "ReferralEntry",
    "ReplyDraft",
    "RetainedAddition",
    "RetainedPayload",
    "RetainedRecord",
    "Review",
    "SavedFilter",
    "SearchEntry",
    "Section",
    "SetAside",
    "Showing",
    "Suggested",
    "Threat",
    "ThreatAlert",
    "ThreatDecision",
    "Waiver",
    "WebhookCount",
    "WebhookDelivery",
    "WebhookWork",
    "Wording",
    "WordingApproval",
    "WordingReview",
    "WordingWithdrawal",
]
