"""What is to be taken away on each platform when a member leaves (1.3), in the words of the platform's own pages.

A platform knows three kinds of holds: a role given to the person, a password that several know, and an app's token that
hangs on the person who connected it.
"""

from __future__ import annotations

from dataclasses import dataclass

from accounts.platforms.contract import Platform


@dataclass(frozen=True)
class Step:
    """One thing to do: the way there, and what to do when one is there."""

    where: str
    what: str


SHARED = "If he knew a password that signs in here, change it and sign out every other device."
CONNECTED = "If it was he who connected it, its token falls with him: another administrator connects it again."

STEPS: dict[str, tuple[Step, ...]] = {
    Platform.FACEBOOK: (
        Step("First", "Sign in with full control of the Page. If he alone has it, let him give it to another before."),
        Step(
            "Page › Settings › Page access",
            "Remove him from “People with Facebook access” and from “People with task access”: he may stand in both.",
        ),
        Step(
            "Meta Business Suite › Settings › People",
            "Remove him from the business portfolio. Access given there is another than that given on the Page.",
        ),
        Step("This product › the account's page", CONNECTED),
    ),
    Platform.INSTAGRAM: (
        Step("Settings › Security › Password", SHARED),
        Step("Settings › Security › Two-factor", "Take out his telephone and his app, and make new backup codes."),
        Step(
            "Meta Business Suite › Settings › People",
            "Remove him there and from the linked Facebook Page: either lets him in without the password.",
        ),
        Step("Accounts Center › Accounts", "See that no account of his own is joined to the department's."),
        Step("This product › the account's page", CONNECTED),
    ),
    Platform.X: (
        Step("Settings › Security and account access › Delegate", "Remove him from the members you have delegated."),
        Step("Settings › Your account › Change your password", SHARED),
        Step("Settings › Security › Two-factor", "Take out his telephone and keys, and make a new backup code."),
        Step("Security and account access › Apps and sessions", "End sessions that are his, and apps that he let in."),
        Step("X Pro teams and developer portal", "Remove him. If he could read the app's keys, make new ones."),
    ),
    Platform.YOUTUBE: (
        Step("YouTube Studio › Settings › Permissions", "Remove him. An owner is removed by another owner."),
        Step(
            "Google Account › Brand Accounts › Manage permissions",
            "If the channel belongs to a Brand Account, remove him. A primary owner passes that on to another before.",
        ),
        Step("Google Account of the department", SHARED),
        Step(
            "Google Cloud › IAM", "Remove him from this product's project. If he could read its secret, make a new one."
        ),
    ),
}


def steps_for(platform: str) -> tuple[Step, ...]:
    """What to remove where, one after the other."""
    return STEPS[platform]
