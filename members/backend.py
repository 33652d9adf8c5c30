"""Who may be signed in: asked at the sign-in, and again at every request."""

from __future__ import annotations

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend

from members.models import Member

# Each request begins with it: whether he has a second factor is asked in the same statement.
_MEMBER = """
SELECT member.*, EXISTS (
    SELECT FROM mfa_authenticator WHERE user_id = member.id AND type IN ('totp', 'webauthn')
) AS came_with_a_factor
FROM members_member member WHERE id = %s
"""


class Backend(AuthenticationBackend):  # type: ignore[misc]
    """allauth's, for those who serve: not who was invited only, has left, or whose period is over (1.3)."""

    def get_user(self, user_id: Any) -> Member | None:
        """Who is signed in, read anew, with `came_with_a_factor`; None for who is of the unit no more."""
        found: Member | None = next(iter(Member.objects.raw(_MEMBER, [user_id])), None)
        return found if found is not None and self.user_can_authenticate(found) else None

    def user_can_authenticate(self, user: Member) -> bool:
        """Whether he is of the unit now."""
        return user.serves()
