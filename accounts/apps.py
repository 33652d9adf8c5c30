"""The accounts app: S.O.P. 1, platforms and accounts."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """S.O.P. 1."""

    name = "accounts"
    verbose_name = "Accounts"
