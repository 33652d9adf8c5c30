"""Bytes as received, packed: zlib with a dictionary of what platforms say in every item; a third less for a comment.

Anybody unpacks them with zlib and the dictionary below, whose checksum the stream bears. It is never altered: what was
packed with it could not be read any more. Bytes that were packed without it are read all the same. A delivery comes
with the few headers that a webhook bears: their words stand before the others in a dictionary of its own. What is long,
the items of a whole page, has words enough in itself: of that bzip2 makes a sixth less than zlib. Its streams begin
with "BZh", as none of zlib's does.
"""

from __future__ import annotations

import bz2
import json
import zlib
from collections.abc import Sequence

# What is met most stands last: zlib refers to what is near in fewer bits.
DICTIONARY = (
    # what is told by webhooks
    b'{"object":"instagram","entry":[{"id":"1784","time":17,"changes":[{"field":"comments","value":{"from":{"id":"",'
    b'"username":""},"media":{"id":"","media_product_type":"FEED"},"id":"","parent_id":"","text":""}}]}]}'
    b'{"for_user_id":"","tweet_create_events":[{"created_at":"","id_str":"","text":"","user":{"id_str":"","name":"",'
    b'"screen_name":"","profile_image_url_https":"https://pbs.twimg.com/profile_images/"}}]}'
    b'{"object": "page", "entry": [{"id": "", "time": 17, "changes": [{"field": "feed", "value": {"item": "comment",'
    b' "verb": "add", "comment_id": "", "post_id": "", "parent_id": "", "from": {"id": "", "name": ""},'
    b' "created_time": 17, "message": ""}}]}]}'
    # YouTube
    b'{"kind":"youtube#commentThread","etag":"","id":"Ug","snippet":{"channelId":"UC","videoId":"","topLevelComment":'
    b'{"kind":"youtube#comment","etag":"","id":"Ug","snippet":{"channelId":"UC","videoId":"","textDisplay":"",'
    b'"textOriginal":"","authorDisplayName":"@","authorProfileImageUrl":"https://yt3.ggpht.com/ytc/=s48-c-k-c0x00ffffff'
    b'-no-rj","authorChannelUrl":"http://www.youtube.com/@","authorChannelId":{"value":"UC"},"canRate":true,'
    b'"viewerRating":"none","likeCount":0,"publishedAt":"2026-01-01T00:00:00Z","updatedAt":"2026-01-01T00:00:00Z"}},'
    b'"canReply":true,"totalReplyCount":0,"isPublic":true}}"parentId":"","moderationStatus":"'
    # X
    b'{"id":"19","text":"@ https://t.co/","author_id":"","conversation_id":"19","created_at":"2026-01-01T00:00:00.000Z",'
    b'"in_reply_to_user_id":"","edit_history_tweet_ids":["19"],"referenced_tweets":[{"type":"replied_to","id":"19"}],'
    b'"public_metrics":{"retweet_count":0,"reply_count":0,"like_count":0,"quote_count":0,"bookmark_count":0,'
    b'"impression_count":0},"lang":"en","possibly_sensitive":false,"reply_settings":"everyone","entities":{"mentions":'
    b'[{"start":0,"end":1,"username":"","id":""}],"urls":[{"url":"","expanded_url":"","display_url":""}]},'
    # Instagram
    b'{"id":"179","text":"","timestamp":"2026-01-01T00:00:00+0000","username":"","like_count":0,"hidden":false,'
    b'"from":{"id":"","username":""},"parent_id":"179","media":{"id":"179"},"replies":{"data":[]}}'
    # the commonest words of comments in the unit's languages
    b" por favor gracias polic\xc3\xada cu\xc3\xa1ndo d\xc3\xb3nde est\xc3\xa1 porque para los las que no de la"
    b" mwen nou ou yo pou m\xc3\xa8si lapolis kisa kote street night park school car road"
    b" kids light bike dog neighbor storm week morning"
    b" officer police city thank you please when what how they your with have this that are was for and the to "
    # Facebook
    b'{"id": "100000_7000000000", "message": "", "created_time": "2026-01-01T00:00:00+0000", "from":'
    b' {"id": "4000000000", "name": "", "picture": {"data": {"height": 50, "is_silhouette": false, "url":'
    b' "https://scontent.xx.fbcdn.net/v/t1.6435-1/_n.jpg?stp=cp0_dst-jpg_p50x50&_nc_cat=1&ccb=1-7&_nc_sid=2b6aad'
    b'&_nc_ohc=&_nc_ht=scontent.xx&oh=00_&oe=", "width": 50}}}, "object": {"id": "", "created_time":'
    b' "2026-01-01T00:00:00+0000"}, "is_hidden": false, "can_hide": true, "can_remove": true, "can_comment": true,'
    b' "can_reply_privately": true, "is_private": false, "like_count": 0, "comment_count": 0, "message_tags": [],'
    b' "parent": {"id": ""}, "attachment": {"type": "photo", "media": {"image": {"src": ""}}, "target": {"url": ""}},'
    b' "permalink_url": "https://www.facebook.com//posts/?comment_id=", "attachment_token": "'
)


