"""What the four clients have in common: asking, reading answers into pages, going through pages, surviving troubles."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import Any, NamedTuple

from accounts.platforms.client import Client
from accounts.platforms.contract import (
    BadItem,
    Gone,
    Page,
    PlatformError,
    RateLimited,
    RemoteComment,
    RemotePost,
    TokenExpired,
    Uncertain,
    Unreadable,
)
from accounts.platforms.fields import inside
from accounts.platforms.http import Answer, Ask, Transient, judge_status, send
from accounts.platforms.reader import Around, Reader

DAY = 86_400
YOUNG = 14 * DAY  # seconds; posts younger than this are re-read whole each day (ruling 7)
MOST_PAGES = 40  # of one stream in one poll
MOST_PAGES_WHOLE = 400
MOST_TROUBLES = 3  # streams that may fail before a poll gives up
OVERLAP = 600  # seconds asked for again, since a platform shows things late


class Turn(NamedTuple):
    """One page of a list, whether it is the last, and the whole answer for what else it says."""

    page: Page
    last: bool
    value: dict[str, Any]


class ApiClient(Client):
    """Asks through `http`, reads through the platform's Reader. Subclasses say how to sign, judge and walk."""

    reader: type[Reader]
    items: str  # the member of an answer that holds its list

    @abstractmethod
    def ask(self, name: str, method: str, path: str, **content: Any) -> Answer:
        """Send one request, signed. Raises the platform's errors in the contract's terms."""

    def judge(self, answer: Answer) -> None:
        """Note what is left of the limits, then raise what a refusal means."""
        self.note_limits(answer)
        if not 200 <= answer.status < 300:
            self.refuse(answer, answer.object())
            judge_status(answer)

    def note_limits(self, answer: Answer) -> None:
        """Tell `on_limit` what the headers say."""

    @abstractmethod
    def refuse(self, answer: Answer, body: dict[str, Any]) -> None:
        """Raise what the platform's own error means; return where it says nothing of its own."""

    def send(self, ask: Ask) -> Answer:
        """Send a request and judge its answer."""
        return send(ask, self.judge)

    # --- reading ---------------------------------------------------------------------------------------------------

    def read(self, body: bytes, *, call: str = "", received_at: datetime | None = None) -> Page:
        """Any body of the platform. Raises Unreadable."""
        return self.reader(self.credentials.remote_id).read(
            body, call=call, received_at=received_at, around=self.around(call)
        )

    def around(self, call: str) -> Around:
        """What a call's name says about the answer to it."""
        return Around()

    def take(self, answer: Answer, around: Around) -> tuple[Page, dict[str, Any]]:
        """The page of an answer and what else stands in it. Raises Unreadable."""
        reader = self.reader(self.credentials.remote_id)
        page = reader.read(
            answer.body,
            call=answer.ask.name,
            received_at=answer.received_at,
            headers=answer.headers,
            around=around,
        )
        return page, reader.value if isinstance(reader.value, dict) else {}

    def take_list(self, answer: Answer, around: Around) -> tuple[Page, dict[str, Any]]:
        """As `take`, where the answer must hold a list. Raises Unreadable where it holds neither that nor anything."""
        page, value = self.take(answer, around)
        if not (page.body or page.comments or page.posts or isinstance(value.get(self.items), list)):
            page.body = answer.body
            page.bad.append(BadItem(answer.body, f"The answer holds no list “{self.items}”."))
            raise Unreadable(f"The answer to {answer.ask.name} holds no list.", page)
        return page, value

    def pages(
        self, name: str, path: str, params: dict[str, str], around: Around, *, most: int = MOST_PAGES
    ) -> Iterator[Turn]:
        """The pages of a list.

        Ends at a cursor that comes again and after `most` pages, in which case no page was called the last. Raises
        Transient after a page that broke off: what stood before the cut was given, what comes behind it is not known.
        """
        seen = {""}
        cursor = ""
        for _ in range(most):
            answer = self.ask(name, "GET", path, params=params | self.turn(cursor))
            page, value = self.take_list(answer, around)
            cursor = self.cursor(value) if page.body is None else ""
            yield Turn(page, not cursor and page.body is None, value)
            if page.body is not None:
                raise Transient(f"The answer to {name} broke off.", code="broke-off")
            if not cursor:
                return
            if cursor in seen:
                raise Transient(f"The pages of {name} go in a circle.", code="circle")
            seen.add(cursor)

    def turn(self, cursor: str) -> dict[str, str]:
        """The parameters that ask for the page behind a cursor."""
        return {"after": cursor} if cursor else {}

    def cursor(self, value: dict[str, Any]) -> str:
        """Where the next page is; empty where there is none."""
        found = inside(value, "paging", "cursors", "after") if inside(value, "paging", "next") else None
        return found if isinstance(found, str) else ""

    # --- single things ---------------------------------------------------------------------------------------------

    def only_comment(self, answer: Answer, around: Around) -> RemoteComment:
        """The one comment of an answer. Raises Gone where there is none, Unreadable where it cannot be read."""
        page, _ = self.take(answer, around)
        self._sound(page)
        if not page.comments:
            raise Gone("The comment is not there any more.", code="absent")
        return page.comments[0]

    def only_post(self, answer: Answer, around: Around) -> RemotePost:
        """The one post of an answer. Raises Gone where there is none, Unreadable where it cannot be read."""
        page, _ = self.take(answer, around)
        self._sound(page)
        if not page.posts:
            raise Gone("The post is not there any more.", code="absent")
        return page.posts[0]

    def _sound(self, page: Page) -> None:
        if page.bad and not page.comments and not page.posts:
            raise Unreadable("The answer could not be understood.", page)


def done(answer: Answer, *path: str | int) -> Any:
    """What the answer to a write holds at a path. Raises Uncertain where it holds nothing there: who knows then."""
    found = inside(answer.json(), *path)
    if found is None:
        raise Uncertain(f"The answer to {answer.ask.name} could not be understood.", code="unreadable")
    return found


class Troubles:
    """Lets a poll go on with its other streams when one fails, and tells of the first failure at the end."""

    def __init__(self) -> None:
        self.first: PlatformError | None = None
        self.count = 0

    def through(self, pages: Iterable[Page]) -> Iterator[Page]:
        """The pages, up to a failure. A pause or a dead token ends the whole poll; a thing that is gone is no failure.

        The body of a second unreadable answer is given as a page, since only the first can be raised.
        """
        try:
            yield from pages
        except (RateLimited, TokenExpired):
            raise
        except Gone:
            return
        except PlatformError as error:
            self.count += 1
            if self.first is None:
                self.first = error
            elif isinstance(error, Unreadable):
                yield error.page
            if self.count >= MOST_TROUBLES:
                raise self.first from None

    def settle(self) -> None:
        """Raise the first failure, if there was one."""
        if self.first is not None:
            raise self.first


def newest_of(page: Page) -> float:
    """Unix time of the newest comment on a page, never later than now; 0 where none has a time."""
    times = [comment.posted_at.timestamp() for comment in page.comments if comment.posted_at]
    return min(max(times, default=0.0), datetime.now(UTC).timestamp())


def all_before(page: Page, moment: float) -> bool:
    """Whether every comment on a page was written at or before a time: then all behind it were."""
    return all(comment.posted_at and comment.posted_at.timestamp() <= moment for comment in page.comments)


def same_text(sent: str, found: str) -> bool:
    """Whether a text of ours came back: platforms trim it and change line ends, nothing else."""
    return sent.replace("\r\n", "\n").strip() == found.replace("\r\n", "\n").strip()
