"""`search.records`: the page of found records, by the real web server, for the kinds of question that people ask.

The kinds stand in equal parts: rare, middling and common words, with a period and without, phrases, beginnings, a
poster, and a word that nobody wrote, of which the planner was once seen to read the whole table. Some questions of each
kind are put to a full scan as well, by the same server with its indexes switched off: the same rows must come,
wherever the page does not say that it was capped.
"""

from __future__ import annotations

import random
import re
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from tests.benchmarks.corpus import Corpus
from tests.benchmarks.machine import Machine
from tests.benchmarks.report import Figure
from tests.benchmarks.web import Browser, cookie_of, part, server

OF_A_KIND, SCANNED = 20, 3
P50_MS, P95_MS, MOST_MS = 150.0, 1000.0, 2000.0
_ROW = re.compile(r'href="/records/(\d+)/">Record')
Question = dict[str, str]


def search(machine: Machine, rows: int) -> Figure:
    """Ask. Needs the tables that `multiplied.fill` filled."""
    from django.db import connection

    cookie = cookie_of("officer0")
    connection.close()
    kinds = _kinds()
    times: dict[str, list[float]] = {}
    answers: dict[str, tuple[list[int], bool]] = {}
    stopped = 0
    with server(machine) as port:
        browser = Browser(port, cookie)
        for _ in range(6):
            browser.get("/records/")
        asked = [(kind, one) for kind, some in kinds.items() for one in some]
        random.Random(5).shuffle(asked)
        for kind, one in asked:
            query = urlencode(one)
            took, page = browser.get(f"/records/?{query}")
            times.setdefault(kind, []).append(took)
            stopped += "The search was stopped" in page
            answers[query] = [int(key) for key in _ROW.findall(page)], "need not be the newest" in page
    checked, wrong = _against_a_scan(kinds, answers)
    return _figure(rows, times, stopped, checked, wrong, sum(capped for _, capped in answers.values()))


def _kinds() -> dict[str, list[Question]]:
    """Twenty questions of each kind."""
    chance = random.Random(3)
    words = Corpus(10).words

    def word(first: int, last: int) -> str:
        return words[chance.randrange(first, last)]

    def since(days: int) -> Question:
        end = date.today() - timedelta(days=chance.randrange(1000))
        return {"since": (end - timedelta(days=days)).isoformat(), "until": end.isoformat()}

    makers: dict[str, Any] = {
        "rare word": lambda: {"words": word(5000, 7000)},
        "rare word, 90 days": lambda: {"words": word(5000, 7000), **since(90)},
        "middling word, 90 days": lambda: {"words": word(100, 300), **since(90)},
        "two middling words, a year": lambda: {"words": f"{word(100, 200)} {word(100, 200)}", **since(365)},
        "common word, 30 days": lambda: {"words": word(0, 20), **since(30)},
        "common word": lambda: {"words": word(0, 20)},
        "phrase of common words, a year": lambda: {"words": f'"{word(0, 20)} {word(0, 20)}"', **since(365)},
        "beginning": lambda: {"words": f"{word(2000, 7000)[:6]}*"},
        "word of a poster, a year": lambda: {
            "words": word(0, 100), "poster": f'"Poster {chance.randrange(2, 400)}"', **since(365)
        },
        "word, clause, level, officer": lambda: {"words": word(100, 300), "clause": "b", "level": "7"},
        "word that nobody wrote": lambda: {"words": f"zz{chance.randrange(10**6)}qx"},
    }  # fmt: skip
    return {kind: [make() for _ in range(OF_A_KIND)] for kind, make in makers.items()}


def _against_a_scan(
    kinds: dict[str, list[Question]], answers: dict[str, tuple[list[int], bool]]
) -> tuple[int, list[str]]:
    """How many answers were held against a full scan, and of which questions another came."""
    from django.db import connection, transaction

    from members.models import Member
    from moderation.record_search import RecordSearch

    reader = Member.objects.get(username="officer0")
    checked, wrong = 0, []
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_indexscan = off; SET LOCAL enable_bitmapscan = off; SET LOCAL jit = off")
        cursor.execute("SET LOCAL enable_indexonlyscan = off")
        for some in kinds.values():
            for one in some[:SCANNED]:
                keys, capped = answers[urlencode(one)]
                entries = RecordSearch(one, member=reader).entries().order_by("-at", "-pk")[:50]
                sql, params = entries.values_list("pk").query.sql_with_params()
                cursor.execute(sql, params)
                checked += 1
                if not capped and keys != [key for (key,) in cursor.fetchall()]:
                    wrong.append(urlencode(one))
    return checked, wrong


def _figure(
    rows: int, times: dict[str, list[float]], stopped: int, checked: int, wrong: list[str], capped: int
) -> Figure:
    every = [took for some in times.values() for took in some]
    p50, p95 = part(every, 0.5), part(every, 0.95)
    return Figure(
        name="search.records",
        rows=rows,
        value=p95,
        unit="ms, p95",
        limit=None,
        naive=None,
        ratio_to_limit=None,
        ratio_to_naive=None,
        target=f"p50 <= {P50_MS:g} ms, p95 <= {P95_MS:g} ms, none over {MOST_MS:g} ms, the same rows as a full scan",
        holds=p50 <= P50_MS and p95 <= P95_MS and max(every) <= MOST_MS and not wrong and not stopped,
        peak_memory_mb=0.0,
        more={
            "p50_ms": p50,
            "worst_ms": max(every),
            "asked": len(every),
            "stopped": stopped,
            "capped": capped,
            "held_against_a_scan": checked,
            "wrong": wrong,
            **{
                f"{kind} p50/p95": [round(part(some, 0.5), 1), round(part(some, 0.95), 1)]
                for kind, some in times.items()
            },
        },
    )
