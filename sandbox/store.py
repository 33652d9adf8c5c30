"""The one store of all stand-ins: sqlite in WAL mode, committed at every write, so that a kill -9 loses nothing."""

import json
import sqlite3
import threading
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sandbox import ids
from sandbox.wire import moment

PLATFORMS = ("facebook", "instagram", "x", "youtube")
KEPT_REQUESTS = 10_000

# Texts, authors and attachments live in `body` as ASCII JSON: sqlite's own TEXT would refuse a lone surrogate.
SCHEMA = """
CREATE TABLE IF NOT EXISTS accounts (platform TEXT, id TEXT, data TEXT, PRIMARY KEY (platform, id));
CREATE TABLE IF NOT EXISTS tokens (token TEXT, use TEXT, platform TEXT, account TEXT, expires_at REAL,
  PRIMARY KEY (token, use, platform, account));
CREATE TABLE IF NOT EXISTS items (seq INTEGER PRIMARY KEY AUTOINCREMENT, platform TEXT, id TEXT, kind TEXT, account TEXT,
  post TEXT, parent TEXT, author TEXT, rank INTEGER, created_at TEXT, updated_at TEXT, hidden INTEGER DEFAULT 0,
  status TEXT, deleted INTEGER DEFAULT 0, ours INTEGER, body TEXT, UNIQUE (platform, id));
CREATE INDEX IF NOT EXISTS items_by_post ON items (platform, post, rank);
CREATE INDEX IF NOT EXISTS items_by_parent ON items (platform, parent, rank);
CREATE INDEX IF NOT EXISTS items_by_account ON items (platform, account, kind, rank);
CREATE INDEX IF NOT EXISTS items_by_rank ON items (platform, rank);
CREATE TABLE IF NOT EXISTS authors (platform TEXT, id TEXT, body TEXT, PRIMARY KEY (platform, id));
CREATE TABLE IF NOT EXISTS banned (platform TEXT, account TEXT, author TEXT, PRIMARY KEY (platform, account, author));
CREATE TABLE IF NOT EXISTS usage (platform TEXT, owner TEXT, bucket TEXT, used INTEGER, reset_at REAL,
  PRIMARY KEY (platform, owner, bucket));
CREATE TABLE IF NOT EXISTS calls (platform TEXT, call TEXT, n INTEGER, PRIMARY KEY (platform, call));
CREATE TABLE IF NOT EXISTS requests (n INTEGER PRIMARY KEY AUTOINCREMENT, at REAL, platform TEXT, call TEXT, method TEXT,
  path TEXT, status INTEGER);
CREATE TABLE IF NOT EXISTS recorded (id INTEGER PRIMARY KEY AUTOINCREMENT, platform TEXT, call TEXT, status INTEGER,
  headers TEXT, body BLOB, times INTEGER);
CREATE TABLE IF NOT EXISTS faults (id INTEGER PRIMARY KEY AUTOINCREMENT, platform TEXT, call TEXT, fault TEXT,
  times INTEGER, seconds REAL, reset INTEGER);
"""


@dataclass(frozen=True)
class Account:
    """One of our accounts on a platform, with what the control API said about it."""

    platform: str
    id: str
    data: dict[str, Any]

    @property
    def name(self) -> str:
        return str(self.data.get("name") or self.data.get("handle") or self.id)

    @property
    def handle(self) -> str:
        return str(self.data.get("handle") or "").lstrip("@")

    def as_author(self) -> dict[str, Any]:
        """The account as the author of what it writes itself."""
        return {"id": self.id, "name": self.name, "handle": self.handle}


@dataclass(frozen=True)
class Item:
    """A post, comment or mention. `rank` orders items of a platform in time; on X it is the id itself."""

    seq: int
    platform: str
    id: str
    kind: str
    account: str
    post: str | None
    parent: str | None
    rank: int
    created_at: str | None
    updated_at: str | None
    hidden: bool
    status: str | None
    deleted: bool
    ours: bool
    text: str
    author: dict[str, Any] | None
    attachments: list[dict[str, Any]]
    image: str | None


@dataclass(frozen=True)
class Fault:
    """An ordered misbehaviour for the next `times` answers of a call."""

    id: int
    platform: str
    call: str
    fault: str
    times: int
    seconds: float | None
    reset: int | None


