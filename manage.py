#!/usr/bin/env python
"""Django's command line for this project.

Commands that change tables connect as the owner of the database; everything else connects as the app's role,
which may not (architecture.md, idea 8).
"""

import os
import sys

from smu.environment import load

OWNER_COMMANDS = {"migrate", "sqlmigrate", "pgtrigger", "createcachetable"}
# What runs before there is a unit, or asks no database.
BEFORE_THE_UNIT = OWNER_COMMANDS | {"help", "check", "makemigrations", "collectstatic"}


def main() -> None:
    """Run the command named on the command line."""
    command = sys.argv[1] if len(sys.argv) > 1 else "help"
    environment = load()
    if command in OWNER_COMMANDS and environment.get("DATABASE_OWNER_URL"):
        environment["DATABASE_URL"] = environment["DATABASE_OWNER_URL"]
    os.environ.update(environment)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "smu.settings")
    import django
    from django.core.management import execute_from_command_line

    from smu.starting import settings_or_refuse, unit_or_refuse

    settings_or_refuse()
    if command not in BEFORE_THE_UNIT:
        django.setup()
        unit_or_refuse()
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
