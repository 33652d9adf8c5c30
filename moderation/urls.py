"""Comments (S.O.P. 4): the queue, one comment, its poster, what is ordered about it."""

from django.urls import path

from moderation.views import comments, documents, orders, posters, queue, records, set_aside, webhooks

urlpatterns = [
    path("comments/", queue.queue, name="queue"),
    path("comments/waiting.csv", queue.queue_csv, name="queue_csv"),
    path("comments/pulse/", queue.pulse, name="pulse"),
    path("comments/claim-next/", queue.claim_next, name="claim_next"),
    path("comments/<int:comment_id>/", comments.comment, name="comment"),
    path("comments/<int:comment_id>/row/", queue.row, name="row"),
    path("comments/<int:comment_id>/panel/", comments.panel, name="panel"),
    path("comments/<int:comment_id>/last/", comments.last, name="last"),
    path("comments/<int:comment_id>/standing/", comments.standing, name="standing"),
    path("comments/<int:comment_id>/claim/", queue.claim, name="claim"),
    path("comments/<int:comment_id>/release/", queue.release, name="release"),
    path("comments/<int:comment_id>/grade/", comments.grade, name="grade"),
    path("comments/<int:comment_id>/reply/", comments.reply, name="reply"),
    path("comments/<int:comment_id>/undo/", comments.undo, name="undo"),
    path("comments/<int:comment_id>/address/", comments.address, name="address"),
    path("comments/<int:comment_id>/note/", comments.note, name="note"),
    path("orders/<int:order_id>/confirm/", orders.confirm, name="confirm"),
    path("orders/<int:order_id>/retry/", orders.retry, name="retry"),
    path("orders/<int:order_id>/withdraw/", orders.withdraw, name="withdraw"),
    path("posters/<int:poster_id>/", posters.poster, name="poster"),
    path("documents/adopt/", documents.adopt, name="adopt"),
    path("records/", records.records, name="records"),
    path("records/<int:record_id>/", records.record, name="record"),
    path("records/<int:record_id>/verify/", records.verify, name="verify"),
    path("records/<int:record_id>/bytes/", records.record_bytes, name="record_bytes"),
    path("records/<int:record_id>/document/", records.record_document, name="record_document"),
    path("records/<int:record_id>/additions/<int:addition_id>/", records.record_addition, name="record_addition"),
    path("set-aside/", set_aside.set_aside, name="set_aside"),
    path("set-aside/<int:item_id>/", set_aside.set_aside_item, name="set_aside_item"),
    path("set-aside/<int:item_id>/bytes/", set_aside.set_aside_bytes, name="set_aside_bytes"),
    path("webhooks/<slug:platform>/", webhooks.webhook, name="webhook"),
]
