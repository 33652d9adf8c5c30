#!/usr/bin/env python
"""Django's command line for this project.

Commands that change tables connect as the owner of the database; everything else connects as the app's role,
which may not (architecture.md, idea 8).
"""

import os
import sys

from smu.environment import load

OWNER_COMMANDS = {"migrate", "sqlmigrate", "pgtrigger", "createcachetable"}


def main() -> None:
    """Run the command named on the command line."""
    environment = load()
    if sys.argv[1:2] and sys.argv[1] in OWNER_COMMANDS and environment.get("DATABASE_OWNER_URL"):
        environment["DATABASE_URL"] = environment["DATABASE_OWNER_URL"]
    os.environ.update(environment)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "smu.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
