"""Run as `python -m sandbox --port N --state FILE.sqlite3`."""

import argparse

import uvicorn

from sandbox.app import create_app
from sandbox.faults import Cuttable


def main() -> None:
    """Serves until it is stopped. Only loopback addresses: the control API asks nobody who he is."""
    reader = argparse.ArgumentParser(prog="sandbox", description="Stand-ins for the four platforms, on loopback.")
    reader.add_argument("--port", type=int, required=True)
    reader.add_argument("--state", required=True, help="the sqlite file that holds everything")
    reader.add_argument("--host", default="127.0.0.1", choices=["127.0.0.1", "::1", "localhost"])
    chosen = reader.parse_args()
    uvicorn.run(
        create_app(chosen.state),
        host=chosen.host,
        port=chosen.port,
        http=Cuttable,
        lifespan="off",
        access_log=False,
        log_level="warning",
        proxy_headers=False,
        timeout_graceful_shutdown=1,
    )


if __name__ == "__main__":
    main()
