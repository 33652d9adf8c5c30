"""Our posts as they stand on the platforms, beside what was approved (rulings 6, 7).

A post is tied to its publication by the order that made it. What another hand changed or took away is noticed, told of,
and stands as a difference until a person has settled it.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

import structlog
from django.db import IntegrityError, transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone

from accounts.models import Account, PlatformLimit, Post
from accounts.platforms.api_client import same_text
from accounts.platforms.contract import Gone, Platform, PlatformError
from accounts.platforms.x_reader import same_post_text
from content import telling
from content.models import PostDifference, PostLook, Publication, PublicationOrder
from members.authority import only
from members.models import Member
from members.powers import Power
from members.states import Invalid, Refused, record

log = structlog.get_logger()

COMPARED = timedelta(days=90)  # after that the platforms' lists show it hardly ever
YOUNG, LOOKED_AT = timedelta(days=2), timedelta(days=30)
AGAIN_YOUNG, AGAIN = timedelta(hours=6), timedelta(days=1)  # how often each post is looked at by itself
MOST = 20  # looks in one go
CLOCKS = timedelta(minutes=1)
LONGEST_NOTE = 2000
Does, Kind, State = Publication.Does, PostDifference.Kind, PublicationOrder.State


# --- tied to each other ---


def orders_with_posts() -> QuerySet[PublicationOrder]:
    """What was published and stands under a name of its platform."""
    done = PublicationOrder.objects.filter(publication__does=Does.PUBLISH, state=State.DONE)
    return done.exclude(remote_id="")


def order_of(post: Post) -> PublicationOrder | None:
    """The order that made a post; None where nobody published it through here."""
    found = orders_with_posts().filter(account=post.account_id, remote_id=post.remote_id)
    return found.select_related("publication__submission__item", "publication__approval__by", "account").first()


def posts_of(orders: Iterable[PublicationOrder]) -> dict[int, Post]:
    """The posts that the orders made, by the orders' keys."""
    named = {(order.account_id, order.remote_id): order.pk for order in orders if order.remote_id}
    found = Post.objects.filter(account__in={key[0] for key in named}, remote_id__in={key[1] for key in named})
    return {
        named[post.account_id, post.remote_id]: post for post in found if (post.account_id, post.remote_id) in named
    }


def tie_what_was_done_by_hand() -> int:
    """Find the posts that members published by hand among those that polling brought; how many were found."""
    since = timezone.now() - LOOKED_AT
    by_hand = PublicationOrder.objects.filter(
        publication__does=Does.PUBLISH, state=State.DONE, remote_id="", done_at__gte=since
    )
    tied = 0
    for order in by_hand.select_related("publication", "account"):
        taken = orders_with_posts().filter(account=order.account_id).values("remote_id")
        young = order.account.posts.filter(
            Q(posted_at__gte=order.created_at - CLOCKS) | Q(permalink__in=[_proof(order)])
        )
        for post in young.exclude(permalink="", text="").exclude(remote_id__in=taken).order_by("posted_at"):
            if post.permalink == _proof(order) or is_as_approved(order, post.text):
                tied += _tie(order, post)
                break
    return tied


def _proof(order: PublicationOrder) -> str:
    return order.outcome.removeprefix("By hand: ").strip()


def _tie(order: PublicationOrder, post: Post) -> int:
    try:
        with transaction.atomic():
            free = PublicationOrder.objects.filter(pk=order.pk, remote_id="")
            matched = free.update(remote_id=post.remote_id)
            if matched:
                record("tie", order, by=None, before=order.state, after=order.state)
            return matched
    except IntegrityError:  # another order's by now
        return 0


# --- compared with what was approved ---


def approved_texts(order: PublicationOrder) -> tuple[Publication, list[str]]:
    """What was approved last of the post that the order made, and how its platform may show the text of it."""
    written = order.publication
    edits = _edits().filter(post__account=order.account_id, post__remote_id=order.remote_id)
    last = edits.order_by("-order__done_at").first() or written
    with_link = f"{last.text}\n{written.link}".strip() if written.link else last.text
    if order.account.platform == Platform.YOUTUBE:  # its lists show the title alone
        return last, [title for title in (written.title, last.text.strip().partition("\n")[0]) if title]
    return last, [last.text, with_link]


def _edits() -> QuerySet[Publication]:
    return Publication.objects.filter(does=Does.EDIT, order__state=State.DONE)


def is_as_approved(order: PublicationOrder, seen: str) -> bool:
    """Whether a text that a platform shows is the one that was approved."""
    _, texts = approved_texts(order)
    if order.account.platform == Platform.X:
        without = seen.rstrip().rpartition("https://t.co/")[0].rstrip()  # of its own files
        return any(same_post_text(text, came) for text in texts for came in (seen, without))
    if order.account.platform == Platform.YOUTUBE:
        return any(same_text(text[:100], seen[:100]) for text in texts)
    return any(same_text(text, seen) for text in texts)


