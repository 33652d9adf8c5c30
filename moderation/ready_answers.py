"""The approved text that answers a comment for a purpose, filled in and ready for one key (ruling 1)."""

from __future__ import annotations

from members.models.agency import agency
from moderation.models import Comment
from moderation.models.texts import Wording
from moderation.replies import first_name


def ready_answer(comment: Comment, purpose: str) -> str | None:
    """In the comment's language, else in English; neighbours get other wordings. None where nothing is approved."""
    first = first_name(comment.author_name)
    approved = Wording.objects.approved().filter(purpose=purpose).order_by("pk")
    for language in (comment.language, "en"):
        found = [one for one in approved.filter(language=language) if first or "{first_name}" not in one.text]
        if found:
            ours = agency()
            text = str(found[comment.pk % len(found)].text)
            given = {
                "first_name": first,
                "emergency": ours.emergency_number,
                "non_emergency": ours.non_emergency_number,
            }
            for name, value in given.items():
                text = text.replace(f"{{{name}}}", value)
            return text
    return None
