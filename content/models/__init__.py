"""S.O.P. 2: what is to be said in the department's name, who approved it, and the order to publish it."""

from content.models.assets import Asset, Depicted, Rights
from content.models.calls import Call, Contact, Letter
from content.models.differences import PostDifference, PostLook
from content.models.drafts import DraftComment, Look, Reviewing
from content.models.files import MediaFile
from content.models.holds import Hold, Release
from content.models.ideas import Idea, IdeaFile, IdeaText
from content.models.items import AccuracyReview, Item, Purpose, Revision
from content.models.link_checks import LinkCheck
from content.models.listed_names import ListedName
from content.models.orders import PublicationOrder
from content.models.placements import Placement
from content.models.prepared import Template, TemplateReview, TemplateText
from content.models.publications import Approval, Publication
from content.models.register import Campaign, CampaignDecision, Hashtag, HashtagDecision, HashtagLook
from content.models.renderings import Mark, Rendering, Upload
from content.models.strategy import Strategy, StrategyAgreement, StrategyMeasure
from content.models.submissions import Submission, Verdict

__all__ = [
    "AccuracyReview",
    "Approval",
    "Asset",
    "Call",
    "Campaign",
    "CampaignDecision",
    "Contact",
    "Depicted",
    "DraftComment",
    "Hashtag",
    "HashtagDecision",
    "HashtagLook",
    "Hold",
    "Idea",
    "IdeaFile",
    "IdeaText",
    "Item",
    "Letter",
    "LinkCheck",
    "ListedName",
    "Look",
    "Mark",
    "MediaFile",
    "Placement",
    "PostDifference",
    "PostLook",
    "Publication",
    "PublicationOrder",
    "Purpose",
    "Release",
    "Rendering",
    "Reviewing",
    "Revision",
    "Rights",
    "Strategy",
    "StrategyAgreement",
    "StrategyMeasure",
    "Submission",
    "Template",
    "TemplateReview",
    "TemplateText",
    "Upload",
    "Verdict",
]
