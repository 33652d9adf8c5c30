"""`python -m smu.stack`: start everything, say where it is, keep it running, stop it in order."""

from __future__ import annotations

import argparse
import os
import shutil
import sys
from pathlib import Path

from smu.environment import data_dir, demonstration_asked
from smu.stack import lock
from smu.stack.console import Refused, Stopped, say
from smu.stack.keys import keys_of
from smu.stack.places import settle
from smu.stack.postgres import Cluster
from smu.stack.supervisor import Supervisor
from smu.stack.unit import OWN, SERVERS, Stack

DEFAULT_PORT = 8000


def options() -> argparse.Namespace:
    """What was asked for, on the command line and by PORT and DATA."""
    parser = argparse.ArgumentParser(prog="python -m smu.stack", description="Runs the whole unit on this machine.")
    parser.add_argument(
        "--data", type=Path, default=data_dir(), help="the folder of its state (else $DATA, else .data)"
    )
    parser.add_argument("--port", type=int, default=int(os.environ.get("PORT") or DEFAULT_PORT))
    parser.add_argument("--only", default=",".join(SERVERS + OWN), help="these processes only, parted by commas")
    parser.add_argument("--throwaway", action="store_true", help="for tests: fast, unsafe, and the folder is removed")
    parser.add_argument("--until", type=int, metavar="PID", help="stop when this process ends")
    parser.add_argument(
        "--setting", type=_setting, action="append", default=[], metavar="NAME=VALUE", help="a setting of PostgreSQL"
    )
    return parser.parse_args()


def _setting(words: str) -> tuple[str, str]:
    name, _, value = words.partition("=")
    return name, value


def main() -> int:
    """Run the stack until it is asked to stop. Returns 0 then, 1 when it could not start (with a sentence)."""
    asked = options()
    places = None
    try:
        places = settle(asked.data)
        os.umask(0o077)
        held = lock.take(places.data)
        with Supervisor(places.data, places.logs, lock=held, until=asked.until) as supervisor:
            keys = keys_of(places.data, demonstration=demonstration_asked())
            cluster = Cluster(places, keys, throwaway=asked.throwaway, settings=dict(asked.setting))
            try:
                Stack(places, cluster, supervisor, only=set(asked.only.split(",")), port=asked.port).start()
                supervisor.watch()
            finally:
                places.run_file.unlink(missing_ok=True)
    except Stopped as reason:
        say(f"Stopped: {reason}.")
    except Refused as refusal:
        say(str(refusal))
        return 1
    finally:
        if asked.throwaway and places:
            for path in places.removable:
                shutil.rmtree(path, ignore_errors=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
