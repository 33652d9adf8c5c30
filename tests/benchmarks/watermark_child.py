"""The product's child process with its peak of memory in the answer."""

import json
import sys

from content.media.child import answer
from tests.benchmarks.peak import peak_of

if __name__ == "__main__":
    said = answer(json.load(sys.stdin))
    json.dump({**said, "peak_mb": peak_of("self")}, sys.stdout)
