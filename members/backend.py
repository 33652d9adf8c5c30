"""Who may be signed in: asked at the sign-in, and again at every request."""

from __future__ import annotations

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.utils import timezone

from members import plainly
from members.models import Member

# Each request begins with it: whether he has a second factor, and whether anything was handed to him, is asked in the
# same statement.
_MEMBER = """
SELECT {columns}, EXISTS (
    SELECT FROM mfa_authenticator WHERE user_id = members_member.id AND type IN ('totp', 'webauthn')
), EXISTS (
    SELECT FROM members_designation WHERE designee_id = members_member.id AND ended_at IS NULL AND until > %s
)
FROM members_member WHERE id = %s
"""
_BESIDES = "came_with_a_factor", "came_with_something_handed"


class Backend(AuthenticationBackend):  # type: ignore[misc]
    """allauth's, for those who serve: not who was invited only, has left, or whose period is over (1.3)."""

    def get_user(self, user_id: Any) -> Member | None:
        """Who is signed in, read anew, with `came_with_a_factor`; None for who is of the unit no more."""
        found = plainly.one(Member, _MEMBER, [timezone.now(), user_id], also=_BESIDES)
        if found is not None and not found.__dict__.pop("came_with_something_handed"):
            found.handed = []
        return found if found is not None and self.user_can_authenticate(found) else None

    def user_can_authenticate(self, user: Member) -> bool:
        """Whether he is of the unit now."""
        return user.serves()
