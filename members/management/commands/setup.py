"""`manage.py setup`: begin a real unit, here at the console, or at its first page with a key from here."""

from __future__ import annotations

import getpass
import io
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import urljoin

import qrcode
from allauth.mfa.adapter import get_adapter
from allauth.mfa.totp.internal.auth import generate_totp_secret
from django import forms
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.urls import reverse

from members.languages import NAMES
from members.models import Agency, Member
from members.models.agency import agency
from members.setting_up import AlreadySetUp, is_set_up, new_key, set_up
from members.setup_forms import AgencyForm, CodeForm, CommanderForm, PasswordForm
from members.states import Invalid

Form = TypeVar("Form", bound=forms.Form)
OF_THE_AGENCY = ("name", "short_name", "zone", "languages", "emergency_number", "non_emergency_number")
OF_THE_COMMANDER = ("name", "number", "username", "email")


class Command(BaseCommand):
    """Stores nothing before the last answer; refuses where there is a unit."""

    help = "Set up a real unit: asks at the console, or prints a key for the first page (--key)."

    def add_arguments(self, parser: CommandParser) -> None:
        """Every answer can be given beforehand; with --no-input every one must be."""
        parser.add_argument("--key", action="store_true", help="print a key for the first page, good for an hour")
        parser.add_argument("--no-input", action="store_true", help="ask nothing: every answer is an option")
        for name in OF_THE_AGENCY:
            parser.add_argument(f"--agency-{name.replace('_', '-')}", help=_label(AgencyForm, name))
        for name in OF_THE_COMMANDER:
            parser.add_argument(f"--commander-{name}", help=_label(CommanderForm, name))
        parser.add_argument("--password-file", help="a file with the Commander's password, - for standard input")

    def handle(self, *args: Any, key: bool, **options: Any) -> None:
        """Print a key, or ask; every refusal is a sentence and exit status 1."""
        try:
            if is_set_up(agency()):
                raise AlreadySetUp(agency(), "set_up")
            if key:
                self._print_key()
            else:
                self._set_up(options)
        except (AlreadySetUp, Invalid) as refused:
            raise CommandError(str(refused)) from refused
        except (KeyboardInterrupt, EOFError):
            raise CommandError("\nBroken off. Nothing was stored.") from None

    def _print_key(self) -> None:
        address = urljoin(settings.UNIT_URL, reverse("setup"))
        self.stdout.write(f"Open {address} within an hour and type this key:\n\n    {new_key()}\n")

    def _set_up(self, options: Mapping[str, Any]) -> None:
        ask = not options["no_input"]
        if ask:
            self.stdout.write("The agency. An answer in [brackets] is taken when you type none.\n")
        defaults = {"zone": agency().zone, "languages": "en", "emergency_number": "911"}
        ours = self._filled(AgencyForm, _given(options, "agency", OF_THE_AGENCY), ask=ask, defaults=defaults).agency()
        if ask:
            self.stdout.write("\nThe Section Commander.\n")
        form = self._filled(CommanderForm, _given(options, "commander", OF_THE_COMMANDER), ask=ask)
        commander = form.commander()
        self._set_password(commander, ours, options["password_file"], ask=ask)
        seed = generate_totp_secret()
        self._show_second_factor(commander, seed)
        if ask:
            self._filled(CodeForm, {}, ask=True, seed=seed)
        codes = set_up(ours, commander, seed=seed)
        self.stdout.write(
            "\nThe unit is set up. Recovery codes, each good once; keep them where the telephone is not:\n"
        )
        self.stdout.write("\n".join(f"    {code}" for code in codes))
        self.stdout.write(f"\nSign in at {settings.UNIT_URL} as {commander.username}.")

    def _filled(
        self,
        kind: type[Form],
        given: dict[str, Any],
        *,
        ask: bool,
        defaults: Mapping[str, str] | None = None,
        **more: Any,
    ) -> Form:
        """The form with every answer right: asks for those that are missing or wrong, one after the other."""
        while True:
            form = kind(given, **more)
            if form.is_valid():
                return form
            if not ask:
                raise CommandError("\n".join(f"{name}: {_said(form, name)}" for name in form.errors))
            for name in [name for name in form.fields if name in form.errors]:
                if name in given:
                    self.stderr.write(f"  {_said(form, name)}")
                given[name] = self._answer(name, form.fields[name], (defaults or {}).get(name, ""))

    def _answer(self, name: str, field: forms.Field, default: str) -> Any:
        if isinstance(field.widget, forms.PasswordInput):
            return getpass.getpass(f"  {field.label}: ")
        if name == "languages":
            self.stdout.write("  " + ", ".join(f"{code} {word}" for code, word in NAMES.items()))
        elif field.help_text:
            self.stdout.write(f"  ({field.help_text})")
        typed = input(f"  {field.label}{f' [{default}]' if default else ''}: ") or default
        return typed.replace(",", " ").split() if name == "languages" else typed

    def _set_password(self, commander: Member, ours: Agency, file: str | None, *, ask: bool) -> None:
        given: dict[str, Any] = {}
        if file:
            password = (sys.stdin.read() if file == "-" else Path(file).read_text()).rstrip("\n")
            given = {"password": password, "again": password}
        elif not ask:
            raise CommandError("--no-input needs --password-file: a password on the command line could be seen.")
        form = self._filled(PasswordForm, given, ask=ask, member=commander, agency=ours)
        commander.set_password(form.cleaned_data["password"])

    def _show_second_factor(self, commander: Member, seed: str) -> None:
        address = get_adapter().build_totp_url(commander, seed)
        drawing = qrcode.QRCode(border=2)
        drawing.add_data(address)
        drawn = io.StringIO()
        drawing.print_ascii(out=drawn, invert=True)
        self.stdout.write("\nThe second factor: scan this with an authenticator app, or give it the address below.\n")
        try:
            drawn.getvalue().encode(getattr(self.stdout, "encoding", None) or "ascii")
        except UnicodeEncodeError:
            self.stdout.write("(This terminal cannot draw it.)")
        else:
            self.stdout.write(drawn.getvalue())
        self.stdout.write(address + "\n")


def _label(kind: type[forms.Form], name: str) -> str:
    return str(kind.base_fields[name].label)


def _said(form: forms.Form, name: str) -> str:
    return " ".join(str(sentence) for sentence in form.errors[name])


def _given(options: Mapping[str, Any], prefix: str, names: tuple[str, ...]) -> dict[str, Any]:
    """The answers that were given as options."""
    given = {name: options[f"{prefix}_{name}"] for name in names if options[f"{prefix}_{name}"] is not None}
    if isinstance(given.get("languages"), str):
        given["languages"] = given["languages"].replace(",", " ").split()
    return given
