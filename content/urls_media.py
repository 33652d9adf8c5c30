"""The library of pictures and videos."""

from django.urls import path

from content.views import media, media_files, uploads

urlpatterns = [
    path("content/media/", media.media_library, name="media_library"),
    path("content/media/csv/", media.media_library_csv, name="media_library_csv"),
    path("content/media/add/", media.add_asset, name="add_asset"),
    path("content/media/uploads/", uploads.begin_upload, name="begin_upload"),
    path("content/media/uploads/<uuid:upload_key>/", uploads.upload, name="upload"),
    path("content/media/uploads/<uuid:upload_key>/finish/", uploads.finish_upload, name="finish_upload"),
    path("content/media/<int:asset_id>/", media.asset, name="asset"),
    path("content/media/<int:asset_id>/rights/", media.say_asset_rights, name="say_asset_rights"),
    path("content/media/<int:asset_id>/people/", media.note_asset_person, name="note_asset_person"),
    path(
        "content/media/<int:asset_id>/people/<int:noted_id>/take-back/",
        media.take_back_asset_person,
        name="take_back_asset_person",
    ),
    path("content/media/<int:asset_id>/original/", media_files.original, name="asset_original"),
    path("content/media/<int:asset_id>/still/", media_files.still, name="asset_still"),
    path("content/media/proofs/<int:rights_id>/", media_files.proof, name="rights_proof"),
    path("content/media/consents/<int:noted_id>/", media_files.consent, name="consent_paper"),
    path("content/media/renderings/<int:rendering_id>/", media_files.rendering, name="rendering"),
    path("content/captions/<int:submission_id>/<int:asset_id>/", media_files.captions, name="captions"),
    path("content/media/renderings/<int:rendering_id>/still/", media_files.rendering_still, name="rendering_still"),
]