OF_A_DELIVERY = DICTIONARY + (
    b'{"x-twitter-webhooks-signature": "sha256=", "user-agent": "Webhooks/1.0 (https://fb.me/webhooks)"}'
    b'{"content-type": "application/json", "user-agent": "facebookexternalua", "x-hub-signature-256": "sha256="}'
    b'\n{"object": "page", "entry": [{"id": "'
)
_DICTIONARIES = {zlib.adler32(one): one for one in (DICTIONARY, OF_A_DELIVERY)}
LONG, LONGEST = 8_000, 1_000_000  # bytes between which bzip2 is the better one; beyond it takes too long
_BZIP2 = b"BZh"
_NAMES_ONE = 0x20  # the bit of a stream's second byte that says that a dictionary's checksum follows


def packed(raw: bytes, dictionary: bytes = DICTIONARY) -> bytes:
    """`raw` in the format of zlib, or of bzip2 where it is long."""
    if LONG <= len(raw) <= LONGEST:
        return bz2.compress(raw)
    packer = zlib.compressobj(6, zdict=dictionary)
    return packer.compress(raw) + packer.flush()


def unpacked(body: bytes) -> bytes:
    """The bytes as they were. Raises zlib.error for what is no such stream, or not the whole of one."""
    if body.startswith(_BZIP2):
        try:
            return bz2.decompress(body)
        except (OSError, ValueError) as error:
            raise zlib.error(str(error)) from error
    named = int.from_bytes(body[2:6]) if len(body) > 5 and body[1] & _NAMES_ONE else 0
    unpacker = zlib.decompressobj(zdict=_DICTIONARIES.get(named, DICTIONARY))
    raw = unpacker.decompress(body)
    if not unpacker.eof:
        raise zlib.error("The stream ends too early.")
    return raw


def joined(items: Sequence[tuple[int, bytes]]) -> bytes:
    """The items of a page, one after the other: first a line of JSON that says of each where it stood, and its length.

    Where it stood is told as the bytes of the page's body between the end of the item before it and its first byte:
    mostly the same small number, which packs to nothing where offsets would not.
    """
    told, end = [], 0
    for offset, raw in items:
        told.append([offset - end, len(raw)])
        end = offset + len(raw)
    return b"".join([json.dumps(told, separators=(",", ":")).encode(), b"\n", *(raw for _, raw in items)])


def apart(together: bytes) -> list[tuple[int, bytes]]:
    """The items again, each with the offset of its first byte. Raises ValueError for what `joined` has not made."""
    told, _, rest = together.partition(b"\n")
    items, start, offset = [], 0, 0
    for between, length in json.loads(told):
        offset += between
        items.append((offset, rest[start : start + length]))
        offset += length
        start += length
    if start != len(rest):
        raise ValueError("The lengths are not those of the bytes.")
    return items
