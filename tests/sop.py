"""`make sop`: each clause of the S.O.P. with the tests that bear its mark; fails where marks and docs/sop.md disagree.

The tests are read, not run: a mark counts wherever it stands (on a function, a class, a module, a parameter).
"""

from __future__ import annotations

import ast
import os
import re
import sys
from collections import defaultdict
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TABLE = ROOT / "docs/sop.md"
ROW = re.compile(r"^\| ([A-F0-9]\.\w+) \| (.*?) \| (.*?) \| ?(.*?) ?\|$", re.MULTILINE)
SOURCE_ROW = re.compile(r"^\| ([A-F0-9]\.\w+) \|", re.MULTILINE)


def marked_tests(folder: Path) -> dict[str, list[str]]:
    """The tests under `folder` by the clause whose mark they bear, as `file::test`."""
    found: dict[str, list[str]] = defaultdict(list)
    for file in sorted(folder.rglob("test_*.py")):
        tree = ast.parse(file.read_text())
        name = str(file.relative_to(ROOT))
        of_module = [clause for node in tree.body if isinstance(node, ast.Assign) for clause in clauses_in(node)]
        for test, clauses in tests_in(tree.body, of_module):
            for clause in dict.fromkeys(clauses):
                found[clause].append(f"{name}::{test}")
    return found


def tests_in(body: list[ast.stmt], inherited: list[str]) -> list[tuple[str, list[str]]]:
    """Each test of `body` with the clauses it bears, its class's and its module's among them."""
    found: list[tuple[str, list[str]]] = []
    for node in body:
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            continue
        own = [clause for decorator in node.decorator_list for clause in clauses_in(decorator)]
        if isinstance(node, ast.ClassDef):
            found += [(f"{node.name}::{test}", clauses) for test, clauses in tests_in(node.body, [*inherited, *own])]
        elif node.name.startswith("test_"):
            found.append((node.name, [*inherited, *own]))
    return found


def clauses_in(node: ast.AST) -> list[str]:
    """The clauses of every `….mark.sop("…")` within `node`."""
    calls = (call for call in ast.walk(node) if isinstance(call, ast.Call))
    marks = (call for call in calls if isinstance(call.func, ast.Attribute) and call.func.attr == "sop")
    return [str(word.value) for call in marks for word in call.args if isinstance(word, ast.Constant)]


def objections(table: dict[str, tuple[str, ...]], tests: dict[str, list[str]]) -> list[str]:
    """What is wrong: marks of clauses that nobody wrote, clauses that the source has otherwise, an old last column."""
    wrong = [
        f"{test} bears {clause}, which docs/sop.md does not have"
        for clause in tests
        for test in tests[clause]
        if clause not in table
    ]
    source = Path(os.environ.get("SHARED") or ROOT / "../shared") / "sop/clauses.md"
    if source.is_file():
        wanted = set(SOURCE_ROW.findall(source.read_text()))
        wrong += [f"docs/sop.md lacks {clause}" for clause in sorted(wanted - set(table))]
        wrong += [f"docs/sop.md has {clause}, the S.O.P. does not" for clause in sorted(set(table) - wanted)]
    stale = [clause for clause in table if table[clause][2] != files_of(tests.get(clause, []))]
    return wrong + ([f"docs/sop.md names other tests for {', '.join(stale)}: `make sop WRITE=1`"] if stale else [])


def files_of(tests: list[str]) -> str:
    """The files of `tests`, as the table's last column has them."""
    return ", ".join(f"`{file}`" for file in dict.fromkeys(test.partition("::")[0] for test in tests))


def rewrite(tests: dict[str, list[str]]) -> None:
    """Fill in the table's last column."""

    def row(found: re.Match[str]) -> str:
        clause, says, lives, _ = found.groups()
        return f"| {clause} | {says} | {lives} | {files_of(tests.get(clause, []))} |"

    TABLE.write_text(ROW.sub(row, TABLE.read_text()))


def main() -> int:
    """Print the table with its tests. Returns 1 where something is wrong."""
    tests = marked_tests(ROOT / "tests")
    if os.environ.get("WRITE"):
        rewrite(tests)
    table = {clause: tuple(rest) for clause, *rest in ROW.findall(TABLE.read_text())}
    lines = []
    for clause, (says, lives, _) in table.items():
        lines.append(f"{clause:<6} {says}\n       {lives}")
        lines += [f"         {test}" for test in tests.get(clause, [])]
    borne = sum(1 for clause in table if tests.get(clause))
    wrong = objections(table, tests)
    sys.stdout.write("\n".join([*lines, "", f"{len(table)} clauses, {borne} of them with tests", *wrong]) + "\n")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
