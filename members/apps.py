"""The members app: who is in the unit, what each may do, and the trail of what each did."""

from __future__ import annotations

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class MembersConfig(AppConfig):
    """Applies the grants that the models declare after each migration: machinery, not a business rule."""

    name = "members"
    verbose_name = "Members"

    def ready(self) -> None:
        """Connect the grants to the end of `migrate`, and signing in to the trail."""
        from members.devices import know_devices
        from members.facts import apply_grants
        from members.sessions import note_sign_ins
        from members.sign_in import keep_the_trail

        post_migrate.connect(apply_grants, dispatch_uid="members.apply_grants")
        keep_the_trail()
        note_sign_ins()
        know_devices()
