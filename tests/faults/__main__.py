"""`python -m tests.faults`: the long runs. One JSON object a line; ends with 1 where something was lost or doubled.

Words on the command line go to pytest: `python -m tests.faults -k broker`.
"""

from __future__ import annotations

import sys

import pytest


class OnlyFailures:
    """In place of pytest's own report: the figures speak for what went well."""

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Say what went wrong, where it did."""
        if report.failed:
            sys.stderr.write(f"{report.nodeid} ({report.when})\n{report.longreprtext}\n")


def main() -> int:
    """Run the tests marked as long, quietly."""
    words = ["tests/faults", "-m", "long", "-s", "-p", "no:terminal", "-p", "no:logging", *sys.argv[1:]]
    return int(pytest.main(words, plugins=[OnlyFailures()]))


if __name__ == "__main__":
    sys.exit(main())
