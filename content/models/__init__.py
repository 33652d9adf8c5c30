"""S.O.P. 2: what is to stand on an account in the department's name, who approved it, and the order to publish it."""

from content.models.calls import Call, Contact, Letter
from content.models.files import MediaFile
from content.models.ideas import Idea, IdeaFile, IdeaText
from content.models.orders import PublicationOrder
from content.models.publications import Approval, Publication
from content.models.register import Campaign, CampaignDecision, Hashtag, HashtagDecision, HashtagLook

__all__ = [
    "Approval",
    "Call",
    "Campaign",
    "CampaignDecision",
    "Contact",
    "Hashtag",
    "HashtagDecision",
    "HashtagLook",
    "Idea",
    "IdeaFile",
    "IdeaText",
    "Letter",
    "MediaFile",
    "Publication",
    "PublicationOrder",
]