def compare() -> int:
    """Compare what polling brought of our posts with what was approved; how many differences were noticed."""
    post = Post.objects.filter(account=OuterRef("account"), remote_id=OuterRef("remote_id"))
    other = post.exclude(text=OuterRef("publication__text"))
    since = timezone.now() - COMPARED
    edited = _edits().filter(post__account=OuterRef("account"), post__remote_id=OuterRef("remote_id"))
    orders = orders_with_posts().filter(Exists(other) | Exists(edited), done_at__gte=since)
    found = list(orders.select_related("account", "publication__submission__item"))
    posts = posts_of(found)
    return sum(_compare(order, posts[order.pk]) for order in found if order.pk in posts)


def _compare(order: PublicationOrder, post: Post) -> int:
    if is_as_approved(order, post.text) or _is_being_changed(post):
        return 0
    return note(order, post, Kind.CHANGED, seen=post.text)


def _is_being_changed(post: Post) -> bool:
    """Whether a change or end of it that was approved is on its way, or has just taken effect."""
    under_way = Publication.objects.filter(post=post, order__state__in=[State.WAITING, *PublicationOrder.ON_THE_WAY])
    return under_way.exists()


def note(order: PublicationOrder, post: Post, kind: str, *, seen: str = "") -> int:
    """Keep a difference and tell of it, once; 1 where it is new."""
    known = PostDifference.objects.filter(post=post, kind=kind).first()
    if known is not None and (known.state == PostDifference.State.OPEN or known.seen == seen):
        return 0
    approved, _ = approved_texts(order)
    try:
        with transaction.atomic():
            made = PostDifference.objects.create(post=post, kind=kind, approved=approved.text, seen=seen)
            record("notice", made, by=None, after=made.state)
            what = "is gone from the platform" if kind == Kind.GONE else "stands there with another text"
            sentence = f"Our post on {order.account} {what}: see who did it, and settle it."
            telling.tell_of_post(order, sentence, made.get_absolute_url())
    except IntegrityError:  # noticed at this moment by another worker
        return 0
    return 1


# --- looked at by itself: what is gone is in no list ---


def look_at_posts() -> int:
    """Look at the posts that nobody looked at for long, some of them; how many differences were noticed."""
    now = timezone.now()
    looked = PostLook.objects.filter(post__account=OuterRef("account"), post__remote_id=OuterRef("remote_id"))
    stale = ~Exists(looked.filter(at__gte=now - AGAIN)) | (
        Q(done_at__gte=now - YOUNG) & ~Exists(looked.filter(at__gte=now - AGAIN_YOUNG))
    )
    orders = orders_with_posts().filter(stale, done_at__range=(now - LOOKED_AT, now - AGAIN_YOUNG / 6))
    found = list(
        orders.filter(account__in=Account.objects.open())
        .exclude(account__credential=None)
        .select_related("account", "publication__submission__item")
        .order_by(F("done_at").desc())[:MOST]
    )
    posts = posts_of(found)
    return sum(_look(order, posts[order.pk]) for order in found if order.pk in posts)


def _look(order: PublicationOrder, post: Post) -> int:
    PostLook.objects.update_or_create(post=post, defaults={"at": timezone.now()})
    if PlatformLimit.pause_of(order.account, "get_post") is not None:
        return 0
    try:
        seen = order.account.client(limits=lambda limit: PlatformLimit.note(order.account, limit)).post(post.remote_id)
    except Gone:
        taken_away = Publication.objects.filter(post=post, does=Does.DELETE, order__isnull=False)
        if taken_away.exclude(order__state=State.WITHDRAWN).exists():
            return 0
        return note(order, post, Kind.GONE)
    except PlatformError as error:
        log.info("post_not_looked_at", post=post.pk, code=error.code)
        return 0
    if seen.text != post.text:
        Post.objects.filter(pk=post.pk).update(text=seen.text, seen_at=timezone.now())
        post.text = seen.text
    return _compare(order, post)


# --- settled by a person ---


def settle(difference: PostDifference, *, by: Member, how: str) -> None:
    """Say who did it and what was done about it. Raises Refused, Invalid (nothing said), WrongState."""
    if not difference.may_settle(by):
        raise Refused(only(Power.DEVELOP_CONTENT))
    if not (how := how.strip()):
        raise Invalid("Say who did it, and what was done about it.", "note")
    if len(how) > LONGEST_NOTE:
        raise Invalid(f"At most {LONGEST_NOTE:,} characters.", "note")
    state = PostDifference.State.SETTLED
    difference.become(state, verb="settle", by=by, note=how, settled_by=by, settled_at=timezone.now())
