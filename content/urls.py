"""Content (S.O.P. 2): posts of ours from the writing to the platform."""

from django.urls import include, path

from content.views import publications

urlpatterns = [
    path("", include("content.urls_items")),
    path("", include("content.urls_planning")),
    path("", include("content.urls_media")),
    path("", include("content.urls_publishing")),
    path("content/", publications.publications, name="publications"),
    path("content/<int:publication_id>/", publications.publication, name="publication"),
    path("content/<int:publication_id>/approve/", publications.approve_publication, name="approve_publication"),
    path("content/<int:publication_id>/return/", publications.return_publication, name="return_publication"),
    path("content/<int:publication_id>/withdraw/", publications.withdraw_publication, name="withdraw_publication"),
    path("content/orders/<int:order_id>/<slug:verb>/", publications.publication_order, name="publication_order"),
    path("content/files/<int:file_id>/", publications.publication_file, name="publication_file"),
    path("posts/<int:post_id>/<slug:does>/", publications.change_post, name="change_post"),
    path("lent/<str:token>/", publications.lent_file, name="lent_file"),
]
