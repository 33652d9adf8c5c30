"""What the tests of content share with those of comments."""

from tests.moderation.conftest import no_hints, platform

__all__ = ["no_hints", "platform"]
