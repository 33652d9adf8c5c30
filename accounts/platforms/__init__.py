"""The clients of the four platforms' APIs: one module each, one contract (`contract.Client`)."""

from accounts.platforms.contract import Client, Credentials


def client_for(platform: str, credentials: Credentials, **callbacks: object) -> Client:
    """The client of `platform` for an account. (The clients land in the next commits.)"""
    raise LookupError(platform)
