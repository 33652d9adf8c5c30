"""Comments as a platform would send them, made up: 141 characters and 1.3 kB of JSON each, words by Zipf's law."""

from __future__ import annotations

import hashlib
import json
import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import accumulate

from accounts.platforms.contract import Author, Page, RemoteComment, RemotePost, Sight


def _words(text: str) -> list[str]:
    return text.split()


PAGE = 100  # comments an answer of Facebook, X and YouTube holds
POSTS = 200
_COMMON = _words(
    "the to and a of in is for you it that on are this with have was we be not at my they your so just all if but "
    "can what when how from our out no up do there who or as will would about more get one like time been people "
    "know here now good please street night park school car road kids light bike dog neighbor storm week morning "
    "officer police city thank"
)
_SYLLABLES = _words("ba re mi to lan ver sel mon tar pen dol gri fa lu no ster wick ham ley port")
_HEX = "0123456789abcdef"


class Corpus:
    """The same comments each time. `read(again=True)` shows them with other likes and other signatures."""

    def __init__(self, rows: int) -> None:
        self.rows = rows
        chance = random.Random(20_260)
        words = {
            chance.choice(_SYLLABLES) + chance.choice(_SYLLABLES) + chance.choice(_SYLLABLES) for _ in range(20_000)
        }
        self.words = [*_COMMON, *sorted(words)]
        self.weights = list(accumulate(1 / (rank + 2) for rank in range(len(self.words))))
        self.authors = max(rows // 5, 10)
        self.began = datetime.now(UTC)

    def posts(self) -> list[RemotePost]:
        """The posts that are commented on."""
        return [RemotePost(f"9000_{n}", f"Post {n}", self.began - timedelta(days=7)) for n in range(POSTS)]

    def read(self, *, again: bool = False) -> Iterator[Page]:
        """Pages of comments, made while they are asked for."""
        for start in range(0, self.rows, PAGE):
            yield self._page(start, min(PAGE, self.rows - start), again=again)

    def _page(self, start: int, count: int, *, again: bool) -> Page:
        chance = random.Random(start)
        signs = random.Random(start + self.rows if again else start)
        items = [self._item(start + n, chance, signs) for n in range(count)]
        body = b'{"data":[' + b",".join(item.raw for item in items) + b"]}"
        digest = hashlib.sha256(body).digest()
        headers = {"content-type": "application/json", "x-fb-trace-id": "".join(signs.choices(_HEX, k=16))}
        return Page("list_comments", digest, len(body), datetime.now(UTC), headers, comments=items)

    def _item(self, number: int, chance: random.Random, signs: random.Random) -> RemoteComment:
        who = min(int(chance.paretovariate(0.6)), self.authors) + chance.randrange(self.authors) // 2
        length = max(1, int(chance.gauss(21, 10)))
        text = " ".join(chance.choices(self.words, cum_weights=self.weights, k=length))
        name, post = f"{100_000 + number % POSTS}_{7_000_000_000 + number}", f"9000_{number % POSTS}"
        posted_at = self.began - timedelta(seconds=chance.randrange(6 * 86_400))
        signature = "".join(signs.choices(_HEX, k=260))
        avatar = f"https://scontent.example.org/v/t1.6435-1/{who}_n.jpg?_nc_cat=1&ccb=1-7&_nc_sid=2b6aad&oh={signature}"
        author = Author(str(4_000_000_000 + who), f"Poster {who}", "", avatar)
        permalink = f"https://www.facebook.com/{post.replace('_', '/posts/')}?comment_id={7_000_000_000 + number}"
        raw = json.dumps(
            {
                "id": name,
                "message": text,
                "created_time": posted_at.strftime("%Y-%m-%dT%H:%M:%S+0000"),
                "from": {
                    "id": author.remote_id,
                    "name": author.name,
                    "picture": {"data": {"height": 50, "is_silhouette": False, "url": avatar, "width": 50}},
                },
                "object": {"id": post, "created_time": "2026-11-20T08:00:00+0000"},
                "is_hidden": False, "can_hide": True, "can_remove": True, "can_comment": True,
                "can_reply_privately": True, "is_private": False, "like_count": signs.randrange(500),
                "comment_count": 0, "message_tags": [], "permalink_url": permalink,
                "attachment_token": "".join(signs.choices(_HEX, k=180)),
            }
        ).encode()  # fmt: skip
        return RemoteComment(
            remote_id=name,
            text=text,
            post_remote_id=post,
            author=author,
            posted_at=posted_at,
            sight=Sight.VISIBLE,
            permalink=permalink,
            raw=raw,
            offset=9 + number % PAGE * 1300,
        )
