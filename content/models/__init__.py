"""S.O.P. 2: what is to stand on an account in the department's name, who approved it, and the order to publish it."""

from content.models.files import MediaFile
from content.models.orders import PublicationOrder
from content.models.publications import Approval, Publication

__all__ = ["Approval", "MediaFile", "Publication", "PublicationOrder"]