class Store:
    """All that the stand-ins know. Every method is one transaction; threads take turns."""

    def __init__(self, path: Path | str) -> None:
        self._lock = threading.RLock()
        self._db = sqlite3.connect(str(path), check_same_thread=False)
        self._db.row_factory = sqlite3.Row
        self._db.execute("PRAGMA journal_mode=WAL")
        self._db.execute("PRAGMA synchronous=NORMAL")
        self._db.executescript(SCHEMA)

    def close(self) -> None:
        self._db.close()

    def rows(self, sql: str, values: Iterable[object] = ()) -> list[sqlite3.Row]:
        with self._lock:
            return self._db.execute(sql, tuple(values)).fetchall()

    def write(self, sql: str, values: Iterable[object] = ()) -> int:
        """Runs one statement in its own transaction; returns the row id of an insert."""
        with self._lock, self._db:
            return self._db.execute(sql, tuple(values)).lastrowid or 0

    # Accounts and tokens

    def put_account(self, platform: str, id: str, data: dict[str, Any]) -> None:
        """Creates or replaces an account.

        Live tokens survive when the same first tokens are put again: a demonstration that restarts puts its accounts
        anew, and must not undo a rotation that the product has already stored.
        """
        before = self.account(platform, id)
        self.write(
            "INSERT OR REPLACE INTO accounts VALUES (?, ?, ?)",
            (platform, id, json.dumps(data)),
        )
        first = ("access_token", "refresh_token", "access_token_expires_at")
        if before and all(before.data.get(name) == data.get(name) for name in first):
            return
        self.write("DELETE FROM tokens WHERE platform = ? AND account = ?", (platform, id))
        if data.get("access_token"):
            self.add_token(
                platform,
                id,
                "access",
                data["access_token"],
                moment(data.get("access_token_expires_at")),
            )
        if data.get("refresh_token"):
            self.add_token(platform, id, "refresh", data["refresh_token"], None)

    def account(self, platform: str, id: str) -> Account | None:
        found = self.rows("SELECT data FROM accounts WHERE platform = ? AND id = ?", (platform, id))
        return Account(platform, id, json.loads(found[0]["data"])) if found else None

    def accounts(self, platform: str) -> list[Account]:
        found = self.rows("SELECT id, data FROM accounts WHERE platform = ? ORDER BY id", (platform,))
        return [Account(platform, row["id"], json.loads(row["data"])) for row in found]

    def add_token(
        self,
        platform: str,
        account: str,
        use: str,
        token: str,
        expires_at: float | None,
    ) -> None:
        self.write(
            "INSERT OR REPLACE INTO tokens VALUES (?, ?, ?, ?, ?)",
            (token, use, platform, account, expires_at),
        )

    def drop_token(self, token: str, use: str) -> None:
        self.write("DELETE FROM tokens WHERE token = ? AND use = ?", (token, use))

    def holders(self, token: str, use: str = "access") -> list[tuple[Account, bool]]:
        """The accounts that a token opens, each with whether it has expired there."""
        held = self.rows(
            "SELECT platform, account, expires_at FROM tokens WHERE token = ? AND use = ?",
            (token, use),
        )
        found = []
        for row in held:
            account = self.account(row["platform"], row["account"])
            if account:
                found.append(
                    (
                        account,
                        row["expires_at"] is not None and row["expires_at"] <= time.time(),
                    )
                )
        return found

    # Posts and comments

    def add_item(
        self,
        platform: str,
        kind: str,
        account: str,
        *,
        text: str,
        author: dict[str, Any] | None,
        **more: Any,
    ) -> str:
        """Adds a post, comment or mention and returns its id; an id already known is left exactly as it is.

        `more` may hold id, post, parent, created_at, status, hidden, ours, attachments and image.
        """
        created_at, given = more.get("created_at"), more.get("id")
        at = moment(created_at)
        at = time.time() if at is None else at
        post, parent = more.get("post"), more.get("parent")
        with self._lock:
            if given and self.item(platform, given, deleted=True):
                return str(given)
            id = str(given or ids.fresh(platform, kind, account, post, parent, at, self._taken))
            rank = int(id) if platform == "x" and id.isdigit() else int(at * 1_000_000)
            body = {
                "text": text,
                "author": author,
                "attachments": more.get("attachments") or [],
                "image": more.get("image"),
            }
            self.write(
                "INSERT INTO items (platform, id, kind, account, post, parent, author, rank, created_at, updated_at, hidden,"
                " status, ours, body) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    platform,
                    id,
                    kind,
                    account,
                    post,
                    parent,
                    (author or {}).get("id"),
                    rank,
                    created_at,
                    created_at,
                )
                + (
                    bool(more.get("hidden")),
                    more.get("status"),
                    bool(more.get("ours")),
                    json.dumps(body),
                ),
            )
            if author and author.get("id"):
                row = (platform, str(author["id"]), json.dumps(author))
                self.write("INSERT OR REPLACE INTO authors VALUES (?, ?, ?)", row)
        return id

    def _taken(self, platform: str, id: str) -> bool:
        return self.item(platform, id, deleted=True) is not None

    def item(self, platform: str, id: str, *, deleted: bool = False) -> Item | None:
        found = self.rows("SELECT * FROM items WHERE platform = ? AND id = ?", (platform, id))
        return _item(found[0]) if found and (deleted or not found[0]["deleted"]) else None

    def page(
        self,
        platform: str,
        where: Mapping[str, object],
        *,
        limit: int,
        newest_first: bool = True,
        beyond: tuple[int, int] | None = None,
        extra: str = "",
        values: Iterable[object] = (),
    ) -> list[Item]:
        """Items in order of time, from beyond the place (rank, seq); `where` compares columns, None meaning IS NULL."""
        sql, bound = _where(platform, where)
        if beyond:
            sql += f" AND (rank, seq) {'<' if newest_first else '>'} (?, ?)"
            bound += beyond
        way = "DESC" if newest_first else "ASC"
        sql = f"SELECT * FROM items WHERE {sql} {extra} ORDER BY rank {way}, seq {way} LIMIT ?"
        return [_item(row) for row in self.rows(sql, [*bound, *values, limit])]

    def count(self, platform: str, where: Mapping[str, object]) -> int:
        sql, bound = _where(platform, where)
        return int(self.rows(f"SELECT count(*) AS n FROM items WHERE {sql}", bound)[0]["n"])

    def all_items(self, platform: str) -> list[Item]:
        """Everything there ever was on a platform, deleted or not, in the order of arrival."""
        return [_item(row) for row in self.rows("SELECT * FROM items WHERE platform = ? ORDER BY seq", (platform,))]

    def count_newer(self, item: Item) -> int:
        """How many items of the same kind and account come before this one in a newest-first list."""
        sql, bound = _where(item.platform, {"account": item.account, "kind": item.kind})
        sql = f"SELECT count(*) AS n FROM items WHERE {sql} AND (rank, seq) > (?, ?)"
        return int(self.rows(sql, [*bound, item.rank, item.seq])[0]["n"])

    def set_item(self, platform: str, id: str, **columns: object) -> None:
        names = ", ".join(f"{name} = ?" for name in columns)
        self.write(
            f"UPDATE items SET {names} WHERE platform = ? AND id = ?",
            [*columns.values(), platform, id],
        )

    def edit(self, item: Item, text: str, at: str) -> None:
        """The author's own edit: the text changes in place, as the four platforms show it to the page's owner."""
        body = {
            "text": text,
            "author": item.author,
            "attachments": item.attachments,
            "image": item.image,
        }
        self.set_item(item.platform, item.id, body=json.dumps(body), updated_at=at)

    def author(self, platform: str, id: str) -> dict[str, Any] | None:
        found = self.rows("SELECT body FROM authors WHERE platform = ? AND id = ?", (platform, id))
        return json.loads(found[0]["body"]) if found else None

    def ban(self, platform: str, account: str, author: str) -> None:
        self.write(
            "INSERT OR REPLACE INTO banned VALUES (?, ?, ?)",
            (platform, account, author),
        )

    def is_banned(self, platform: str, account: str, author: str) -> bool:
        sql = "SELECT 1 FROM banned WHERE platform = ? AND account = ? AND author = ?"
        return bool(self.rows(sql, (platform, account, author)))

    # What was asked, and how much of it is allowed

    def log(self, platform: str, call: str, method: str, path: str, status: int) -> None:
        """Counts a call and remembers it among the recent requests; the path has no query, so no token is kept."""
        with self._lock, self._db:
            self._db.execute(
                "INSERT INTO calls VALUES (?, ?, 1) ON CONFLICT (platform, call) DO UPDATE SET n = n + 1",
                (platform, call),
            )
            n = self._db.execute(
                "INSERT INTO requests (at, platform, call, method, path, status) VALUES (?, ?, ?, ?, ?, ?)",
                (time.time(), platform, call, method, path, status),
            ).lastrowid
            self._db.execute("DELETE FROM requests WHERE n <= ?", ((n or 0) - KEPT_REQUESTS,))

    def spend(
        self,
        platform: str,
        owner: str,
        bucket: str,
        units: int,
        limit: int,
        reset_at: float,
    ) -> tuple[int, float]:
        """Adds `units` to a bucket unless that would pass `limit`; returns what is used, or would be, and the reset.

        A new window, up to `reset_at`, begins with the first call after the last one ended.
        """
        with self._lock:
            sql = "SELECT used, reset_at FROM usage WHERE platform = ? AND owner = ? AND bucket = ?"
            found = self.rows(sql, (platform, owner, bucket))
            used, until = (found[0]["used"], found[0]["reset_at"]) if found else (0, 0.0)
            if until <= time.time():
                used, until = 0, reset_at
            if used + units <= limit:
                self.write(
                    "INSERT OR REPLACE INTO usage VALUES (?, ?, ?, ?, ?)",
                    (platform, owner, bucket, used + units, until),
                )
            return used + units, until

    # Orders of the control API

    def add_fault(self, order: dict[str, Any]) -> int:
        names = ("platform", "call", "fault", "times", "seconds", "reset")
        marks = "INSERT INTO faults (platform, call, fault, times, seconds, reset) VALUES (?, ?, ?, ?, ?, ?)"
        return self.write(marks, [order.get(name) for name in names])

    def take_fault(self, platform: str, call: str) -> Fault | None:
        """The oldest fault ordered for this call, used up by one."""
        with self._lock:
            sql = (
                "SELECT * FROM faults WHERE platform IN (?, '*') AND call IN (?, '*') AND times > 0 ORDER BY id LIMIT 1"
            )
            found = self.rows(sql, (platform, call))
            if not found:
                return None
            self.write("UPDATE faults SET times = times - 1 WHERE id = ?", (found[0]["id"],))
            return Fault(**dict(found[0]))

    def take_recorded(self, platform: str, call: str) -> sqlite3.Row | None:
        """The oldest recorded body ordered for this call, used up by one."""
        with self._lock:
            sql = "SELECT * FROM recorded WHERE platform = ? AND call = ? AND times > 0 ORDER BY id LIMIT 1"
            found = self.rows(sql, (platform, call))
            if not found:
                return None
            self.write("UPDATE recorded SET times = times - 1 WHERE id = ?", (found[0]["id"],))
            return found[0]


def _where(platform: str, where: Mapping[str, object]) -> tuple[str, tuple[object, ...]]:
    """Conditions on columns as SQL; the names come from our own code only, the values are bound."""
    sql, bound = ["platform = ?", "deleted = 0"], [platform]
    for column, value in where.items():
        if value is None:
            sql.append(f"{column} IS NULL")
        elif isinstance(value, (list, tuple)):
            sql.append(f"{column} IN ({', '.join('?' * len(value))})")
            bound.extend(value)
        else:
            sql.append(f"{column} = ?")
            bound.append(value)  # type: ignore[arg-type]
    return " AND ".join(sql), tuple(bound)


def _item(row: sqlite3.Row) -> Item:
    body = json.loads(row["body"])
    flags: dict[str, Any] = {name: bool(row[name]) for name in ("hidden", "deleted", "ours")}
    plain = (
        "seq",
        "platform",
        "id",
        "kind",
        "account",
        "post",
        "parent",
        "rank",
        "created_at",
        "updated_at",
        "status",
    )
    return Item(**{name: row[name] for name in plain}, **flags, **body)
