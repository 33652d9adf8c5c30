"""Who may be signed in: asked at the sign-in, and again at every request."""

from __future__ import annotations

from allauth.account.auth_backends import AuthenticationBackend

from members.models import Member


class Backend(AuthenticationBackend):  # type: ignore[misc]
    """allauth's, for those who serve: not who was invited only, has left, or whose period is over (1.3)."""

    def user_can_authenticate(self, user: Member) -> bool:
        """Whether he is of the unit now."""
        return user.serves()
