"""Bytes as received, packed: zlib with a dictionary of what platforms say in every item; a third less for a comment.

Anybody unpacks them with zlib and the dictionary below, whose checksum the stream bears. It is never altered: what was
packed with it could not be read any more. Bytes that were packed without it are read all the same.
"""

from __future__ import annotations

import zlib

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


def packed(raw: bytes) -> bytes:
    """`raw` in zlib's format."""
    packer = zlib.compressobj(6, zdict=DICTIONARY)
    return packer.compress(raw) + packer.flush()


def unpacked(body: bytes) -> bytes:
    """The bytes as they were. Raises zlib.error for what is no such stream, or not the whole of one."""
    unpacker = zlib.decompressobj(zdict=DICTIONARY)
    raw = unpacker.decompress(body)
    if not unpacker.eof:
        raise zlib.error("The stream ends too early.")
    return raw
