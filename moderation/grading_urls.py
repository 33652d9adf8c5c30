"""What members grade and answer by (S.O.P. 4): the grading system, the prepared texts, the facts library."""

from django.urls import path

from moderation.views import grading, library, texts

urlpatterns = [
    path("grading/", grading.grading_system, name="grading_system"),
    path("grading/<int:version>/", grading.grading_version, name="grading_version"),
    path("grading/begin/", grading.begin_grading, name="begin_grading"),
    path("grading/drafts/<int:draft_id>/", grading.grading_draft, name="grading_draft"),
    path("grading/drafts/<int:draft_id>/publish/", grading.publish_grading, name="publish_grading"),
    path("grading/drafts/<int:draft_id>/drop/", grading.drop_grading, name="drop_grading"),
    path("texts/", texts.texts, name="texts"),
    path("texts/write/", texts.write_text, name="write_text"),
    path("texts/approve/", texts.approve_texts, name="approve_texts"),
    path("texts/bring/", texts.bring_texts, name="bring_texts"),
    path("texts/<int:wording_id>/", texts.wording, name="wording"),
    path("texts/<int:wording_id>/approve/", texts.approve_text, name="approve_text"),
    path("texts/<int:wording_id>/review/", texts.review_text, name="review_text"),
    path("texts/<int:wording_id>/withdraw/", texts.withdraw_text, name="withdraw_text"),
    path("library/", library.library, name="library"),
    path("library/propose/", library.propose_fact, name="propose_fact"),
    path("library/<int:fact_id>/", library.library_fact, name="library_fact"),
    path("library/<int:fact_id>/write/", library.write_fact, name="write_fact"),
    path("library/versions/<int:version_id>/review/", library.review_fact, name="review_fact"),
    path("library/versions/<int:version_id>/withdraw/", library.withdraw_fact, name="withdraw_fact"),
]
