"""Files that are made while they are sent: of any length, in little memory."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator

from asgiref.sync import sync_to_async
from django.http import StreamingHttpResponse


def streamed(pieces: Iterator[str], *, name: str, media_type: str) -> StreamingHttpResponse:
    """`pieces`, one after the other, as a file called `name`; each is made when the one before is on its way.

    The server is asynchronous: an ordinary iterator it would read to the end before it sends anything.
    """

    async def content() -> AsyncIterator[str]:
        take = sync_to_async(lambda: next(pieces, None))
        while (piece := await take()) is not None:
            yield piece

    answer = StreamingHttpResponse(content(), content_type=media_type)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["X-Content-Type-Options"] = "nosniff"
    return answer
