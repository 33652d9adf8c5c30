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


SHARED = "If a password that signs in here was known, change it and sign out every other device."
CONNECTED = "If the member connected it, its token falls now: another administrator connects it again."

RECOVERY = Step(
    "Recovery e-mail and telephone",
    "Where the member's own stand, put the department's in their place, and write in the log who holds them.",
)
DEVICES = Step("Shared devices", "Sign the account out, or have back, whatever device the member used for it.")

STEPS: dict[str, tuple[Step, ...]] = {
    Platform.FACEBOOK: (
        Step("First", "Sign in with full control of the Page. If nobody else has it, it is passed on before."),
        Step(
            "Page › Settings › Page access",
            "Remove the member from “People with Facebook access” and from “People with task access”.",
        ),
        Step(
            "Meta Business Suite › Settings › People",
            "Remove the member from the business portfolio too: access given there is another than on the Page.",
        ),
        Step("This product › the account's page", CONNECTED),
    ),
    Platform.INSTAGRAM: (
        Step("Settings › Security › Password", SHARED),
        Step("Settings › Security › Two-factor", "Take out the member's telephone and app, and make new backup codes."),
        Step(
            "Meta Business Suite › Settings › People",
            "Remove the member there and from the linked Facebook Page: either opens without the password.",
        ),
        Step("Accounts Center › Accounts", "See that no private account is joined to the department's."),
        Step("This product › the account's page", CONNECTED),
    ),
    Platform.X: (
        Step("Settings › Security and account access › Delegate", "Remove the member from those you have delegated."),
        Step("Settings › Your account › Change your password", SHARED),
        Step(
            "Settings › Security › Two-factor", "Take out the member's telephone and keys, and make a new backup code."
        ),
        Step(
            "Security and account access › Apps and sessions",
            "End the member's sessions, and apps that nobody else uses.",
        ),
        Step("X Pro teams and developer portal", "Remove the member. If the app's keys could be read, make new ones."),
    ),
    Platform.YOUTUBE: (
        Step("YouTube Studio › Settings › Permissions", "Remove the member. An owner is removed by another owner."),
        Step(
            "Google Account › Brand Accounts › Manage permissions",
            "If the channel belongs to a Brand Account, remove the member. A primary owner passes that on before.",
        ),
        Step("Google Account of the department", SHARED),
        Step(
            "Google Cloud › IAM",
            "Remove the member from this product's project. If its secret could be read, make a new one.",
        ),
    ),
}


def steps_for(platform: str) -> tuple[Step, ...]:
    """What to remove where, one after the other; then what is the same on every platform."""
    return (*STEPS.get(platform, ()), RECOVERY, DEVICES)


def hand_over_step(what: str) -> Step:
    """What the log says the member holds is handed over."""
    return Step(f"Log of recovery: {what}", "The member holds it. Have it handed over, and end the entry in the log.")
