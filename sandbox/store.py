"""The one store of all stand-ins: sqlite in WAL mode, committed at every write, so that a kill -9 loses nothing."""

import json
import sqlite3
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sandbox import ids
from sandbox.wire import moment

PLATFORMS = ("facebook", "instagram", "x", "youtube")

# Texts, authors and attachments live in `body` as ASCII JSON: sqlite's own TEXT would refuse a lone surrogate.
SCHEMA = """
CREATE TABLE IF NOT EXISTS accounts (platform TEXT, id TEXT, data TEXT, PRIMARY KEY (platform, id));
CREATE TABLE IF NOT EXISTS tokens (token TEXT, use TEXT, platform TEXT, account TEXT, expires_at REAL,
  PRIMARY KEY (token, use, platform, account));
CREATE TABLE IF NOT EXISTS items (seq INTEGER PRIMARY KEY AUTOINCREMENT, platform TEXT, id TEXT, kind TEXT,
  account TEXT, post TEXT, parent TEXT, author TEXT, rank INTEGER, created_at TEXT, updated_at TEXT,
  hidden INTEGER DEFAULT 0,
  status TEXT, deleted INTEGER DEFAULT 0, ours INTEGER, body TEXT, UNIQUE (platform, id));
CREATE INDEX IF NOT EXISTS items_by_post ON items (platform, post, rank);
CREATE INDEX IF NOT EXISTS items_by_parent ON items (platform, parent, rank);
CREATE INDEX IF NOT EXISTS items_by_account ON items (platform, account, kind, rank);
CREATE INDEX IF NOT EXISTS items_by_rank ON items (platform, rank);
CREATE TABLE IF NOT EXISTS authors (platform TEXT, id TEXT, body TEXT, PRIMARY KEY (platform, id));
CREATE TABLE IF NOT EXISTS banned (platform TEXT, account TEXT, author TEXT,
  PRIMARY KEY (platform, account, author));
CREATE TABLE IF NOT EXISTS apps (platform TEXT PRIMARY KEY, client_id TEXT, client_secret TEXT, redirect_uris TEXT);
CREATE TABLE IF NOT EXISTS consents (platform TEXT PRIMARY KEY, data TEXT);
CREATE TABLE IF NOT EXISTS codes (code TEXT PRIMARY KEY, platform TEXT, client_id TEXT, redirect_uri TEXT,
  challenge TEXT, scopes TEXT, account TEXT, expires_at REAL, used INTEGER DEFAULT 0);
CREATE TABLE IF NOT EXISTS granted (token TEXT PRIMARY KEY, platform TEXT, client_id TEXT, scopes TEXT, since REAL);
CREATE TABLE IF NOT EXISTS uploads (id INTEGER PRIMARY KEY AUTOINCREMENT, platform TEXT, account TEXT, data TEXT,
  size INTEGER DEFAULT 0, sha256 TEXT);
CREATE TABLE IF NOT EXISTS pieces (upload INTEGER, start INTEGER, bytes BLOB, PRIMARY KEY (upload, start));
CREATE TABLE IF NOT EXISTS callbacks (platform TEXT, id TEXT, url TEXT, verify_token TEXT, fields TEXT, valid INTEGER,
  created_at TEXT, PRIMARY KEY (platform, id));
CREATE TABLE IF NOT EXISTS subscribed (id TEXT PRIMARY KEY, platform TEXT, account TEXT, field TEXT, callback TEXT,
  tag TEXT, created_at TEXT, UNIQUE (platform, account, field));
CREATE TABLE IF NOT EXISTS signing (platform TEXT PRIMARY KEY, secret TEXT);
CREATE TABLE IF NOT EXISTS deliveries (id INTEGER PRIMARY KEY AUTOINCREMENT, platform TEXT, callback TEXT, url TEXT,
  body BLOB, signature TEXT, due_at REAL, tries INTEGER DEFAULT 0, state TEXT DEFAULT 'waiting', status INTEGER);
CREATE TABLE IF NOT EXISTS misbehaviours (id INTEGER PRIMARY KEY AUTOINCREMENT, platform TEXT, way TEXT, times INTEGER,
  seconds REAL);
CREATE TABLE IF NOT EXISTS usage (platform TEXT, owner TEXT, bucket TEXT, used INTEGER, reset_at REAL,
  PRIMARY KEY (platform, owner, bucket));
CREATE TABLE IF NOT EXISTS calls (platform TEXT, call TEXT, n INTEGER, PRIMARY KEY (platform, call));
CREATE TABLE IF NOT EXISTS requests (n INTEGER PRIMARY KEY AUTOINCREMENT, at REAL, platform TEXT, call TEXT,
  method TEXT, path TEXT, status INTEGER);
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
        """The shown name; the handle or id where none was given."""
        return str(self.data.get("name") or self.data.get("handle") or self.id)

    @property
    def handle(self) -> str:
        """The user name without its @, empty where none was given."""
        return str(self.data.get("handle") or "").lstrip("@")

    def as_author(self) -> dict[str, Any]:
        """The account as the author of what it writes itself."""
        return {"id": self.id, "name": self.name, "handle": self.handle}


@dataclass(frozen=True)
class Draft:
    """A post, comment or mention that is about to be; without an id the platform gives one."""

    platform: str
    kind: str
    account: str
    text: str
    author: dict[str, Any] | None = None
    post: str | None = None
    parent: str | None = None
    id: str | None = None
    created_at: str | None = None
    status: str | None = None
    hidden: bool = False
    ours: bool = False
    attachments: list[dict[str, Any]] = field(default_factory=list)
    image: str | None = None


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

    @property
    def conversation(self) -> str:
        """The post that began the conversation: of a mention or post itself."""
        return self.post if self.kind == "comment" and self.post else self.id


class Store:
    """All that the stand-ins know. Every method is one transaction; threads take turns."""

    def __init__(self, path: Path | str) -> None:
        self._lock = threading.RLock()
        self._db = sqlite3.connect(str(path), check_same_thread=False)
        self._db.row_factory = sqlite3.Row
        self._db.execute("PRAGMA journal_mode=WAL")
        self._db.execute("PRAGMA synchronous=NORMAL")
        self._db.executescript(SCHEMA)
        self.on_change: Callable[[str, Item], None] | None = None  # told of each change, in its own transaction

    def close(self) -> None:
        """Lets go of the file; who tells of its changes ends."""
        with self._lock:
            self._db.close()

    @contextmanager
    def together(self) -> Iterator[None]:
        """What is read and written inside is one transaction, and no other thread's turn comes between."""
        with self._lock:
            if self._db.in_transaction:
                yield
                return
            with self._db:
                self._db.execute("BEGIN IMMEDIATE")
                yield

    def rows(self, sql: str, values: Iterable[object] = ()) -> list[sqlite3.Row]:
        """All rows of a query."""
        with self._lock:
            return self._db.execute(sql, tuple(values)).fetchall()

    def write(self, sql: str, values: Iterable[object] = ()) -> int:
        """Runs one statement in the transaction at hand or its own; returns the row id of an insert."""
        with self.together():
            return self._db.execute(sql, tuple(values)).lastrowid or 0

    # Accounts and tokens

    def put_account(self, platform: str, account_id: str, data: dict[str, Any]) -> None:
        """Creates or replaces an account.

        Live tokens survive when the same first tokens are put again: a demonstration that restarts puts its accounts
        anew, and must not undo a rotation that the product has already stored.
        """
        before = self.account(platform, account_id)
        with self.together():
            self.write("INSERT OR REPLACE INTO accounts VALUES (?, ?, ?)", (platform, account_id, json.dumps(data)))
            first = ("access_token", "refresh_token", "access_token_expires_at")
            if before and all(before.data.get(name) == data.get(name) for name in first):
                return
            self.write("DELETE FROM tokens WHERE platform = ? AND account = ?", (platform, account_id))
            if data.get("access_token"):
                until = moment(data.get("access_token_expires_at"))
                self.add_token(platform, account_id, "access", data["access_token"], until)
            if data.get("refresh_token"):
                self.add_token(platform, account_id, "refresh", data["refresh_token"], None)

    def account(self, platform: str, account_id: str) -> Account | None:
        """One of our accounts, or None."""
        found = self.rows("SELECT data FROM accounts WHERE platform = ? AND id = ?", (platform, account_id))
        return Account(platform, account_id, json.loads(found[0]["data"])) if found else None

    def accounts(self, platform: str) -> list[Account]:
        """All our accounts on a platform."""
        found = self.rows("SELECT id, data FROM accounts WHERE platform = ? ORDER BY id", (platform,))
        return [Account(platform, row["id"], json.loads(row["data"])) for row in found]

    def add_token(self, platform: str, account_id: str, use: str, token: str, expires_at: float | None) -> None:
        """Makes a token good for an account, as `access` or `refresh`, until a moment or for ever."""
        row = (token, use, platform, account_id, expires_at)
        self.write("INSERT OR REPLACE INTO tokens VALUES (?, ?, ?, ?, ?)", row)

    def drop_token(self, token: str, use: str) -> None:
        """Makes a token worthless."""
        self.write("DELETE FROM tokens WHERE token = ? AND use = ?", (token, use))

    def holders(self, token: str, use: str = "access") -> list[tuple[Account, bool]]:
        """The accounts that a token opens, each with whether it has expired there."""
        held = self.rows("SELECT platform, account, expires_at FROM tokens WHERE token = ? AND use = ?", (token, use))
        found = []
        for row in held:
            account = self.account(row["platform"], row["account"])
            if account:
                found.append((account, row["expires_at"] is not None and row["expires_at"] <= time.time()))
        return found

    # Posts and comments

    def add(self, draft: Draft) -> Item:
        """Makes a draft real; where its id is known already, what is there is left exactly as it is."""
        at = moment(draft.created_at)
        at = time.time() if at is None else at
        with self.together():
            known = self.item(draft.platform, draft.id, deleted=True) if draft.id else None
            if known:
                return known
            item_id = draft.id or ids.fresh(draft, at, self._taken)
            number = draft.platform == "x" and item_id.isascii() and item_id.isdigit()
            rank = min(int(item_id), 2**63 - 1) if number else int(at * 1_000_000)
            author_id = (draft.author or {}).get("id")
            body = {name: getattr(draft, name) for name in ("text", "author", "attachments", "image")}
            row = {
                name: getattr(draft, name) for name in ("platform", "kind", "account", "post", "parent", "created_at")
            }
            row |= {name: getattr(draft, name) for name in ("status", "hidden", "ours")}
            row |= {"id": item_id, "rank": rank, "updated_at": draft.created_at, "author": author_id}
            row["body"] = json.dumps(body)
            # The columns are named by the lines above, never by a caller.
            names, marks = ", ".join(row), ", ".join("?" * len(row))
            self.write(f"INSERT INTO items ({names}) VALUES ({marks})", row.values())  # noqa: S608
            if author_id:
                known_as = (draft.platform, str(author_id), json.dumps(draft.author))
                self.write("INSERT OR REPLACE INTO authors VALUES (?, ?, ?)", known_as)
            made = self.item(draft.platform, item_id, deleted=True)
            if made is None:
                raise LookupError(item_id)
            self._tell("add", made)
        return made

    def _tell(self, verb: str, item: Item) -> None:
        if self.on_change:
            self.on_change(verb, item)

    def add_reply(self, account: Account, text: str, *, post: str | None, parent: str | None) -> Item:
        """What one of our accounts says now, under a post or comment."""
        now, author = datetime.now(UTC).isoformat(), account.as_author()
        status = "published" if account.platform == "youtube" else None
        draft = Draft(
            account.platform, "comment", account.id, text, author, post, parent, created_at=now, status=status
        )
        return self.add(replace(draft, ours=True))

    def _taken(self, platform: str, item_id: str) -> bool:
        return self.item(platform, item_id, deleted=True) is not None

    def item(self, platform: str, item_id: str, *, deleted: bool = False) -> Item | None:
        """A post or comment by its id; a deleted one only on request."""
        found = self.rows("SELECT * FROM items WHERE platform = ? AND id = ?", (platform, item_id))
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
        """Items in order of time, from beyond the place (rank, seq); `where` compares columns, None meaning IS NULL.

        `extra` is more SQL of the caller's own, with `values` for its marks.
        """
        sql, bound = _where(platform, where)
        if beyond:
            sql += f" AND (rank, seq) {'<' if newest_first else '>'} (?, ?)"
            bound += beyond
        way = "DESC" if newest_first else "ASC"
        sql = f"SELECT * FROM items WHERE {sql} {extra} ORDER BY rank {way}, seq {way} LIMIT ?"  # noqa: S608
        return [_item(row) for row in self.rows(sql, [*bound, *values, limit])]

    def count(self, platform: str, where: Mapping[str, object]) -> int:
        """How many items `page` would show in all."""
        sql, bound = _where(platform, where)
        return int(self.rows(f"SELECT count(*) AS n FROM items WHERE {sql}", bound)[0]["n"])  # noqa: S608

    def all_items(self, platform: str) -> list[Item]:
        """Everything there ever was on a platform, deleted or not, in the order of arrival."""
        return [_item(row) for row in self.rows("SELECT * FROM items WHERE platform = ? ORDER BY seq", (platform,))]

    def count_newer(self, item: Item) -> int:
        """How many items of the same kind and account come before this one in a newest-first list."""
        sql, bound = _where(item.platform, {"account": item.account, "kind": item.kind})
        sql = f"SELECT count(*) AS n FROM items WHERE {sql} AND (rank, seq) > (?, ?)"  # noqa: S608
        return int(self.rows(sql, [*bound, item.rank, item.seq])[0]["n"])

    def hide(self, item: Item, hidden: bool) -> None:
        """Hides an item or shows it again."""
        with self.together():
            self.write("UPDATE items SET hidden = ? WHERE seq = ?", (hidden, item.seq))
            self._tell("hide" if hidden else "unhide", replace(item, hidden=hidden))

    def set_status(self, item: Item, status: str) -> None:
        """Moves an item to another of YouTube's moderation states."""
        self.write("UPDATE items SET status = ? WHERE seq = ?", (status, item.seq))

    def edit(self, item: Item, text: str, at: str) -> None:
        """The author's own edit: the text changes in place."""
        body = {"text": text, "author": item.author, "attachments": item.attachments, "image": item.image}
        with self.together():
            self.write("UPDATE items SET body = ?, updated_at = ? WHERE seq = ?", (json.dumps(body), at, item.seq))
            self._tell("edited", replace(item, text=text, updated_at=at))

    def delete(self, item: Item) -> None:
        """A deletion: what hangs below goes with it, the replies with a comment, but on X, where they stay."""
        with self.together():
            self.write("UPDATE items SET deleted = 1 WHERE seq = ?", (item.seq,))
            if item.platform != "x":
                below = (item.platform, item.id, item.id)
                self.write("UPDATE items SET deleted = 1 WHERE platform = ? AND (parent = ? OR post = ?)", below)
            self._tell("remove", replace(item, deleted=True))

    # People

    def author(self, platform: str, author_id: str) -> dict[str, Any] | None:
        """Somebody who wrote, as the control API last named them."""
        found = self.rows("SELECT body FROM authors WHERE platform = ? AND id = ?", (platform, author_id))
        return json.loads(found[0]["body"]) if found else None

    def ban(self, account: Account, author_id: str) -> None:
        """Everything this person writes from now on is rejected."""
        self.write("INSERT OR REPLACE INTO banned VALUES (?, ?, ?)", (account.platform, account.id, author_id))

    def unban(self, account: Account, author_id: str) -> None:
        """This person may write again."""
        sql = "DELETE FROM banned WHERE platform = ? AND account = ? AND author = ?"
        self.write(sql, (account.platform, account.id, author_id))

    def bans(self, account: Account) -> list[str]:
        """Whom `ban` was called for, in that order."""
        sql = "SELECT author FROM banned WHERE platform = ? AND account = ? ORDER BY rowid"
        return [row["author"] for row in self.rows(sql, (account.platform, account.id))]

    def is_banned(self, account: Account, author_id: str) -> bool:
        """Whether `ban` was called for this person."""
        sql = "SELECT 1 FROM banned WHERE platform = ? AND account = ? AND author = ?"
        return bool(self.rows(sql, (account.platform, account.id, author_id)))


def conversation_with(account: str, person: str) -> str:
    """The name of the private conversation between one of our accounts and a person."""
    return f"t_{account}{person}"


def _where(platform: str, where: Mapping[str, object]) -> tuple[str, tuple[object, ...]]:
    """Conditions on columns as SQL; the names come from our own code only, the values are bound."""
    sql: list[str] = ["platform = ?", "deleted = 0"]
    bound: list[object] = [platform]
    for column, value in where.items():
        if value is None:
            sql.append(f"{column} IS NULL")
        else:
            sql.append(f"{column} = ?")
            bound.append(value)
    return " AND ".join(sql), tuple(bound)


def _item(row: sqlite3.Row) -> Item:
    body = json.loads(row["body"])
    flags: dict[str, Any] = {name: bool(row[name]) for name in ("hidden", "deleted", "ours")}
    plain = set(row.keys()) - {"body", "author", *flags}
    return Item(**{name: row[name] for name in plain}, **flags, **body)
